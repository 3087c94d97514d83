import { expect, it } from 'vitest';
import { normalQuantile } from '../../src/math/gaussian.ts';
import { uniforms } from '../../src/math/philox.ts';
import { medianDeviation, quantile, quantilesOf } from '../../src/math/quantile.ts';

it.each([
  [[1, 2, 3, 4], 0, 1], [[1, 2, 3, 4], 1, 4], [[1, 2, 3, 4], 0.5, 2.5],
  [[1, 2, 3, 4], 0.25, 1.75], // R: quantile(1:4, 0.25)
  [[10, 20, 40, 80, 160], 0.9, 128], // at 3.6: 80 + 0.6·80
  [[10, 20, 40, 80, 160], 0.025, 11], // at 0.1
  [[7], 0.975, 7],
])('quantile of %j at %d is %d (type 7)', (ascending, p, value) => {
  expect(quantile(ascending, p)).toBeCloseTo(value, 12);
});

const uniform = uniforms(4, 77, 0);
const LEVELS = [0.975, 0.025, 0, 1, 0.5, 0.5, 0.3333];

it.each<[string, (k: number) => number]>([
  ['in no order', () => uniform()],
  ['many of them equal', () => Math.floor(5 * uniform())],
  ['all equal', () => 3],
  ['ascending', (k) => k],
  ['descending', (k) => -k],
  ['up and down', (k) => Math.sin(k)],
  ['some infinite', (k) => (k % 7 === 0 ? Infinity : k % 5 === 0 ? -Infinity : uniform())],
])('quantiles of values %s: those of the sorted ones, to the last bit', (_, value) => {
  for (const count of [1, 2, 3, 10, 97, 1000]) {
    const values = Float64Array.from({ length: count }, (__, k) => value(k));
    const sorted = values.toSorted();
    const got = quantilesOf(values, LEVELS);
    expect(got).toEqual(LEVELS.map((p) => quantile(sorted, p)));
    expect(values.toSorted()).toEqual(sorted); // permuted, no more
  }
});

it('of none they are NaN', () => {
  expect(quantilesOf(new Float64Array(), [0.1, 0.9])).toEqual([NaN, NaN]);
});

it('the deviation by the median is that of normal values, whatever a few of them are', () => {
  // Quantiles for the normal distribution of σ = 2 about 5. With a tenth far off the median of the distances is at 0.556 of the rest: 0.765σ for 0.674σ.
  const values = Float64Array.from({ length: 999 }, (_, k) => 5 + 2 * normalQuantile((k + 1) / 1000));
  expect(medianDeviation(values, 5)).toBeCloseTo(2, 2);
  expect(medianDeviation(values)).toBeGreaterThan(5);
  expect(medianDeviation(values.map((value, k) => (k % 10 === 0 ? 1e6 : value)), 5)).toBeLessThan(2.4);
});
