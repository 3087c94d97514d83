/**
 * Residuals of logs: r = (log L̂ − log L)/δ, ∂r = ∂log L̂/δ, and for the curvature of the law
 *
 *   ∇²log L̂ = ∇²L̂/L̂ − ∇log L̂ ∇log L̂ᵀ
 *
 * of which Law.addCurvature adds the first term, and the second is taken off the masses. GPU twin: shaders/loss/log.wgsl.
 */
import { plainArithmetic } from '../math/plain-arithmetic.ts';
import type { Residual } from './loss.ts';

export const logResidual: Residual = {
  fill: (prediction, logLoss, delta, residual, from, to, arithmetic = plainArithmetic) =>
    arithmetic.logDifference(prediction, logLoss, delta, residual, from, to),
  alongLog(_prediction, slope, mass, bend, from, to, arithmetic = plainArithmetic) {
    if (bend > 0) arithmetic.addScaled(-bend, slope, mass, from, to);
  },
  steepness: () => 1,
};
