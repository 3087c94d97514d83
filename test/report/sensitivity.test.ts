/** What is said of the choices of a fit. */
import { expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { EQ10 } from '../../src/paper/hoffmann.ts';
import { choiceText, sensitivityJson, sensitivitySays, sensitivityText, sensitivityWarnings } from '../../src/report/sensitivity.ts';
import { gridDesign } from '../../src/simulate/design.ts';
import { syntheticSweep } from '../../src/simulate/recipe.ts';
import type { Choice } from '../../src/stats/choices.ts';
import { sensitivityOn, type Sensitivity } from '../../src/stats/sensitivity.ts';

const DESIGN = gridDesign({ sizes: [1e8, 4e8, 1.6e9], tokens: [2e9, 8e9, 3.2e10, 1.28e11] });
const sweep = { ...syntheticSweep({ truth: { name: 'test', law: 'chinchilla', params: { ...EQ10 } }, design: DESIGN, noise: { sigma: 0.002 }, seed: 1 }, 0), name: 'runs.csv' };
const found = sensitivityOn(cpuBackend(1), sweep, { fit: { starts: 8 }, drops: [1, 8], losses: ['squares'], keepAbove: [] });

it.each<[Choice, string]>([
  [{ kind: 'delta', delta: 1e-4 }, 'delta 1e-4 nats'],
  [{ kind: 'delta', delta: 0.1 }, 'delta 0.1 nats'],
  [{ kind: 'loss', loss: 'squares' }, 'loss squares'],
  [{ kind: 'drop', highest: 1 }, 'without highest loss'],
  [{ kind: 'drop', highest: 5 }, 'without 5 highest losses'],
  [{ kind: 'cut', keep: 'below', quantile: 0.5, C: 8.02e19 }, 'C ≤ 8e19 (lowest 50 %)'],
  [{ kind: 'cut', keep: 'above', quantile: 0.25, C: 1.9e19 }, 'C ≥ 1.9e19 (highest 75 %)'],
  [{ kind: 'count', role: 'N', column: 'bare' }, 'N from bare'],
  [{ kind: 'law', law: 'kaplan' }, 'law kaplan'],
])('%j', (choice, text) => {
  expect(choiceText(choice)).toBe(text);
});

/** With the first move of N as given here. */
async function moved(widths: number, distance: number): Promise<Sensitivity> {
  const { given, moves, ...rest } = await found;
  const [first, ...others] = moves.N;
  return {
    ...rest,
    given: { ...given, numbers: { ...given.numbers, N: 4e10 }, intervals: { ...given.intervals, N: [3e10, 5e10] } },
    moves: { ...moves, N: [{ ...first!, kind: 'loss', range: [2e10, 6e10], distance, widths }, ...others] },
  };
}

it.each([
  [2, 1.1, 'N_opt for 1e24 FLOPs moves most with the loss: from 20.0B to 60.0B parameters, 40.0B as given. That is more than the runs leave open: 30.0B to 50.0B.'],
  [0.5, 1.1, 'N_opt for 1e24 FLOPs moves most with the loss: from 20.0B to 60.0B parameters, 40.0B as given. The runs leave more open: 30.0B to 50.0B.'],
  [NaN, 1.1, 'N_opt for 1e24 FLOPs moves most with the loss: from 20.0B to 60.0B parameters, 40.0B as given.'],
  [0, 0, 'N_opt for 1e24 FLOPs moves with none of the choices: it stays 40.0B parameters.'],
])('widths %d', async (widths, distance, sentence) => {
  expect(sensitivitySays(await moved(widths, distance))[0]).toBe(sentence);
});

it('names what was not made, and what fails', async () => {
  const sensitivity = await found;
  expect(sensitivityWarnings(sensitivity)[0]).toMatch(/^Not made, without 8 highest losses: runs\.csv: expected at least 5 runs, /);
  const [first, ...others] = sensitivity.variants;
  const failing = { ...first!, certificate: { ...first!.certificate, verdict: 'fail' as const, reasons: ['So it is.'] } };
  expect(sensitivityWarnings({ ...sensitivity, variants: [failing, ...others] })[0]).toBe('With delta 1e-4 nats the certificate fails, and the fit counts for no move: So it is.');
});

it('says how far the optimum is beyond the runs, of each fit', async () => {
  const { given, variants } = await found;
  const C = Math.max(...sweep.columns.C);
  expect(given.beyond.C).toBeCloseTo(1e24 / C, 9);
  expect(given.beyond.N).toBeCloseTo(given.numbers.N / 1.6e9, 9);
  const cut = variants.find(({ choice }) => choice.kind === 'cut' && choice.quantile === 0.5)!;
  const kept = sweep.columns.C.filter((flops) => cut.choice.kind === 'cut' && flops <= cut.choice.C);
  expect(cut.beyond.C).toBeCloseTo(1e24 / Math.max(...kept), 9);
  expect(sensitivityWarnings(await found)).toContainEqual(expect.stringMatching(/^The optimum for 1e24 FLOPs is beyond the runs, by \S+× in N, \S+× in D, \S+× in C: no run says that the law holds there\.$/));
  const near = await sensitivityOn(cpuBackend(1), sweep, { fit: { starts: 8 }, budget: 1e20, drops: [], losses: [], deltas: [], keepAbove: [], keepBelow: [] });
  expect(sensitivityWarnings(near)).toEqual([]);
  expect(sensitivityText(near)).not.toContain('eyond');
});

it('text is no wider with long names, a budget far away and wide numbers', async () => {
  const sensitivity = await found;
  const wide = { alpha: 0.00012345, beta: 0.00012345, a: 0.000123, N: 1.234e15, D: 1.234e17, loss: 12.3456 };
  const variants = sensitivity.variants.map((variant, k) => ({
    ...variant, points: 123456, numbers: wide, beyond: { N: 1, D: 1, C: 1e9 },
    ...(k === 0 && { choice: { kind: 'count' as const, role: 'N' as const, column: 'a_column_of_parameters_without_embeddings' } }),
  }));
  const lines = sensitivityText({ ...sensitivity, variants }).split('\n');
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  expect(lines.some((line) => line.startsWith('  N from a_column_of_param… '))).toBe(true);
});

it('text is 100 columns wide, and has a row for each fit', async () => {
  const { variants } = await found;
  const lines = sensitivityText(await found).split('\n');
  expect(lines[0]).toBe('Sensitivity of the law chinchilla fitted to runs.csv, and of its optimum for 1e24 FLOPs');
  expect(lines.filter((line) => line.length > 100)).toEqual([]);
  expect(lines.filter((line) => / (pass|fail)$/.test(line))).toHaveLength(variants.length + 1);
});

it('has the confidence as it was asked for, and how the table was read', async () => {
  const { given, ...rest } = await found;
  const sensitivity = { ...rest, confidence: 0.975, given: { ...given, fit: { ...given.fit, notes: ['D is not in the table: taken as C/(6N).'] } } };
  const text = sensitivityText(sensitivity);
  expect(text.match(/\S+ %(?= from| to|\sinterval)/g)).toEqual(Array(4).fill('97.5 %'));
  expect(text).toContain('\n  Note       D is not in the table: taken as C/(6N).\n');
  expect(sensitivityJson(sensitivity)).toMatchObject({ notes: ['D is not in the table: taken as C/(6N).'] });
});

it('JSON goes there and back', async () => {
  const json = sensitivityJson(await found) as unknown as { variants: object[]; unmade: object[]; given: { numbers: object } };
  expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  expect([json.variants.length, json.unmade.length, Object.keys(json.given.numbers)]).toEqual([7, 1, ['alpha', 'beta', 'a', 'N', 'D', 'loss']]);
});
