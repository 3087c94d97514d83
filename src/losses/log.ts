/**
 * Residuals of logs: r = (log L̂ − log L)/δ, ∂r = ∂log L̂/δ, and for the curvature of the law
 *
 *   ∇²log L̂ = ∇²L̂/L̂ − ∇log L̂ ∇log L̂ᵀ
 *
 * of which Law.addCurvature adds the first term, and the second is taken off the masses. GPU twin: shaders/loss/log.wgsl.
 */
import type { Residual } from './loss.ts';

export const logResidual: Residual = { fill, alongLog, steepness: () => 1 };

function fill(prediction: Float64Array, logLoss: Float64Array, delta: number, residual: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) residual[i] = (Math.log(prediction[i]) - logLoss[i]) / delta;
}

function alongLog(_prediction: Float64Array, slope: Float64Array, mass: Float64Array, bend: number, from: number, to: number): void {
  if (bend > 0) for (let i = from; i < to; i++) mass[i] -= slope[i] * bend;
}
