/**
 * Chinchilla's law of mixtures of experts of which a token passes through a share 1 − S of the parameters.
 *
 *   L(N, D, S) = E + A/N^α + B/D^β + C/(1 − S)^λ + G/((1 − S)^δ·N^γ)
 *
 * Working coordinates x = (e, a, b, α, β, c, λ, h, δ, γ): the logs of the five terms at the centre of the sweep, and the
 * exponents, of any sign. With u, v, t the centred log N, log D, log (1 − S):
 *
 *   L̂ = exp e + exp(a − α·u) + exp(b − β·v) + exp(c − λ·t) + exp(h − δ·t − γ·u)
 *   C = exp(c + λ·mean log (1 − S)),   G = exp(h + δ·mean log (1 − S) + γ·mean log N)
 *   ∂log L̂/∂x = (s₀, s₁, s₂, −u·s₁, −v·s₂, s₃, −t·s₃, s₄, −t·s₄, −u·s₄),   s the shares of the terms in L̂
 *
 * With few S, or few N, C and E, or A and G, are nearly one: see the condition number. It has no frontier here, for S is to be
 * chosen too and two powers of N have no closed form: src/plan/sparsity.ts finds the optima.
 *
 * N  all parameters (count)      D  training tokens      S  share of N that a token does not use      L  nats per token
 *
 * Abnar et al. 2025, arXiv:2501.12370, its e, a, b, c, d here E, A, B, C, G. GPU twin: shaders/law/sparsity.wgsl.
 */
import { packedIndex } from '../math/packed.ts';
import { rowsOver } from '../math/rows-over.ts';
import { chinchilla } from './chinchilla.ts';
import type { Centre, Inputs, Law } from './law.ts';

export const sparsity: Law = {
  id: 'sparsity',
  formula: 'L(N, D, S) = E + A/N^alpha + B/D^beta + C/(1 - S)^lambda + G/((1 - S)^delta*N^gamma)',
  reference: 'Abnar et al. 2025, arXiv:2501.12370',
  inputs: ['N', 'D', 'active'],
  params: ['E', 'A', 'B', 'alpha', 'beta', 'C', 'lambda', 'G', 'delta', 'gamma'],
  meanings: {
    ...chinchilla.meanings, C: 'scale of the term of sparsity', lambda: 'exponent of 1 - S',
    G: 'scale of the term of size and sparsity', delta: 'exponent of 1 - S beside N', gamma: 'exponent of N beside 1 - S',
  },
  axes: ['E', 'alpha', 'beta', 'lambda', 'delta', 'gamma'],
  pairs: ['alpha,beta', 'delta,gamma'],
  predict,
  addCurvature,
  toNatural,
  toWorking,
  drawStart,
  paperStarts,
  grid: 'a grid of isoloss, for none is published',
  brokenBounds: (natural) => [...chinchilla.brokenBounds(natural), ...(natural[9] > 0 ? [] : ['gamma <= 0'])],
};

function predict(x: ArrayLike<number>, inputs: Inputs, prediction: Float64Array, jacobian: readonly Float64Array[],
                 from = 0, to = prediction.length): void {
  const { 1: a, 2: b, 3: alpha, 4: beta, 5: c, 6: lambda, 7: h, 8: delta, 9: gamma } = x;
  const [logN, logD, logActive] = inputs;
  const [shareE, shareA, shareB, slopeAlpha, slopeBeta, shareC, slopeLambda, shareG, slopeDelta, slopeGamma] = jacobian;
  const floor = Math.exp(x[0]);
  for (let i = from; i < to; i++) {
    const u = logN[i];
    const v = logD[i];
    const t = logActive[i];
    const size = Math.exp(a - alpha * u);
    const data = Math.exp(b - beta * v);
    const sparse = Math.exp(c - lambda * t);
    const both = Math.exp(h - delta * t - gamma * u);
    const sum = floor + size + data + sparse + both;
    const inverse = 1 / sum;
    prediction[i] = sum;
    shareE[i] = floor * inverse;
    shareA[i] = size * inverse;
    shareB[i] = data * inverse;
    slopeAlpha[i] = -u * shareA[i];
    slopeBeta[i] = -v * shareB[i];
    shareC[i] = sparse * inverse;
    slopeLambda[i] = -t * shareC[i];
    shareG[i] = both * inverse;
    slopeDelta[i] = -t * shareG[i];
    slopeGamma[i] = -u * shareG[i];
  }
}

const [E_E, A_A, B_B, C_C, G_G] = [packedIndex(0, 0), packedIndex(1, 1), packedIndex(2, 2), packedIndex(5, 5), packedIndex(7, 7)];
const [ALPHA_A, ALPHA_ALPHA] = [packedIndex(3, 1), packedIndex(3, 3)];
const [BETA_B, BETA_BETA] = [packedIndex(4, 2), packedIndex(4, 4)];
const [LAMBDA_C, LAMBDA_LAMBDA] = [packedIndex(6, 5), packedIndex(6, 6)];
const [DELTA_G, DELTA_DELTA] = [packedIndex(8, 7), packedIndex(8, 8)];
const [GAMMA_G, GAMMA_DELTA, GAMMA_GAMMA] = [packedIndex(9, 7), packedIndex(9, 8), packedIndex(9, 9)];

function addCurvature(jacobian: readonly Float64Array[], inputs: Inputs, scale: Float64Array, hessian: Float64Array): void {
  const [shareE, shareA, shareB, slopeAlpha, slopeBeta, shareC, slopeLambda, shareG, slopeDelta, slopeGamma] = jacobian;
  const [logN, logD, logActive] = inputs;
  for (let i = 0; i < scale.length; i++) {
    const c = scale[i];
    const u = logN[i];
    const t = logActive[i];
    hessian[E_E] += c * shareE[i];
    hessian[A_A] += c * shareA[i];
    hessian[B_B] += c * shareB[i];
    hessian[ALPHA_A] += c * slopeAlpha[i];
    hessian[ALPHA_ALPHA] -= c * u * slopeAlpha[i];
    hessian[BETA_B] += c * slopeBeta[i];
    hessian[BETA_BETA] -= c * logD[i] * slopeBeta[i];
    hessian[C_C] += c * shareC[i];
    hessian[LAMBDA_C] += c * slopeLambda[i];
    hessian[LAMBDA_LAMBDA] -= c * t * slopeLambda[i];
    hessian[G_G] += c * shareG[i];
    hessian[DELTA_G] += c * slopeDelta[i];
    hessian[DELTA_DELTA] -= c * t * slopeDelta[i];
    hessian[GAMMA_G] += c * slopeGamma[i];
    hessian[GAMMA_DELTA] -= c * t * slopeGamma[i];
    hessian[GAMMA_GAMMA] -= c * u * slopeGamma[i];
  }
}

function toNatural(x: ArrayLike<number>, centre: Centre): Float64Array {
  const { 5: c, 6: lambda, 7: h, 8: delta, 9: gamma } = x;
  return Float64Array.of(...chinchilla.toNatural(x, centre), Math.exp(c + lambda * centre[2]), lambda,
    Math.exp(h + delta * centre[2] + gamma * centre[0]), delta, gamma);
}

function toWorking(natural: ArrayLike<number>, centre: Centre): Float64Array {
  const { 5: C, 6: lambda, 7: G, 8: delta, 9: gamma } = natural;
  return Float64Array.of(...chinchilla.toWorking(natural, centre), Math.log(C) - lambda * centre[2], lambda,
    Math.log(G) - delta * centre[2] - gamma * centre[0], delta, gamma);
}

/** Chinchilla's, with α from 0.3 to 1; the other terms as its, λ from −0.5 to −0.05, δ from 0.05 to 0.5, γ from 0.05 to 0.3. */
function drawStart(lowestLoss: number, uniform: () => number): Float64Array {
  const between = (low: number, high: number) => low + (high - low) * uniform();
  const term = () => Math.log(lowestLoss * between(0.02, 0.42));
  const start = chinchilla.drawStart(lowestLoss, uniform).with(3, between(0.3, 1));
  return Float64Array.of(...start, term(), between(-0.5, -0.05), term(), between(0.05, 0.5), between(0.05, 0.3));
}

/** None is published: E 0.5 and 1.5, logs of A and B 5 and 10, of G 1 and 3, each exponent two values; 1024 starts. */
function paperStarts(centre: Centre): Float64Array[] {
  const scales = [5, 10].map(Math.exp);
  const axes = [[0.5, 1.5], scales, scales, [0.3, 0.6], [0.3, 0.5], [0.5], [-0.4, -0.1], [1, 3].map(Math.exp), [0.1, 0.3], [0.1, 0.2]];
  return rowsOver(axes).map((natural) => toWorking(natural, centre));
}
