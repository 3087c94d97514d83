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
import { hasIntervals } from '../../src/stats/intervals.ts';
import { sandwichCovariance } from '../../src/stats/sandwich.ts';
import { sandwichIntervals } from '../../src/stats/sandwich-intervals.ts';
import { sweepCase } from '../support/cases.ts';

const cpu = cpuBackend(1);
const sweep = sweepCase();
const fit = await fitOn(cpu, sweep, { starts: 8 });
const base = batchOf(sweep, chinchilla);
const problem = problemOf(base, fit.delta);
const x = chinchilla.toWorking(Object.values(fit.params), base.centre);
const predict = [{ N: 7e10, D: 1.4e12 }];
const got = sandwichOn(sweep, fit, { budgets: [1e21, 1e24], predict });

it('is a bootstrap of kind sandwich, with all that one has', () => {
  expect(got).toMatchObject({ kind: 'sandwich', interval: 'sandwich', replicates: 0, requested: 0, failed: {}, withoutOptimum: 0, seed: 0, confidence: 0.95 });
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

it('of parameters and exponents the intervals run along lines', () => {
  expect(got.intervals).toEqual(sandwichIntervals(problem, x, base.centre, 0.95));
});

it('of a parameter with bounds they end there', () => {
  const bounds = { alpha: [fit.params['alpha']! - 1e-3, 1] as const };
  const [low, high] = sandwichOn(sweep, { ...fit, bounds }).intervals['alpha']!;
  expect([low, high > bounds.alpha[0] + 2e-3]).toEqual([bounds.alpha[0], true]);
});

it('a parameter that a bound holds back has no error', () => {
  const alpha = fit.params['alpha']! + 0.02;
  const held = sandwichOn(sweep, { ...fit, params: { ...fit.params, alpha }, bounds: { alpha: [alpha, 1] } }).standardErrors;
  expect([held['alpha'], held['beta']! > 0]).toEqual([0, true]);
});

it('a lower confidence is narrower, in everything', () => {
  const half = sandwichOn(sweep, fit, { budgets: [1e24], predict, confidence: 0.5 });
  const width = ([low, high]: readonly [number, number]) => Math.log(high / low);
  const pairs = [[half.intervals['alpha']!, got.intervals['alpha']!], [half.frontier[0]!.N, got.frontier[1]!.N], [half.predictions[0]!.interval, got.predictions[0]!.interval]] as const;
  for (const [narrow, wide] of pairs) expect(width(narrow)).toBeLessThan(0.5 * width(wide));
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
  const got0 = sandwichOn({ ...more, weight: more.weight.with(100, 0) }, fit);
  expect(got0.standardErrors['alpha']! / got.standardErrors['alpha']!).toBeCloseTo(1, 9);
  expect(got0.standardErrors['alpha']! / sandwichOn(more, fit).standardErrors['alpha']!).not.toBeCloseTo(1, 3);
});

it('without a covariance everything is NaN', () => {
  const five = sweepCase({ sizes: [0, 9, 45, 90, 99].map((i) => ({ N: sweep.columns.N[i]!, D: sweep.columns.D[i]! })) });
  const none = sandwichOn(five, fit, { budgets: [1e21], predict });
  expect([hasIntervals(none), hasIntervals(got)]).toEqual([false, true]);
  expect([none.intervals['alpha'], none.frontier[0]!.N, none.predictions[0]!.interval]).toEqual([[NaN, NaN], [NaN, NaN], [NaN, NaN]]);
  expect(Object.values(none.standardErrors).every(Number.isNaN)).toBe(true);
});
