/**
 * The two laws of Gadre et al. 2024 by variable projection: least squares of the loss in E + A·N^−α + B·D^−α, and of the
 * downstream error in ε − k·e^(−γL). At a given α, or γ, the rest is linear; α and γ are searched.
 */
import { leastSquares, type LeastSquares } from '../math/least-squares.ts';
import { localMinima } from '../math/minimise.ts';
import type { TrainSet } from '../paper/gadre-results.ts';
import { InputError } from '../errors.ts';
import type { Sweep } from '../types.ts';

export interface TrainedRun {
  readonly N: number;
  readonly D: number;
  /** On C4, nats per token. */
  readonly loss: number;
  /** Average of 17 downstream tasks, 0 to 1. */
  readonly err: number;
}

/** Sizes and multipliers are printed with two digits. */
const ROUNDING = 0.05;

/** The runs of one training set. */
export function runsOf({ columns: { N, D }, loss, extra, lines }: Sweep, set: TrainSet): TrainedRun[] {
  return Array.from(loss, (value, i) => ({ N: N[i], D: D[i], loss: value, err: Number(extra?.err17?.[i]), line: lines[i] }))
    .filter((_, i) => extra?.dataset?.[i] === set)
    .map(({ line, ...run }) => {
      if (run.err >= 0 && run.err <= 1) return run;
      throw new InputError(`line ${line}, column "err17": expected an error between 0 and 1, got ${run.err}. Give the average error of the 17 tasks.`);
    });
}

/** The run of so many parameters at so many tokens a parameter; undefined where there is none. */
export function findRun(runs: readonly TrainedRun[], N: number, M: number): TrainedRun | undefined {
  const near = (value: number, wanted: number) => Math.abs(value / wanted - 1) < ROUNDING;
  return runs.find((run) => near(run.N, N) && near(run.D / run.N, M));
}

/** @throws InputError where there is none. */
export function needRun(runs: readonly TrainedRun[], set: TrainSet, { N, M }: { readonly N: number; readonly M: number }): TrainedRun {
  const found = findRun(runs, N, M);
  if (found) return found;
  throw new InputError(`gadre: expected a run of ${N / 1e9}B parameters at ${M} tokens each on "${set}", got none. Give the whole table.`);
}

/** E + A·N^−α + B·D^−α; `residual`: sum of squares. */
export interface OverTrainingLaw {
  readonly E: number;
  readonly A: number;
  readonly B: number;
  readonly alpha: number;
  readonly residual: number;
}

export function lossOf({ E, A, B, alpha }: OverTrainingLaw, { N, D }: Pick<TrainedRun, 'N' | 'D'>): number {
  return E + A * N ** -alpha + B * D ** -alpha;
}

export function fitLoss(runs: readonly TrainedRun[]): OverTrainingLaw {
  const losses = Float64Array.from(runs, ({ loss }) => loss);
  const at = (alpha: number) => leastSquares([column(runs, () => 1), column(runs, ({ N }) => N ** -alpha), column(runs, ({ D }) => D ** -alpha)], losses);
  const alpha = searched(at);
  const { x: [E, A, B], residual } = at(alpha);
  return { E, A, B, alpha, residual };
}

/** ε − k·e^(−γL). */
export interface ErrorLaw {
  readonly epsilon: number;
  readonly k: number;
  readonly gamma: number;
}

export function errorOf({ epsilon, k, gamma }: ErrorLaw, loss: number): number {
  return epsilon - k * Math.exp(-gamma * loss);
}

export function fitError(runs: readonly TrainedRun[]): ErrorLaw {
  const errors = Float64Array.from(runs, ({ err }) => err);
  const at = (gamma: number) => leastSquares([column(runs, () => 1), column(runs, ({ loss }) => -Math.exp(-gamma * loss))], errors);
  const gamma = searched(at);
  const { x: [epsilon, k] } = at(gamma);
  return { epsilon, k, gamma };
}

function column(runs: readonly TrainedRun[], of: (run: TrainedRun) => number): Float64Array {
  return Float64Array.from(runs, of);
}

/** The exponent, between 0.02 and 2, of the least squares; NaN where these only fall towards an end. */
function searched(at: (exponent: number) => LeastSquares): number {
  const grid = Array.from({ length: 100 }, (_, k) => (k + 1) / 50);
  return localMinima((exponent) => at(exponent).residual, grid)[0]?.x ?? NaN;
}
