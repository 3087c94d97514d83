import { expect, it } from 'vitest';
import { rowsOver } from '../../src/math/rows-over.ts';

it('takes one value of each axis, the last one first, and is one empty row of none', () => {
  expect(rowsOver([[1, 2], [3], [4, 5]])).toEqual([[1, 3, 4], [1, 3, 5], [2, 3, 4], [2, 3, 5]]);
  expect([rowsOver([]), rowsOver([[1], []])]).toEqual([[[]], []]);
});
