/** Arithmetic in WebAssembly: exp and log against integers, everything against the plain loops. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Arithmetic } from '../../src/math/arithmetic.ts';
import { packedLength } from '../../src/math/packed.ts';
import { uniforms } from '../../src/math/philox.ts';
import { plainArithmetic } from '../../src/math/plain-arithmetic.ts';
import { wasmArithmetic } from '../../src/math/wasm-arithmetic.ts';
import { worst } from '../support/close.ts';
import { ulpsOfExp, ulpsOfLog } from '../support/exact-exp.ts';

const U = 2 ** -53;

function wasm(columns: number, points: number): Arithmetic {
  const arithmetic = wasmArithmetic(columns, points);
  if (!arithmetic) throw new Error('expected WebAssembly SIMD here, got none');
  return arithmetic;
}

function columnOf(arithmetic: Arithmetic, values: ArrayLike<number>): Float64Array {
  const column = arithmetic.column(values.length);
  column.set(values);
  return column;
}

/** `values` through one operation of WebAssembly, each alone and all together; they must not depend on their neighbours. */
function through(values: readonly number[], operate: (arithmetic: Arithmetic, column: Float64Array, to: number) => void): number[] {
  const run = (some: readonly number[]) => {
    const arithmetic = wasm(1, some.length);
    const column = columnOf(arithmetic, some);
    operate(arithmetic, column, some.length);
    return [...column];
  };
  const together = run(values);
  expect(values.flatMap((value) => run([value]))).toEqual(together);
  return together;
}

const exp = (values: readonly number[]) => through(values, ({ power }, column, to) => power(0, 1, column, column, 0, to));
const log = (values: readonly number[]) => through(values, ({ log }, column, to) => log(column, column, 0, to));

describe('exp', () => {
  const uniform = uniforms(1, 90, 0);
  const between = (low: number, high: number, length: number) => Array.from({ length }, () => low + (high - low) * uniform());
  const small = between(-30, -1, 100).flatMap((power) => [2 ** power, -(2 ** power)]);
  const ranges: Record<string, number[]> = {
    'what is normal': between(-708.39, 709.78, 600), 'what a term of a law is': between(-12, 5, 600), 'near 0': small,
    'multiples of log(2)/2, where it changes course': Array.from({ length: 400 }, (_, k) => (k - 200) * 3.5 * Math.LN2 / 2),
    'what is subnormal': between(-745.1, -708.4, 200), 'the ends': [709.782712893384, -745.1332191019411, -708, 708, -708.4, 709, 0, -0],
  };

  it.each(Object.keys(ranges))('is within one unit in the last place: %s', (name) => {
    const off = exp(ranges[name]!).map((got, i) => ulpsOfExp(got, ranges[name]![i]!));
    expect(Math.max(...off)).toBeLessThan(1);
  });

  it('is measured by a reference that Math.exp passes and that sees two units', () => {
    const x = ranges['what a term of a law is']!;
    expect(Math.max(...x.map((value) => ulpsOfExp(Math.exp(value), value)))).toBeLessThan(1);
    expect(Math.min(...x.map((value) => ulpsOfExp(Math.exp(value) * (1 + 4 * U), value)))).toBeGreaterThan(1);
  });

  it('knows what is beyond its range, and what is none', () => {
    expect(exp([709.79, 1e300, Infinity])).toEqual([Infinity, Infinity, Infinity]);
    expect(exp([-745.2, -1e300, -Infinity])).toEqual([0, 0, 0]);
    expect(exp([NaN, 0, -0])).toEqual([NaN, 1, 1]);
  });
});

describe('log', () => {
  const uniform = uniforms(2, 90, 0);
  const powers = (low: number, high: number) => Array.from({ length: 400 }, () => 2 ** (low + (high - low) * uniform()));
  const ranges: Record<string, number[]> = {
    'all normal numbers': powers(-1021.9, 1023.9), losses: powers(0, 4), 'near 1': powers(-30, -1).flatMap((h) => [1 + h, 1 - h]),
    'near √½, where it changes course': powers(-50, -2).flatMap((h) => [Math.SQRT1_2 * (1 + h), Math.SQRT1_2 * (1 - h)]),
    'subnormal numbers': powers(-1073.9, -1022.1), 'the ends': [Number.MAX_VALUE, 2 ** -1022, 2 ** -1074],
  };

  it.each(Object.keys(ranges))('is within one unit in the last place: %s', (name) => {
    const off = log(ranges[name]!).map((got, i) => ulpsOfLog(got, ranges[name]![i]!));
    expect(Math.max(...off)).toBeLessThan(1);
  });

  it('is measured by a reference that Math.log passes and that sees two units', () => {
    const x = ranges['losses']!;
    expect(Math.max(...x.map((value) => ulpsOfLog(Math.log(value), value)))).toBeLessThan(1);
    expect(Math.min(...x.map((value) => ulpsOfLog(Math.log(value) * (1 + 4 * U), value)))).toBeGreaterThan(1);
  });

  it('knows what has none', () => {
    expect(log([1, 0, -0, -1, -Infinity, Infinity, NaN])).toEqual([0, -Infinity, -Infinity, NaN, NaN, Infinity, NaN]);
  });
});

/** An operation on columns that it may write; what it returns, and then the columns. */
type Operation = (arithmetic: Arithmetic, columns: Float64Array[], from: number, to: number) => number | void;

const OPERATIONS: Record<string, Operation> = {
  line: (on, [u, out], from, to) => on.line(0.3, -1.7, u!, out!, from, to),
  power: (on, [u, out], from, to) => on.power(0.3, -1.7, u!, out!, from, to),
  log: (on, [, , , positive, out], from, to) => on.log(positive!, out!, from, to),
  logDifference: (on, [u, , out, positive], from, to) => on.logDifference(positive!, u!, 0.25, out!, from, to),
  product: (on, [u, v, out], from, to) => on.product(-0.7, u!, v!, out!, from, to),
  'product in place': (on, [u, v], from, to) => on.product(-0.7, u!, v!, v!, from, to),
  addProduct: (on, [u, v, out], from, to) => on.addProduct(-0.7, u!, v!, out!, from, to),
  addScaled: (on, [u, out], from, to) => on.addScaled(-0.7, u!, out!, from, to),
  shares: (on, [sum, share, , first, second], from, to) => on.shares(1.5, first!, second!, sum!, share!, from, to),
  smoothMax: (on, [first, second, max, change], from, to) => on.smoothMax(first!, second!, 0.4, max!, change!, from, to),
  huberSum: (on, [r, , , weight], from, to) => on.huberSum(r!, weight!, 0.9, 0.1, from, to),
  huberWeigh: (on, [r, slope, mass, weight], from, to) => on.huberWeigh(r!, weight!, 0.3, 0.9, 0.1, slope!, mass!, from, to),
  dot: (on, [u, v]) => on.dot(u!, v!),
  dotOfThree: (on, [u, v, w]) => on.dotOfThree(u!, v!, w!),
};

/** Three columns between −2 and 2, two between 0.1 and 3. */
function data(length: number): Float64Array[] {
  const uniform = uniforms(3, 90, length);
  return [0, 1, 2, 3, 4].map((k) => Float64Array.from({ length }, () => (k < 3 ? 4 * uniform() - 2 : 0.1 + 2.9 * uniform())));
}

function results(arithmetic: Arithmetic, operate: Operation, length: number, from: number, to: number): number[] {
  const columns = data(length).map((values) => columnOf(arithmetic, values));
  const value = operate(arithmetic, columns, from, to);
  return [...(value === undefined ? [] : [value]), ...columns.flatMap((column) => [...column])];
}

const BLOCKS = [[1, 0, 1], [2, 0, 2], [7, 0, 7], [8, 2, 6], [9, 4, 9], [33, 0, 33], [64, 32, 64]] as const;

describe.each(Object.keys(OPERATIONS))('%s', (name) => {
  it.each(BLOCKS)('of %i points, %i to %i, is that of the plain loops', (length, from, to) => {
    const want = results(plainArithmetic, OPERATIONS[name]!, length, from, to);
    const got = results(wasm(5, length), OPERATIONS[name]!, length, from, to);
    // A few roundings of numbers below 30, and of a sum of them as many as it has terms.
    const tolerance = want.map((_, i) => (typeof got[0] === 'number' && i === 0 ? length + 8 : 8) * 30 * U);
    const { ratio, where } = worst(got, want, tolerance);
    expect(ratio, where).toBeLessThan(1);
    expect(worst(got.map((value) => value + 1e-11), want, tolerance).ratio).toBeGreaterThan(1);
  });
});

it('weighs what is not finite as the plain loops do', () => {
  const residual = [NaN, Infinity, -Infinity, 0, 1, -1, 1e300];
  const weigh = (arithmetic: Arithmetic) => residual.map((r) => {
    const [rs, weight, slope, mass] = [[r], [2], [0], [0]].map((values) => columnOf(arithmetic, values));
    return [arithmetic.huberWeigh(rs!, weight!, 0.5, 1, 1, slope!, mass!, 0, 1), arithmetic.huberSum(rs!, weight!, 1, 1, 0, 1), slope![0], mass![0]];
  });
  expect(weigh(wasm(40, 1))).toEqual(weigh(plainArithmetic));
  expect(weigh(plainArithmetic)[0]![0]).toBe(NaN);
});

it('has a smooth maximum where one of the two is nothing', () => {
  const max = (arithmetic: Arithmetic, p: number, q: number, gamma: number) => {
    const [first, second, max, change] = [[p], [q], [0], [0]].map((values) => columnOf(arithmetic, values));
    arithmetic.smoothMax(first!, second!, gamma, max!, change!, 0, 1);
    return [first![0], second![0], max![0], change![0]];
  };
  expect(max(wasm(4, 1), 1000, -1000, 0.1)).toEqual([1, 0, 1000, 0]);
  expect(max(wasm(4, 1), -1, 1, 1e-300)).toEqual([0, 1, 1, 0]);
  expect(max(wasm(4, 1), NaN, 1, 1)[2]).toBe(NaN);
});

describe.each([1, 2, 4, 5, 6, 9, 17])('the sums of a model of %i parameters', (order) => {
  it.each([1, 2, 7, 8, 9, 16, 31])('and %i points are those of the plain loops', (points) => {
    const uniform = uniforms(order, 91, points);
    const made = Array.from({ length: order + 2 }, () => Float64Array.from({ length: points }, () => 2 * uniform() - 1));
    const sums = (arithmetic: Arithmetic) => {
      const [slope, mass, ...jacobian] = made.map((values) => columnOf(arithmetic, values));
      const [gradient, hessian] = [new Float64Array(order).fill(NaN), new Float64Array(packedLength(order)).fill(NaN)];
      arithmetic.gram(slope!, mass!, jacobian, gradient, hessian);
      return [...gradient, ...hessian];
    };
    const got = sums(wasm(order + 2, points));
    const want = sums(plainArithmetic);
    const tolerance = want.map(() => 2 * (points + 2) * points * U);
    expect(worst(got, want, tolerance).ratio).toBeLessThan(1);
    expect(worst(got.toReversed(), want, tolerance).ratio > 1).toBe(want.length > 2 || want[0] !== want[1]);
  });
});

describe('its memory', () => {
  it('is given out anew each time, in zeros', () => {
    const first = columnOf(wasm(2, 3), [1, 2, 3]);
    const arithmetic = wasm(2, 3);
    const [again, next] = [arithmetic.column(3), arithmetic.column(3)];
    expect([...first]).toEqual([0, 0, 0]);
    expect(again.byteOffset).toBe(first.byteOffset);
    expect(next.byteOffset).toBe(first.byteOffset + 32); // room for an even number
  });

  it('grows with what is asked for, and is none where there is not so much', () => {
    const length = 200_000;
    const arithmetic = wasm(3, length);
    const column = columnOf(arithmetic, new Float64Array(length).fill(1));
    expect(arithmetic.dot(column, column)).toBe(length);
    expect(wasmArithmetic(1e6, 1e6)).toBeUndefined();
  });

  it('has no more room than was asked for and a page of 64 KiB', () => {
    const arithmetic = wasm(1, 2);
    const fill = () => { for (let k = 0; k < 1e6; k++) arithmetic.column(1000); };
    expect(fill).toThrow('wasmArithmetic: expected no more columns than there is room for, got one more.');
  });

  it('holds its own columns only', () => {
    const arithmetic = wasm(1, 4);
    expect(() => arithmetic.log(arithmetic.column(4), new Float64Array(4), 0, 4))
      .toThrow('wasmArithmetic: expected a column that it gave, got another.');
  });
});

describe('where WebAssembly', () => {
  beforeEach(() => vi.resetModules());
  afterEach(() => vi.unstubAllGlobals());

  it.each([['is missing', undefined], ['is forbidden', { Module: function forbidden() { throw new EvalError('unsafe-eval'); } }]])(
    '%s there is none', async (_, without) => {
      vi.stubGlobal('WebAssembly', without);
      const { wasmArithmetic: here } = await import('../../src/math/wasm-arithmetic.ts');
      expect(here(1, 1)).toBeUndefined();
      expect(wasmArithmetic(1, 1)).toBeDefined();
    });
});
