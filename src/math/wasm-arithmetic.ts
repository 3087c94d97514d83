/**
 * Arithmetic on columns in WebAssembly, two points at a time: wasm/ compiled, whose memory holds the columns.
 *
 * One kernel a thread. Its memory is given out from the front and taken back whole: each call of `wasmArithmetic` begins
 * anew, and the columns given before are void. Where there is no WebAssembly SIMD, or the Content-Security-Policy of a page
 * forbids it ('wasm-unsafe-eval'), there is no kernel; plain-arithmetic.ts does the same.
 */
import compiled from '../../wasm/index.ts?compiled';
import type { Arithmetic } from './arithmetic.ts';
import { gramByBlocks } from './gram.ts';

/** Columns are addresses, lengths are points. */
interface Kernel {
  readonly memory: WebAssembly.Memory;
  /** Where columns may begin. */
  heap(): number;
  line(offset: number, slope: number, u: number, out: number, n: number): void;
  power(offset: number, slope: number, u: number, out: number, n: number): void;
  log(u: number, out: number, n: number): void;
  logDifference(u: number, logV: number, unit: number, out: number, n: number): void;
  product(factor: number, u: number, v: number, out: number, n: number): void;
  addProduct(factor: number, u: number, v: number, out: number, n: number): void;
  addScaled(factor: number, u: number, out: number, n: number): void;
  shares(floor: number, first: number, second: number, sum: number, share: number, n: number): void;
  smoothMax(first: number, second: number, gamma: number, max: number, change: number, n: number): void;
  huberSum(residual: number, weight: number, below: number, above: number, n: number): number;
  huberWeigh(residual: number, weight: number, kappa: number, below: number, above: number, slope: number, mass: number, n: number): number;
  dot(u: number, v: number, n: number): number;
  dotOfThree(u: number, v: number, w: number, n: number): number;
  /** Most parameters that gram takes, and where it looks for the addresses of their columns, u32 each. */
  orderLimit(): number;
  columnList(): number;
  /** Address of the sums: of each row its gradient, then its products. */
  gram(slope: number, mass: number, order: number, n: number): number;
}

/** The kernel of this thread; `null` where there is none. */
let kernel: Kernel | null | undefined;
/** The arithmetic of its memory as it is. */
let ours: { readonly buffer: ArrayBuffer; readonly arithmetic: Arithmetic } | undefined;
/** Address of the next column. */
let free = 0;

/** Arithmetic with room for so many columns of so many points; undefined where there is no kernel, or no such room. */
export function wasmArithmetic(columns: number, points: number): Arithmetic | undefined {
  kernel ??= instantiate();
  if (!kernel || !reserve(kernel, kernel.heap() + columns * bytesOf(points))) return undefined;
  free = kernel.heap();
  const { buffer } = kernel.memory;
  if (ours?.buffer !== buffer) ours = { buffer, arithmetic: arithmeticOf(kernel, buffer) };
  return ours.arithmetic;
}

function instantiate(): Kernel | null {
  try {
    const bytes = Uint8Array.from(atob(compiled), (letter) => letter.charCodeAt(0));
    return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as unknown as Kernel;
  } catch {
    return null;
  }
}

const PAGE = 65536;

function reserve({ memory }: Kernel, bytes: number): boolean {
  const missing = bytes - memory.buffer.byteLength;
  try {
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return true;
  } catch {
    return false;
  }
}

/** A column has room for an even number of points. */
function bytesOf(points: number): number {
  return 8 * (points + (points % 2));
}

/** A column that the kernel gave knows its address: reading `byteOffset` takes three times as long as an operation's call. */
interface Column extends Float64Array {
  readonly address: number;
}

/** @throws RangeError for a column of someone else, which the kernel cannot see. */
function at(column: Float64Array, from: number): number {
  const { address } = column as Column;
  if (!(address > 0)) throw new RangeError('wasmArithmetic: expected a column that it gave, got another.');
  return address + 8 * from;
}

function arithmeticOf(kernel: Kernel, buffer: ArrayBuffer): Arithmetic {
  const limit = kernel.orderLimit();
  const list = new Uint32Array(buffer, kernel.columnList(), limit);
  const sums = new Float64Array(buffer, kernel.gram(0, 0, 0, 0), (limit * (limit + 3)) / 2);
  return {
    column(length) {
      const address = free;
      free += bytesOf(length);
      if (free > buffer.byteLength) throw new RangeError('wasmArithmetic: expected no more columns than there is room for, got one more.');
      return Object.assign(new Float64Array(buffer, address, length).fill(0), { address });
    },
    line: (offset, slope, u, out, from, to) => kernel.line(offset, slope, at(u, from), at(out, from), to - from),
    power: (offset, slope, u, out, from, to) => kernel.power(offset, slope, at(u, from), at(out, from), to - from),
    log: (u, out, from, to) => kernel.log(at(u, from), at(out, from), to - from),
    logDifference: (u, logV, unit, out, from, to) => kernel.logDifference(at(u, from), at(logV, from), unit, at(out, from), to - from),
    product: (factor, u, v, out, from, to) => kernel.product(factor, at(u, from), at(v, from), at(out, from), to - from),
    addProduct: (factor, u, v, out, from, to) => kernel.addProduct(factor, at(u, from), at(v, from), at(out, from), to - from),
    addScaled: (factor, u, out, from, to) => kernel.addScaled(factor, at(u, from), at(out, from), to - from),
    shares: (floor, first, second, sum, share, from, to) =>
      kernel.shares(floor, at(first, from), at(second, from), at(sum, from), at(share, from), to - from),
    smoothMax: (first, second, gamma, max, change, from, to) =>
      kernel.smoothMax(at(first, from), at(second, from), gamma, at(max, from), at(change, from), to - from),
    huberSum: (residual, weight, below, above, from, to) =>
      kernel.huberSum(at(residual, from), at(weight, from), below, above, to - from),
    huberWeigh: (residual, weight, kappa, below, above, slope, mass, from, to) =>
      kernel.huberWeigh(at(residual, from), at(weight, from), kappa, below, above, at(slope, from), at(mass, from), to - from),
    dot: (u, v) => kernel.dot(at(u, 0), at(v, 0), u.length),
    dotOfThree: (u, v, w) => kernel.dotOfThree(at(u, 0), at(v, 0), at(w, 0), u.length),
    gram(slope, mass, jacobian, gradient, hessian) {
      const order = jacobian.length;
      if (order > limit) return gramByBlocks(slope, mass, jacobian, gradient, hessian);
      for (let j = 0; j < order; j++) list[j] = at(jacobian[j], 0);
      kernel.gram(at(slope, 0), at(mass, 0), order, slope.length);
      for (let j = 0, sum = 0, pair = 0; j < order; j++) {
        gradient[j] = sums[sum++];
        for (let k = 0; k <= j; k++) hessian[pair++] = sums[sum++];
      }
    },
  };
}
