import { describe, expect, it } from 'vitest';
import { studentQuantile, studentTails } from '../../src/math/student.ts';

// Percentage points of the t distribution to three decimals, as printed: Abramowitz and Stegun 1964, Table 26.10.
it.each([
  [1, 3.078, 12.706, 63.657], [2, 1.886, 4.303, 9.925], [3, 1.638, 3.182, 5.841], [4, 1.533, 2.776, 4.604],
  [5, 1.476, 2.571, 4.032], [10, 1.372, 2.228, 3.169], [29, 1.311, 2.045, 2.756], [30, 1.310, 2.042, 2.750],
  [120, 1.289, 1.980, 2.617],
])('with %d degrees: 80, 95 and 99 %% within the printed values', (degrees, ...printed) => {
  [0.9, 0.975, 0.995].forEach((probability, k) => {
    expect(Math.abs(studentQuantile(probability, degrees) - printed[k]!)).toBeLessThanOrEqual(5.001e-4);
  });
});

it('one degree more would be noticed', () => {
  expect(studentQuantile(0.975, 31) - 2.042).toBeLessThan(-5.001e-4);
});

// scipy 1.17.1, scipy.stats.t.ppf. A sum of ν/2 positive terms, each rounded, errs by less than ν·2⁻⁵³ = 1.2e-11 of itself;
// these quantiles move by less than ten times that.
it.each([
  [0.6, 4, 0.2707222947075976], [0.995, 7, 3.4994832973504924], [0.9999, 25, 4.351653866405319],
  [0.9, 95, 1.2905265429234305], [0.975, 322, 1.96735858532268], [0.975, 100_000, 1.9599877075346095],
])('the quantile %d with %d degrees is %d', (probability, degrees, want) => {
  expect(Math.abs(studentQuantile(probability, degrees) / want - 1)).toBeLessThan(1e-10);
});

describe('closed forms', () => {
  it.each([0.01, 0.3, 0.77, 0.999])('with 1 and 2 degrees at %d', (p) => {
    const one = Math.tan(Math.PI * (p - 0.5));
    const two = (2 * p - 1) * Math.sqrt(2 / (4 * p * (1 - p)));
    expect(Math.abs(studentQuantile(p, 1) / one - 1)).toBeLessThan(1e-11); // 1 − P loses three digits at 0.999
    expect(Math.abs(studentQuantile(p, 2) / two - 1)).toBeLessThan(1e-11);
  });
});

it('the median is 0, the lower tail mirrors the upper', () => {
  expect(Math.abs(studentQuantile(0.5, 9))).toBe(0);
  expect(studentQuantile(0.025, 9)).toBeCloseTo(-studentQuantile(0.975, 9), 12);
});

it.each([[NaN, 3], [0.9, NaN]])('of %d with %d degrees there is none', (probability, degrees) => {
  expect(studentQuantile(probability, degrees)).toBeNaN();
});

describe('both tails', () => {
  // scipy 1.17.1, 2·scipy.stats.t.sf. Taken from 1, they err by the rounding of a sum of ν/2 terms near 1.
  it.each([
    [0.607, 235, 0.5444369198497299], [4.81, 235, 2.6978089560738576e-6], [2.5, 1, 0.24223788318168682], [0, 3, 1], [1.3, 4, 0.2634515964712241],
  ])('beyond ±%d with %d degrees have %d', (t, degrees, want) => {
    expect(Math.abs(studentTails(t, degrees) - want)).toBeLessThan(3e-14);
    expect(studentTails(-t, degrees)).toBe(studentTails(t, degrees));
  });

  it('are what the quantile leaves', () => {
    expect(studentTails(studentQuantile(0.975, 29), 29)).toBeCloseTo(0.05, 13);
  });
});
