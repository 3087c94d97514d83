/** The same runs by other choices: each variant is the fit that the choice makes by itself. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { filterSweep } from '../../src/data/filter.ts';
import { InputError } from '../../src/errors.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { EQ10 } from '../../src/paper/hoffmann.ts';
import { optimumAt } from '../../src/plan/terms.ts';
import { gridDesign } from '../../src/simulate/design.ts';
import { syntheticSweep } from '../../src/simulate/recipe.ts';
import { sandwichOn } from '../../src/stats/analytic.ts';
import type { Choice } from '../../src/stats/choices.ts';
import { MOVED, sensitivityOn, type SensitivityOptions } from '../../src/stats/sensitivity.ts';
import type { FitOptions, Sweep } from '../../src/types.ts';
import { epochRuns } from '../support/recipes.ts';

const backend = cpuBackend(1);
const DESIGN = gridDesign({ sizes: [1e8, 2.5e8, 6e8, 1.5e9, 4e9], tokens: [2e9, 6e9, 2e10, 6e10, 2e11, 6e11] });
const TRUTH = { name: 'test', law: 'chinchilla', params: { ...EQ10 } };
const sweepOf = (sigma: number): Sweep => syntheticSweep({ truth: TRUTH, design: DESIGN, noise: { sigma }, seed: 7 }, 0);
const FIT: FitOptions = { starts: 8 };
const FEW: SensitivityOptions = { fit: FIT, deltas: [], losses: [], drops: [], keepBelow: [], keepAbove: [] };

const noisy = sweepOf(0.005);
const found = sensitivityOn(backend, noisy, { fit: FIT, laws: ['chinchilla-tied'] });

it('varies every choice, in the order of the kinds', async () => {
  const { variants, unmade } = await found;
  expect(unmade).toEqual([]);
  const { C } = noisy.columns;
  const sorted = C.toSorted();
  const at = (p: number) => sorted[Math.floor(29 * p)]! + (29 * p - Math.floor(29 * p)) * (sorted[Math.floor(29 * p) + 1]! - sorted[Math.floor(29 * p)]!);
  expect(variants.map(({ choice }) => choice)).toEqual([
    ...[1e-4, 1e-2, 0.1].map((delta): Choice => ({ kind: 'delta', delta })),
    ...(['absolute-log', 'squares-log', 'huber', 'squares'] as const).map((loss): Choice => ({ kind: 'loss', loss })),
    { kind: 'drop', highest: 1 }, { kind: 'drop', highest: 5 },
    ...[0.5, 0.75].map((quantile): Choice => ({ kind: 'cut', keep: 'below', quantile, C: at(quantile) })),
    ...[0.25, 0.5].map((quantile): Choice => ({ kind: 'cut', keep: 'above', quantile, C: at(quantile) })),
    { kind: 'law', law: 'chinchilla-tied' },
  ]);
  expect(variants.every(({ certificate: { starts, verdict } }) => starts === 8 && verdict === 'pass')).toBe(true);
});

it.each<[name: string, kept: (sweep: Sweep) => Sweep, options: FitOptions, is: (choice: Choice) => boolean]>([
  ['the highest 5 dropped', (sweep) => filterSweep(sweep, { dropHighest: 5 }), {}, (choice) => choice.kind === 'drop' && choice.highest === 5],
  ['squares', (sweep) => sweep, { loss: 'squares' }, (choice) => choice.kind === 'loss' && choice.loss === 'squares'],
  ['a wide threshold', (sweep) => sweep, { delta: 0.1 }, (choice) => choice.kind === 'delta' && choice.delta === 0.1],
  ['another law', (sweep) => sweep, { law: 'chinchilla-tied' }, (choice) => choice.kind === 'law'],
])('%s is what a fit of that is', async (_, kept, options, is) => {
  const variant = (await found).variants.find(({ choice }) => is(choice));
  const fit = await fitOn(backend, kept(noisy), { ...FIT, ...options });
  expect(variant!.points).toBe(fit.points);
  // The same minimum, polished from other ends in the same frame.
  for (const [name, value] of Object.entries(fit.params)) expect(Math.abs(variant!.params[name]! / value - 1), name).toBeLessThan(1e-8);
  expect(variant!.certificate.conditionNumber).toBeCloseTo(fit.certificate.conditionNumber, 4);
  const { terms } = await import('../../src/laws/registry.ts').then(({ lawById }) => lawById(fit.law));
  const optimum = optimumAt(terms!(Object.values(variant!.params)), 1e24)!;
  expect([variant!.numbers.N, variant!.numbers.D, variant!.numbers.loss]).toEqual([optimum.N, optimum.D, optimum.loss]);
});

it('a cut is a filter of the compute', async () => {
  const { variants } = await found;
  const cut = variants.find(({ choice }) => choice.kind === 'cut' && choice.keep === 'above' && choice.quantile === 0.5)!;
  const fit = await fitOn(backend, filterSweep(noisy, { where: [`C>=${(cut.choice as { C: number }).C}`] }), FIT);
  expect(cut.points).toBe(fit.points);
  expect(Math.abs(cut.params['alpha']! / fit.params['alpha']! - 1)).toBeLessThan(1e-8);
});

it('says which kind moves what most', async () => {
  const { moves, variants, given } = await found;
  for (const name of MOVED) {
    const distances = moves[name].map(({ distance }) => distance);
    expect(distances).toEqual(distances.toSorted((a, b) => b - a));
  }
  const drops = variants.filter(({ choice }) => choice.kind === 'drop').map(({ numbers }) => numbers.alpha);
  const move = moves.alpha.find(({ kind }) => kind === 'drop')!;
  expect(move.range).toEqual([Math.min(given.numbers.alpha, ...drops), Math.max(given.numbers.alpha, ...drops)]);
  const [low, high] = given.intervals.alpha;
  expect(move.widths).toBe(move.distance / (high - low));
  expect(low < given.numbers.alpha && given.numbers.alpha < high).toBe(true);
});

it('the interval of an exponent is that of the fit, whose rule is another than that of the optimum', async () => {
  const { given: { intervals, fit } } = await sensitivityOn(backend, noisy, { ...FEW, confidence: 0.975 });
  const told = sandwichOn(noisy, fit, { confidence: 0.975, budgets: [1e24] });
  expect([intervals.alpha, intervals.beta, intervals.a]).toEqual([told.intervals['alpha'], told.intervals['beta'], told.intervals['a']]);
  const [{ N, D, loss }] = told.frontier as unknown as [(typeof told.frontier)[number]];
  // The same numbers by two paths to the optimum: numerical gradients, of steps of 1e-5, tell their rounding apart.
  for (const [mine, its] of [[intervals.N, N], [intervals.D, D], [intervals.loss, loss]] as const) {
    for (const end of [0, 1] as const) expect(Math.abs(mine[end] / its[end] - 1)).toBeLessThan(1e-8);
  }
});

it('without noise nothing moves', async () => {
  const { moves, variants, given } = await sensitivityOn(backend, sweepOf(0), { ...FEW, drops: [5], keepBelow: [0.5], losses: ['squares'], deltas: [0.1] });
  expect(variants).toHaveLength(4);
  for (const name of MOVED) for (const { distance } of moves[name]) expect(distance / Math.abs(Math.log(given.numbers.N))).toBeLessThan(1e-6);
});

describe('counts', () => {
  const half = { role: 'N', column: 'bare', values: noisy.columns.N.map((N) => N / 2) } as const;

  it('of half the parameters make A smaller by 2^alpha and N_opt by more than that alone', async () => {
    const { variants: [variant], given } = await sensitivityOn(backend, noisy, { ...FEW, counts: [half] });
    const { alpha, A } = variant!.params as Record<'alpha' | 'A', number>;
    expect(variant!.choice).toEqual({ kind: 'count', role: 'N', column: 'bare' });
    // log N is shifted: the same minimum in other units.
    expect(Math.abs(alpha / given.fit.params['alpha']! - 1)).toBeLessThan(1e-8);
    expect(Math.abs((A * 2 ** alpha) / given.fit.params['A']! - 1)).toBeLessThan(1e-7);
    expect(variant!.numbers.N).toBeLessThan(given.numbers.N);
  });
});

it('a choice that leaves too few runs is named with the reason, the others are made', async () => {
  const { variants, unmade } = await sensitivityOn(backend, { ...noisy, name: 't' }, { ...FEW, drops: [26, 1] });
  expect(variants.map(({ choice }) => choice)).toEqual([{ kind: 'drop', highest: 1 }]);
  expect(unmade).toEqual([{
    choice: { kind: 'drop', highest: 26 },
    reason: 't: expected at least 5 runs, one for each parameter of chinchilla (E, A, B, alpha, beta), got 4. Runs of weight 0 do not count. Add runs, or relax the filters.',
  }]);
});

it("Epoch's five outliers are what moves its answer most of the runs that can be dropped", async (context) => {
  const epoch = await epochRuns();
  if (!epoch) return context.skip('no ../shared/data');
  const { variants, given } = await sensitivityOn(backend, epoch, { ...FEW, drops: [1, 5], fit: { starts: 8 } });
  expect(given.fit.points).toBe(245);
  const [, five] = variants;
  expect(five!.points).toBe(240);
  const fit = await fitOn(backend, filterSweep(epoch, { dropHighest: 5 }), { starts: 8 });
  expect(Math.abs(five!.params['beta']! / fit.params['beta']! - 1)).toBeLessThan(1e-8);
  expect(five!.certificate.verdict).toBe('pass');
  expect(Math.abs(five!.numbers.beta - given.numbers.beta)).toBeGreaterThan(Math.abs(variants[0]!.numbers.beta - given.numbers.beta));
});

it.each<[SensitivityOptions, string]>([
  [{ deltas: [-1] }, 'deltas: expected positive Huber thresholds in nats such as 1e-3, got -1.'],
  [{ drops: [30] }, 'drops: expected whole numbers from 0 to 29, got 30. One of the 30 runs must stay.'],
  [{ keepBelow: [50] }, 'keepBelow: expected quantiles between 0 and 1 such as 0.5, got 50. Write 50 % as 0.5.'],
  [{ keepAbove: [1] }, 'keepAbove: expected quantiles between 0 and 1 such as 0.5, got 1. Write 50 % as 0.5.'],
  [{ counts: [{ role: 'N', column: 'x', values: Float64Array.of(1) }] },
    'counts: expected a positive count of each of the 30 runs of t in "x", got 1 values or one that is none. Name a column of counts.'],
  [{ fit: { law: 'power' } }, `law: expected a law of two power terms of N and D (${lawIds.filter((id) => lawById(id).terms).join(', ')}), got "power". Take one of these.`],
  [{ budget: 0 }, 'budget: expected positive training FLOPs such as 1e21, got 0.'],
])('%j is refused', async (options, message) => {
  await expect(sensitivityOn(backend, { ...noisy, name: 't' }, { ...FEW, ...options })).rejects.toThrow(new InputError(message));
});
