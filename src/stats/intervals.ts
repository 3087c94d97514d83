/** Spread of a bootstrapped quantity. */
import { quantile } from '../math/quantile.ts';
import type { Interval } from '../types.ts';

/**
 * "percentile": quantiles of the replicates. "basic": those reflected about the estimate, 2·estimate − quantile, which
 * corrects a bias once. Efron and Tibshirani 1993, chapters 13 and 14; Davison and Hinkley 1997, §5.2.
 */
export function intervalOf(values: Float64Array, estimate: number, confidence: number, kind: 'percentile' | 'basic'): Interval {
  if (values.length === 0) return [NaN, NaN];
  const ascending = values.toSorted();
  const tail = (1 - confidence) / 2;
  const low = quantile(ascending, tail);
  const high = quantile(ascending, 1 - tail);
  return kind === 'percentile' ? [low, high] : [2 * estimate - high, 2 * estimate - low];
}

/** Standard deviation with n − 1, the mean taken off first. */
export function deviation(values: Float64Array): number {
  return Math.sqrt(covarianceOf(values, values));
}

export function covarianceOf(a: Float64Array, b: Float64Array): number {
  const meanA = a.reduce((sum, value) => sum + value, 0) / a.length;
  const meanB = b.reduce((sum, value) => sum + value, 0) / b.length;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
  return sum / (a.length - 1);
}
