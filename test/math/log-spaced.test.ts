import { expect, it } from 'vitest';
import { logSpaced } from '../../src/math/log-spaced.ts';

it('ends at its ends, in steps of one ratio', () => {
  const values = logSpaced([3, 7e11], 80);
  expect([values.length, values[0], values[79]]).toEqual([80, 3, 7e11]);
  const ratio = (7e11 / 3) ** (1 / 79);
  // A power of a number near 1: some roundings of the exponent, 26 in logs.
  for (let k = 1; k < 80; k++) expect(Math.abs(values[k]! / values[k - 1]! / ratio - 1)).toBeLessThan(1e-14);
  expect(logSpaced([5, 5], 1)).toEqual([5]);
});
