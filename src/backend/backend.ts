/**
 * What a device does: search and descend, for a batch of replicates at once. Two independent implementations,
 * gpu (float32) and cpu (float64), with the same stages, names and states, so that a mismatch between them is
 * bisected by stage. Replicates share their inputs; each may have its own weights and its own losses.
 */
import type { Centre, Inputs, Law } from '../laws/law.ts';
import type { Loss } from '../losses/loss.ts';
import type { Box } from '../optim/box.ts';
import type { Stage } from '../optim/descent.ts';
import type { Noise } from '../types.ts';

export type { Stage };

export interface Batch {
  readonly law: Law;
  readonly points: number;
  readonly replicates: number;
  /** Centred log inputs, [law inputs][points]; of a law of groups the number of each point's group behind them. */
  readonly inputs: Inputs;
  /** Mean log of each input: what was taken off. */
  readonly centre: Centre;
  /** log L: [points] where the replicates share them, else [points][replicates]. */
  readonly logLoss: Float64Array;
  /** Weights, ≥ 0: [points] or [points][replicates]. */
  readonly weight: Float64Array;
  readonly loss: Loss;
  /** Parameters that are held; absent where all are free. */
  readonly pins?: Pins;
  /** Bounds of parameters; absent where none has any. Starts outside are moved to its sides. */
  readonly box?: Box;
  /** How each replicate differs from the others; logLoss and weight are then shared, and what it draws from. */
  readonly draw?: Draw;
}

/** Natural parameters that are held at a value, as working coordinates that are: [P], NaN where a parameter is free. */
export interface Pins {
  readonly pinned: readonly boolean[];
  readonly natural: readonly number[];
  readonly working: readonly number[];
}

/**
 * Replicate r of a batch is a pure function of (recipe, seed, first + r): Philox with that counter. It is drawn on the
 * device that fits it, the same integers everywhere, so that chunks and devices agree on what is fitted.
 *
 * groups      draws as many groups as there are, with replacement; a point's weight is multiplied by the count of its
 *             group. One group a point is the bootstrap of pairs, one a model size that of clusters. Where there are strata,
 *             of each as many groups as it has.
 * leave-out   leaves out the points of group first + r
 * residual    log L = fitted + a residual drawn from all of its stratum, with replacement
 * wild        log L = fitted ± its own residual
 * parametric  log L = fitted + noise
 * synthetic   the same, in a stream of its own: a sweep from a known truth, which may itself be resampled
 */
export type Draw = DrawGroups | DrawResiduals | DrawNoise;

interface DrawBase {
  readonly seed: number;
  readonly first: number;
}

export interface DrawGroups extends DrawBase {
  readonly kind: 'groups' | 'leave-out';
  /** Group of each point, below `groups`. */
  readonly group: Uint32Array;
  readonly groups: number;
  /** The first group of each stratum, and the number of groups: those of a stratum follow each other. One stratum where absent. */
  readonly strata?: Uint32Array;
}

export interface DrawResiduals extends DrawBase {
  readonly kind: 'residual' | 'wild';
  /** Fitted log loss of each point. */
  readonly fitted: Float64Array;
  /** Stratum of each point, by number. One where absent. */
  readonly stratum?: Uint32Array;
}

export interface DrawNoise extends DrawBase {
  readonly kind: 'parametric' | 'synthetic';
  readonly fitted: Float64Array;
  readonly noise: Noise;
  /** Model size and training seed of each point by number; where the noise has parts that they share. */
  readonly sizes?: Uint32Array;
  readonly seeds?: Uint32Array;
}

export function drawsLosses(draw: Draw): draw is DrawResiduals | DrawNoise {
  return draw.kind !== 'groups' && draw.kind !== 'leave-out';
}

/** Starts in working coordinates, flat [starts][P]: the same for every replicate. */
export type Starts = Float64Array;

export interface SearchResult {
  /** The best starts of each replicate, lowest objective first: indices, [replicates][keep]. */
  readonly index: Uint32Array;
  /** Their objectives, nats², [replicates][keep]. Infinite where fewer than `keep` starts are finite. */
  readonly objective: Float64Array;
}

/** Results of all fits, fit = replicate·starts + start; or of the best of each replicate: see DescendOptions. */
export interface DescentResult {
  /** Working coordinates, [fits][P]. */
  readonly x: Float64Array;
  /** Objective at the threshold of the last stage, nats², [fits]. */
  readonly objective: Float64Array;
  /** Evaluations, [fits]. */
  readonly steps: Uint32Array;
  /** Index into TERMINATIONS, [fits]. */
  readonly termination: Uint8Array;
  /** Starts that ended within AGREE of the best, [replicates]: only of the best. */
  readonly agreeing?: Uint32Array;
}

/** Relative difference of objectives below which two starts ended at the same minimum. */
export const AGREE = 1e-4;

/** Room for the results of so many fits. */
export function emptyDescents(fits: number, order: number): DescentResult {
  return {
    x: new Float64Array(fits * order),
    objective: new Float64Array(fits),
    steps: new Uint32Array(fits),
    termination: new Uint8Array(fits),
  };
}

/** The best of each replicate, of no start yet: "running". */
export function emptyBest(replicates: number, order: number): DescentResult {
  const best = { ...emptyDescents(replicates, order), agreeing: new Uint32Array(replicates) };
  best.objective.fill(Infinity);
  return best;
}

export interface RunOptions {
  /** Called with the number of fits done (search: evaluations done) of the total. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborting rejects with the signal's reason, between chunks of work. */
  readonly signal?: AbortSignal;
}

export interface DescendOptions extends RunOptions {
  /** Starts to descend, [replicates][k]: fits are then [replicates][k]. All of them where absent. */
  readonly picks?: Uint32Array;
  /** Returns the best end of each replicate, [replicates]; `steps` are those of all its starts. Reduced on the device. */
  readonly best?: boolean;
  /** Working coordinates that stay where the start has them. */
  readonly pinned?: readonly boolean[];
  /** Aborting returns what is done: fits that are not (of the best: replicates that are not) are "running". */
  readonly partial?: boolean;
}

export interface Backend {
  readonly name: 'gpu' | 'cpu';
  /** The device in words: "nvidia h100", "google swiftshader", "2 threads". */
  readonly adapter: string;
  /** Why it is this one, where another was hoped for. */
  readonly remark?: string;
  /** Relative decrease of the objective that its arithmetic resolves: tolerance of the last stage. */
  readonly tolerance: number;
  /** Objective of every start on every replicate at δ; keeps the best `keep` of each replicate. */
  search(batch: Batch, starts: Starts, keep: number, delta: number, options?: RunOptions): Promise<SearchResult>;
  /** Descends through the stages from every start, or every picked start, on every replicate. */
  descend(batch: Batch, starts: Starts, stages: readonly Stage[], options?: DescendOptions): Promise<DescentResult>;
  /** Frees the device and the workers. The backend is of no use afterwards. */
  close(): void;
}

/** Starts descended on each replicate. */
export function startsPerReplicate(batch: Batch, starts: Starts, picks: Uint32Array | undefined): number {
  return picks ? picks.length / batch.replicates : starts.length / batch.law.params.length;
}
