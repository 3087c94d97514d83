/**
 * Chinchilla's law of fine-grained mixtures of experts, whose scale of size falls with the granularity G: experts G times as
 * many, each a G-th as wide.
 *
 *   L(N, D, G) = E + (g/G^γ + A)/N^α + B/D^β
 *
 * Working coordinates x = (e, a, b, α, β, h, γ): those of Chinchilla's law (src/laws/chinchilla.ts), and the log of the term of
 * granularity at the centre of the sweep. With u, v, t the centred log N, log D, log G:
 *
 *   L̂ = exp e + exp(a − α·u) + exp(b − β·v) + exp(h − α·u − γ·t),   g = exp(h + α·mean log N + γ·mean log G)
 *   ∂log L̂/∂x = (s₀, s₁, s₂, −u·(s₁ + s₃), −v·s₂, s₃, −t·s₃),   s the shares of the terms in L̂
 *
 * Without experts, or at G = 1, it is Chinchilla's with A + g for A; so is its frontier, at G = 1.
 *
 * N  parameters (count)      D  training tokens      G  granularity, 1 or more      L  nats per token
 *
 * Krajewski et al. 2024, arXiv:2402.07871, its c, a, b here E, A, B. Nobody who quotes its constants says whether N counts all
 * parameters or the active ones; src/paper/krajewski.ts says why they must be all. For the law it does not matter, as at one
 * expansion the two differ by a factor, which goes into A and g; for the frontier it does: C = 6·N·D is the compute of active
 * parameters. GPU twin: shaders/law/moe.wgsl.
 */
import { packedIndex } from '../math/packed.ts';
import { rowsOver } from '../math/rows-over.ts';
import { chinchilla } from './chinchilla.ts';
import type { Centre, Inputs, FrontierLaw } from './law.ts';

export const moe: FrontierLaw = {
  id: 'moe',
  formula: 'L(N, D, G) = E + (g/G^gamma + A)/N^alpha + B/D^beta',
  reference: 'Krajewski et al. 2024, arXiv:2402.07871',
  inputs: ['N', 'D', 'G'],
  params: ['E', 'A', 'B', 'alpha', 'beta', 'g', 'gamma'],
  meanings: { ...chinchilla.meanings, g: 'scale of the term of granularity', gamma: 'exponent of G' },
  axes: ['E', 'alpha', 'beta', 'gamma'],
  pairs: ['alpha,beta', 'alpha,gamma'],
  predict,
  addCurvature,
  toNatural: (x, centre) => Float64Array.of(...chinchilla.toNatural(x, centre), Math.exp(x[5] + x[3] * centre[0] + x[6] * centre[2]), x[6]),
  toWorking,
  drawStart,
  paperStarts,
  grid: 'a grid of isoloss, for none is published',
  brokenBounds: (natural) => [...chinchilla.brokenBounds(natural), ...(natural[6] > 0 ? [] : ['gamma <= 0'])],
  frontier: {
    exponents: chinchilla.frontier.exponents,
    allocate: ({ 0: E, 1: A, 2: B, 3: alpha, 4: beta, 5: g }, compute) => chinchilla.frontier.allocate([E, A + g, B, alpha, beta], compute),
  },
  terms: ({ 0: E, 1: A, 2: B, 3: alpha, 4: beta, 5: g }) => ({ E, A: A + g, B, alpha, beta }),
};

function predict(x: ArrayLike<number>, inputs: Inputs, prediction: Float64Array, jacobian: readonly Float64Array[],
                 from = 0, to = prediction.length): void {
  const { 1: a, 2: b, 3: alpha, 4: beta, 5: h, 6: gamma } = x;
  const [logN, logD, logG] = inputs;
  const [shareE, shareA, shareB, slopeAlpha, slopeBeta, shareG, slopeGamma] = jacobian;
  const floor = Math.exp(x[0]);
  for (let i = from; i < to; i++) {
    const u = logN[i];
    const v = logD[i];
    const t = logG[i];
    const size = Math.exp(a - alpha * u);
    const data = Math.exp(b - beta * v);
    const grain = Math.exp(h - alpha * u - gamma * t);
    const sum = floor + size + data + grain;
    const inverse = 1 / sum;
    prediction[i] = sum;
    shareE[i] = floor * inverse;
    shareA[i] = size * inverse;
    shareB[i] = data * inverse;
    shareG[i] = grain * inverse;
    slopeAlpha[i] = -u * (shareA[i] + shareG[i]);
    slopeBeta[i] = -v * shareB[i];
    slopeGamma[i] = -t * shareG[i];
  }
}

const [E_E, A_A, B_B, G_G] = [packedIndex(0, 0), packedIndex(1, 1), packedIndex(2, 2), packedIndex(5, 5)];
const [ALPHA_A, ALPHA_ALPHA, ALPHA_G] = [packedIndex(3, 1), packedIndex(3, 3), packedIndex(5, 3)];
const [BETA_B, BETA_BETA] = [packedIndex(4, 2), packedIndex(4, 4)];
const [GAMMA_ALPHA, GAMMA_G, GAMMA_GAMMA] = [packedIndex(6, 3), packedIndex(6, 5), packedIndex(6, 6)];

function addCurvature(jacobian: readonly Float64Array[], inputs: Inputs, scale: Float64Array, hessian: Float64Array): void {
  const [shareE, shareA, shareB, slopeAlpha, slopeBeta, shareG, slopeGamma] = jacobian;
  const [logN, logD, logG] = inputs;
  for (let i = 0; i < scale.length; i++) {
    const c = scale[i];
    const u = logN[i];
    hessian[E_E] += c * shareE[i];
    hessian[A_A] += c * shareA[i];
    hessian[B_B] += c * shareB[i];
    hessian[ALPHA_A] -= c * u * shareA[i];
    hessian[ALPHA_ALPHA] -= c * u * slopeAlpha[i];
    hessian[BETA_B] += c * slopeBeta[i];
    hessian[BETA_BETA] -= c * logD[i] * slopeBeta[i];
    hessian[ALPHA_G] -= c * u * shareG[i];
    hessian[G_G] += c * shareG[i];
    hessian[GAMMA_ALPHA] -= c * u * slopeGamma[i];
    hessian[GAMMA_G] += c * slopeGamma[i];
    hessian[GAMMA_GAMMA] -= c * logG[i] * slopeGamma[i];
  }
}

function toWorking(natural: ArrayLike<number>, centre: Centre): Float64Array {
  const { 3: alpha, 5: g, 6: gamma } = natural;
  return Float64Array.of(...chinchilla.toWorking(natural, centre), Math.log(g) - alpha * centre[0] - gamma * centre[2], gamma);
}

/** Chinchilla's, the term of granularity from 0.02 to 0.42 of the lowest loss too, its exponent from 0.1 to 1.5. */
function drawStart(lowestLoss: number, uniform: () => number): Float64Array {
  const start = chinchilla.drawStart(lowestLoss, uniform);
  return Float64Array.of(...start, Math.log(lowestLoss * (0.02 + 0.4 * uniform())), 0.1 + 1.4 * uniform());
}

/** None is published: E 0.3, 0.8 and 2, logs of A and B 0 to 4, of g 0 and 2, exponents of N and D 0.05 to 0.45, of G 0.5 and 1; 1728 starts. */
function paperStarts(centre: Centre): Float64Array[] {
  const [scales, exponents] = [[0, 2, 4].map(Math.exp), [0.05, 0.15, 0.3, 0.45]];
  const axes = [[0.3, 0.8, 2], scales, scales, exponents, exponents, [1, Math.exp(2)], [0.5, 1]];
  return rowsOver(axes).map((natural) => toWorking(natural, centre));
}
