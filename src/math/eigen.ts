import { packedIndex } from './packed.ts';

const SWEEPS = 30; // cyclic Jacobi converges quadratically: ten are plenty for P ≤ 10
const ROUNDING = 2 ** -53;

/** Eigenvalues of a packed symmetric matrix of the given order, ascending, by cyclic Jacobi rotations. */
export function symmetricEigenvalues(packed: Float64Array, order: number): Float64Array {
  const full = unpack(packed, order);
  for (let sweep = 0, rotated = true; sweep < SWEEPS && rotated; sweep++) {
    rotated = false;
    for (let p = 0; p < order; p++) for (let q = p + 1; q < order; q++) rotated = rotate(full, order, p, q) || rotated;
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

/** Zeroes element (p, q) by a similarity rotation, where it is more than rounding leaves beside its diagonal elements: was it? */
function rotate(full: Float64Array, order: number, p: number, q: number): boolean {
  const { [p * order + q]: off, [p * order + p]: first, [q * order + q]: second } = full;
  if (off === 0 || Math.abs(off) < ROUNDING * Math.sqrt(Math.abs(first * second))) return false;
  const theta = (second - first) / (2 * off);
  const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
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
  return true;
}
