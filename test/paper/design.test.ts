import { expect, it } from 'vitest';
import { paperDesign } from '../../src/paper/design.ts';
import { ISOFLOP_BUDGETS } from '../../src/paper/hoffmann.ts';
import { paperReplica } from '../../src/paper/replica.ts';

const design = paperDesign();
/** N·1e-6 of the runs of a budget; runs are told apart by 6·N·D, which rounding moves by a few 1e-16. */
const slice = (budget: number) => Array.from(design.N, (N, i) => [N / 1e6, 6 * N * design.D[i]!] as const)
  .filter(([, C]) => Math.abs(C / budget - 1) < 1e-12).map(([millions]) => Math.round(millions));

it('is that of the bundled replica', () => {
  const { N, D } = paperReplica().columns;
  expect(design.N).toEqual(N);
  expect(design.D).toEqual(D);
});

it('has 327 runs, each once, of one training seed', () => {
  expect(design.name).toBe('IsoFLOP sweep of Hoffmann et al. 2022');
  expect([design.N.length, design.D.length, design.trainingSeed]).toEqual([327, 327, new Uint32Array(327)]);
  expect(new Set(Array.from(design.N, (N, i) => `${N} ${design.D[i]}`)).size).toBe(327);
});

it('has the models within a factor 8 of each optimum, worked out elsewhere: how many, the smallest, the largest', () => {
  expect(ISOFLOP_BUDGETS.map((budget) => [slice(budget).length, slice(budget)[0], slice(budget).at(-1)])).toEqual([
    [31, 44, 1609], [34, 44, 2007], [38, 57, 3530], [39, 90, 4516], [38, 106, 4516], [37, 163, 9293], [37, 251, 13735],
    [38, 278, 16183], [35, 489, 16183],
  ]);
});

it('is ordered by budget, then size', () => {
  expect(Array.from(design.N, (N) => Math.round(N / 1e6))).toEqual(ISOFLOP_BUDGETS.flatMap(slice));
  for (const budget of ISOFLOP_BUDGETS) expect(slice(budget)).toEqual(slice(budget).toSorted((p, q) => p - q));
});

it('spends each budget, D = C/(6N)', () => {
  const C = ISOFLOP_BUDGETS.flatMap((budget) => slice(budget).map(() => budget));
  expect(design.D).toEqual(design.N.map((N, i) => C[i]! / (6 * N)));
});

it('is made anew each time', () => {
  paperDesign().N[0] = 7;
  expect(paperDesign()).toEqual(design);
});
