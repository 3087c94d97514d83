/**
 * The data-constrained law: tokens that are seen again, and parameters beyond what the unique tokens call for, are worth ever
 * less.
 *
 *   L(N, D, U) = E + A/N'^α + B/D'^β
 *   D' = U·(1 + R_D·(1 − exp(−(D/U − 1)/R_D)))
 *   N' = U_N·(1 + R_N·(1 − exp(−(N/U_N − 1)/R_N))),  U_N = min(N, G·(U·G)^(β/α)),  G = (αA/(βB))^(1/(α + β))
 *
 * U_N is the compute-optimal size for U tokens. Working coordinates (e, a, b, α, β, d, n), those of Chinchilla's law with
 * d = log R_D and n = log R_N; u, v the centred logs of N and D, w = log(D/U), which is not centred, s = v − w. With F of
 * src/math/decay.ts, centred logs of D', U_N and N' are
 *
 *   v' = s + F(w, d)
 *   y = (log(α/β) + a − b + β·s)/α,  at most u
 *   u' = y + F(u − y, n)
 *
 * and ℓ = a − α·u', m = b − β·v' the logs of the terms: L̂ = exp e + exp ℓ + exp m. Where y is below u, and with F at (u − y, n),
 *
 *   ∇y = (1/α, −1/α, (1/α − y)/α, (s − 1/β)/α) along (a, b, α, β)
 *   ∇ℓ = (F_t, 1 − F_t, −u' − (1 − F_t)·(1/α − y), −(1 − F_t)·(s − 1/β), −α·F_g) along (a, b, α, β, n)
 *   ∇²ℓ = −α·F_tt·∇y∇yᵀ + (1 − F_t)·diag(0, 0, 1/α², −1/β²), α·F_tg·∇y less F_g at α along n, and −α·F_gg
 *
 * N  parameters      D  training tokens      U  unique ones of these      L  nats per token
 *
 * Muennighoff et al. 2023, arXiv:2305.16264, Eqs. 4 to 6 and appendix A, where R_D and R_N have a star. The frontier is
 * of fresh data, where N' = N up to the optimum and is less beyond it: the law has no two terms. GPU twin: shaders/law/data-constrained.wgsl.
 */
import { decay } from '../math/decay.ts';
import { packedIndex } from '../math/packed.ts';
import { chinchilla } from './chinchilla.ts';
import type { Centre, FrontierLaw, Inputs } from './law.ts';

export const dataConstrained: FrontierLaw = {
  id: 'data-constrained',
  formula: 'L(N, D, U) = E + A/N_R^alpha + B/D_R^beta',
  reference: 'Muennighoff et al. 2023, arXiv:2305.16264',
  inputs: ['N', 'D', 'epochs'],
  params: ['E', 'A', 'B', 'alpha', 'beta', 'R_D', 'R_N'],
  meanings: {
    ...chinchilla.meanings,
    R_D: 'repetitions of the data after which little is left to gain', R_N: 'the same of parameters beyond what the unique tokens call for',
  },
  axes: ['E', 'alpha', 'beta', 'R_D', 'R_N'],
  pairs: ['R_D,R_N', 'alpha,beta'],
  predict,
  addCurvature,
  toNatural,
  toWorking,
  drawStart,
  paperStarts,
  grid: 'a grid of isoloss, with the published values of R_D and R_N but for 0',
  brokenBounds: chinchilla.brokenBounds,
  frontier: chinchilla.frontier,
};

/** Logs of the two terms at a point, and what their derivatives are made of. */
interface Point {
  size: number;
  data: number;
  /** log N' and log D', centred. */
  N: number;
  D: number;
  /** log U, centred, and log U_N, centred. */
  s: number;
  y: number;
  /** Is N beyond U_N? */
  over: boolean;
  /** Of D' along d, and of N' at (u − y, n): F, F_t, F_g, F_tt, F_tg, F_gg. */
  readonly ofData: Float64Array;
  readonly ofSize: Float64Array;
}

function pointOf(): Point {
  return { size: 0, data: 0, N: 0, D: 0, s: 0, y: 0, over: false, ofData: new Float64Array(6), ofSize: new Float64Array(6) };
}

function evaluate(x: ArrayLike<number>, u: number, v: number, w: number, at: Point): void {
  const { 1: a, 2: b, 3: alpha, 4: beta, 5: d, 6: n } = x;
  at.s = v - w;
  decay(w, d, at.ofData);
  at.D = at.s + at.ofData[0];
  const optimal = alpha > 0 && beta > 0 ? (Math.log(alpha / beta) + a - b + beta * at.s) / alpha : Infinity; // else none is
  at.over = optimal < u;
  at.y = at.over ? optimal : u;
  if (at.over) decay(u - at.y, n, at.ofSize);
  at.N = at.over ? at.y + at.ofSize[0] : u;
  at.size = a - alpha * at.N;
  at.data = b - beta * at.D;
}

/** Derivatives of the log of the term of size by (a, b, α, β, n), to `slope`. */
function sizeSlope({ 3: alpha, 4: beta }: ArrayLike<number>, { N, s, y, over, ofSize }: Point, slope: Float64Array): void {
  const held = over ? 1 - ofSize[1] : 0;
  slope[0] = 1 - held;
  slope[1] = held;
  slope[2] = over ? -N - held * (1 / alpha - y) : -N;
  slope[3] = over ? -held * (s - 1 / beta) : 0; // beta is not 0 there
  slope[4] = over ? -alpha * ofSize[2] : 0;
}

function predict(x: ArrayLike<number>, inputs: Inputs, prediction: Float64Array, jacobian: readonly Float64Array[],
                 from = 0, to = prediction.length): void {
  const [logN, logD, logEpochs] = inputs;
  const [shareE, alongA, alongB, alongAlpha, alongBeta, alongRD, alongRN] = jacobian;
  const floor = Math.exp(x[0]);
  const at = pointOf();
  const slope = new Float64Array(5);
  for (let i = from; i < to; i++) {
    evaluate(x, logN[i], logD[i], logEpochs[i], at);
    sizeSlope(x, at, slope);
    const size = Math.exp(at.size);
    const data = Math.exp(at.data);
    const sum = floor + size + data;
    const [shareN, shareD] = [size / sum, data / sum];
    prediction[i] = sum;
    shareE[i] = floor / sum;
    alongA[i] = shareN * slope[0];
    alongB[i] = shareN * slope[1] + shareD;
    alongAlpha[i] = shareN * slope[2];
    alongBeta[i] = shareN * slope[3] - shareD * at.D;
    alongRD[i] = -shareD * x[4] * at.ofData[2];
    alongRN[i] = shareN * slope[4];
  }
}

/** Coordinates (a, b, α, β, n) of the term of size in x. */
const OF_SIZE = [1, 2, 3, 4, 6];

function addCurvature(_jacobian: readonly Float64Array[], inputs: Inputs, scale: Float64Array, hessian: Float64Array,
                      x: ArrayLike<number>): void {
  const [logN, logD, logEpochs] = inputs;
  const floor = Math.exp(x[0]);
  const at = pointOf();
  const slope = new Float64Array(5);
  const bend = new Float64Array(15);
  for (let i = 0; i < scale.length; i++) {
    if (scale[i] === 0) continue;
    evaluate(x, logN[i], logD[i], logEpochs[i], at);
    sizeSlope(x, at, slope);
    sizeBend(x, at, bend);
    const [size, data] = [Math.exp(at.size), Math.exp(at.data)];
    const c = scale[i] / (floor + size + data);
    hessian[0] += c * floor;
    for (let j = 0; j < 5; j++) for (let k = 0; k <= j; k++) {
      hessian[packedIndex(OF_SIZE[j], OF_SIZE[k])] += c * size * (slope[j] * slope[k] + bend[packedIndex(j, k)]);
    }
    addDataCurvature(x, at, c * data, hessian);
  }
}

/** Second derivatives of the log of the term of size by (a, b, α, β, n), packed: those of −α·u', in which much cancels. */
function sizeBend({ 3: alpha, 4: beta }: ArrayLike<number>, { s, y, over, ofSize }: Point, bend: Float64Array): void {
  bend.fill(0);
  if (!over) return;
  const [, along, alongN, tt, tg, gg] = ofSize;
  const slopeOfY = [1 / alpha, -1 / alpha, (1 / alpha - y) / alpha, (s - 1 / beta) / alpha];
  for (let j = 0; j < 4; j++) {
    for (let k = 0; k <= j; k++) bend[packedIndex(j, k)] = -alpha * tt * slopeOfY[j] * slopeOfY[k];
    bend[packedIndex(4, j)] = alpha * tg * slopeOfY[j];
  }
  bend[packedIndex(2, 2)] += (1 - along) / (alpha * alpha);
  bend[packedIndex(3, 3)] -= (1 - along) / (beta * beta);
  bend[packedIndex(4, 2)] -= alongN;
  bend[packedIndex(4, 4)] = -alpha * gg;
}

/** `c`: scale times the share of the term of data, whose log is b − β·v'. */
function addDataCurvature({ 4: beta }: ArrayLike<number>, { D, ofData }: Point, c: number, hessian: Float64Array): void {
  const [, , alongRD, , , bendRD] = ofData;
  const slope = -beta * alongRD;
  hessian[packedIndex(2, 2)] += c;
  hessian[packedIndex(4, 2)] -= c * D;
  hessian[packedIndex(4, 4)] += c * D * D;
  hessian[packedIndex(5, 2)] += c * slope;
  hessian[packedIndex(5, 4)] -= c * (D * slope + alongRD);
  hessian[packedIndex(5, 5)] += c * (slope * slope - beta * bendRD);
}

function toNatural(x: ArrayLike<number>, centre: Centre): Float64Array {
  return Float64Array.of(...chinchilla.toNatural(x, centre), Math.exp(x[5]), Math.exp(x[6]));
}

function toWorking(natural: ArrayLike<number>, centre: Centre): Float64Array {
  return Float64Array.of(...chinchilla.toWorking(natural, centre), Math.log(natural[5]), Math.log(natural[6]));
}

/** As Chinchilla's, with R_D and R_N from 2.7 to 150 and to 55. */
function drawStart(lowestLoss: number, uniform: () => number): Float64Array {
  return Float64Array.of(...chinchilla.drawStart(lowestLoss, uniform), 1 + 4 * uniform(), 1 + 3 * uniform());
}

/** R_D and R_N 4 to 20 in steps of 4 as in the paper, whose grid begins at 0, where the law is none, and holds the rest; 800 starts. */
function paperStarts(centre: Centre): Float64Array[] {
  const repetitions = [4, 8, 12, 16, 20].map(Math.log);
  const exponents = [0.3, 0.6];
  const base = [-0.5, 0.5].flatMap((e) => [5, 10].flatMap((a) => [5, 10].flatMap((b) => exponents.flatMap((alpha) =>
    exponents.map((beta) => [e, a - alpha * centre[0], b - beta * centre[1], alpha, beta])))));
  return base.flatMap((start) => repetitions.flatMap((d) => repetitions.map((n) => Float64Array.of(...start, d, n))));
}
