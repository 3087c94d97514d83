import { packedIndex } from './packed.ts';

const SWEEPS = 30; // cyclic Jacobi converges quadratically: ten are plenty for P ≤ 10

/** Eigenvalues of a packed symmetric matrix of the given order, ascending, by cyclic Jacobi rotations. */
export function symmetricEigenvalues(packed: Float64Array, order: number): Float64Array {
  const full = unpack(packed, order);
  for (let sweep = 0; sweep < SWEEPS && offDiagonal(full, order) > 0; sweep++) {
    for (let p = 0; p < order; p++) for (let q = p + 1; q < order; q++) rotate(full, order, p, q);
  }
  return Float64Array.from({ length: order }, (_, i) => full[i * order + i]).toSorted();
}

function unpack(packed: Float64Array, order: number): Float64Array {
  const full = new Float64Array(order * order);
  for (let i = 0; i < order; i++) {
    for (let j = 0; j <= i; j++) full[i * order + j] = full[j * order + i] = packed[packedIndex(i, j)];
  }
  return full;
}

function offDiagonal(full: Float64Array, order: number): number {
  let sum = 0;
  for (let i = 0; i < order; i++) for (let j = 0; j < i; j++) sum += full[i * order + j] ** 2;
  return sum;
}

/** Zeroes element (p, q) by a similarity rotation. */
function rotate(full: Float64Array, order: number, p: number, q: number): void {
  const off = full[p * order + q];
  if (off === 0) return;
  const theta = (full[q * order + q] - full[p * order + p]) / (2 * off);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const c = 1 / Math.hypot(t, 1);
  const s = t * c;
  for (let k = 0; k < order; k++) {
    const { [k * order + p]: left, [k * order + q]: right } = full;
    full[k * order + p] = c * left - s * right;
    full[k * order + q] = s * left + c * right;
  }
  for (let k = 0; k < order; k++) {
    const { [p * order + k]: upper, [q * order + k]: lower } = full;
    full[p * order + k] = c * upper - s * lower;
    full[q * order + k] = s * upper + c * lower;
  }
}
