/**
 * Symmetric and triangular matrices of order P, packed by rows of the lower triangle:
 * element (i, j), j ≤ i, lies at i(i + 1)/2 + j. Length P(P + 1)/2. GPU twin: shaders/lib/packed.wgsl.
 */
export function packedIndex(row: number, column: number): number {
  return ((row * (row + 1)) >> 1) + column;
}

/** Where the elements of a row lie, up to the diagonal. */
export function packedRow(row: number): number[] {
  return Array.from({ length: row + 1 }, (_, column) => packedIndex(row, column));
}

export function packedLength(order: number): number {
  return packedIndex(order, 0);
}

/**
 * Cholesky factor of (matrix + damping·diag(scale)), written to `factor`; false where a pivot is not above
 * `floor`·scale: not positive definite to the working precision. `matrix` and `factor` must differ.
 */
export function choleskyDamped(matrix: Float64Array, scale: Float64Array, damping: number, floor: number,
                               factor: Float64Array): boolean {
  const order = scale.length;
  for (let i = 0; i < order; i++) {
    const rowI = packedIndex(i, 0);
    for (let j = 0; j <= i; j++) {
      const rowJ = packedIndex(j, 0);
      let sum = matrix[rowI + j] + (i === j ? damping * scale[i] : 0);
      for (let k = 0; k < j; k++) sum -= factor[rowI + k] * factor[rowJ + k];
      if (i !== j) factor[rowI + j] = sum / factor[rowJ + j];
      else if (sum > floor * scale[i]) factor[rowI + i] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** Solves (L Lᵀ) x = rhs for a factor L; `x` may be `rhs`. */
export function choleskySolve(factor: Float64Array, rhs: Float64Array, x: Float64Array): void {
  const order = rhs.length;
  for (let i = 0; i < order; i++) {
    let sum = rhs[i];
    for (let k = 0; k < i; k++) sum -= factor[packedIndex(i, k)] * x[k];
    x[i] = sum / factor[packedIndex(i, i)];
  }
  for (let i = order - 1; i >= 0; i--) {
    let sum = x[i];
    for (let k = i + 1; k < order; k++) sum -= factor[packedIndex(k, i)] * x[k];
    x[i] = sum / factor[packedIndex(i, i)];
  }
}
