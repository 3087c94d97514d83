/**
 * The over-training law: loss from compute and tokens per parameter, one exponent for both.
 *
 *   L(C, M) = E + (a·M^η + b·M^(−η))·C^(−η),   M = D/N
 *
 * With C = 6·N·D this is Chinchilla's law with one exponent (src/laws/chinchilla-tied.ts): α = 2η, A = a·6^(−η), B = b·6^(−η);
 * here it stands in the coordinates in which M is chosen and C is paid. Working coordinates x = (e, p, q, η) in the frame
 * centred at the means of log C and log M, with c, m centred and P = m − c, Q = −m − c:
 *
 *   L̂ = exp e + exp(p + η·P) + exp(q + η·Q)
 *   a = exp(p − η·(mean log M − mean log C)),  b = exp(q + η·(mean log M + mean log C))
 *   ∂log L̂/∂x = (s₀, s₁, s₂, P·s₁ + Q·s₂),   s the share of each term in L̂
 *
 * At a given C the loss is lowest at M = (b/a)^(1/(2η)), whatever C is.
 *
 * C  training FLOPs      M  training tokens per parameter      L  nats per token
 *
 * Gadre et al. 2024, arXiv:2403.08540, Eq. 4. GPU twin: shaders/law/overtraining.wgsl.
 */
import { packedIndex } from '../math/packed.ts';
import { chinchillaTied } from './chinchilla-tied.ts';
import type { Centre, FrontierLaw, Inputs } from './law.ts';

export const overtraining: FrontierLaw = {
  id: 'overtraining',
  formula: 'L(C, M) = E + (a_M*M^eta + b_M*M^(-eta))*C^(-eta)',
  reference: 'Gadre et al. 2024, arXiv:2403.08540',
  inputs: ['C', 'M'],
  params: ['E', 'a_M', 'b_M', 'eta'],
  meanings: {
    E: 'irreducible loss, nats per token', a_M: 'scale of the term that rises with M', b_M: 'scale of the term that falls with M',
    eta: 'exponent of C and of M: half of that of N and of D',
  },
  axes: ['E', 'eta'],
  pairs: ['eta,E'],
  predict,
  addCurvature,
  toNatural,
  toWorking,
  drawStart,
  paperStarts,
  grid: 'the published grid of Chinchilla\'s law, where its exponents are equal',
  brokenBounds: ({ 3: eta }) => (eta > 0 ? [] : ['eta <= 0']),
  frontier: {
    exponents: () => ({ a: 0.5, b: 0.5 }),
    allocate: (natural, compute) => chinchillaTied.frontier.allocate(toTied(natural), compute),
  },
  terms: (natural) => chinchillaTied.terms!(toTied(natural)),
};

/** Natural parameters of Chinchilla's law with one exponent: the same losses where C is 6·N·D. */
function toTied({ 0: E, 1: a, 2: b, 3: eta }: ArrayLike<number>): number[] {
  return [E, a * 6 ** -eta, b * 6 ** -eta, 2 * eta];
}

function predict(x: ArrayLike<number>, inputs: Inputs, prediction: Float64Array, jacobian: readonly Float64Array[],
                 from = 0, to = prediction.length): void {
  const { 1: p, 2: q, 3: eta } = x;
  const [logC, logM] = inputs;
  const [shareE, shareA, shareB, slopeEta] = jacobian;
  const floor = Math.exp(x[0]);
  for (let i = from; i < to; i++) {
    const rise = logM[i] - logC[i];
    const fall = -logM[i] - logC[i];
    const rising = Math.exp(p + eta * rise);
    const falling = Math.exp(q + eta * fall);
    const sum = floor + rising + falling;
    const inverse = 1 / sum;
    prediction[i] = sum;
    shareE[i] = floor * inverse;
    shareA[i] = rising * inverse;
    shareB[i] = falling * inverse;
    slopeEta[i] = rise * shareA[i] + fall * shareB[i];
  }
}

const [E_E, A_A, B_B] = [packedIndex(0, 0), packedIndex(1, 1), packedIndex(2, 2)];
const [ETA_A, ETA_B, ETA_ETA] = [packedIndex(3, 1), packedIndex(3, 2), packedIndex(3, 3)];

function addCurvature(jacobian: readonly Float64Array[], inputs: Inputs, scale: Float64Array, hessian: Float64Array): void {
  const [shareE, shareA, shareB] = jacobian;
  const [logC, logM] = inputs;
  for (let i = 0; i < scale.length; i++) {
    const rise = logM[i] - logC[i];
    const fall = -logM[i] - logC[i];
    const [rising, falling] = [scale[i] * shareA[i], scale[i] * shareB[i]];
    hessian[E_E] += scale[i] * shareE[i];
    hessian[A_A] += rising;
    hessian[B_B] += falling;
    hessian[ETA_A] += rise * rising;
    hessian[ETA_B] += fall * falling;
    hessian[ETA_ETA] += rise * rise * rising + fall * fall * falling;
  }
}

function toNatural({ 0: e, 1: p, 2: q, 3: eta }: ArrayLike<number>, [C, M]: Centre): Float64Array {
  return Float64Array.of(Math.exp(e), Math.exp(p - eta * (M - C)), Math.exp(q + eta * (M + C)), eta);
}

function toWorking({ 0: E, 1: a, 2: b, 3: eta }: ArrayLike<number>, [C, M]: Centre): Float64Array {
  return Float64Array.of(Math.log(E), Math.log(a) + eta * (M - C), Math.log(b) - eta * (M + C), eta);
}

/** As Chinchilla's: the terms at the centre mean the same, and η is half of α. */
function drawStart(lowestLoss: number, uniform: () => number): Float64Array {
  const start = chinchillaTied.drawStart(lowestLoss, uniform);
  return start.with(3, start[3] / 2);
}

/** The same laws as Chinchilla's with one exponent has. */
function paperStarts(centre: Centre): Float64Array[] {
  return chinchillaTied.paperStarts([0, 0]).map((start) => {
    const { 0: E, 1: A, 2: B, 3: alpha } = chinchillaTied.toNatural(start, [0, 0]);
    return toWorking([E, A * 6 ** (alpha / 2), B * 6 ** (alpha / 2), alpha / 2], centre);
  });
}
