import { describe, expect, it } from 'vitest';
import { normals, uniforms } from '../../src/math/philox.ts';
import { quantilesOf } from '../../src/math/quantile.ts';
import { deviationTolerance, kurtosis, quantileTolerance, varianceTolerance } from '../../src/reproduce/monte-carlo.ts';
import { deviation } from '../../src/stats/intervals.ts';

/** 400 simulations of 200 normal values. */
const samples = Array.from({ length: 400 }, (_, k) => {
  const normal = normals(uniforms(11, 7, k));
  return Float64Array.from({ length: 200 }, () => 5 + 2 * normal());
});
const spread = (values: readonly number[]) => deviation(Float64Array.from(values));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

it('the kurtosis of a die is 1.7314, of a heavy tail far more', () => {
  expect(kurtosis(Float64Array.of(1, 2, 3, 4, 5, 6))).toBeCloseTo(1.731428571, 8);
  expect(kurtosis(Float64Array.from({ length: 100 }, (_, k) => (k === 0 ? 1 : 0)))).toBeGreaterThan(90);
});

describe('three standard errors, as 400 simulations have them', () => {
  // The spread of 400 is known to 1/√800 = 3.5 %; the mean of 400 estimates of it, each from 200 values, better than that.
  it('of a standard deviation', () => {
    const found = 3 * spread(samples.map(deviation)) / 2;
    expect(Math.abs(mean(samples.map((values) => deviationTolerance(values, Infinity))) / found - 1)).toBeLessThan(0.12);
    expect(varianceTolerance(samples[0]!, 50)).toBe(2 * deviationTolerance(samples[0]!, 50));
  });

  it('of a quantile', () => {
    const found = 3 * spread(samples.map((values) => quantilesOf(values.slice(), [0.25])[0]!));
    // It is the larger of two sides, some tenths more than the mean of both.
    const ratio = mean(samples.map((values) => quantileTolerance(values, 0.25, Infinity))) / found;
    expect(ratio).toBeGreaterThan(0.9);
    expect(ratio).toBeLessThan(1.4);
  });

  it('together with those of the other side', () => {
    expect(deviationTolerance(samples[0]!, 200)).toBeCloseTo(Math.SQRT2 * deviationTolerance(samples[0]!, Infinity), 12);
    expect(quantileTolerance(samples[0]!, 0.25, 50)).toBeGreaterThan(1.5 * quantileTolerance(samples[0]!, 0.25, Infinity));
  });
});
