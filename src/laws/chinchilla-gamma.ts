/**
 * Chinchilla law with an exponent on the sum of its two terms: how sharply one of them takes over from the other.
 *
 *   L(N, D) = E + (A/N^α + B/D^β)^γ
 *
 * γ = 1 is Chinchilla's law; E = 0 with β = 1 is Kaplan's (src/laws/kaplan.ts). Working coordinates x = (e, a, b, α, β, g),
 * those of Chinchilla's law (src/laws/chinchilla.ts) and g = log γ. With u, v the centred log N, log D:
 *
 *   L̂ = exp e + exp m,   m = γ·log S,   S = exp(a − α·u) + exp(b − β·v),   γ = exp g
 *
 * With the shares s and t of the two terms in S, and σ = exp m/L̂ that of the reducible loss:
 *
 *   ∂log L̂/∂x = (1 − σ, σ·γ·s, σ·γ·t, −u·σ·γ·s, −v·σ·γ·t, σ·m) = J
 *   ∇²L̂/L̂ = JJᵀ/σ + σ·γ·s·t·wwᵀ, and Jⱼ added at (g, j),   w = (0, 1, −1, −u, v, 0)
 *
 * for all but e, whose only element is 1 − σ. Measured on Epoch's 240 runs, in nats: a condition number of 1.8e3, where
 * Chinchilla's law has 1.1e3; 4.6e4 with losses a tenth or ten times as large, for log S is then far from 0. In the effective
 * exponents γ·α and γ·β, and the logs of what either term alone would leave, it is 5.6e3 in any unit. All of 200 drawn starts
 * reach the minimum in either, but of the 4500 of the grid 4427 here and 2648 there; and here α, β and γ have coordinates of
 * their own.
 *
 * N  parameters (count)      D  training tokens      L  nats per token
 *
 * After Kaplan et al. 2020, arXiv:2001.08361, Eq. 1.5, and Hoffmann et al. 2022, arXiv:2203.15556, §3.3. GPU twin:
 * shaders/law/chinchilla-gamma.wgsl.
 */
import { packedIndex } from '../math/packed.ts';
import { plainArithmetic } from '../math/plain-arithmetic.ts';
import { chinchilla } from './chinchilla.ts';
import type { Centre, Inputs, FrontierLaw } from './law.ts';

export const chinchillaGamma: FrontierLaw = {
  id: 'chinchilla-gamma',
  formula: 'L(N, D) = E + (A/N^alpha + B/D^beta)^gamma',
  reference: 'after Kaplan et al. 2020, arXiv:2001.08361, and Hoffmann et al. 2022, arXiv:2203.15556',
  inputs: ['N', 'D'],
  params: ['E', 'A', 'B', 'alpha', 'beta', 'gamma'],
  meanings: { ...chinchilla.meanings, gamma: 'exponent of the sum of the terms' },
  axes: ['E', 'alpha', 'beta', 'gamma'],
  pairs: ['alpha,beta', 'gamma,E'],
  predict,
  addCurvature,
  toNatural: (x, centre) => Float64Array.of(...chinchilla.toNatural(x, centre), Math.exp(x[5])),
  toWorking: (natural, centre) => Float64Array.of(...chinchilla.toWorking(natural, centre), Math.log(natural[5])),
  drawStart,
  paperStarts,
  grid: 'the published grid of Chinchilla\'s law, with gamma = 1',
  brokenBounds: (natural) => [...chinchilla.brokenBounds(natural), ...(natural[5] > 0 ? [] : ['gamma <= 0'])],
  // The loss is lowest where the sum of the terms is.
  frontier: chinchilla.frontier,
  terms: ({ 0: E, 1: A, 2: B, 3: alpha, 4: beta, 5: gamma }) => ({ E, A, B, alpha, beta, gamma }),
};

/** Added to a sum of terms: it keeps 0/0 away. */
const LEAST_SUM = 1e-300;

function predict(x: ArrayLike<number>, inputs: Inputs, prediction: Float64Array, jacobian: readonly Float64Array[],
                 from = 0, to = prediction.length, arithmetic = plainArithmetic): void {
  const { 0: e, 1: a, 2: b, 3: alpha, 4: beta, 5: g } = x;
  const [logN, logD] = inputs;
  const [shareE, slopeA, slopeB, slopeAlpha, slopeBeta, slopeGamma] = jacobian;
  const gamma = Math.exp(g);
  // Shares of the two terms, and the log of their sum.
  const logTerms = slopeBeta;
  arithmetic.power(a, -alpha, logN, slopeA, from, to);
  arithmetic.power(b, -beta, logD, slopeB, from, to);
  arithmetic.shares(LEAST_SUM, slopeA, slopeB, logTerms, shareE, from, to);
  arithmetic.log(logTerms, logTerms, from, to);
  // The share of the reducible loss, of which those are parts.
  const share = slopeAlpha;
  arithmetic.power(0, gamma, logTerms, share, from, to);
  arithmetic.shares(Math.exp(e), share, slopeGamma.fill(0, from, to), prediction, shareE, from, to);
  arithmetic.product(gamma, share, slopeA, slopeA, from, to);
  arithmetic.product(gamma, share, slopeB, slopeB, from, to);
  arithmetic.product(1, logTerms, slopeA, slopeGamma, from, to);
  arithmetic.addProduct(1, logTerms, slopeB, slopeGamma, from, to);
  arithmetic.product(-1, logN, slopeA, slopeAlpha, from, to);
  arithmetic.product(-1, logD, slopeB, slopeBeta, from, to);
}

const E_E = packedIndex(0, 0);
const [A_A, B_A, B_B] = [packedIndex(1, 1), packedIndex(2, 1), packedIndex(2, 2)];
const [ALPHA_A, ALPHA_B, ALPHA_ALPHA] = [packedIndex(3, 1), packedIndex(3, 2), packedIndex(3, 3)];
const [BETA_A, BETA_B, BETA_ALPHA, BETA_BETA] = [packedIndex(4, 1), packedIndex(4, 2), packedIndex(4, 3), packedIndex(4, 4)];
const [G_A, G_B, G_ALPHA, G_BETA, G_G] = [packedIndex(5, 1), packedIndex(5, 2), packedIndex(5, 3), packedIndex(5, 4), packedIndex(5, 5)];

function addCurvature(jacobian: readonly Float64Array[], inputs: Inputs, scale: Float64Array, hessian: Float64Array,
                      { 5: g }: ArrayLike<number>): void {
  const [shareE, slopeA, slopeB, slopeAlpha, slopeBeta, slopeGamma] = jacobian;
  const [logN, logD] = inputs;
  const gamma = Math.exp(g);
  for (let i = 0; i < scale.length; i++) {
    const u = logN[i];
    const v = logD[i];
    const size = slopeA[i];
    const data = slopeB[i];
    const steepness = slopeGamma[i];
    const c = scale[i];
    const each = c / Math.max(size + data, LEAST_SUM); // size + data = γ·σ
    const bend = each * size * data;
    const aa = gamma * each * size * size + bend;
    const ab = gamma * each * size * data - bend;
    const bb = gamma * each * data * data + bend;
    const alongG = gamma * each * steepness + c;
    hessian[E_E] += c * shareE[i];
    hessian[A_A] += aa;
    hessian[B_A] += ab;
    hessian[B_B] += bb;
    hessian[ALPHA_A] -= u * aa;
    hessian[ALPHA_B] -= u * ab;
    hessian[ALPHA_ALPHA] += u * u * aa;
    hessian[BETA_A] -= v * ab;
    hessian[BETA_B] -= v * bb;
    hessian[BETA_ALPHA] += u * v * ab;
    hessian[BETA_BETA] += v * v * bb;
    hessian[G_A] += alongG * size;
    hessian[G_B] += alongG * data;
    hessian[G_ALPHA] += alongG * slopeAlpha[i];
    hessian[G_BETA] += alongG * slopeBeta[i];
    hessian[G_G] += alongG * steepness;
  }
}

/** Chinchilla's with γ from 0.3 to 2, its terms raised so that their powers are as large. */
function drawStart(lowestLoss: number, uniform: () => number): Float64Array {
  const { 0: e, 1: a, 2: b, 3: alpha, 4: beta } = chinchilla.drawStart(lowestLoss, uniform);
  const gamma = 0.3 + 1.7 * uniform();
  return Float64Array.of(e, a / gamma, b / gamma, alpha / gamma, beta / gamma, Math.log(gamma));
}

/** None is published: the 4500 of Hoffmann et al. 2022, at γ = 1. */
function paperStarts(centre: Centre): Float64Array[] {
  return chinchilla.paperStarts(centre).map((start) => Float64Array.of(...start, 0));
}
