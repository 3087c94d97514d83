/** Spread of a bootstrapped quantity, and intervals from its replicates. */
import { normalProbability, normalQuantile } from '../math/gaussian.ts';
import { quantilesOf } from '../math/quantile.ts';
import type { Bootstrap, Interval } from '../types.ts';

/**
 * "percentile": quantiles of the replicates. "basic": those reflected about the estimate, 2·estimate − quantile, which
 * corrects a bias once. Efron and Tibshirani 1993, chapters 13 and 14; Davison and Hinkley 1997, §5.2.
 */
export function intervalOf(values: Float64Array, estimate: number, confidence: number, kind: 'percentile' | 'basic'): Interval {
  const [low, high] = between(values, tails(confidence));
  return kind === 'percentile' ? [low, high] : [2 * estimate - high, 2 * estimate - low];
}

/**
 * BCa: quantiles of the replicates at levels that are corrected for bias, z₀, and for a spread that changes with the
 * quantity, the acceleration a (jackknife.ts). For a tail p of the confidence
 *
 *   level = Φ(z₀ + w/(1 − a·w)),   w = z₀ + Φ⁻¹(p),   z₀ = Φ⁻¹(share of replicates below the estimate, ties half)
 *
 * Where z₀ and a are 0 this is "percentile". Where all replicates are on one side of the estimate z₀ is infinite and
 * both ends would be the same replicate: there is no interval then, [NaN, NaN]. Nor is there without a.
 * Efron 1987, JASA 82; Efron and Tibshirani 1993, §14.3; DiCiccio and Efron 1996, Statistical Science 11, §2.
 */
export function bcaInterval(values: Float64Array, estimate: number, acceleration: number, confidence: number): Interval {
  const bias = normalQuantile(shareBelow(values, estimate));
  if (!Number.isFinite(bias + acceleration)) return [NaN, NaN];
  return between(values, tails(confidence).map((p) => bcaLevel(p, bias, acceleration)));
}

/** The level whose quantile stands for that of p. From a·w = 1 on it is that of the last replicate. */
export function bcaLevel(p: number, bias: number, acceleration: number): number {
  const w = bias + normalQuantile(p);
  const rest = 1 - acceleration * w;
  return rest > 0 ? normalProbability(bias + w / rest) : Number(w > 0);
}

function shareBelow(values: Float64Array, estimate: number): number {
  let below = 0;
  for (const value of values) below += value < estimate ? 1 : value === estimate ? 0.5 : 0;
  return below / values.length;
}

/** Has any number an interval? Not where the fit has no covariance to make them of. */
export function hasIntervals({ intervals }: Pick<Bootstrap, 'intervals'>): boolean {
  return Object.values(intervals).some((ends) => !ends.some(Number.isNaN));
}

function tails(confidence: number): number[] {
  const tail = (1 - confidence) / 2;
  return [tail, 1 - tail];
}

/** Two quantiles; NaN where there are no values. */
function between(values: Float64Array, levels: readonly number[]): Interval {
  const [low, high] = quantilesOf(values.slice(), levels);
  return [low, high];
}

/** Standard deviation with n − 1, the mean taken off first. */
export function deviation(values: Float64Array): number {
  return Math.sqrt(covarianceOf(values, values));
}

export function covarianceOf(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
  return sum / (a.length - 1);
}

function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
