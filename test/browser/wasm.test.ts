/** A page compiles the kernel in its own thread: so small that browsers let it. */
import { expect, it } from 'vitest';
import { wasmArithmetic } from '../../src/math/wasm-arithmetic.ts';

it('has the arithmetic in WebAssembly', () => {
  const arithmetic = wasmArithmetic(1, 3);
  const column = arithmetic!.column(3);
  column.set([0, 1, -Infinity]);
  arithmetic!.power(0, 1, column, column, 0, 3);
  expect([column[0], column[2]]).toEqual([1, 0]);
  expect(Math.abs(column[1]! - Math.E)).toBeLessThanOrEqual(2 ** -51); // a unit in the last place
});
