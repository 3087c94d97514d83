import { expect, it } from 'vitest';
import { quantile } from '../../src/math/quantile.ts';

it.each([
  [[1, 2, 3, 4], 0, 1], [[1, 2, 3, 4], 1, 4], [[1, 2, 3, 4], 0.5, 2.5],
  [[1, 2, 3, 4], 0.25, 1.75], // R: quantile(1:4, 0.25)
  [[10, 20, 40, 80, 160], 0.9, 128], // at 3.6: 80 + 0.6·80
  [[10, 20, 40, 80, 160], 0.025, 11], // at 0.1
  [[7], 0.975, 7],
])('quantile of %j at %d is %d (type 7)', (ascending, p, value) => {
  expect(quantile(ascending, p)).toBeCloseTo(value, 12);
});
