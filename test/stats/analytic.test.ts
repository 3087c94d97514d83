/** Intervals without resampling: against the covariance in closed form, and against lines along the steepest way. */
import { expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { batchOf, problemOf } from '../../src/fit/batch.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { packedIndex } from '../../src/math/packed.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import { sandwichOn } from '../../src/stats/analytic.ts';
import { bootstrapOn } from '../../src/stats/bootstrap.ts';
import { sandwichCovariance, sandwichIntervals } from '../../src/stats/sandwich.ts';
import { sweepCase } from '../support/cases.ts';

const cpu = cpuBackend(1);
const sweep = sweepCase();
const fit = await fitOn(cpu, sweep, { starts: 8 });
const base = batchOf(sweep, chinchilla);
const problem = problemOf(base, fit.delta);
const x = chinchilla.toWorking(Object.values(fit.params), base.centre);
const predict = [{ N: 7e10, D: 1.4e12 }];
const got = sandwichOn(sweep, fit, { budgets: [1e21, 1e24], predict, seed: 3 });

it('is a bootstrap of kind sandwich, with all that one has', () => {
  expect(got).toMatchObject({ kind: 'sandwich', interval: 'sandwich', replicates: 4000, requested: 4000, failed: {}, withoutOptimum: 0, seed: 3, confidence: 0.95 });
  expect(Object.keys(got.standardErrors)).toEqual(['E', 'A', 'B', 'alpha', 'beta', 'a', 'b']);
  expect(Object.keys(got.intervals)).toEqual(Object.keys(got.standardErrors));
  expect(got.frontier.map(({ C }) => C)).toEqual([1e21, 1e24]);
  const [{ loss, interval: [low, high] }] = got.predictions as [typeof got.predictions[0]];
  expect(loss).toBe(predictLoss('chinchilla', fit.params, predict[0]!));
  expect([low < loss, loss < high]).toEqual([true, true]);
});

it('standard errors and covariance are those of the covariance: exact for exponents, A·σ(log A) for A', () => {
  const V = sandwichCovariance(problem, x);
  const v = (j: number, k: number) => V[packedIndex(Math.max(j, k), Math.min(j, k))]!;
  const { E, A, alpha, beta } = fit.params as Record<string, number>;
  const [meanN] = base.centre as [number];
  const [logA, withAlpha] = [v(1, 1) + 2 * meanN * v(1, 3) + meanN ** 2 * v(3, 3), v(1, 3) + meanN * v(3, 3)];
  const total = (alpha! + beta!) ** 2; // a = β/(α + β)
  const a = (beta! ** 2 * v(3, 3) - 2 * alpha! * beta! * v(3, 4) + alpha! ** 2 * v(4, 4)) / total ** 2;
  const want = { E: E! * Math.sqrt(v(0, 0)), A: A! * Math.sqrt(logA), alpha: Math.sqrt(v(3, 3)), beta: Math.sqrt(v(4, 4)), a: Math.sqrt(a), b: Math.sqrt(a) };
  // Central differences with a step of 1e-5 err by 1e-10 of a third derivative, which for A is log N³ = 8000.
  for (const [name, error] of Object.entries(want)) expect(got.standardErrors[name]! / error).toBeCloseTo(1, 6);
  expect(got.covarianceOf).toEqual(chinchilla.params);
  expect(got.covariance[1]![3]! / (A! * withAlpha)).toBeCloseTo(1, 6);
  expect(got.covariance[3]![4]! / v(3, 4)).toBeCloseTo(1, 6);
  expect(got.covariance.map((row) => row.length)).toEqual([5, 5, 5, 5, 5]);
});

it('of what is linear in x, or its exponential, the intervals are those of Student\'s t', () => {
  const lines = sandwichIntervals(problem, x, base.centre, 0.95);
  // An end errs by √(p(1 − p)/4000)/φ(1.96) = 0.042 standard errors; four times that. Logs, so that A, B and E are linear.
  for (const name of ['E', 'A', 'B', 'alpha', 'beta']) {
    const [low, high] = lines[name]!.map(Math.log) as [number, number];
    const error = (high - low) / (2 * 1.985); // t of 95 degrees of freedom
    got.intervals[name]!.forEach((end, k) => expect(Math.abs(Math.log(end) - [low, high][k]!)).toBeLessThan(4 * 0.042 * error));
  }
});

it('the same seed draws the same; another does not; a lower confidence is narrower', () => {
  const same = sandwichOn(sweep, fit, { budgets: [1e21, 1e24], predict, seed: 3 });
  expect({ ...same, seconds: 0 }).toEqual({ ...got, seconds: 0 });
  expect(sandwichOn(sweep, fit, { seed: 4 }).intervals).not.toEqual(got.intervals);
  const [low, high] = sandwichOn(sweep, fit, { seed: 3, confidence: 0.5 }).intervals['alpha']!;
  const [lowest, highest] = got.intervals['alpha']!;
  expect(high - low).toBeLessThan(0.5 * (highest - lowest));
});

it('beside a bootstrap: its standard errors, the sandwich\'s intervals', async () => {
  const options = { budgets: [1e21, 1e24], predict, seed: 3, replicates: 20 };
  const plain = await bootstrapOn(cpu, sweep, fit, options);
  const both = await bootstrapOn(cpu, sweep, fit, { ...options, interval: 'sandwich' });
  expect(both).toMatchObject({ kind: 'pairs', interval: 'sandwich', replicates: 20, standardErrors: plain.standardErrors, covariance: plain.covariance });
  expect([both.intervals, both.frontier, both.predictions]).toEqual([got.intervals, got.frontier, got.predictions]);
  expect(both.intervals).not.toEqual(plain.intervals);
});

it('a run of weight 0 is in nothing', () => {
  const more = sweepCase({ sizes: [...Array.from(sweep.columns.N, (N, i) => ({ N, D: sweep.columns.D[i]! })), { N: 1e12, D: 1e6 }] });
  const got0 = sandwichOn({ ...more, weight: more.weight.with(100, 0) }, fit, { seed: 3 });
  expect(got0.standardErrors['alpha']! / got.standardErrors['alpha']!).toBeCloseTo(1, 9);
  expect(got0.standardErrors['alpha']! / sandwichOn(more, fit, { seed: 3 }).standardErrors['alpha']!).not.toBeCloseTo(1, 3);
});

it('without a covariance there are no draws, and everything is NaN', () => {
  const five = sweepCase({ sizes: [0, 9, 45, 90, 99].map((i) => ({ N: sweep.columns.N[i]!, D: sweep.columns.D[i]! })) });
  const none = sandwichOn(five, fit, { budgets: [1e21], predict });
  expect([none.replicates, none.requested, none.failed]).toEqual([0, 4000, {}]);
  expect([none.intervals['alpha'], none.frontier[0]!.N, none.predictions[0]!.interval]).toEqual([[NaN, NaN], [NaN, NaN], [NaN, NaN]]);
  expect(Object.values(none.standardErrors).every(Number.isNaN)).toBe(true);
});
