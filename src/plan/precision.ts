/**
 * Training at low precision: parameters that are left at a bit width, the width of least loss, and what quantising afterwards
 * costs.
 *
 *   N_eff = N·Π (1 − e^(−P/γ))   over weights, activations and the cache of keys and values
 *   L = E + A/N_eff^α + B/D^β,   C = (6/16)·N·D·P for one width P of all three
 *
 * At a width P the law is that of two terms with A·share^−α for A, and C buys 16/P times the N·D. So the best width where N
 * and D follow it is that of the largest share(P)/P, whatever C and the rest of the law:
 *
 *   Σ z/(e^z − 1) = 1,   z = P/γ
 *
 * With N fixed, D = 16·C/(6·N·P), it is where α·A/N_eff^α·Σ z/(e^z − 1) = β·B/D^β: the left side falls with P and the right
 * side rises, so there is one, and it rises with C. Quantising to P bits after training at high precision adds
 *
 *   δ = C_T·D^γ_D/N^γ_N·e^(−P/γ_post)
 *
 * to the loss, more with each token, so that beyond D = (β·B·N^γ_N·e^(P/γ_post)/(γ_D·C_T))^(1/(γ_D + β)) further training harms.
 *
 * Kumar et al. 2024, "Scaling laws for precision", arXiv:2411.04330. Its constants are of small models with their own recipe and
 * quantisation, and the authors do not mean them to be used elsewhere: refit them before planning with them. The paper is
 * quoted with 7 to 8 bits as best whatever the compute, but γ of 2.67, 2.21 and 0.96, as others quote them, give 3.47 by the condition
 * above, which holds for any A, B, α and β; with all γ 2.0 to 2.3 times as large it would be 7 to 8. A size that is held is best in 7 to 8
 * bits where it is trained on 132 to 251 tokens a parameter, by the law that is quoted with these γ.
 */
import { atLeastZero, positive, positiveCompute, positiveSize, positiveTokens } from '../check.ts';
import type { TwoTerms } from '../laws/law.ts';
import { root } from '../math/root.ts';
import type { FrontierPoint } from '../types.ts';
import { hasFrontier, lossOf, optimumAt, type Size } from './terms.ts';

/** What has a precision of its own. A value for each, bits: as a width, where Infinity loses nothing, or as a γ, where 0 does. */
export interface Tensors {
  readonly weights: number;
  readonly activations: number;
  /** Keys and values. */
  readonly cache: number;
}

/** A model trained at one bit width. */
export interface PrecisionPlan extends FrontierPoint {
  readonly bits: number;
  /** N_eff/N. */
  readonly share: number;
}

/** Constants of the loss that quantising after training adds: C_T, γ_D, γ_N, γ_post. */
export interface Quantising {
  readonly scale: number;
  readonly tokens: number;
  readonly parameters: number;
  /** Bits. */
  readonly bits: number;
}

/** Bits that the cost of training is counted against. */
const FULL = 16;
/** Bits between which a best width is looked for: beyond, nothing changes any more. */
const [FEWEST, MOST] = [1e-3, 1e3];

/**
 * N_eff/N at some bits; `scales` are the γ.
 * @throws InputError where a width is not positive, or a scale below 0.
 */
export function effectiveShare(scales: Tensors, bits: Tensors): number {
  return TENSORS.reduce((share, name) => share * -Math.expm1(-widthOf(bits[name]) / scaleOf(scales, name)), 1);
}

/**
 * The best model for C training FLOPs of 16 bits, when all is done in so many bits. Undefined where the law has no optimum.
 * @throws InputError where one is not positive.
 */
export function optimumAtBits(law: TwoTerms, scales: Tensors, compute: number, bits: number): PrecisionPlan | undefined {
  const share = effectiveShare(scales, alike(bits));
  const optimum = optimumAt(atShare(law, share), (FULL / bits) * positiveCompute(compute));
  return optimum && { ...optimum, C: compute, bits, share };
}

/**
 * The bit width of least loss where N and D are chosen with it; it does not depend on the compute. Undefined where fewer bits are
 * always better, as where one tensor alone matters.
 * @throws InputError where a scale is below 0.
 */
export function bestBits(scales: Tensors): number | undefined {
  return number(root((logP) => slopes(scales, Math.exp(logP)) - 1, Math.log(FEWEST), Math.log(MOST)));
}

/**
 * The bit width of least loss for N parameters, the tokens being what is left of C training FLOPs of 16 bits. Undefined where the
 * law has no frontier, or where fewer, or more, bits are always better.
 * @throws InputError where one is not positive.
 */
export function bestBitsOfSize(law: TwoTerms, scales: Tensors, N: number, compute: number): PrecisionPlan | undefined {
  const { A, B, alpha, beta } = law;
  const size = Math.log(alpha * A) - alpha * Math.log(positiveSize(N));
  const data = Math.log(beta * B) - beta * Math.log((FULL * positiveCompute(compute)) / (6 * N));
  const logBits = root((logP) => {
    const P = Math.exp(logP);
    return size - alpha * Math.log(effectiveShare(scales, alike(P))) + Math.log(slopes(scales, P)) - data - beta * logP;
  }, Math.log(FEWEST), Math.log(MOST));
  const bits = hasFrontier(law) ? number(logBits) : undefined;
  if (bits === undefined) return undefined;
  const [share, D] = [effectiveShare(scales, alike(bits)), (FULL * compute) / (6 * N * bits)];
  return { C: compute, N, D, bits, share, loss: lossOf(atShare(law, share), { N, D }) };
}

/**
 * Nats per token that quantising a trained model to so many bits adds.
 * @throws InputError where one is not positive.
 */
export function quantisingLoss({ scale, tokens, parameters, bits: per }: Quantising, { N, D }: Size, bits: number): number {
  const power = positiveTokens(D) ** tokens / positiveSize(N) ** parameters;
  return scale * power * Math.exp(-widthOf(bits) / per);
}

/**
 * Tokens after which more training harms N parameters that are quantised afterwards.
 * @throws InputError where one is not positive.
 */
export function tokensBeforeHarm(law: TwoTerms & { readonly gamma?: 1 }, quantising: Quantising, N: number, bits: number): number {
  const { scale, tokens, parameters, bits: per } = quantising;
  const logRatio = Math.log((law.beta * law.B) / (tokens * scale)) + parameters * Math.log(positiveSize(N));
  return Math.exp((logRatio + widthOf(bits) / per) / (tokens + law.beta));
}

const TENSORS = ['weights', 'activations', 'cache'] as const;

/** ∂log share/∂log P, Σ z/(e^z − 1). */
function slopes(scales: Tensors, bits: number): number {
  return TENSORS.reduce((sum, name) => {
    const z = bits / scaleOf(scales, name);
    return sum + (z < Infinity ? z / Math.expm1(z) : 0);
  }, 0);
}

/** The law of the parameters, not of the effective ones. */
function atShare(law: TwoTerms, share: number): TwoTerms {
  return { ...law, A: law.A * share ** -law.alpha };
}

function alike(bits: number): Tensors {
  return { weights: bits, activations: bits, cache: bits };
}

function number(logarithm: number): number | undefined {
  return Number.isNaN(logarithm) ? undefined : Math.exp(logarithm);
}

function scaleOf(scales: Tensors, name: keyof Tensors): number {
  return atLeastZero(name, scales[name], 'bits');
}

function widthOf(bits: number): number {
  return bits === Infinity ? bits : positive('bits', bits, 'bits such as 8');
}
