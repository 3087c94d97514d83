/** A fit as one JSON object. The names and their order are stable; `version` says which isoloss wrote it. */
import type { Bootstrap, Certificate, Dropped, Fit, FrontierPoint, Interval, Model } from '../types.ts';
import { boundsJson, type BoundsJson } from './bounds.ts';
import { reportFrontier } from './frontier.ts';
import { influenceJson, type InfluenceJson } from './influence.ts';
import { predictions, type Beside } from './predictions.ts';

/**
 * What `isoloss fit --json` prints. The fields mean what they mean in `Fit`; JSON has no Infinity and no NaN, so a
 * number that is not finite is null: an infinite `conditionNumber`, say.
 */
export interface FitJson {
  readonly law: string;
  /** By name, in the order of the law: E, A, B, alpha, beta. */
  readonly params: Readonly<Record<string, number | null>>;
  /** a and b of the frontier; empty where the law has none. */
  readonly exponents: { readonly a?: number | null; readonly b?: number | null };
  /** Parameters that were held, by name; absent where all were free. */
  readonly fixed?: Readonly<Record<string, number>>;
  /** Bounds that were asked for; absent where none was. */
  readonly bounds?: BoundsJson;
  readonly loss: Fit['loss'];
  /** What the loss sums: nats², nats of absolute-log. */
  readonly objective: number | null;
  readonly otherMinima: readonly { readonly params: Readonly<Record<string, number | null>>; readonly objective: number | null }[];
  /** nats: 0 of absolute-log, null of squares and squares-log, which have no threshold */
  readonly delta: number | null;
  /** Of lower-log: what a run above the law counts; absent of the others. */
  readonly envelope?: number;
  readonly points: number;
  /** FLOPs of the smallest and the largest run used. */
  /** Training FLOPs; null where not known. */
  readonly computeRange: readonly [lowest: number | null, highest: number | null];
  readonly dropped: readonly Dropped[];
  readonly certificate: Omit<Certificate, 'gradientNorm' | 'conditionNumber'> & {
    readonly gradientNorm: number | null;
    readonly conditionNumber: number | null;
  };
  readonly backend: Fit['backend'];
  readonly starts: string;
  readonly seed: number;
  /** Seconds by stage. */
  readonly timings: Fit['timings'];
  /** At 1e18 to 1e26 FLOPs by decades; empty where the law that was fitted has no optimum. */
  readonly frontier: readonly FrontierPoint[];
  /** Absent where no bootstrap was made. */
  readonly bootstrap?: BootstrapJson;
  /** Absent where it was not asked for. */
  readonly influence?: InfluenceJson;
  /** Loss at the models that were asked for, nats per token; absent where none was. */
  readonly predictions?: readonly PredictionJson[];
  readonly sweep: string;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly version: string;
}

type End = number | null;
type PredictionJson = Model & { readonly loss: End };
type IntervalJson = readonly [low: End, high: End];
type Settings =
  Pick<Bootstrap, 'kind' | 'replicates' | 'requested' | 'failed' | 'withoutOptimum' | 'seed' | 'confidence' | 'interval' | 'seconds' | 'starts' | 'leftOut'>;

/** The fields mean what they mean in `Bootstrap`; parameters by the names of `params`, then the exponents a and b. */
export interface BootstrapJson extends Settings {
  readonly standardErrors: Readonly<Record<string, End>>;
  readonly intervals: Readonly<Record<string, IntervalJson>>;
  /** [P][P], in the order of `covarianceOf`. */
  readonly covariance: readonly (readonly End[])[];
  readonly covarianceOf: readonly string[];
  readonly frontier: readonly {
    readonly C: number;
    readonly N: IntervalJson;
    readonly D: IntervalJson;
    readonly tokensPerParameter: IntervalJson;
    readonly loss: IntervalJson;
  }[];
  readonly predictions: readonly (PredictionJson & { readonly interval: IntervalJson })[];
}

export function toJson(fit: Fit, { bootstrap, influence, predict = [] }: Beside = {}): FitJson {
  const { certificate } = fit;
  return {
    law: fit.law,
    params: mapValues(fit.params, finite),
    exponents: mapValues(fit.exponents, finite),
    ...(fit.fixed && { fixed: fit.fixed }),
    ...boundsJson(fit),
    loss: fit.loss,
    objective: finite(fit.objective),
    otherMinima: fit.otherMinima.map(({ params, objective }) => ({ params: mapValues(params, finite), objective: finite(objective) })),
    delta: finite(fit.delta),
    ...(fit.envelope !== undefined && { envelope: fit.envelope }),
    points: fit.points,
    computeRange: fit.computeRange.map(finite) as [number | null, number | null],
    dropped: fit.dropped,
    certificate: {
      gradientNorm: finite(certificate.gradientNorm),
      starts: certificate.starts,
      startsAgreeing: certificate.startsAgreeing,
      outcomes: certificate.outcomes,
      activeBounds: certificate.activeBounds,
      ...(certificate.atBounds && { atBounds: certificate.atBounds }),
      conditionNumber: finite(certificate.conditionNumber),
      verdict: certificate.verdict,
      reasons: certificate.reasons,
    },
    backend: { name: fit.backend.name, adapter: fit.backend.adapter },
    starts: fit.starts,
    seed: fit.seed,
    timings: fit.timings,
    frontier: reportFrontier(fit),
    ...(bootstrap && { bootstrap: bootstrapJson(bootstrap) }),
    ...(influence && { influence: influenceJson(influence) }),
    ...(predict.length > 0 && {
      predictions: predictions(fit, predict).map((model) => ({ ...model, loss: finite(model.loss) })),
    }),
    sweep: fit.sweep,
    notes: fit.notes,
    warnings: fit.warnings,
    version: fit.version,
  };
}

function bootstrapJson(bootstrap: Bootstrap): BootstrapJson {
  return {
    kind: bootstrap.kind,
    replicates: bootstrap.replicates,
    requested: bootstrap.requested,
    ...(bootstrap.starts && { starts: bootstrap.starts }),
    ...(bootstrap.leftOut && { leftOut: bootstrap.leftOut }),
    failed: bootstrap.failed,
    withoutOptimum: bootstrap.withoutOptimum,
    standardErrors: mapValues(bootstrap.standardErrors, finite),
    intervals: mapValues(bootstrap.intervals, ends),
    covariance: bootstrap.covariance.map((row) => row.map(finite)),
    covarianceOf: bootstrap.covarianceOf,
    seed: bootstrap.seed,
    confidence: bootstrap.confidence,
    interval: bootstrap.interval,
    frontier: bootstrap.frontier.map(({ C, N, D, tokensPerParameter, loss }) =>
      ({ C, N: ends(N), D: ends(D), tokensPerParameter: ends(tokensPerParameter), loss: ends(loss) })),
    predictions: bootstrap.predictions.map(({ loss, interval, ...model }) =>
      ({ ...model, loss: finite(loss), interval: ends(interval) })),
    seconds: bootstrap.seconds,
  };
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}

function ends([low, high]: Interval): IntervalJson {
  return [finite(low), finite(high)];
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
