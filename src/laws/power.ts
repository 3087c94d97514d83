/**
 * A power law of one variable, with an irreducible loss.
 *
 *   L(x) = E + A/x^α
 *
 * Working coordinates (e, a, α) in the frame centred at mean log x, u:
 *
 *   L̂ = exp e + exp(a − α·u),   E = exp e,  A = exp(a + α·mean log x)
 *   ∂log L̂/∂(e, a, α) = (s_E, s_A, −u·s_A),   s the share of each term in L̂
 *   ∇²L̂/L̂ = s_E at (e, e), and s_A·ggᵀ with g = (1, −u) at (a, α)
 *
 * x  any variable (in its unit)      L  nats per token, or what the column has
 *
 * With E held at 0 this is Kaplan et al. 2020, arXiv:2001.08361, Eqs. 1.1 to 1.3: (x_c/x)^α with x_c = A^(1/α); with E free,
 * Henighan et al. 2020, arXiv:2010.14701, Eq. 1.1. It has no frontier. GPU twin: shaders/law/power.wgsl.
 */
import { packedIndex } from '../math/packed.ts';
import { rowsOver } from '../math/rows-over.ts';
import type { Centre, Inputs, Law } from './law.ts';

export const power: Law = {
  id: 'power',
  formula: 'L(x) = E + A/x^alpha',
  reference: 'Henighan et al. 2020, arXiv:2010.14701',
  inputs: ['x'],
  params: ['E', 'A', 'alpha'],
  meanings: { E: 'irreducible loss, nats per token', A: 'scale of the term of x', alpha: 'exponent of x' },
  axes: ['E', 'alpha'],
  pairs: ['alpha,E'],
  predict,
  addCurvature,
  toNatural,
  toWorking,
  drawStart,
  paperStarts,
  grid: 'a grid of isoloss, for none is published',
  brokenBounds: ({ 2: alpha }) => (alpha > 0 ? [] : ['alpha <= 0']),
};

function predict(x: ArrayLike<number>, inputs: Inputs, prediction: Float64Array, jacobian: readonly Float64Array[],
                 from = 0, to = prediction.length): void {
  const { 1: a, 2: alpha } = x;
  const [logX] = inputs;
  const [shareE, shareA, slopeAlpha] = jacobian;
  const floor = Math.exp(x[0]);
  for (let i = from; i < to; i++) {
    const u = logX[i];
    const term = Math.exp(a - alpha * u);
    const sum = floor + term;
    const inverse = 1 / sum;
    prediction[i] = sum;
    shareE[i] = floor * inverse;
    shareA[i] = term * inverse;
    slopeAlpha[i] = -u * shareA[i];
  }
}

const [E_E, A_A] = [packedIndex(0, 0), packedIndex(1, 1)];
const [ALPHA_A, ALPHA_ALPHA] = [packedIndex(2, 1), packedIndex(2, 2)];

function addCurvature(jacobian: readonly Float64Array[], inputs: Inputs, scale: Float64Array, hessian: Float64Array): void {
  const [shareE, shareA, slopeAlpha] = jacobian;
  const [logX] = inputs;
  for (let i = 0; i < scale.length; i++) {
    const c = scale[i];
    hessian[E_E] += c * shareE[i];
    hessian[A_A] += c * shareA[i];
    hessian[ALPHA_A] += c * slopeAlpha[i];
    hessian[ALPHA_ALPHA] -= c * logX[i] * slopeAlpha[i];
  }
}

function toNatural({ 0: e, 1: a, 2: alpha }: ArrayLike<number>, centre: Centre): Float64Array {
  return Float64Array.of(Math.exp(e), Math.exp(a + alpha * centre[0]), alpha);
}

function toWorking({ 0: E, 1: A, 2: alpha }: ArrayLike<number>, centre: Centre): Float64Array {
  return Float64Array.of(Math.log(E), Math.log(A) - alpha * centre[0], alpha);
}

/** E from 0.3 to 0.99 of the lowest loss, the term from 0.02 to 0.84 of it, the exponent from 0.02 to 1. */
function drawStart(lowestLoss: number, uniform: () => number): Float64Array {
  const between = (low: number, high: number) => low + (high - low) * uniform();
  return Float64Array.of(Math.log(lowestLoss * between(0.3, 0.99)), Math.log(lowestLoss * between(0.02, 0.84)), between(0.02, 1));
}

/** None is published: of Chinchilla's axes those that are here, logs of A 0 to 25, of E −1 to 1, exponents 0.05 to 2; 180 starts. */
function paperStarts(centre: Centre): Float64Array[] {
  const axes = [[-1, -0.5, 0, 0.5, 1], [0, 5, 10, 15, 20, 25], [0.05, 0.1, 0.2, 0.5, 1, 2]];
  return rowsOver(axes).map(([e, a, alpha]) => Float64Array.of(e, a - alpha * centre[0], alpha));
}
