/**
 * The law of routed language models: loss from model size and the number of experts, all runs on as many tokens.
 *
 *   log₁₀ L = a·log₁₀ N + b·log₁₀ Ê + c·log₁₀ N·log₁₀ Ê + d
 *   1/Ê = 1/(experts − 1 + κ) + 1/E_max,   1/κ = 1/E_start − 1/E_max
 *
 * Ê, experts as far as they count, is E_start for one and E_max for as many as there can be. Working coordinates
 * x = (a, q, c, p, m, n) with u the centred log N and y = log Ê, logs now natural:
 *
 *   log L̂ = p + a·u + (q + c′·u)·y,   c′ = c/log 10,   m = log E_start,   n = log E_max
 *   b = q − c′·mean log N,   d·log 10 = p − a·mean log N
 *
 * With t = experts − 1, σ = 1/E_start, μ = 1/E_max, k = 1/κ = σ − μ and ω = 1/(1 + t·k)²:
 *
 *   1/Ê = k/(1 + t·k) + μ,   y_m = Ê·σ·ω,   y_n = Ê·μ·(1 − ω),   ω′ = ∂ω/∂k = −2t/(1 + t·k)³
 *   y_mm = y_m² − Ê·(σ·ω + σ²·ω′),   y_mn = y_m·y_n + Ê·σ·μ·ω′,   y_nn = y_n² − Ê·(μ·(1 − ω) + μ²·ω′)
 *   ∂log L̂/∂x = (u, y, u·y/log 10, 1, s·y_m, s·y_n),   s = q + c′·u
 *
 * and ∇²L̂/L̂ is the product of that with itself, plus y_m, y_n along q, u/log 10 of them along c, and s·y_mm … along m and n.
 * It is Clark's only where E_start < E_max; elsewhere log L̂ is taken as 80, where no descent steps to.
 *
 * N  parameters of the dense model that has one expert (count)      experts  in a layer      L  nats per token
 *
 * Clark et al. 2022, arXiv:2202.01169, Eqs. 5 and 6 as their code has them. It reads no D, and has no frontier. GPU twin:
 * shaders/law/moe-experts.wgsl.
 */
import { packedRow } from '../math/packed.ts';
import { rowsOver } from '../math/rows-over.ts';
import type { Centre, Inputs, Law } from './law.ts';

export const moeExperts: Law = {
  id: 'moe-experts',
  formula: 'L(N, experts) = 10^(a*log10(N) + b*log10(E_hat) + c*log10(N)*log10(E_hat) + d), ' +
    '1/E_hat = 1/(experts - 1 + 1/(1/E_start - 1/E_max)) + 1/E_max',
  reference: 'Clark et al. 2022, arXiv:2202.01169',
  inputs: ['N', 'experts'],
  params: ['a', 'b', 'c', 'd', 'E_start', 'E_max'],
  meanings: {
    a: 'exponent of N', b: 'exponent of the experts that count', c: 'how much less they help a larger model', d: 'log of scale, of base 10',
    E_start: 'what one expert counts as', E_max: 'what as many as there can be count as',
  },
  axes: ['a', 'c', 'E_start', 'E_max'],
  pairs: ['a,c', 'E_start,E_max'],
  predict,
  addCurvature,
  toNatural,
  toWorking,
  drawStart,
  paperStarts,
  grid: 'a grid of isoloss, for none is published',
  brokenBounds: ({ 0: a, 4: start, 5: most }) => [...(a < 0 ? [] : ['a >= 0']), ...(start < most ? [] : ['E_start >= E_max'])],
};

/** log L̂ where there is no such law. */
const OUTSIDE = 80;

function predict(x: ArrayLike<number>, inputs: Inputs, prediction: Float64Array, jacobian: readonly Float64Array[],
                 from = 0, to = prediction.length): void {
  const { 0: a, 1: q, 3: p } = x;
  const [logN, logExperts] = inputs;
  const [slopeA, slopeB, slopeC, slopeD, slopeStart, slopeMost] = jacobian;
  const cross = x[2] / Math.LN10;
  const sigma = Math.exp(-x[4]);
  const mu = Math.exp(-x[5]);
  const inside = sigma > mu;
  const k = inside ? sigma - mu : 0;
  for (let i = from; i < to; i++) {
    const u = logN[i];
    const t = Math.exp(logExperts[i]) - 1;
    const root = 1 / (1 + t * k);
    const omega = root * root;
    const beyond = t * k * root * (1 + root); // 1 − ω
    const counted = 1 / (k * root + mu);
    const y = Math.log(counted);
    const steepness = q + cross * u;
    prediction[i] = Math.exp(inside ? p + a * u + steepness * y : OUTSIDE);
    slopeA[i] = u;
    slopeB[i] = y;
    slopeC[i] = (u * y) / Math.LN10;
    slopeD[i] = 1;
    slopeStart[i] = steepness * counted * sigma * omega;
    slopeMost[i] = steepness * counted * mu * beyond;
  }
}

const [[A_A], [B_A, B_B], [C_A, C_B, C_C], [D_A, D_B, D_C, D_D]] = [packedRow(0), packedRow(1), packedRow(2), packedRow(3)];
const [S_A, S_B, S_C, S_D, S_S] = packedRow(4);
const [M_A, M_B, M_C, M_D, M_S, M_M] = packedRow(5);

function addCurvature(jacobian: readonly Float64Array[], inputs: Inputs, scale: Float64Array, hessian: Float64Array,
                      x: ArrayLike<number>): void {
  const [slopeA, slopeB, slopeC, slopeD, slopeStart, slopeMost] = jacobian;
  const [logN, logExperts] = inputs;
  const cross = x[2] / Math.LN10;
  const sigma = Math.exp(-x[4]);
  const mu = Math.exp(-x[5]);
  const k = Math.max(sigma - mu, 0);
  for (let i = 0; i < scale.length; i++) {
    const c = scale[i];
    const ga = slopeA[i];
    const gb = slopeB[i];
    const gc = slopeC[i];
    const gs = slopeStart[i];
    const gm = slopeMost[i];
    const u = logN[i];
    const t = Math.exp(logExperts[i]) - 1;
    const root = 1 / (1 + t * k);
    const omega = root * root;
    const beyond = t * k * root * (1 + root);
    const bend = -2 * t * omega * root;
    const counted = 1 / (k * root + mu);
    const ys = counted * sigma * omega;
    const ym = counted * mu * beyond;
    const steepness = x[1] + cross * u;
    hessian[A_A] += c * ga * ga;
    hessian[B_A] += c * gb * ga;
    hessian[B_B] += c * gb * gb;
    hessian[C_A] += c * gc * ga;
    hessian[C_B] += c * gc * gb;
    hessian[C_C] += c * gc * gc;
    hessian[D_A] += c * ga;
    hessian[D_B] += c * gb;
    hessian[D_C] += c * gc;
    hessian[D_D] += c * slopeD[i];
    hessian[S_A] += c * gs * ga;
    hessian[S_B] += c * (gs * gb + ys);
    hessian[S_C] += c * (gs * gc + (u * ys) / Math.LN10);
    hessian[S_D] += c * gs;
    hessian[S_S] += c * (gs * gs + steepness * (ys * ys - counted * sigma * (omega + sigma * bend)));
    hessian[M_A] += c * gm * ga;
    hessian[M_B] += c * (gm * gb + ym);
    hessian[M_C] += c * (gm * gc + (u * ym) / Math.LN10);
    hessian[M_D] += c * gm;
    hessian[M_S] += c * (gm * gs + steepness * (ym * ys + counted * sigma * mu * bend));
    hessian[M_M] += c * (gm * gm + steepness * (ym * ym - counted * mu * (beyond + mu * bend)));
  }
}

function toNatural({ 0: a, 1: q, 2: c, 3: p, 4: m, 5: n }: ArrayLike<number>, [mean]: Centre): Float64Array {
  return Float64Array.of(a, q - (c / Math.LN10) * mean, c, (p - a * mean) / Math.LN10, Math.exp(m), Math.exp(n));
}

function toWorking({ 0: a, 1: b, 2: c, 3: d, 4: start, 5: most }: ArrayLike<number>, [mean]: Centre): Float64Array {
  return Float64Array.of(a, b + (c / Math.LN10) * mean, c, d * Math.LN10 + a * mean, Math.log(start), Math.log(most));
}

/** The loss of Ê = 1 from 1 to 2 times the lowest, exponents of N −0.3 to −0.02 and of Ê −0.2 to −0.05, c 0 to 0.02, E_start 1.5 to 4, E_max 100 to 1000. */
function drawStart(lowestLoss: number, uniform: () => number): Float64Array {
  const between = (low: number, high: number) => low + (high - low) * uniform();
  return Float64Array.of(between(-0.3, -0.02), between(-0.2, -0.05), between(0, 0.02), Math.log(lowestLoss * between(1, 2)),
    Math.log(between(1.5, 4)), Math.log(between(100, 1000)));
}

/** None is published: a −0.3 to −0.05, b −0.2 and −0.1, c 0 and 0.01, d 0.6 to 1.8, E_start 1.5 and 4, E_max 100 to 1000; 288 starts. */
function paperStarts(centre: Centre): Float64Array[] {
  const axes = [[-0.3, -0.15, -0.1, -0.05], [-0.2, -0.1], [0, 0.01], [0.6, 1.2, 1.8], [1.5, 4], [100, 300, 1000]];
  return rowsOver(axes).map((natural) => toWorking(natural, centre));
}
