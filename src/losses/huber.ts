/** Huber's loss as a shape: the formulas are in src/math/huber.ts. GPU twin: shaders/loss/huber.wgsl. */
import { huber, huberSlope } from '../math/huber.ts';
import type { Shape } from './loss.ts';

export const huberShape: Shape = { sum, weigh, slope: huberSlope };

function sum(residual: Float64Array, weight: Float64Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value += weight[i] * huber(residual[i]);
  return value;
}

function weigh(residual: Float64Array, weight: Float64Array, kappa: number, slope: Float64Array, mass: Float64Array,
               from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const r = residual[i];
    const size = Math.abs(r);
    value += weight[i] * huber(r);
    slope[i] = weight[i] * huberSlope(r);
    mass[i] = weight[i] * (size <= 1 ? 1 : kappa / size);
  }
  return value;
}
