/** Least squares: ρ(r) = r²/2, at any size. GPU twin: shaders/loss/squares.wgsl. */
import type { Shape } from './loss.ts';

export const squaresShape: Shape = { sum, weigh, slope: (r) => r };

function sum(residual: Float64Array, weight: Float64Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value += weight[i] * 0.5 * residual[i] * residual[i];
  return value;
}

function weigh(residual: Float64Array, weight: Float64Array, _kappa: number, slope: Float64Array, mass: Float64Array,
               from: number, to: number): number {
  for (let i = from; i < to; i++) {
    slope[i] = weight[i] * residual[i];
    mass[i] = weight[i];
  }
  return sum(residual, weight, from, to);
}
