import { expect, it } from 'vitest';
import { covarianceOf, deviation, intervalOf } from '../../src/stats/intervals.ts';

/** 0, 1, …, 100 in another order: its quantile p is 100·p. */
const values = Float64Array.from({ length: 101 }, (_, k) => (k * 37) % 101);

it('percentile: quantiles of the replicates, whatever their order and the estimate', () => {
  const [low, high] = intervalOf(values, 1e9, 0.95, 'percentile');
  expect([low, high]).toEqual([expect.closeTo(2.5, 10), expect.closeTo(97.5, 10)]);
  const [narrowLow, narrowHigh] = intervalOf(values, 0, 0.5, 'percentile');
  expect([narrowLow, narrowHigh]).toEqual([25, 75]);
});

it('basic: the percentile interval reflected about the estimate', () => {
  const [low, high] = intervalOf(values, 40, 0.95, 'basic');
  expect([low, high]).toEqual([expect.closeTo(80 - 97.5, 10), expect.closeTo(80 - 2.5, 10)]);
});

it('leaves the replicates in their order', () => {
  const before = values.slice();
  intervalOf(values, 0, 0.9, 'basic');
  expect(values).toEqual(before);
});

it('no replicates, no interval', () => {
  expect(intervalOf(new Float64Array(), 1, 0.95, 'percentile')).toEqual([NaN, NaN]);
});

it('covariance: (Σab − n·mean·mean)/(n − 1), and no digits lost far from zero', () => {
  const a = [1, 4, 2, 8, 5, 7];
  const b = [3, 1, 4, 1, 5, 9];
  const [meanA, meanB] = [27 / 6, 23 / 6];
  const direct = (a.reduce((sum, value, i) => sum + value * b[i]!, 0) - 6 * meanA * meanB) / 5;
  expect(covarianceOf(Float64Array.from(a), Float64Array.from(b))).toBeCloseTo(direct, 12);
  const far = Float64Array.from(a, (value) => value + 2 ** 40);
  expect(covarianceOf(far, Float64Array.from(b))).toBeCloseTo(direct, 3);
  expect(deviation(Float64Array.of(1, 2, 3, 4))).toBeCloseTo(Math.sqrt(5 / 3), 12);
});
