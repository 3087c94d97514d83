/** Tables of numbers, one row after another in one array. */

/** Row k of rows of `width`, a view. */
export function rowAt(rows: Float64Array, k: number, width: number): Float64Array {
  return rows.subarray(k * width, (k + 1) * width);
}
