import { expect, it } from 'vitest';
import { normalProbability, normalQuantile } from '../../src/math/gaussian.ts';

/** Abramowitz and Stegun 1964, table 26.1. */
const PRINTED = [
  [0, 0.5], [0.5, 0.691462461274013], [1, 0.841344746068543], [2, 0.977249868051821], [3, 0.998650101968370],
] as const;

it.each(PRINTED)('Φ(%d) is %d, and its mirror', (z, probability) => {
  // Half a unit of the last printed digit, and the rounding of the series.
  expect(Math.abs(normalProbability(z) - probability)).toBeLessThan(6e-16);
  expect(Math.abs(normalProbability(-z) - (1 - probability))).toBeLessThan(6e-16);
});

it('far out: 0 and 1, without a step where the series ends', () => {
  expect([-Infinity, -9, 9, Infinity].map(normalProbability)).toEqual([0, 0, 1, 1]);
  expect(normalProbability(-8.2)).toBeLessThan(1e-15);
  expect(normalProbability(NaN)).toBeNaN();
});

it.each([
  [0.975, 1.959963984540054], [0.95, 1.644853626951473], [0.5, 0], [0.025, -1.959963984540054], [1e-6, -4.753424308822899],
])('Φ⁻¹(%d) is %d', (probability, z) => {
  // The rounding of Φ, 1e-16, over the density there.
  expect(Math.abs(normalQuantile(probability) - z)).toBeLessThan(1e-14 + 4e-16 / (Math.exp(-z * z / 2) / 2.5066));
});

it('Φ⁻¹ of what is no probability within', () => {
  expect([0, 1].map(normalQuantile)).toEqual([-Infinity, Infinity]);
  expect([-0.1, 1.1, NaN].map(normalQuantile)).toEqual([NaN, NaN, NaN]);
});
