/** The two rules of intervals by the sandwich, what has no effect, and coverage of what is predicted where the runs hardly tell terms apart. */
import { describe, expect, it } from 'vitest';
import { batchOf, problemOf } from '../../src/fit/batch.ts';
import type { Bounds } from '../../src/fit/bounds.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import type { Law } from '../../src/laws/law.ts';
import { lawById } from '../../src/laws/registry.ts';
import { packedIndex } from '../../src/math/packed.ts';
import { studentQuantile } from '../../src/math/student.ts';
import { polish } from '../../src/optim/polish.ts';
import { optima, parameters, predictions, type Quantities } from '../../src/stats/quantities.ts';
import { powerInterval, reachOf, sandwichAt, sandwichIntervals, sandwichOf, sandwichWarnings, spreadOf, type Sandwich } from '../../src/stats/sandwich-intervals.ts';
import { problemCase, sweepCase } from '../support/cases.ts';
import { formulaOf, runsOfLaw, sweepOfLaw, typical } from '../support/laws.ts';

const intervals95 = (law: Law, sandwich: Sandwich, quantities: Quantities) => spreadOf(law, sandwich, quantities).intervals(reachOf(sandwich, 0.95));

describe('an interval of a number', () => {
  /** Coordinates at `x`, the first of which has the standard error `error`. */
  const sandwich = (x: number, error: number): Sandwich =>
    ({ x: Float64Array.of(x, 0, 0, 0, 0), centre: [0, 0], covariance: Float64Array.from({ length: 15 }, (_, k) => (k === 0 ? error ** 2 : 0)), degrees: 95, idle: [], atBounds: [] });
  const t = studentQuantile(0.975, 95);
  /** Of a number that is `of` log E. */
  const numberOf = (of: (e: number) => number): Quantities => ({ count: 1, write: ({ 0: E }, numbers) => { numbers[0] = of(Math.log(E!)); } });
  const interval = (of: (e: number) => number, at: Sandwich) => intervals95(chinchilla, at, numberOf(of))[0]!;

  // The gradient errs by (1e-5)²/6, the bend by (1e-3)²/12 of itself: parts in 10⁷ of the reach, of order one.
  const close = (ends: readonly number[]) => ends.map((end) => expect.closeTo(end, 6));
  it('is that of its log where it is an exponential, of its root where it is a square, of itself where it is straight', () => {
    expect(interval(Math.exp, sandwich(0.3, 0.5))).toEqual(close([Math.exp(0.3 - 0.5 * t), Math.exp(0.3 + 0.5 * t)]));
    expect(interval((e) => e * e, sandwich(2, 0.5))).toEqual(close([(2 - 0.5 * t) ** 2, (2 + 0.5 * t) ** 2]));
    expect(interval((e) => 7 * e - 3, sandwich(2, 0.5))).toEqual(close([7 * (2 - 0.5 * t) - 3, 7 * (2 + 0.5 * t) - 3]));
    expect(interval(Math.exp, sandwich(0.3, 0.5))).not.toEqual(close([Math.exp(0.3) * (1 - 0.5 * t), Math.exp(0.3) * (1 + 0.5 * t)]));
  });

  it('of what bends more than an exponential is that of the log, however far its line runs', () => {
    const cosh = interval((e) => Math.exp(e * e), sandwich(1, 0.5)); // its slope is 2·e
    expect(cosh).toEqual(close([Math.exp(1 - t), Math.exp(1 + t)]));
  });

  it('below 0 is mirrored, at 0 straight, and without error a point', () => {
    expect(powerInterval(-4, 1, 0.5)).toEqual(powerInterval(4, 1, 0.5).map((end) => -end).toReversed());
    expect(powerInterval(0, 2, 0)).toEqual([-2, 2]);
    expect(powerInterval(4, 20, 0.5)).toEqual([0, 49]);
    expect(interval(() => 3, sandwich(1, 0.5))).toEqual([3, 3]);
  });

  it('is none where it moves with a coordinate that has no effect', () => {
    const idle = { ...sandwich(1, 0.5), idle: [0] };
    expect(interval(Math.exp, idle)).toEqual([NaN, NaN]);
    expect(interval(() => 3, idle)).toEqual([3, 3]);
  });
});

describe('of what has a pole', () => {
  /** The exponents of chinchilla, with alpha at `alpha` and known to 0.1. */
  const at = (alpha: number): Sandwich => ({
    x: Float64Array.of(0, 0, 0, alpha, 0.3), centre: [0, 0], degrees: 95, idle: [], atBounds: [],
    covariance: Float64Array.from({ length: 15 }, (_, k) => (k === packedIndex(3, 3) ? 0.01 : 0)),
  });
  const intervals = (alpha: number) => intervals95(chinchilla, at(alpha), parameters(chinchilla)).slice(-2);
  const reach = 0.1 * studentQuantile(0.975, 95);
  const a = (alpha: number) => 0.3 / (alpha + 0.3);

  it('an exponent far from it is between the ends of its line', () => {
    expect(intervals(0.3)[0]).toEqual([a(0.3 + reach), a(0.3 - reach)].map((end) => expect.closeTo(end, 6)));
  });

  it('one that the line takes through it has no bound: between the ends is what it cannot be', () => {
    const alpha = -0.3 + 0.9 * reach;
    expect(a(alpha - reach)).toBeLessThan(a(alpha + reach)); // the wrong way round, for a falls with alpha
    expect(intervals(alpha)).toEqual([[-Infinity, Infinity], [-Infinity, Infinity]]);
    expect(intervals(-0.3 + 1.1 * reach)[0]!.every(Number.isFinite)).toBe(true);
  });

  it('rounding does not take the number out of its interval, nor its bounds away', () => {
    const exact = { ...at(0.3), covariance: Float64Array.from({ length: 15 }, (_, k) => (k === packedIndex(3, 3) ? 1e-36 : 0)) };
    for (const [low, high] of intervals95(chinchilla, exact, parameters(chinchilla)).slice(-2)) expect([low, high]).toEqual([expect.closeTo(0.5, 12), expect.closeTo(0.5, 12)]);
  });
});

describe('what is held by the sandwich', () => {
  const sweep = sweepCase();
  const warningsAt = (bounds: Bounds, params: Record<string, number>) => sandwichWarnings(chinchilla, sandwichOf(batchOf(sweep, chinchilla, { bounds }), params));
  const params = { E: 1.7, A: 400, B: 4000, alpha: 0.34, beta: 0.35 };

  it('is told: at bounds that were asked for', () => {
    expect(warningsAt({ alpha: [0.1, 0.34] }, params)).toEqual([
      'alpha lies at a bound: the sandwich takes it as held there. Other runs might have moved it, which its intervals leave out: they may be too short. ' +
      'Take those of resamples: --bootstrap 1000 --interval percentile.']);
    expect(warningsAt({ alpha: [0.1, 0.4] }, params)).toEqual([]);
    expect(warningsAt({}, params)).toEqual([]);
  });

  it('is told: what has no effect, beside what is at a bound', () => {
    expect(warningsAt({ beta: [0.35, 0.4] }, { ...params, E: 1e-30 })).toEqual([
      'E has no effect on the loss of any run and beta lies at a bound: the sandwich takes them as held there. Other runs might have moved them, ' +
      'which its intervals leave out: they may be too short. Take those of resamples: --bootstrap 1000 --interval percentile.']);
    expect(warningsAt({}, { ...params, E: 1e-30, B: 1e-30 })[0]).toMatch(/^E, B, beta have no effect on the loss of any run: /);
  });

  it('is nothing of parameters that were fixed', () => {
    expect(sandwichWarnings(chinchilla, sandwichOf(batchOf(sweep, chinchilla, { fix: { E: 0, alpha: 0.34 } }), { ...params, E: 0 }))).toEqual([]);
  });
});

it('a term that has vanished is held: it has no interval, and the others those of a fit without it', () => {
  const { problem, centre, truth } = problemCase({ loss: ({ N }) => 1.7 + 400 / N ** 0.34 });
  const without = { ...problem, pinned: [false, false, true, false, true] };
  const x = polish(without, truth.with(2, -40)).x;
  const got = sandwichIntervals(problem, x, centre, 0.95);
  const want = sandwichIntervals(without, x, centre, 0.95);
  for (const name of ['E', 'A', 'alpha']) expect(got[name]).toEqual(want[name]);
  for (const name of ['B', 'beta', 'a', 'b']) expect(got[name]).toEqual([NaN, NaN]);
  expect(want['E']!.every(Number.isFinite)).toBe(true);
});

// Quantiles of draws from the same covariance held these losses in 18 to 93 % of 60 sweeps: the draws run far off where the law bends.
describe.each(['moe', 'sparsity', 'data-constrained'])('coverage by %s', (id) => {
  const SWEEPS = 60;
  const law = lawById(id);
  const runs = runsOfLaw(id);
  const far = { ...runs[99]!, N: 30 * runs[99]!.N, D: 30 * runs[99]!.D, ...(runs[99]!.U && { U: 30 * runs[99]!.U }) };
  const models = [runs[45]!, runs[99]!, far];

  it('95 % intervals of predicted losses hold the truth in at least 85 %, and stay narrow', () => {
    const want = models.map((model) => formulaOf(law)(typical(law), model));
    const held = models.map(() => 0);
    const widths: number[] = [];
    for (let seed = 1; seed <= SWEEPS; seed++) {
      const batch = batchOf(sweepOfLaw(id, 0.01, seed), law);
      const problem = problemOf(batch);
      const { x } = polish(problem, law.toWorking(typical(law), batch.centre));
      const got = predictions(law, models).flatMap((each) => intervals95(law, sandwichAt(problem, x, batch.centre), each));
      got.forEach(([low, high], k) => { held[k]! += Number(low < want[k]! && want[k]! < high); });
      widths.push(Math.log(got[0]![1] / got[0]![0]));
    }
    // 0.95 less four deviations of a binomial is 0.84; the noise is 0.01, and a mean of a hundred runs would be known to a tenth of that.
    for (const count of held) expect(count / SWEEPS).toBeGreaterThan(0.84);
    expect(Math.max(...widths)).toBeLessThan(0.05);
  });
});

it('numbers of a part have the intervals that each has by itself', () => {
  const { problem, centre, truth } = problemCase();
  const { x } = polish(problem, truth);
  const sandwich = sandwichAt(problem, x, centre);
  const [budgets, models] = [[1e19, 3e21, 1e25], [{ N: 1e9, D: 2e10 }, { N: 7e10, D: 1.4e12 }]];
  const alone = [...budgets.flatMap((budget) => optima(chinchilla, [budget])), ...models.flatMap((model) => predictions(chinchilla, [model]))];
  const together = [...optima(chinchilla, budgets), ...predictions(chinchilla, models)];
  expect([together.length, alone.length]).toEqual([2, 5]);
  const intervals = (parts: readonly Quantities[]) => parts.flatMap((part) => spreadOf(chinchilla, sandwich, part).intervals(2));
  expect(intervals(together)).toEqual(intervals(alone));
});

it('the covariance of numbers is of first order', () => {
  const { problem, centre, truth } = problemCase();
  const { x } = polish(problem, truth);
  const sandwich = sandwichAt(problem, x, centre);
  const both: Quantities = { count: 2, write: (natural, numbers) => { numbers[0] = natural[3]!; numbers[1] = natural[3]! + 2 * natural[4]!; } };
  const v = (i: number, j: number) => sandwich.covariance[packedIndex(Math.max(i, j), Math.min(i, j))]!;
  const [[aa, ab], [, bb]] = spreadOf(chinchilla, sandwich, both).covariance() as [[number, number], [number, number]];
  // Differences of numbers below 1 over steps of 1e-5 err by 1e-11.
  expect([aa / v(3, 3), ab / (v(3, 3) + 2 * v(3, 4)), bb / (v(3, 3) + 4 * v(3, 4) + 4 * v(4, 4))]).toEqual([1, 1, 1].map((one) => expect.closeTo(one, 8)));
});
