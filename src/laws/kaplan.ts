/**
 * Kaplan's law: loss from model size and training tokens, without an irreducible part.
 *
 *   L(N, D) = [(N_c/N)^(α_N/α_D) + D_c/D]^α_D
 *
 * Working coordinates x = (p, q, α_N, g) in the frame centred at (mean log N, mean log D), u and v:
 *
 *   log L̂ = α_D·log(exp((p − α_N·u)/α_D) + exp((q − α_D·v)/α_D)),   α_D = exp g
 *   N_c = exp(p/α_N + mean log N),  D_c = exp(q/α_D + mean log D)
 *
 * p and q are the logs of the loss at the centre that size or tokens alone would leave. log L̂ is their smooth maximum
 * (src/math/smooth-max.ts) with weights s, t and slope h along α_D:
 *
 *   ∂log L̂/∂x = (s, t, −u·s, α_D·(h − v·t))
 *   ∇²L̂/L̂ = ∇log L̂ ∇log L̂ᵀ + s·t/α_D·wwᵀ + α_D·(h − v·t)·∇g∇gᵀ,   w = (1, −1, −u, q − p + α_N·u)
 *
 * On the frontier, C = 6·N·D, the two terms in the bracket are as D_c/D = (α_N/α_D)·(N_c/N)^(α_N/α_D), so that
 *
 *   N_opt = N_c^b·((α_N/α_D)·C/(6·D_c))^a,   a = α_D/(α_N + α_D),  b = 1 − a
 *
 * N  parameters, without embeddings in the paper (count)      D  training tokens      L  nats per token
 *
 * Kaplan et al. 2020, arXiv:2001.08361, Eq. 1.5. Its own frontier is another one: of training that stops early (§6).
 * GPU twin: shaders/law/kaplan.wgsl.
 */
import { packedIndex } from '../math/packed.ts';
import { plainArithmetic } from '../math/plain-arithmetic.ts';
import { rowsOver } from '../math/rows-over.ts';
import type { Centre, Inputs, FrontierLaw } from './law.ts';

export const kaplan: FrontierLaw = {
  id: 'kaplan',
  formula: 'L(N, D) = ((N_c/N)^(alpha_N/alpha_D) + D_c/D)^alpha_D',
  reference: 'Kaplan et al. 2020, arXiv:2001.08361',
  inputs: ['N', 'D'],
  params: ['N_c', 'D_c', 'alpha_N', 'alpha_D'],
  meanings: { N_c: 'scale of size, parameters', D_c: 'scale of data, tokens', alpha_N: 'exponent of N', alpha_D: 'exponent of D' },
  axes: ['alpha_N', 'alpha_D'],
  pairs: ['alpha_N,alpha_D'],
  predict,
  addCurvature,
  toNatural,
  toWorking,
  drawStart,
  paperStarts,
  grid: 'a grid of isoloss, for none is published',
  brokenBounds,
  frontier: { exponents, allocate },
  terms: ({ 0: Nc, 1: Dc, 2: alphaN, 3: alphaD }) => ({ E: 0, A: Nc ** (alphaN / alphaD), B: Dc, alpha: alphaN / alphaD, beta: 1, gamma: alphaD }),
};

function predict(x: ArrayLike<number>, inputs: Inputs, prediction: Float64Array, jacobian: readonly Float64Array[],
                 from = 0, to = prediction.length, arithmetic = plainArithmetic): void {
  const { 0: p, 1: q, 2: alphaN, 3: g } = x;
  const [logN, logD] = inputs;
  const [shareN, shareD, slopeN, slopeD] = jacobian;
  const alphaD = Math.exp(g);
  arithmetic.line(p, -alphaN, logN, shareN, from, to);
  arithmetic.line(q, -alphaD, logD, shareD, from, to);
  arithmetic.smoothMax(shareN, shareD, alphaD, prediction, slopeD, from, to);
  arithmetic.power(0, 1, prediction, prediction, from, to);
  arithmetic.product(-1, logN, shareN, slopeN, from, to);
  arithmetic.addProduct(-alphaD, logD, shareD, slopeD, from, to);
}

const [P_P, Q_P, Q_Q] = [packedIndex(0, 0), packedIndex(1, 0), packedIndex(1, 1)];
const [N_P, N_Q, N_N] = [packedIndex(2, 0), packedIndex(2, 1), packedIndex(2, 2)];
const [G_P, G_Q, G_N, G_G] = [packedIndex(3, 0), packedIndex(3, 1), packedIndex(3, 2), packedIndex(3, 3)];

function addCurvature(jacobian: readonly Float64Array[], inputs: Inputs, scale: Float64Array, hessian: Float64Array,
                      { 0: p, 1: q, 2: alphaN, 3: g }: ArrayLike<number>): void {
  const [shareN, shareD, , slopeD] = jacobian;
  const [logN] = inputs;
  const inverse = Math.exp(-g);
  for (let i = 0; i < scale.length; i++) {
    const u = logN[i];
    const c = scale[i];
    const size = shareN[i];
    const data = shareD[i];
    const steepness = c * slopeD[i];
    const bend = c * size * data * inverse;
    const apart = q - p + alphaN * u; // w along g
    const pp = c * size * size + bend;
    const pq = c * size * data - bend;
    const gp = steepness * size + bend * apart;
    hessian[P_P] += pp;
    hessian[Q_P] += pq;
    hessian[Q_Q] += c * data * data + bend;
    hessian[N_P] -= u * pp;
    hessian[N_Q] -= u * pq;
    hessian[N_N] += u * u * pp;
    hessian[G_P] += gp;
    hessian[G_Q] += steepness * data - bend * apart;
    hessian[G_N] -= u * gp;
    hessian[G_G] += steepness * slopeD[i] + bend * apart * apart + steepness;
  }
}

function toNatural({ 0: p, 1: q, 2: alphaN, 3: g }: ArrayLike<number>, centre: Centre): Float64Array {
  const alphaD = Math.exp(g);
  return Float64Array.of(Math.exp(p / alphaN + centre[0]), Math.exp(q / alphaD + centre[1]), alphaN, alphaD);
}

function toWorking({ 0: Nc, 1: Dc, 2: alphaN, 3: alphaD }: ArrayLike<number>, centre: Centre): Float64Array {
  return Float64Array.of(alphaN * (Math.log(Nc) - centre[0]), alphaD * (Math.log(Dc) - centre[1]), alphaN, Math.log(alphaD));
}

/** The loss that either leaves alone from 0.6 to 1.2 of the lowest loss, exponents from 0.02 to 0.4. */
function drawStart(lowestLoss: number, uniform: () => number): Float64Array {
  const between = (low: number, high: number) => low + (high - low) * uniform();
  const alone = () => Math.log(lowestLoss * between(0.6, 1.2));
  return Float64Array.of(alone(), alone(), between(0.02, 0.4), Math.log(between(0.02, 0.4)));
}

/** None is published: logs of N_c and D_c 15 to 40, of which the paper's are 31.8 and 30.5, exponents 0.05 to 0.8; 900 starts. */
function paperStarts(centre: Centre): Float64Array[] {
  const scales = [15, 20, 25, 30, 35, 40].map(Math.exp);
  const exponents = [0.05, 0.1, 0.2, 0.4, 0.8];
  return rowsOver([scales, scales, exponents, exponents]).map((natural) => toWorking(natural, centre));
}

function brokenBounds({ 2: alphaN, 3: alphaD }: ArrayLike<number>): string[] {
  return [...(alphaN > 0 ? [] : ['alpha_N <= 0']), ...(alphaD > 0 ? [] : ['alpha_D <= 0'])];
}

/** N_opt ∝ C^a and D_opt ∝ C^b with C = 6·N·D. */
function exponents({ 2: alphaN, 3: alphaD }: ArrayLike<number>): { a: number; b: number } {
  return { a: alphaD / (alphaN + alphaD), b: alphaN / (alphaN + alphaD) };
}

function allocate(natural: ArrayLike<number>, compute: number): { N: number; D: number } {
  const { 0: Nc, 1: Dc, 2: alphaN, 3: alphaD } = natural;
  const { a, b } = exponents(natural);
  const ratio = alphaN / alphaD;
  return { N: Nc ** b * ((ratio * compute) / (6 * Dc)) ** a, D: (compute / (6 * Nc)) ** b * (Dc / ratio) ** a };
}
