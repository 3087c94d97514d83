/**
 * Residuals of the loss itself: r = (L̂ − L)/δ, nats per token over nats. With ∂L̂ = L̂·∂log L̂ slopes along log L̂ are L̂ times
 * as large and masses L̂² times; ∇²L̂ = L̂·(∇²L̂/L̂) is all of Law.addCurvature, with nothing to take off.
 * GPU twin: shaders/loss/raw.wgsl.
 */
import { plainArithmetic } from '../math/plain-arithmetic.ts';
import type { Residual } from './loss.ts';

export const rawResidual: Residual = { fill, alongLog, steepness: (prediction) => prediction };

function fill(prediction: Float64Array, logLoss: Float64Array, delta: number, residual: Float64Array, from: number, to: number,
              arithmetic = plainArithmetic): void {
  arithmetic.power(0, 1, logLoss, residual, from, to);
  for (let i = from; i < to; i++) residual[i] = (prediction[i] - residual[i]) / delta;
}

function alongLog(prediction: Float64Array, slope: Float64Array, mass: Float64Array, _bend: number, from: number, to: number): void {
  for (let i = from; i < to; i++) {
    slope[i] *= prediction[i];
    mass[i] *= prediction[i] * prediction[i];
  }
}
