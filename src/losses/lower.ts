/**
 * Huber's loss, lopsided, for the lower envelope of the runs:
 *
 *   ρ(r) = c(r)·huber(r),   c = q for runs above the law (r ≤ 0), 1 − q for runs below it (r > 0)
 *
 * As δ → 0 it is the check loss of quantile regression at level q: a share q of the runs ends below the law. With q = ½ it
 * is half of Huber's. Koenker and Bassett 1978, "Regression quantiles". GPU twin: shaders/loss/lower.wgsl.
 */
import { huberSlope } from '../math/huber.ts';
import { plainArithmetic } from '../math/plain-arithmetic.ts';
import type { Shape } from './loss.ts';

export const lowerShape: Shape = {
  sum: (residual, weight, from, to, envelope, arithmetic = plainArithmetic) =>
    arithmetic.huberSum(residual, weight, envelope, 1 - envelope, from, to),
  weigh: (residual, weight, kappa, slope, mass, from, to, envelope, arithmetic = plainArithmetic) =>
    arithmetic.huberWeigh(residual, weight, kappa, envelope, 1 - envelope, slope, mass, from, to),
  slope: (r, envelope) => (r > 0 ? 1 - envelope : envelope) * huberSlope(r),
};
