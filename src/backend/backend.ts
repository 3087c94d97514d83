/**
 * What a device does: search and descend, for a batch of replicates at once. Two independent implementations,
 * gpu (float32) and cpu (float64), with the same stages, names and states, so that a mismatch between them is
 * bisected by stage. Replicates share their inputs; each may have its own weights and its own losses.
 */
import type { Centre, Inputs, Law } from '../laws/law.ts';
import type { Stage } from '../optim/descent.ts';

export type { Stage };

export interface Batch {
  readonly law: Law;
  readonly points: number;
  readonly replicates: number;
  /** Centred log inputs, [law inputs][points]. */
  readonly inputs: Inputs;
  /** Mean log of each input: what was taken off. */
  readonly centre: Centre;
  /** log L: [points] where the replicates share them, else [points][replicates]. */
  readonly logLoss: Float64Array;
  /** Weights, ≥ 0: [points] or [points][replicates]. */
  readonly weight: Float64Array;
  /** How each replicate differs from the others; logLoss and weight are then shared, and what it draws from. */
  readonly draw?: Draw;
}

/**
 * Replicate r of a batch is a pure function of (recipe, seed, first + r): Philox with that counter. It is drawn on the
 * device that fits it, the same integers everywhere, so that chunks and devices agree on what is fitted.
 *
 * groups      draws as many groups as there are, with replacement; a point's weight is multiplied by the count of its
 *             group. One group a point is the bootstrap of pairs, one a model size that of clusters.
 * residual    log L = fitted + a residual drawn from all, with replacement
 * wild        log L = fitted ± its own residual
 * parametric  log L = fitted + sigma·normal
 */
export type Draw = DrawGroups | DrawLosses;

export interface DrawGroups {
  readonly kind: 'groups';
  readonly seed: number;
  readonly first: number;
  /** Group of each point, below `groups`. */
  readonly group: Uint32Array;
  readonly groups: number;
}

export interface DrawLosses {
  readonly kind: 'residual' | 'wild' | 'parametric';
  readonly seed: number;
  readonly first: number;
  /** Fitted log loss of each point. */
  readonly fitted: Float64Array;
  /** Of the parametric draw, nats. */
  readonly sigma: number;
}

/** Starts in working coordinates, flat [starts][P]: the same for every replicate. */
export type Starts = Float64Array;

export interface SearchResult {
  /** The best starts of each replicate, lowest objective first: indices, [replicates][keep]. */
  readonly index: Uint32Array;
  /** Their objectives, nats², [replicates][keep]. Infinite where fewer than `keep` starts are finite. */
  readonly objective: Float64Array;
}

/** Results of all fits, fit = replicate·starts + start. */
export interface DescentResult {
  /** Working coordinates, [fits][P]. */
  readonly x: Float64Array;
  /** Objective at the threshold of the last stage, nats², [fits]. */
  readonly objective: Float64Array;
  /** Evaluations, [fits]. */
  readonly steps: Uint32Array;
  /** Index into TERMINATIONS, [fits]. */
  readonly termination: Uint8Array;
}

/** Room for the results of so many fits. */
export function emptyDescents(fits: number, order: number): DescentResult {
  return {
    x: new Float64Array(fits * order),
    objective: new Float64Array(fits),
    steps: new Uint32Array(fits),
    termination: new Uint8Array(fits),
  };
}

export interface RunOptions {
  /** Called with the number of fits done (search: evaluations done) of the total. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Aborting rejects with the signal's reason, between chunks of work. */
  readonly signal?: AbortSignal;
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
  /**
   * Descends through the stages from every start on every replicate, or, where `picks` [replicates][k] is
   * given, from the picked starts only: fits are then [replicates][k].
   */
  descend(batch: Batch, starts: Starts, stages: readonly Stage[],
          options?: RunOptions & { readonly picks?: Uint32Array }): Promise<DescentResult>;
  /** Frees the device and the workers. The backend is of no use afterwards. */
  close(): void;
}

/** Starts descended on each replicate. */
export function startsPerReplicate(batch: Batch, starts: Starts, picks: Uint32Array | undefined): number {
  return picks ? picks.length / batch.replicates : starts.length / batch.law.params.length;
}
