import { expect, it } from 'vitest';
import { printed } from '../../src/paper/printed.ts';

it.each([
  ['1.92e19', 1.92e19, 3, 0.005 / 1.92],
  ['8.0B', 8e9, 2, 0.05 / 8],
  ['205.1B', 205.1e9, 4, 0.05 / 205.1],
  ['29,968', 29_968, 5, 0.5 / 29_968],
  ['0.053', 0.053, 2, 0.5 / 53],
  ['402B', 402e9, 3, 0.5 / 402],
])('%s', (text, value, digits, rounding) => {
  const found = printed(text);
  expect(found).toMatchObject({ text, value, digits });
  expect(Math.abs(found.rounding / rounding - 1)).toBeLessThan(1e-12);
});
