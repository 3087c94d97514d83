/**
 * Huber's loss, lopsided, for the lower envelope of the runs:
 *
 *   ρ(r) = c(r)·huber(r),   c = q for runs above the law (r ≤ 0), 1 − q for runs below it (r > 0)
 *
 * As δ → 0 it is the check loss of quantile regression at level q: a share q of the runs ends below the law. With q = ½ it
 * is half of Huber's. Koenker and Bassett 1978, "Regression quantiles". GPU twin: shaders/loss/lower.wgsl.
 */
import { huber, huberSlope } from '../math/huber.ts';
import type { Shape } from './loss.ts';

export const lowerShape: Shape = {
  sum, weigh,
  slope: (r, envelope) => side(r, envelope) * huberSlope(r),
};

function side(r: number, envelope: number): number {
  return r > 0 ? 1 - envelope : envelope;
}

function sum(residual: Float64Array, weight: Float64Array, from: number, to: number, envelope: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value += weight[i] * side(residual[i], envelope) * huber(residual[i]);
  return value;
}

function weigh(residual: Float64Array, weight: Float64Array, kappa: number, slope: Float64Array, mass: Float64Array,
               from: number, to: number, envelope: number): number {
  for (let i = from; i < to; i++) {
    const r = residual[i];
    const size = Math.abs(r);
    const counted = weight[i] * side(r, envelope);
    slope[i] = counted * huberSlope(r);
    mass[i] = counted * (size <= 1 ? 1 : kappa / size);
  }
  return sum(residual, weight, from, to, envelope);
}
