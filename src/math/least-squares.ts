/**
 * Linear least squares, min over x of Σᵢ (yᵢ − Σⱼ xⱼ columnⱼᵢ)², for a few columns: modified Gram–Schmidt on the columns
 * with y as the last one, which is backward stable and does not depend on how the columns are scaled (Björck 1967,
 * "Solving linear least squares problems by Gram-Schmidt orthogonalization", BIT 7).
 */
import { dot } from './dot.ts';

export interface LeastSquares {
  /** A coefficient a column; NaN where the columns depend on each other to the working precision, or outnumber the rows. */
  readonly x: Float64Array;
  /** Sum of the squared residuals; NaN where x is. */
  readonly residual: number;
}

/** `columns` [P][n] and `y` [n]; neither is changed. */
export function leastSquares(columns: readonly Float64Array[], y: Float64Array): LeastSquares {
  const order = columns.length;
  const basis = [...columns, y].map((column) => column.slice());
  const upper = columns.map(() => new Float64Array(order + 1));
  for (let k = 0; k < order; k++) {
    const square = dot(basis[k], basis[k]);
    if (!independent(square, columns[k], order)) return { x: new Float64Array(order).fill(NaN), residual: NaN };
    for (let j = k + 1; j <= order; j++) {
      upper[k][j] = dot(basis[k], basis[j]) / square;
      subtract(basis[j], upper[k][j], basis[k]);
    }
  }
  return { x: substitute(upper), residual: dot(basis[order], basis[order]) };
}

/** Whether what is left of a column, its square, is more than the rounding of taking the others out of it. */
function independent(square: number, column: Float64Array, order: number): boolean {
  const rounding = (column.length + order) * Number.EPSILON;
  return square > rounding ** 2 * dot(column, column);
}

function subtract(from: Float64Array, factor: number, column: Float64Array): void {
  for (let i = 0; i < from.length; i++) from[i] -= factor * column[i];
}

/** Solves U x = last column, of a unit upper triangle [P][P + 1]. */
function substitute(upper: readonly Float64Array[]): Float64Array {
  const order = upper.length;
  const x = new Float64Array(order);
  for (let k = order - 1; k >= 0; k--) {
    x[k] = upper[k][order];
    for (let j = k + 1; j < order; j++) x[k] -= upper[k][j] * x[j];
  }
  return x;
}
