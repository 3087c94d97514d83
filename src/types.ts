/** The plain values that flow through isoloss. Everything here can be printed, posted to a worker, or saved. */
import type { BootstrapKind, FurtherRole, Interval, IntervalKind, LossId, Model, Role } from './options.ts';

export type * from './options.ts';

/** Columns of a sweep by role, [runs]. N, D and C are NaN where the table has them not and its law needs them not. */
export type SweepColumns = Readonly<Record<'N' | 'D' | 'C', Float64Array>> & Readonly<Partial<Record<FurtherRole, Float64Array>>>;

/** Runs that were left out, and why. `lines` are 1-based line (or row) numbers of the source. */
export interface Dropped {
  readonly reason: string;
  readonly lines: readonly number[];
}

/** A table of training runs, checked: every number is positive and finite. Arrays have one entry a run. */
export interface Sweep {
  /** File name, URL, or what made it. */
  readonly name: string;
  /** What laws read, by role: N and D always, C = 6·N·D where the table had none, and what the law that was named reads. */
  readonly columns: SweepColumns;
  /** Final loss, nats per token. */
  readonly loss: Float64Array;
  /** Weight of each run in the objective; 1 where the table had none. Zero leaves a run out. */
  readonly weight: Float64Array;
  /** 1-based line (CSV, TSV, JSON Lines) or row (JSON, Parquet) of each run. */
  readonly lines: Int32Array;
  /** The source column each role was read from, or the formula that gave it ("C/(6N)"). */
  readonly mapping: Readonly<Partial<Record<Role, string>>>;
  readonly dropped: readonly Dropped[];
  /** What the user should know of how it was read. */
  readonly notes: readonly string[];
  /** What looks wrong but could be meant. */
  readonly warnings: readonly string[];
  /** Further columns that were asked for (`ReadOptions.keep`), by the name that was asked: one value a run. */
  readonly extra?: Readonly<Record<string, readonly (string | number)[]>>;
}

/** One compute-optimal point: the sizes that reach the lowest loss for C training FLOPs, with C = 6·N·D. */
export interface FrontierPoint {
  /** Training compute, FLOPs. */
  readonly C: number;
  /** Parameters (count). */
  readonly N: number;
  /** Training tokens. */
  readonly D: number;
  /** Predicted loss, nats per token. */
  readonly loss: number;
}

/** How far a minimum can be trusted. Every number is computed in float64. */
export interface Certificate {
  /**
   * Largest |∂f/∂xⱼ| over the sum of the absolute pulls of the runs on xⱼ, Σᵢ wᵢ|ρ′ᵢ Jᵢⱼ|: 0 where the runs
   * balance exactly, 1 where they all pull one way. Free of units.
   */
  readonly gradientNorm: number;
  /** Starts that were descended, drawn or of a grid, each for itself: more than were asked for where few agree (src/fit/descents.ts). */
  readonly starts: number;
  /** Starts whose objective ended within 1e-4 (relative) of the best. */
  readonly startsAgreeing: number;
  /** Further descents, begun about the lowest end of these, and how many of them ended as near the best; absent where none was made. */
  readonly startsAbout?: number;
  readonly startsAboutAgreeing?: number;
  /** Present where only such a descent ended at the best: how many starts ended within 1e-4 of the lowest end of a start. */
  readonly startsNear?: number;
  /** Starts by how they ended; the counts sum to `starts`. Keys: see src/optim/termination.ts. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Parameters that ran to the edge of the law, in words: "E = 0", "alpha <= 0". */
  readonly activeBounds: readonly string[];
  /** Bounds that were asked for and hold the fit back; absent where none was asked for. */
  readonly atBounds?: readonly BoundHeld[];
  /** Of JᵀWJ at the minimum, centred inputs, scaled to a unit diagonal: 1 is best, 1e8 undetermined. */
  readonly conditionNumber: number;
  readonly verdict: 'pass' | 'fail';
  /** Why it fails, one sentence each; empty where it passes. */
  readonly reasons: readonly string[];
}

/** A bound that a minimum lies at, where the objective would fall beyond it. */
export interface BoundHeld {
  readonly param: string;
  readonly end: 'lower' | 'upper';
  readonly value: number;
  /** The relative gradient along its coordinate, as in `Certificate.gradientNorm`: 0 where the bound would hold nothing back. */
  readonly pull: number;
}

/** What `fit` returns. */
export interface Fit {
  /** Law id, "chinchilla"; of groups of runs one that says which: "chinchilla|corpus|alpha,beta|a|b". */
  readonly law: string;
  /** Absent where there are none. `fitOfGroup` gives the fit of each. */
  readonly groups?: FitGroups;
  /** Natural parameters by name, in the order of the law: E, A, B, alpha, beta; of groups E[a], …, and those that they share as they are. */
  readonly params: Readonly<Record<string, number>>;
  /** Of the frontier: N_opt ∝ C^a, D_opt ∝ C^b. Empty where the law has none. */
  readonly exponents: { readonly a?: number; readonly b?: number };
  /** Parameters that were held, by name, at the values that `params` has too; absent where all were free. */
  readonly fixed?: Readonly<Record<string, number>>;
  /** Lowest and highest value of parameters by name, ±Infinity where an end is open; absent where no bounds were asked for. */
  readonly bounds?: Readonly<Record<string, Interval>>;
  readonly loss: LossId;
  /** What the loss sums, in its unit: `LossId` says for each. */
  readonly objective: number;
  /** Other minima that starts ended at, lowest first, at most three: each polished as the best one is. */
  readonly otherMinima: readonly { readonly params: Readonly<Record<string, number>>; readonly objective: number }[];
  /** Huber threshold, nats: 0 of "absolute-log", Infinity of "squares" and "squares-log". */
  readonly delta: number;
  /** Of "lower-log": what a run above the law counts. */
  readonly envelope?: number;
  /** Runs used. */
  readonly points: number;
  /** Training FLOPs of the smallest and the largest run used: outside them the frontier is extrapolation. NaN where not known. */
  readonly computeRange: readonly [lowest: number, highest: number];
  readonly dropped: readonly Dropped[];
  readonly certificate: Certificate;
  /** Who did the search and the descent; the polish and the certificate are always float64 on the CPU. */
  readonly backend: { readonly name: 'gpu' | 'cpu'; readonly adapter: string };
  /** Where the starts came from: "auto", "paper", or how many were drawn. */
  readonly starts: string;
  readonly seed: number;
  /** Seconds of each stage that ran. */
  readonly timings: Readonly<Record<string, number>>;
  readonly sweep: string;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly version: string;
}

/** Groups of runs that share some parameters of a law. */
export interface FitGroups {
  /** Column that says which group a run is of. */
  readonly column: string;
  /** Parameters that all of them share, in the order of the law. */
  readonly share: readonly string[];
  /** What the column says of each, in the order of their first runs. */
  readonly names: readonly string[];
  /** Runs used of each, and training FLOPs of the smallest and the largest of them: NaN where not known. */
  readonly points: readonly number[];
  readonly computeRanges: readonly Interval[];
}

/** A spot check: of so many resamples, each from so many starts drawn from the data, how many ended lower than from the optimum. */
export interface Probe {
  readonly resamples: number;
  readonly starts: number;
  readonly lower: number;
}

/**
 * What a bootstrap found: every quantity is computed in each replicate. Of kind "sandwich" nothing is resampled: standard
 * errors, covariance and intervals are from the covariance of the fit (src/stats/sandwich-intervals.ts), NaN where it has none, and
 * infinite where an end has no bound.
 */
export interface Bootstrap {
  readonly kind: BootstrapKind | 'sandwich';
  /** Replicates that were fitted; fewer than `requested` where it was stopped. Of kind "sandwich" both are 0. */
  readonly replicates: number;
  readonly requested: number;
  /** Starts of each resample: the minima of the whole sweep, others beside them, and the probe that chose those. */
  readonly starts?: { readonly minima: number; readonly others: number; readonly probe?: Probe };
  /**
   * Replicates whose best descent did not converge, by how it ended. Those that are not finite are left out of the
   * intervals, which is all that can be done with them; the others are in.
   */
  readonly failed: Readonly<Record<string, number>>;
  /** Finite replicates whose exponents leave no compute-optimal size: counted in everything but `frontier`. */
  readonly withoutOptimum: number;
  readonly seed: number;
  readonly confidence: number;
  readonly interval: IntervalKind;
  /** Where the intervals are "bca": the fits without each run, or without each cluster, and those that did not converge. */
  readonly leftOut?: { readonly fits: number; readonly failed: Readonly<Record<string, number>> };
  /** Of the parameters and the exponents a and b: standard deviation over the replicates (n − 1). */
  readonly standardErrors: Readonly<Record<string, number>>;
  readonly intervals: Readonly<Record<string, Interval>>;
  /** Of the parameters in their natural scale, [P][P], in the order of `covarianceOf`. */
  readonly covariance: readonly (readonly number[])[];
  readonly covarianceOf: readonly string[];
  /** Intervals of what is optimal at each budget. */
  readonly frontier: readonly { readonly C: number; readonly N: Interval; readonly D: Interval; readonly tokensPerParameter: Interval; readonly loss: Interval }[];
  /** Predicted loss at the models that were asked for. */
  readonly predictions: readonly (Model & { readonly loss: number; readonly interval: Interval })[];
  /** What it says of each group of runs, by name, where the fit has groups: frontier and predictions stand here then. */
  readonly groups?: Readonly<Record<string, GroupSpread>>;
  /** What should be known of the intervals, a sentence or two each; absent where there is nothing. */
  readonly warnings?: readonly string[];
  /** Without the waiting for `onUpdate`. */
  readonly seconds: number;
}

/** What a bootstrap says of one group: of the law of each, by the names of its parameters. */
export type GroupSpread = Pick<Bootstrap, 'standardErrors' | 'intervals' | 'withoutOptimum' | 'frontier' | 'predictions'>;

/** What each run, or each cluster of runs, does to a fit. */
export interface Influence {
  readonly left: readonly LeftOut[];
  /**
   * Jackknife standard error of each quantity in `LeftOut.change`, by its name, to measure changes by. As an uncertainty
   * it is rough where δ is far below the noise: see src/stats/jackknife.ts.
   */
  readonly standardErrors: Readonly<Record<string, number>>;
  /** Of each quantity: the indices in `left` that change it most, most first, at most ten. */
  readonly ranking: Readonly<Record<string, readonly number[]>>;
  /** Fits that did not converge, by how they ended. Those that are not finite change by NaN and are in nothing else. */
  readonly failed: Readonly<Record<string, number>>;
  /** Finite fits whose exponents leave no compute-optimal size: their N_opt and D_opt change by NaN. */
  readonly withoutOptimum: number;
  readonly seconds: number;
}

/** A run, or a cluster of runs, and the fit without it. */
export interface LeftOut {
  /** Value of the cluster, where clusters are left out. */
  readonly cluster?: string | number;
  /** Those that carry weight. `residual`: log L − log L̂ of the fit of all runs, nats. */
  readonly runs: readonly (Omit<Model, 'C'> & { readonly line: number; readonly loss: number; readonly residual: number })[];
  /**
   * The fit without it, less the fit of all, by quantity: the free parameters, a, b, and for each budget "log N_opt(1e24)"
   * and "log D_opt(1e24)".
   */
  readonly change: Readonly<Record<string, number>>;
}

/** The runs of a synthetic sweep: which models are trained on how many tokens. Arrays have one entry a run. */
export interface Design {
  readonly name: string;
  /** Parameters (count) and training tokens. */
  readonly N: Float64Array;
  readonly D: Float64Array;
  /** Which of the training seeds a run has, from 0: runs of one seed share its part of the noise. */
  readonly trainingSeed: Uint32Array;
}

/** Noise of a synthetic run: added to log L, in nats, at most 60 of them. The parts are independent. */
export interface Noise {
  /** Of each run by itself: the standard deviation where it is normal, the scale of Student's t else. */
  readonly sigma: number;
  /** Degrees of freedom of Student's t, above 0; normal where absent. */
  readonly degrees?: number;
  /** Runs that went wrong: this share of them lose |noise of the run|·factor, upward. */
  readonly outliers?: { readonly fraction: number; readonly factor: number };
  /** Standard deviation of what all runs of one model size share, and of what all runs of one training seed share. */
  readonly bySize?: number;
  readonly bySeed?: number;
}

/** A law with its parameters, as the truth behind synthetic sweeps. */
export interface Truth {
  /** Where it is from: "Hoffmann et al. 2022, Eq. 10, unrounded". */
  readonly name: string;
  readonly law: string;
  /** Natural parameters by name, in the order of the law. */
  readonly params: Readonly<Record<string, number>>;
}
