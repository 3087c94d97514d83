/**
 * Chinchilla's law of models whose weights, activations or key-value cache have few bits: it is as if they had fewer parameters.
 *
 *   L = E + A/N_eff^α + B/D^β,   N_eff = N·Πₖ (1 − exp(−Pₖ/γₖ)),   k = w, a, kv
 *
 * Working coordinates x = (e, a, b, α, β, g_w, g_a, g_kv): those of Chinchilla's law (src/laws/chinchilla.ts), and gₖ = 4·log γₖ.
 * With u, v the centred log N, log D, and pₖ = log Pₖ, which is not centred:
 *
 *   zₖ = exp(pₖ − gₖ/4) = Pₖ/γₖ,   w = u + Σₖ log(1 − exp(−zₖ)),   rₖ = ¼·zₖ/(exp zₖ − 1) = ∂w/∂(−gₖ)
 *   L̂ = exp e + exp φ + exp(b − β·v),   φ = a − α·w,   ∇φ = (1, −w, α·rₖ) along (a, α, gₖ)
 *   ∂²φ/∂α∂gₖ = rₖ,   ∂²φ/∂gₖ² = α·rₖ·((zₖ − 1)/4 + rₖ)
 *
 * With the shares s of the terms in L̂ each adds s·(∇φ∇φᵀ + ∇²φ) to ∇²L̂/L̂. r falls from ¼ at no bits to 0 at many: a γ is
 * known from runs whose bits are a few times it, and one that a descent has made too small for that does not come back. So a
 * step, which is 5 at most, must not change γ by much: of 1200 drawn starts 6 were lost with gₖ = log γₖ, none with 5·log γₖ.
 * Where a table lacks a column of bits, its γ is held and has no effect: the bits are then 64, which lose nothing.
 *
 * N  parameters (count)      D  training tokens      P  bits      γ  bits      L  nats per token
 *
 * Kumar et al. 2024, arXiv:2411.04330, without what quantising after training adds (src/plan/precision.ts). GPU twin:
 * shaders/law/precision.wgsl.
 */
import { packedIndex } from '../math/packed.ts';
import { chinchilla } from './chinchilla.ts';
import { INPUTS } from './inputs.ts';
import type { Centre, Inputs, FrontierLaw, TwoTerms } from './law.ts';

export const precision: FrontierLaw = {
  id: 'precision',
  formula: 'L(N, D) = E + A/N_eff^alpha + B/D^beta, N_eff = N*(1 - exp(-P_w/gamma_w))*(1 - exp(-P_a/gamma_a))*(1 - exp(-P_kv/gamma_kv))',
  reference: 'Kumar et al. 2024, arXiv:2411.04330',
  inputs: ['N', 'D', 'P_w', 'P_a', 'P_kv'],
  params: ['E', 'A', 'B', 'alpha', 'beta', 'gamma_w', 'gamma_a', 'gamma_kv'],
  meanings: {
    ...chinchilla.meanings, alpha: 'exponent of the effective N',
    gamma_w: 'bits of the weights on which losing them sets in', gamma_a: 'the same of the activations', gamma_kv: 'the same of the key-value cache',
  },
  axes: ['E', 'alpha', 'beta', 'gamma_w', 'gamma_a', 'gamma_kv'],
  pairs: ['alpha,beta', 'gamma_w,gamma_a'],
  predict,
  addCurvature,
  toNatural: (x, centre) => Float64Array.of(...chinchilla.toNatural(x, centre), ...scalesOf(x).map((g) => Math.exp(g / FINE))),
  toWorking: (natural, centre) => Float64Array.of(...chinchilla.toWorking(natural, centre), ...scalesOf(natural).map((gamma) => FINE * Math.log(gamma))),
  drawStart,
  paperStarts,
  grid: 'the published grid of Chinchilla\'s law, with each gamma = 2',
  brokenBounds: (natural) => [
    ...chinchilla.brokenBounds(natural), ...scalesOf(natural).flatMap((gamma, k) => (gamma > 0 ? [] : [`${precision.params[5 + k]} <= 0`])),
  ],
  frontier: {
    exponents: chinchilla.frontier.exponents,
    allocate: (natural, compute) => {
      const { E, A, B, alpha, beta } = terms(natural);
      return chinchilla.frontier.allocate([E, A, B, alpha, beta], compute);
    },
  },
  terms,
};

function scalesOf({ 5: w, 6: a, 7: kv }: ArrayLike<number>): number[] {
  return [w, a, kv];
}

/** At the bits of a model that does not say how many. */
function terms(natural: ArrayLike<number>): TwoTerms {
  const { 0: E, 1: A, 2: B, 3: alpha, 4: beta } = natural;
  const bits = [INPUTS.P_w, INPUTS.P_a, INPUTS.P_kv].map(({ usual = Infinity }) => usual);
  const share = scalesOf(natural).reduce((product, gamma, k) => product * -Math.expm1(-bits[k] / gamma), 1);
  return { E, A: A * share ** -alpha, B, alpha, beta };
}

/** Of the coordinates of γ: how many steps a step is. */
const FINE = 4;
/** z is taken from within these: so few bits are worth nothing anyway, and with so many 1 − exp(−z) is 1. It keeps r a number. */
const [LEAST, MOST] = [1e-12, 80];

function within(z: number): number {
  return Math.max(LEAST, Math.min(MOST, z));
}

function predict(x: ArrayLike<number>, inputs: Inputs, prediction: Float64Array, jacobian: readonly Float64Array[],
                 from = 0, to = prediction.length): void {
  const { 1: a, 2: b, 3: alpha, 4: beta, 5: gW, 6: gA, 7: gKv } = x;
  const [logN, logD, logW, logA, logKv] = inputs;
  const [shareE, shareA, shareB, slopeAlpha, slopeBeta, slopeW, slopeA, slopeKv] = jacobian;
  const floor = Math.exp(x[0]);
  for (let i = from; i < to; i++) {
    const v = logD[i];
    const zW = within(Math.exp(logW[i] - gW / FINE));
    const zA = within(Math.exp(logA[i] - gA / FINE));
    const zKv = within(Math.exp(logKv[i] - gKv / FINE));
    const riseW = Math.expm1(zW);
    const riseA = Math.expm1(zA);
    const riseKv = Math.expm1(zKv);
    const w = logN[i] - Math.log((1 + 1 / riseW) * (1 + 1 / riseA) * (1 + 1 / riseKv));
    const size = Math.exp(a - alpha * w);
    const data = Math.exp(b - beta * v);
    const sum = floor + size + data;
    const inverse = 1 / sum;
    const share = size * inverse;
    const pull = (alpha * share) / FINE;
    prediction[i] = sum;
    shareE[i] = floor * inverse;
    shareA[i] = share;
    shareB[i] = data * inverse;
    slopeAlpha[i] = -w * share;
    slopeBeta[i] = -v * shareB[i];
    slopeW[i] = pull * (zW / riseW);
    slopeA[i] = pull * (zA / riseA);
    slopeKv[i] = pull * (zKv / riseKv);
  }
}

const [E_E, A_A, B_B] = [packedIndex(0, 0), packedIndex(1, 1), packedIndex(2, 2)];
const [ALPHA_A, ALPHA_ALPHA] = [packedIndex(3, 1), packedIndex(3, 3)];
const [BETA_B, BETA_BETA] = [packedIndex(4, 2), packedIndex(4, 4)];
const [W_A, W_ALPHA, W_W] = [packedIndex(5, 1), packedIndex(5, 3), packedIndex(5, 5)];
const [ACT_A, ACT_ALPHA, ACT_W, ACT_ACT] = [packedIndex(6, 1), packedIndex(6, 3), packedIndex(6, 5), packedIndex(6, 6)];
const [KV_A, KV_ALPHA, KV_W, KV_ACT, KV_KV] = [packedIndex(7, 1), packedIndex(7, 3), packedIndex(7, 5), packedIndex(7, 6), packedIndex(7, 7)];

function addCurvature(jacobian: readonly Float64Array[], inputs: Inputs, scale: Float64Array, hessian: Float64Array,
                      { 3: alpha, 5: gW, 6: gA, 7: gKv }: ArrayLike<number>): void {
  const [shareE, shareA, shareB, slopeAlpha, slopeBeta] = jacobian;
  const [, logD, logW, logA, logKv] = inputs;
  for (let i = 0; i < scale.length; i++) {
    const c = scale[i];
    const size = c * shareA[i];
    const pull = c * slopeAlpha[i];
    const w = shareA[i] > 0 ? -slopeAlpha[i] / shareA[i] : 0;
    const zW = within(Math.exp(logW[i] - gW / FINE));
    const zA = within(Math.exp(logA[i] - gA / FINE));
    const zKv = within(Math.exp(logKv[i] - gKv / FINE));
    const rW = zW / (FINE * Math.expm1(zW));
    const rA = zA / (FINE * Math.expm1(zA));
    const rKv = zKv / (FINE * Math.expm1(zKv));
    const along = size * alpha;
    const mixed = size + alpha * pull; // size·(1 − α·w)
    hessian[E_E] += c * shareE[i];
    hessian[A_A] += size;
    hessian[B_B] += c * shareB[i];
    hessian[ALPHA_A] += pull;
    hessian[ALPHA_ALPHA] -= w * pull;
    hessian[BETA_B] += c * slopeBeta[i];
    hessian[BETA_BETA] -= c * logD[i] * slopeBeta[i];
    hessian[W_A] += along * rW;
    hessian[W_ALPHA] += mixed * rW;
    hessian[W_W] += along * rW * (alpha * rW + (zW - 1) / FINE + rW);
    hessian[ACT_A] += along * rA;
    hessian[ACT_ALPHA] += mixed * rA;
    hessian[ACT_W] += along * alpha * rW * rA;
    hessian[ACT_ACT] += along * rA * (alpha * rA + (zA - 1) / FINE + rA);
    hessian[KV_A] += along * rKv;
    hessian[KV_ALPHA] += mixed * rKv;
    hessian[KV_W] += along * alpha * rW * rKv;
    hessian[KV_ACT] += along * alpha * rA * rKv;
    hessian[KV_KV] += along * rKv * (alpha * rKv + (zKv - 1) / FINE + rKv);
  }
}

/** Chinchilla's with α from 0.3 to 1, and each γ from 1 to 4 bits: no term hides the bits. */
function drawStart(lowestLoss: number, uniform: () => number): Float64Array {
  const start = chinchilla.drawStart(lowestLoss, uniform).with(3, 0.3 + 0.7 * uniform());
  const scale = () => FINE * Math.log(4) * uniform();
  return Float64Array.of(...start, scale(), scale(), scale());
}

/** None is published: the 4500 of Hoffmann et al. 2022, with γ of 2 bits. */
function paperStarts(centre: Centre): Float64Array[] {
  return chinchilla.paperStarts(centre).map((start) => Float64Array.of(...start, ...[2, 2, 2].map((gamma) => FINE * Math.log(gamma))));
}
