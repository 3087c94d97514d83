/** Every choice of a fit and of what is made beside it, as the library takes them. All have defaults. */

/** What a column of a table can be. N parameters, D training tokens, C training FLOPs, loss in nats per token. */
export type Role = 'N' | 'D' | 'C' | 'loss' | 'weight' | FurtherRole;

/**
 * What some laws read beside N, D and C. x: any variable. U: unique training tokens. P_w, P_a, P_kv: bits of weights,
 * activations and the key-value cache in training. S: sparsity, the share of the parameters that a token does not use.
 * experts: experts in a layer. G: granularity, how many times smaller an expert is than the dense layer.
 */
export type FurtherRole = 'x' | 'U' | 'P_w' | 'P_a' | 'P_kv' | 'S' | 'experts' | 'G';

/** One run, or one model that is planned, as far as it is said. */
export type Model = Readonly<Partial<Record<'N' | 'D' | 'C' | FurtherRole, number>>>;

/** Progress of a long stage. `done` and `total` count fits unless the stage says otherwise. */
export interface Progress {
  readonly stage: 'search' | 'descend' | 'bootstrap' | 'influence' | 'simulate';
  readonly done: number;
  readonly total: number;
}

/**
 * What is summed over the runs, r = log L̂ − log L or, for "huber" and "squares", r = L̂ − L, in nats. Weights multiply.
 *
 * huber-log      Σ ρ(r), r²/2 up to |r| = δ and δ·(|r| − δ/2) beyond      nats²
 * absolute-log   Σ |r|: huber-log as δ → 0, over δ                        nats
 * squares-log    Σ r²                                                     nats²
 * huber          Σ ρ(r)                                                   nats²
 * squares        Σ r²                                                     nats²
 * lower-log      Σ c·ρ(r), c = envelope for runs above the law, 1 − envelope for those below: their lower envelope, nats²
 */
export type LossId = 'huber-log' | 'absolute-log' | 'squares-log' | 'huber' | 'squares' | 'lower-log';

export interface LossOptions {
  /** Default "huber-log". */
  readonly loss?: LossId;
  /** Huber threshold of the losses that have one, nats. Default 1e-3, the paper's. */
  readonly delta?: number;
  /** Of "lower-log": what a run above the law counts, above 0 and at most 0.5; about the share of the runs that end below. Default 0.1. */
  readonly envelope?: number;
}

/** Every choice of a fit. */
export interface FitOptions extends LossOptions {
  /** Law id. Default "chinchilla". */
  readonly law?: string;
  /** Natural parameters that are held at a value, by name: { alpha: 0.34 }. Default: none. */
  readonly fix?: Readonly<Record<string, number>>;
  /** Lowest and highest value of natural parameters, by name, ±Infinity where an end is open: { alpha: [0.1, 0.6] }. Default: none. */
  readonly bounds?: Readonly<Record<string, Interval>>;
  /**
   * Groups of runs, by what a further column (`ReadOptions.keep`) says of them: each has the parameters of its own but for those that
   * all share, by name, E[a] being E of group a. At most 16 parameters in all. Default: one law of all runs.
   */
  readonly groups?: { readonly column: string; readonly share: readonly string[] };
  /** "auto" draws 32 starts from the data, up to 128 where few of them agree, a number draws that many, "paper" takes the law's grid, published or of its own. */
  readonly starts?: 'auto' | 'paper' | number;
  /** Descend only the k starts of lowest objective. Default: all of them. */
  readonly screen?: number;
  /** Default "auto": a hardware GPU where there is one, else the CPU. */
  readonly backend?: 'auto' | 'gpu' | 'cpu';
  /** Of the drawn starts. Default 0. */
  readonly seed?: number;
  readonly onProgress?: (progress: Progress) => void;
  /** Called with where every start ended: natural parameters, [starts][P]. */
  readonly onEnds?: (natural: Float64Array) => void;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The kinds of bootstrap whose replicates are drawn. */
export const bootstrapKinds = ['pairs', 'residual', 'wild', 'parametric', 'cluster'] as const;

/** How replicates of a sweep are made. "counts" are given by the user. */
export type BootstrapKind = typeof bootstrapKinds[number] | 'counts';

/** Lower and upper end. */
export type Interval = readonly [low: number, high: number];

/** See `IntervalKind`. */
export const intervalKinds = ['percentile', 'basic', 'bca', 'sandwich'] as const;

/**
 * How intervals are made. "percentile", "basic" and "bca" are of the replicates (src/stats/intervals.ts); "sandwich" is
 * from the covariance of the fit (src/stats/sandwich-intervals.ts), whatever the replicates are: it takes the runs as
 * independent, clusters too.
 */
export type IntervalKind = typeof intervalKinds[number];

export interface BootstrapOptions {
  /** Default "pairs". */
  readonly kind?: BootstrapKind;
  /** Default 1000; with counts, as many as there are rows. */
  readonly replicates?: number;
  /** Cluster of each run, for "cluster": runs of equal value are drawn together. */
  readonly cluster?: readonly (string | number)[];
  /** For "counts": how often each run occurs in each resample, [replicates][runs]. */
  readonly counts?: ArrayLike<number>;
  /**
   * Starts of a replicate beside the minima of the whole sweep: drawn from the data, or the paper's grid. "auto" (default)
   * takes 8 where a probe finds that they are needed, else none.
   */
  readonly extraStarts?: 'auto' | 'paper' | number;
  readonly seed?: number;
  /** Default 0.95. */
  readonly confidence?: number;
  /** Default "percentile". "bca" fits once more without each run, or each cluster. */
  readonly interval?: IntervalKind;
  readonly budgets?: readonly number[];
  readonly predict?: readonly Model[];
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

export interface InfluenceOptions {
  /** Cluster of each run: runs of equal value are left out together. Default: each run by itself. */
  readonly cluster?: readonly (string | number)[];
  /** Training FLOPs. Default 1e24. */
  readonly budgets?: readonly number[];
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}
