/**
 * Chinchilla law: loss from model size and training tokens.
 *
 *   L(N, D) = E + A/N^α + B/D^β
 *
 * Working coordinates x = (e, a, b, α, β) in the frame centred at (mean log N, mean log D), u and v:
 *
 *   L̂ = exp e + exp(a − α·u) + exp(b − β·v),   E = exp e,  A = exp(a + α·mean log N),  B = exp(b + β·mean log D)
 *
 * so that E, A, B stay positive without bounds, a and b are the logs of the two terms at the centre of the
 * sweep, and a is not tied to α (uncentred: correlation 0.9993). With the shares s of the three terms in L̂:
 *
 *   ∂log L̂/∂x = (s₀, s₁, s₂, −u·s₁, −v·s₂)
 *
 * N  parameters (count)      D  training tokens      L  nats per token
 *
 * Hoffmann et al. 2022, arXiv:2203.15556, §3.3 and appendix D. GPU twin: shaders/law/chinchilla.wgsl.
 */
import { packedIndex } from '../math/packed.ts';
import { plainArithmetic } from '../math/plain-arithmetic.ts';
import { rowsOver } from '../math/rows-over.ts';
import type { Centre, Inputs, FrontierLaw } from './law.ts';

export const chinchilla: FrontierLaw = {
  id: 'chinchilla',
  formula: 'L(N, D) = E + A/N^alpha + B/D^beta',
  reference: 'Hoffmann et al. 2022, arXiv:2203.15556',
  inputs: ['N', 'D'],
  params: ['E', 'A', 'B', 'alpha', 'beta'],
  meanings: {
    E: 'irreducible loss, nats per token', A: 'scale of the term of size', B: 'scale of the term of data',
    alpha: 'exponent of N', beta: 'exponent of D',
  },
  axes: ['E', 'alpha', 'beta', 'a'],
  pairs: ['alpha,beta', 'a,E'],
  predict,
  addCurvature,
  toNatural,
  toWorking,
  drawStart,
  paperStarts,
  grid: 'the published grid',
  brokenBounds,
  frontier: { exponents, allocate },
  terms: ({ 0: E, 1: A, 2: B, 3: alpha, 4: beta }) => ({ E, A, B, alpha, beta }),
};

function predict(x: ArrayLike<number>, inputs: Inputs, prediction: Float64Array, jacobian: readonly Float64Array[],
                 from = 0, to = prediction.length, arithmetic = plainArithmetic): void {
  const { 0: e, 1: a, 2: b, 3: alpha, 4: beta } = x;
  const [logN, logD] = inputs;
  const [shareE, shareA, shareB, slopeAlpha, slopeBeta] = jacobian;
  arithmetic.power(a, -alpha, logN, shareA, from, to);
  arithmetic.power(b, -beta, logD, shareB, from, to);
  arithmetic.shares(Math.exp(e), shareA, shareB, prediction, shareE, from, to);
  arithmetic.product(-1, logN, shareA, slopeAlpha, from, to);
  arithmetic.product(-1, logD, shareB, slopeBeta, from, to);
}

const [E_E, A_A, B_B] = [packedIndex(0, 0), packedIndex(1, 1), packedIndex(2, 2)];
const [ALPHA_A, ALPHA_ALPHA] = [packedIndex(3, 1), packedIndex(3, 3)];
const [BETA_B, BETA_BETA] = [packedIndex(4, 2), packedIndex(4, 4)];

function addCurvature(jacobian: readonly Float64Array[], inputs: Inputs, scale: Float64Array, hessian: Float64Array,
                      _x: ArrayLike<number>, { dot, dotOfThree } = plainArithmetic): void {
  const [shareE, shareA, shareB, slopeAlpha, slopeBeta] = jacobian;
  const [logN, logD] = inputs;
  hessian[E_E] += dot(scale, shareE);
  hessian[A_A] += dot(scale, shareA);
  hessian[B_B] += dot(scale, shareB);
  hessian[ALPHA_A] += dot(scale, slopeAlpha);
  hessian[BETA_B] += dot(scale, slopeBeta);
  hessian[ALPHA_ALPHA] -= dotOfThree(scale, logN, slopeAlpha);
  hessian[BETA_BETA] -= dotOfThree(scale, logD, slopeBeta);
}

function toNatural(x: ArrayLike<number>, centre: Centre): Float64Array {
  const { 0: e, 1: a, 2: b, 3: alpha, 4: beta } = x;
  return Float64Array.of(Math.exp(e), Math.exp(a + alpha * centre[0]), Math.exp(b + beta * centre[1]), alpha, beta);
}

function toWorking(natural: ArrayLike<number>, centre: Centre): Float64Array {
  const { 0: E, 1: A, 2: B, 3: alpha, 4: beta } = natural;
  return Float64Array.of(Math.log(E), Math.log(A) - alpha * centre[0], Math.log(B) - beta * centre[1], alpha, beta);
}

/** E from 0.3 to 0.99 of the lowest loss, each other term from 0.02 to 0.42 of it, exponents from 0.1 to 1. */
function drawStart(lowestLoss: number, uniform: () => number): Float64Array {
  const between = (low: number, high: number) => low + (high - low) * uniform();
  const term = (low: number, high: number) => Math.log(lowestLoss * between(low, high));
  return Float64Array.of(term(0.3, 0.99), term(0.02, 0.42), term(0.02, 0.42), between(0.1, 1), between(0.1, 1));
}

/** The 4500 starts of appendix D.2: logs of A and B 0 to 25, of E −1 to 1, exponents 0 to 2. */
function paperStarts(centre: Centre): Float64Array[] {
  const [logs, exponents] = [[0, 5, 10, 15, 20, 25], [0, 0.5, 1, 1.5, 2]];
  return rowsOver([[-1, -0.5, 0, 0.5, 1], logs, logs, exponents, exponents]).map(([e, a, b, alpha, beta]) =>
    Float64Array.of(e, a - alpha * centre[0], b - beta * centre[1], alpha, beta));
}

function brokenBounds(natural: ArrayLike<number>): string[] {
  const { 3: alpha, 4: beta } = natural;
  return [...(alpha > 0 ? [] : ['alpha <= 0']), ...(beta > 0 ? [] : ['beta <= 0'])];
}

/** N_opt ∝ C^a and D_opt ∝ C^b with C = 6·N·D; Hoffmann et al. Eq. 4. */
function exponents(natural: ArrayLike<number>): { a: number; b: number } {
  const { 3: alpha, 4: beta } = natural;
  return { a: beta / (alpha + beta), b: alpha / (alpha + beta) };
}

/** N = G·(C/6)^a and D = (C/6)^b/G, with G = (αA/(βB))^(1/(α + β)). */
function allocate(natural: ArrayLike<number>, compute: number): { N: number; D: number } {
  const { 1: A, 2: B, 3: alpha, 4: beta } = natural;
  const { a, b } = exponents(natural);
  const G = ((alpha * A) / (beta * B)) ** (1 / (alpha + beta));
  return { N: G * (compute / 6) ** a, D: (compute / 6) ** b / G };
}
