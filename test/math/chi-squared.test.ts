import { expect, it } from 'vitest';
import { logChiSquaredTail } from '../../src/math/chi-squared.ts';

// scipy 1.17.1, stats.chi2.logsf, and mpmath with 40 digits where it gives −∞ (2000).
it.each([
  [0.5, 1, -0.7350111298370844], [3.841458820694124, 1, -2.995732273553993], [3.99, 3, -1.3373290659663146], [4, 3, -1.3414581752525623],
  [7, 3, -2.63250999531272], [5, 5, -0.8773580722343329], [84, 5, -36.6426814185963], [238.4, 5, -112.30092145356556],
  [2000, 5, -989.9215503273507], [100, 2, -50], [1, 4, -0.09453489189183562], [18.307, 10, -2.9957204917954336],
])('log P(χ² > %d) with %d degrees is %d', (x, degrees, want) => {
  // Ten terms at most, each rounded; the logarithm of a sum that is off by 1e-14 of itself is off by as much.
  expect(Math.abs(logChiSquaredTail(x, degrees) - want)).toBeLessThan(3e-14 * Math.max(1, Math.abs(want)));
});

it('is 0 at 0, and falls without a step where one way of computing hands over to another', () => {
  for (const degrees of [1, 2, 3, 4, 5, 8]) {
    expect(Math.abs(logChiSquaredTail(0, degrees))).toBeLessThan(1e-15);
    // Across 4 = 2² by 2e-9: the slope is below 1.
    const step = logChiSquaredTail(4 - 1e-9, degrees) - logChiSquaredTail(4 + 1e-9, degrees);
    expect(step).toBeGreaterThan(0);
    expect(step).toBeLessThan(2e-9);
  }
});

it('one degree more would be noticed', () => {
  expect(logChiSquaredTail(238.4, 6) - logChiSquaredTail(238.4, 5)).toBeGreaterThan(1);
});
