/**
 * Chinchilla law by the exponent of its frontier, so that N_opt ∝ C^a has a parameter of its own.
 *
 *   L(N, D) = E + A/N^((1 − a)·s) + B/D^(a·s),   α = (1 − a)·s,  β = a·s,   a = β/(α + β),  s = α + β
 *
 * Working coordinates x = (e, p, q, a, s): e, p and q are those of Chinchilla's law (src/laws/chinchilla.ts), the
 * logs of the three terms at the centre of the sweep. With u, v the centred log N, log D and the shares σ of the
 * terms in L̂:
 *
 *   log of the N-term  p − (1 − a)·s·u,  log of the D-term  q − a·s·v
 *   ∂log L̂/∂x = (σ₀, σ₁, σ₂, s·(u·σ₁ − v·σ₂), −(1 − a)·u·σ₁ − a·v·σ₂)
 *
 * The exponents are bilinear in a and s, so that ∂²L̂/∂a∂s over L̂ has u·σ₁ − v·σ₂ beside the products of slopes. Every
 * α and β but those with α = −β ≠ 0 have their a and s; where s = 0 nothing depends on a.
 *
 * N  parameters (count)      D  training tokens      L  nats per token
 *
 * Hoffmann et al. 2022, arXiv:2203.15556, §3.3 and Eq. 4. GPU twin: shaders/law/chinchilla-allocation.wgsl.
 */
import { packedIndex } from '../math/packed.ts';
import { plainArithmetic } from '../math/plain-arithmetic.ts';
import { chinchilla } from './chinchilla.ts';
import type { Centre, Inputs, FrontierLaw } from './law.ts';

export const chinchillaAllocation: FrontierLaw = {
  id: 'chinchilla-allocation',
  formula: 'L(N, D) = E + A/N^((1 - a)*s) + B/D^(a*s)',
  reference: chinchilla.reference,
  inputs: chinchilla.inputs,
  params: ['E', 'A', 'B', 'a', 's'],
  meanings: { ...chinchilla.meanings, a: 'of the optimum: N grows as this power of C', s: 'sum of the exponents of N and D' },
  axes: chinchilla.axes,
  pairs: chinchilla.pairs,
  predict,
  addCurvature,
  toNatural: (x, centre) => withExponentsOf(x, chinchilla.toNatural(toChinchilla(x), centre)),
  toWorking: (natural, centre) => withExponentsOf(natural, chinchilla.toWorking(toChinchilla(natural), centre)),
  drawStart: (lowestLoss, uniform) => fromChinchilla(chinchilla.drawStart(lowestLoss, uniform)),
  paperStarts: (centre: Centre) => chinchilla.paperStarts(centre).map(fromChinchilla),
  grid: chinchilla.grid,
  brokenBounds,
  frontier: {
    exponents: ({ 3: a }) => ({ a, b: 1 - a }),
    allocate: (natural, compute) => chinchilla.frontier.allocate(toChinchilla(natural), compute),
  },
  terms: ({ 0: E, 1: A, 2: B, 3: a, 4: s }) => ({ E, A, B, alpha: (1 - a) * s, beta: a * s }),
};

function predict(x: ArrayLike<number>, inputs: Inputs, prediction: Float64Array, jacobian: readonly Float64Array[],
                 from = 0, to = prediction.length, arithmetic = plainArithmetic): void {
  const { 0: e, 1: p, 2: q, 3: a, 4: s } = x;
  const [logN, logD] = inputs;
  const [shareE, shareA, shareB, slopeSplit, slopeSum] = jacobian;
  arithmetic.power(p, (a - 1) * s, logN, shareA, from, to);
  arithmetic.power(q, -a * s, logD, shareB, from, to);
  arithmetic.shares(Math.exp(e), shareA, shareB, prediction, shareE, from, to);
  arithmetic.product(s, logN, shareA, slopeSplit, from, to);
  arithmetic.addProduct(-s, logD, shareB, slopeSplit, from, to);
  arithmetic.product(a - 1, logN, shareA, slopeSum, from, to);
  arithmetic.addProduct(-a, logD, shareB, slopeSum, from, to);
}

// Rows and columns of the parameters: SPLIT is a, which splits s, the SUM of the exponents.
const [E_E, A_A, B_B] = [packedIndex(0, 0), packedIndex(1, 1), packedIndex(2, 2)];
const [SPLIT_A, SPLIT_B, SPLIT_SPLIT] = [packedIndex(3, 1), packedIndex(3, 2), packedIndex(3, 3)];
const [SUM_A, SUM_B, SUM_SPLIT, SUM_SUM] = [packedIndex(4, 1), packedIndex(4, 2), packedIndex(4, 3), packedIndex(4, 4)];

function addCurvature(jacobian: readonly Float64Array[], inputs: Inputs, scale: Float64Array, hessian: Float64Array,
                      { 3: a, 4: s }: ArrayLike<number>): void {
  const [shareE, shareA, shareB] = jacobian;
  const [logN, logD] = inputs;
  for (let i = 0; i < scale.length; i++) {
    const c = scale[i];
    const u = logN[i];
    const v = logD[i];
    const size = c * shareA[i];
    const data = c * shareB[i];
    // Slopes of the logs of the terms along a and s.
    const sizeSplit = s * u;
    const sizeSum = (a - 1) * u;
    const dataSplit = -s * v;
    const dataSum = -a * v;
    hessian[E_E] += c * shareE[i];
    hessian[A_A] += size;
    hessian[B_B] += data;
    hessian[SPLIT_A] += size * sizeSplit;
    hessian[SPLIT_B] += data * dataSplit;
    hessian[SPLIT_SPLIT] += size * sizeSplit ** 2 + data * dataSplit ** 2;
    hessian[SUM_A] += size * sizeSum;
    hessian[SUM_B] += data * dataSum;
    hessian[SUM_SPLIT] += size * (sizeSplit * sizeSum + u) + data * (dataSplit * dataSum - v);
    hessian[SUM_SUM] += size * sizeSum ** 2 + data * dataSum ** 2;
  }
}

/** Chinchilla's parameters, natural or working: the first three are the same. */
function toChinchilla({ 0: E, 1: A, 2: B, 3: a, 4: s }: ArrayLike<number>): Float64Array {
  return Float64Array.of(E, A, B, (1 - a) * s, a * s);
}

/** α = β = 0 becomes a = 0.5, s = 0, where a has no effect and any would do. */
function fromChinchilla({ 0: E, 1: A, 2: B, 3: alpha, 4: beta }: ArrayLike<number>): Float64Array {
  const s = alpha + beta;
  return Float64Array.of(E, A, B, s === 0 ? 0.5 : beta / s, s);
}

/** E, A, B or their logs from one law, a and s from the other, to the last bit. */
function withExponentsOf({ 3: a, 4: s }: ArrayLike<number>, { 0: E, 1: A, 2: B }: ArrayLike<number>): Float64Array {
  return Float64Array.of(E, A, B, a, s);
}

function brokenBounds(natural: ArrayLike<number>): string[] {
  const { 3: a, 4: s } = natural;
  return [...(a > 0 ? [] : ['a <= 0']), ...(a < 1 ? [] : ['a >= 1']), ...(s > 0 ? [] : ['s <= 0'])];
}
