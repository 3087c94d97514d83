/**
 * Chinchilla law with one exponent: model size and training tokens lower the loss alike.
 *
 *   L(N, D) = E + A/N^α + B/D^α
 *
 * The over-training law of Gadre et al. is the same one, in compute and tokens per parameter: with C = 6·N·D, M = D/N and
 * η = α/2, L = E + (a·M^η + b·M^−η)·C^−η where a = A·6^η, b = B·6^η.
 *
 * Working coordinates x = (e, a, b, α): those of Chinchilla's law (src/laws/chinchilla.ts), the logs of the three terms at
 * the centre of the sweep. With u, v the centred log N, log D and the shares s of the terms in L̂:
 *
 *   ∂log L̂/∂x = (s₀, s₁, s₂, −u·s₁ − v·s₂)
 *
 * The frontier is N_opt = (A/B)^(1/(2α))·(C/6)^½: size and tokens grow alike.
 *
 * N  parameters (count)      D  training tokens      L  nats per token
 *
 * Gadre et al. 2024, arXiv:2403.08540; Muennighoff et al. 2023, arXiv:2305.16264, of runs on C4. GPU twin:
 * shaders/law/chinchilla-tied.wgsl.
 */
import { packedIndex } from '../math/packed.ts';
import { plainArithmetic } from '../math/plain-arithmetic.ts';
import { chinchilla } from './chinchilla.ts';
import type { Centre, Inputs, FrontierLaw } from './law.ts';

export const chinchillaTied: FrontierLaw = {
  id: 'chinchilla-tied',
  formula: 'L(N, D) = E + A/N^alpha + B/D^alpha',
  reference: 'Gadre et al. 2024, arXiv:2403.08540',
  inputs: ['N', 'D'],
  params: ['E', 'A', 'B', 'alpha'],
  meanings: { ...chinchilla.meanings, alpha: 'exponent of N and of D' },
  axes: ['E', 'alpha'],
  pairs: ['alpha,E'],
  predict,
  addCurvature,
  toNatural: (x, centre) => chinchilla.toNatural(untied(x), centre).subarray(0, 4),
  toWorking: (natural, centre) => chinchilla.toWorking(untied(natural), centre).subarray(0, 4),
  drawStart: (lowestLoss, uniform) => chinchilla.drawStart(lowestLoss, uniform).subarray(0, 4),
  paperStarts,
  grid: 'the published grid of Chinchilla\'s law, where its exponents are equal',
  brokenBounds: ({ 3: alpha }) => (alpha > 0 ? [] : ['alpha <= 0']),
  frontier: {
    exponents: () => ({ a: 0.5, b: 0.5 }),
    allocate: (natural, compute) => chinchilla.frontier.allocate(untied(natural), compute),
  },
  terms: ({ 0: E, 1: A, 2: B, 3: alpha }) => ({ E, A, B, alpha, beta: alpha }),
};

function predict(x: ArrayLike<number>, inputs: Inputs, prediction: Float64Array, jacobian: readonly Float64Array[],
                 from = 0, to = prediction.length, arithmetic = plainArithmetic): void {
  const { 0: e, 1: a, 2: b, 3: alpha } = x;
  const [logN, logD] = inputs;
  const [shareE, shareA, shareB, slopeAlpha] = jacobian;
  arithmetic.power(a, -alpha, logN, shareA, from, to);
  arithmetic.power(b, -alpha, logD, shareB, from, to);
  arithmetic.shares(Math.exp(e), shareA, shareB, prediction, shareE, from, to);
  arithmetic.product(-1, logN, shareA, slopeAlpha, from, to);
  arithmetic.addProduct(-1, logD, shareB, slopeAlpha, from, to);
}

const [E_E, A_A, B_B] = [packedIndex(0, 0), packedIndex(1, 1), packedIndex(2, 2)];
const [ALPHA_A, ALPHA_B, ALPHA_ALPHA] = [packedIndex(3, 1), packedIndex(3, 2), packedIndex(3, 3)];

function addCurvature(jacobian: readonly Float64Array[], inputs: Inputs, scale: Float64Array, hessian: Float64Array): void {
  const [shareE, shareA, shareB] = jacobian;
  const [logN, logD] = inputs;
  for (let i = 0; i < scale.length; i++) {
    const c = scale[i];
    const u = logN[i];
    const v = logD[i];
    const size = c * shareA[i];
    const data = c * shareB[i];
    hessian[E_E] += c * shareE[i];
    hessian[A_A] += size;
    hessian[B_B] += data;
    hessian[ALPHA_A] -= size * u;
    hessian[ALPHA_B] -= data * v;
    hessian[ALPHA_ALPHA] += size * u ** 2 + data * v ** 2;
  }
}

/** Chinchilla's parameters, natural or working. */
function untied({ 0: E, 1: A, 2: B, 3: alpha }: ArrayLike<number>): Float64Array {
  return Float64Array.of(E, A, B, alpha, alpha);
}

/** None is published: the 900 of Hoffmann et al. 2022 whose exponents are alike. */
function paperStarts(centre: Centre): Float64Array[] {
  return chinchilla.paperStarts(centre).filter(({ 3: alpha, 4: beta }) => alpha === beta).map((start) => start.subarray(0, 4));
}
