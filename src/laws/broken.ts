/**
 * A power law of one variable that bends once, with an irreducible loss.
 *
 *   L(x) = E + A·x^(−c₀)·(1 + (x/d₁)^(1/f₁))^(−c₁·f₁)
 *
 * the exponent is c₀ well below the break d₁ and c₀ + c₁ well above it; f₁ is how many e-folds of x the bend takes. Working
 * coordinates (e, a, c₀, c₁, κ, γ) in the frame centred at m = mean log x, u:
 *
 *   L̂ = exp e + exp ℓ,   ℓ = a − c₀·u − c₁·S(z, f),   z = u − κ/8,   S = f·log(1 + exp(z/f))
 *   E = exp e,  A = exp(a + c₀·m),  d₁ = exp(κ/8 + m),  f₁ = f = exp(γ/8)
 *
 * S is the smooth maximum of z and 0 (src/math/smooth-max.ts), with weights s and t = 1 − s, and slope h along f. With
 * ε = 1/8, ζ = z/f and q = c₁·s·t:
 *
 *   ∇ℓ = (1, −u, −S, ε·c₁·s, −ε·c₁·f·h) along (a, c₀, c₁, κ, γ)
 *   ∂log L̂/∂x = (s_E, s_A·∇ℓ),   s_E and s_A the share of each term in L̂
 *   ∇²L̂/L̂ = s_E at (e, e), and s_A·(∇ℓ∇ℓᵀ + ∇²ℓ); what is not zero in ∇²ℓ is
 *   ℓ_c₁κ = ε·s,  ℓ_c₁γ = −ε·f·h,  ℓ_κκ = −ε²·q/f,  ℓ_κγ = −ε²·q·ζ,  ℓ_γγ = −ε²·(c₁·f·h + q·f·ζ²)
 *
 * ε keeps a step of the descent, 5 at most (src/optim/descent.ts), from moving the break or its width by more than 5/8 of an
 * e-fold: beyond the runs nothing calls it back. On the data of the paper's demonstration 62 of 64 starts reach the minimum;
 * with ε = 1, 4 do.
 *
 * x  any variable (in its unit)      L  nats per token, or what the column has
 *
 * Caballero et al. 2022, arXiv:2210.14891, Eq. 1 with one break, where E and A are a and b. A negative f₁ is the same curve with
 * c₀ + c₁ for c₀, −c₁ for c₁ and −f₁ for f₁. It has no frontier. GPU twin: shaders/law/broken.wgsl.
 */
import { packedRow } from '../math/packed.ts';
import { smoothMax } from '../math/smooth-max.ts';
import type { Centre, Inputs, Law } from './law.ts';

export const broken: Law = {
  id: 'broken',
  formula: 'L(x) = E + A/(x^c_0*(1 + (x/d_1)^(1/f_1))^(c_1*f_1))',
  reference: 'Caballero et al. 2022, arXiv:2210.14891',
  inputs: ['x'],
  params: ['E', 'A', 'c_0', 'c_1', 'd_1', 'f_1'],
  meanings: {
    E: 'irreducible loss, nats per token', A: 'scale of the term of x', c_0: 'exponent of x below the break',
    c_1: 'what the exponent gains above it', d_1: 'x at the break', f_1: 'width of the break, e-folds of x',
  },
  axes: ['E', 'c_0', 'c_1', 'd_1', 'f_1'],
  pairs: ['c_1,d_1', 'c_0,d_1', 'c_1,f_1'],
  predict,
  addCurvature,
  toNatural,
  toWorking,
  drawStart,
  paperStarts,
  grid: 'a grid of isoloss, for that of the paper is of its own data',
  brokenBounds: () => [],
};

/** ε: a coordinate of the break or its width is so many e-folds. */
const EPSILON = 1 / 8;

function predict(x: ArrayLike<number>, inputs: Inputs, prediction: Float64Array, jacobian: readonly Float64Array[],
                 from = 0, to = prediction.length): void {
  const { 1: a, 2: before, 3: gain } = x;
  const [logX] = inputs;
  const [shareE, shareA, slopeBefore, slopeGain, slopeBreak, slopeWidth] = jacobian;
  const floor = Math.exp(x[0]);
  const k = EPSILON * x[4];
  const f = Math.exp(EPSILON * x[5]);
  const bend = new Float64Array(4);
  for (let i = from; i < to; i++) {
    const u = logX[i];
    smoothMax(u - k, 0, f, bend);
    const term = Math.exp(a - before * u - gain * bend[0]);
    const sum = floor + term;
    const inverse = 1 / sum;
    const share = term * inverse;
    const moved = EPSILON * gain * share;
    prediction[i] = sum;
    shareE[i] = floor * inverse;
    shareA[i] = share;
    slopeBefore[i] = -u * share;
    slopeGain[i] = -bend[0] * share;
    slopeBreak[i] = bend[1] * moved;
    slopeWidth[i] = -f * bend[3] * moved;
  }
}

const [[E_E], [, A_A], [, B_A, B_B], [, C_A, C_B, C_C]] = [packedRow(0), packedRow(1), packedRow(2), packedRow(3)];
const [[, K_A, K_B, K_C, K_K], [, G_A, G_B, G_C, G_K, G_G]] = [packedRow(4), packedRow(5)];

/** ζ beyond which s·t is 0: so that 0·∞ is not NaN. */
const FARTHEST = 1000;

function addCurvature(jacobian: readonly Float64Array[], inputs: Inputs, scale: Float64Array, hessian: Float64Array,
                      { 3: gain, 4: kappa, 5: gamma }: ArrayLike<number>): void {
  const [shareE, shareA] = jacobian;
  const [logX] = inputs;
  const k = EPSILON * kappa;
  const f = Math.exp(EPSILON * gamma);
  const bend = new Float64Array(4);
  for (let i = 0; i < scale.length; i++) {
    const u = logX[i];
    smoothMax(u - k, 0, f, bend);
    const S = bend[0];
    const nearer = EPSILON * bend[1]; // ∂²ℓ/∂c₁∂κ, and times c₁ ∂ℓ/∂κ
    const wider = -EPSILON * f * bend[3]; // the same of γ
    const along = gain * nearer;
    const slope = gain * wider;
    const far = Math.max(-FARTHEST, Math.min(FARTHEST, (u - k) / f));
    const q = EPSILON * along * bend[2];
    const c = scale[i] * shareA[i];
    hessian[E_E] += scale[i] * shareE[i];
    hessian[A_A] += c;
    hessian[B_A] -= c * u;
    hessian[B_B] += c * u * u;
    hessian[C_A] -= c * S;
    hessian[C_B] += c * S * u;
    hessian[C_C] += c * S * S;
    hessian[K_A] += c * along;
    hessian[K_B] -= c * along * u;
    hessian[K_C] += c * (nearer - along * S);
    hessian[K_K] += c * (along * along - q / f);
    hessian[G_A] += c * slope;
    hessian[G_B] -= c * slope * u;
    hessian[G_C] += c * (wider - slope * S);
    hessian[G_K] += c * (slope * along - q * far);
    hessian[G_G] += c * (slope * slope + EPSILON * slope - q * f * far * far);
  }
}

function toNatural({ 0: e, 1: a, 2: before, 3: gain, 4: kappa, 5: gamma }: ArrayLike<number>, [mean]: Centre): Float64Array {
  return Float64Array.of(Math.exp(e), Math.exp(a + before * mean), before, gain, Math.exp(EPSILON * kappa + mean), Math.exp(EPSILON * gamma));
}

function toWorking({ 0: E, 1: A, 2: before, 3: gain, 4: d, 5: f }: ArrayLike<number>, [mean]: Centre): Float64Array {
  return Float64Array.of(Math.log(E), Math.log(A) - before * mean, before, gain, (Math.log(d) - mean) / EPSILON, Math.log(f) / EPSILON);
}

/**
 * E from 0.6 to 0.99 of the lowest loss, the term from 0.02 to 0.84 of it at the centre, c₀ from 0.1 to 0.4, c₁ from 0 to 0.3.
 * How far the runs spread is not known: half of that is drawn, 0.5 to 4 e-folds of x, the break within two fifths of it on
 * either side of the centre, its width a tenth to two fifths of it.
 */
function drawStart(lowestLoss: number, uniform: () => number): Float64Array {
  const between = (low: number, high: number) => low + (high - low) * uniform();
  const half = Math.exp(between(Math.log(0.5), Math.log(4)));
  return Float64Array.of(Math.log(lowestLoss * between(0.6, 0.99)), Math.log(lowestLoss * between(0.02, 0.84)),
    between(0.1, 0.4), between(0, 0.3), (half * between(-0.4, 0.4)) / EPSILON, Math.log(half * between(0.1, 0.4)) / EPSILON);
}

/** Ours, about the centre: logs of E −1 to 1 and of the term there −4 to 0, c₀ 0.05 to 0.5, c₁ −0.2 to 1, the break up to an e-fold off, f₁ 0.1 to 1; 486 starts. */
function paperStarts(): Float64Array[] {
  const axes = [[-1, 0, 1], [-4, -2, 0], [0.05, 0.2, 0.5], [-0.2, 0.2, 1], [-1, 0, 1].map((k) => k / EPSILON), [0.1, 1].map((f) => Math.log(f) / EPSILON)];
  const rows = axes.reduce<number[][]>((all, values) => all.flatMap((row) => values.map((value) => [...row, value])), [[]]);
  return rows.map((row) => Float64Array.from(row));
}
