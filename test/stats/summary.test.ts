/** What becomes of replicates that are no ordinary fit: counted, and kept out only of what they cannot say. */
import { describe, expect, it } from 'vitest';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { studentQuantile } from '../../src/math/student.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { frontier, frontierExponents, predictLoss } from '../../src/plan/frontier.ts';
import { bcaInterval, intervalOf } from '../../src/stats/intervals.ts';
import { acceleration } from '../../src/stats/jackknife.ts';
import { summarise, type Beside } from '../../src/stats/summary.ts';
import type { Bootstrap } from '../../src/types.ts';
import { FIT } from '../report/fixture.ts';

const ESTIMATE = chinchilla.params.map((name) => FIT.params[name]);
const CONVERGED = TERMINATIONS.indexOf('converged');

/** Replicates at the estimate, E raised by 0.01 from one to the next, with one of them changed. */
function replicates(change: { natural?: number[]; objective?: number; termination?: number } = {}) {
  const rows = Array.from({ length: 9 }, (_, r) => ESTIMATE.map((value, j) => (j === 0 ? value + 0.01 * r : value)));
  if (change.natural) rows[8] = change.natural;
  return {
    natural: Float64Array.from(rows.flat()),
    objective: new Float64Array(9).fill(1e-3).with(8, change.objective ?? 1e-3),
    termination: new Uint8Array(9).fill(CONVERGED).with(8, change.termination ?? CONVERGED),
  };
}

const options = { budgets: [1e21], predict: [{ N: 7e10, D: 1.4e12 }], confidence: 0.5 };

it('ordinary ones are all counted in', () => {
  const { failed, withoutOptimum, intervals, standardErrors } = summarise(FIT, replicates(), options);
  expect([failed, withoutOptimum]).toEqual([{}, 0]);
  expect(intervals.E.map((end) => end - ESTIMATE[0])).toEqual([0.02, 0.06].map((end) => expect.closeTo(end, 12)));
  expect(standardErrors.E).toBeCloseTo(0.01 * Math.sqrt(7.5), 12); // of 0 to 8
});

it('one that is not finite is not taken for the start that it never left', () => {
  const got = summarise(FIT, replicates({ natural: ESTIMATE, objective: Infinity, termination: TERMINATIONS.indexOf('nonfinite') }), options);
  expect(got.failed).toEqual({ nonfinite: 1 });
  expect(got.intervals.E.map((end) => end - ESTIMATE[0])).toEqual([0.0175, 0.0525].map((end) => expect.closeTo(end, 12)));
});

it('one that did not converge is counted, and in the intervals', () => {
  const got = summarise(FIT, replicates({ termination: TERMINATIONS.indexOf('iterations') }), options);
  expect(got.failed).toEqual({ iterations: 1 });
  expect(got.intervals).toEqual(summarise(FIT, replicates(), options).intervals);
});

it('one without an optimum is counted, and in all but the frontier', () => {
  const negative = ESTIMATE.map((value, j) => (j === 4 ? -0.1 : value));
  const got = summarise(FIT, replicates({ natural: negative }), options);
  expect(got.withoutOptimum).toBe(1);
  expect(got.intervals.beta[0]).toBe(ESTIMATE[4]); // the quartile does not reach it, the deviation does
  expect(got.standardErrors.beta).toBeGreaterThan(0.1);
  expect(got.frontier[0].N.every(Number.isFinite)).toBe(true);
});

it('nor has one an optimum where both exponents are negative, though the formula gives a number', () => {
  const negative = ESTIMATE.map((value, j) => (j > 2 ? -value : value));
  const { natural, objective, termination } = replicates({ natural: negative });
  const others = { natural: natural.subarray(0, 40), objective: objective.subarray(0, 8), termination: termination.subarray(0, 8) };
  const got = summarise(FIT, { natural, objective, termination }, options);
  expect(got.withoutOptimum).toBe(1);
  expect(got.frontier).toEqual(summarise(FIT, others, options).frontier);
  expect(got.predictions).not.toEqual(summarise(FIT, others, options).predictions);
});

/** Fits about the estimate: every parameter changed by up to a thousandth, in a pattern of `step`. */
function about(count: number, step: number) {
  const rows = Array.from({ length: count }, (_, r) => ESTIMATE.map((value, j) => value * (1 + 1e-3 * Math.sin(step * (r + 1) * (j + 2)) ** 3 + 1e-4)));
  return { natural: Float64Array.from(rows.flat()), objective: new Float64Array(count).fill(1e-3), termination: new Uint8Array(count).fill(CONVERGED) };
}

/** Every number that is given an interval, worked out here from natural parameters; and its interval. */
const model = { N: 7e10, D: 1.4e12 };
type Quantity = readonly [of: (params: Record<string, number>) => number, interval: (got: Pick<Bootstrap, 'intervals' | 'frontier' | 'predictions'>) => readonly number[] | undefined];
const at = (params: Record<string, number>, C: number) => frontier('chinchilla', params, [C])[0]!;
const QUANTITIES: Readonly<Record<string, Quantity>> = {
  ...Object.fromEntries(chinchilla.params.map((name) => [name, [(params) => params[name]!, ({ intervals }) => intervals[name]] satisfies Quantity])),
  a: [(params) => frontierExponents('chinchilla', params).a, ({ intervals }) => intervals['a']],
  b: [(params) => frontierExponents('chinchilla', params).b, ({ intervals }) => intervals['b']],
  'N at 1e21': [(params) => at(params, 1e21).N, (got) => got.frontier[0]?.N],
  'D at 1e21': [(params) => at(params, 1e21).D, (got) => got.frontier[0]?.D],
  'D/N at 1e24': [(params) => at(params, 1e24).D / at(params, 1e24).N, (got) => got.frontier[1]?.tokensPerParameter],
  'loss at 1e24': [(params) => at(params, 1e24).loss, (got) => got.frontier[1]?.loss],
  prediction: [(params) => predictLoss('chinchilla', params, model), (got) => got.predictions[0]?.interval],
};

const named = (natural: ArrayLike<number>) => Object.fromEntries(chinchilla.params.map((name, j) => [name, natural[j]!]));
/** Of coordinates that are independent, each with the standard error 1e-4. */
const SANDWICH = {
  x: chinchilla.toWorking(ESTIMATE as number[], [20, 23]), centre: [20, 23], degrees: 95, idle: [], atBounds: [],
  covariance: Float64Array.from({ length: 15 }, (_, k) => ([0, 2, 5, 9, 14].includes(k) ? 1e-8 : 0)),
};

describe.each(Object.entries(QUANTITIES))('interval of %s', (_, [of, interval]) => {
  const all = about(40, 0.7);
  const other = about(12, 1.9);
  const choices = { budgets: [1e21, 1e24], predict: [model], confidence: 0.8 };
  const valuesOf = ({ natural }: { natural: Float64Array }) => Float64Array.from({ length: natural.length / 5 }, (__, r) =>
    of(Object.fromEntries(chinchilla.params.map((name, j) => [name, natural[5 * r + j]!]))));
  const estimate = of(FIT.params);
  const close = (ends: readonly number[]) => ends.map((end) => expect.closeTo(end / estimate, 12));
  const got = (kind: 'percentile' | 'basic' | 'bca' | 'sandwich', beside?: Beside) =>
    interval(summarise(FIT, all, { ...choices, interval: kind }, beside))?.map((end) => end / estimate);

  it('percentile and basic: from its replicates', () => {
    for (const kind of ['percentile', 'basic'] as const) {
      expect(got(kind)).toEqual(close(intervalOf(valuesOf(all), estimate, 0.8, kind)));
    }
  });

  it('bca: from its replicates, with the acceleration of its values without each run', () => {
    const a = acceleration(valuesOf(other));
    expect(got('bca', { leftOut: other })).toEqual(close(bcaInterval(valuesOf(all), estimate, a, 0.8)));
    expect(got('bca', { leftOut: other })).not.toEqual(close(bcaInterval(valuesOf(all), estimate, -a, 0.8)));
    expect(got('bca')).toEqual([NaN, NaN]);
  });

  // Of errors of 1e-4 all scales are one but for parts in 10⁴ of the width, times log N = 21 and its like.
  it('sandwich: from the covariance of the fit', () => {
    const slopes = SANDWICH.x.map((_, j) => {
      const [up, down] = [1e-5, -1e-5].map((step) => of(named(chinchilla.toNatural(SANDWICH.x.with(j, SANDWICH.x[j]! + step), SANDWICH.centre))));
      return (up! - down!) / 2e-5;
    });
    const reach = studentQuantile(0.9, 95) * 1e-4 * Math.hypot(...slopes);
    const [low, high] = got('sandwich', { sandwich: SANDWICH }) as [number, number];
    expect([(1 - low) / (reach / estimate), (high - 1) / (reach / estimate)]).toEqual([expect.closeTo(1, 2), expect.closeTo(1, 2)]);
    expect(got('sandwich')).toEqual([NaN, NaN]);
  });
});

it('of many budgets, each has the intervals that it has alone', () => {
  const budgets = Array.from({ length: 21 }, (_, k) => 10 ** (18 + k / 3));
  const all = about(40, 0.7);
  const { frontier: together } = summarise(FIT, all, { budgets });
  expect(together).toEqual(budgets.flatMap((C) => summarise(FIT, all, { budgets: [C] }).frontier));
  expect(new Set(together.map(({ loss: [low] }) => low)).size).toBe(21);
});

it('by another law of the same surface, optima and predictions are the same', () => {
  const bySum = ([E, A, B, alpha, beta]: readonly number[]) => [E!, A!, B!, beta! / (alpha! + beta!), alpha! + beta!];
  const { natural, ...rest } = about(40, 0.7);
  const rows = Array.from({ length: 40 }, (_, r) => bySum([...natural.subarray(5 * r, 5 * r + 5)]));
  const params = Object.fromEntries(['E', 'A', 'B', 'a', 's'].map((name, j) => [name, bySum(ESTIMATE)[j]!]));
  const of = ({ frontier: [at], predictions: [loss] }: Pick<Bootstrap, 'frontier' | 'predictions'>) => [at!.N, at!.D, at!.loss, loss!.interval].flat();
  const choices = { budgets: [1e21], predict: [model] };
  const want = of(summarise(FIT, { natural, ...rest }, choices));
  const got = of(summarise({ law: 'chinchilla-allocation', params }, { natural: Float64Array.from(rows.flat()), ...rest }, choices));
  // α and β come back within an ulp or two, as powers of 1e21: 48 times that.
  got.forEach((end, k) => expect(Math.abs(end / want[k]! - 1)).toBeLessThan(1e-13));
});

it('the standard errors are those of the replicates, whatever the interval', () => {
  const { standardErrors, covariance } = summarise(FIT, about(40, 0.7), {});
  const other = summarise(FIT, about(40, 0.7), { interval: 'sandwich' }, { sandwich: SANDWICH });
  expect([other.standardErrors, other.covariance]).toEqual([standardErrors, covariance]);
});

it('the covariance is that of two columns, either way round', () => {
  // E and beta off the estimate by hundredths; the means are 2 and 0, the mean products 2 and −1.
  const off = [[0, 1], [2, -1], [4, 0]] as const;
  const natural = Float64Array.from(off.flatMap(([e, beta]) => ESTIMATE.map((value, j) => value + 0.01 * (j === 0 ? e : j === 4 ? beta : 0))));
  const all = { natural, objective: new Float64Array(3).fill(1e-3), termination: new Uint8Array(3).fill(CONVERGED) };
  const { covariance, covarianceOf } = summarise(FIT, all, {});
  const [e, beta] = [covarianceOf.indexOf('E'), covarianceOf.indexOf('beta')];
  const at = [[e, e], [beta, beta], [e, beta], [beta, e]].map(([j, k]) => 1e4 * covariance[j!]![k!]!);
  // Over n − 1 = 2: (4 + 0 + 4)/2, (1 + 1 + 0)/2, (−2·1 + 0·(−1) + 2·0)/2.
  expect(at).toEqual([4, 1, -1, -1].map((value) => expect.closeTo(value, 8))); // 1e-12 of the covariance itself
  expect(covariance).toEqual(covariance.map((_, j) => covariance.map((row) => row[j])));
});
