/** Spatial perception of 26 children, test A: Efron and Tibshirani 1993, table 14.1; their example for BCa. */
export const SPATIAL: readonly number[] = [
  48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41,
];

/** With n, as in the book. */
export function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

/** A statistic of the scores without each of them. */
export function withoutEach(statistic: (values: readonly number[]) => number): Float64Array {
  return Float64Array.from(SPATIAL, (_, i) => statistic(SPATIAL.toSpliced(i, 1)));
}
