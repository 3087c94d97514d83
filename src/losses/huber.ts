/** Huber's loss as a shape: the formulas are in src/math/huber.ts. GPU twin: shaders/loss/huber.wgsl. */
import { huberSlope } from '../math/huber.ts';
import { plainArithmetic } from '../math/plain-arithmetic.ts';
import type { Shape } from './loss.ts';

export const huberShape: Shape = {
  sum: (residual, weight, from, to, _envelope, arithmetic = plainArithmetic) => arithmetic.huberSum(residual, weight, 1, 1, from, to),
  weigh: (residual, weight, kappa, slope, mass, from, to, _envelope, arithmetic = plainArithmetic) =>
    arithmetic.huberWeigh(residual, weight, kappa, 1, 1, slope, mass, from, to),
  slope: huberSlope,
};
