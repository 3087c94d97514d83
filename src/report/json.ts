/** A fit as one JSON object. The names and their order are stable; `version` says which isoloss wrote it. */
import { lawById } from '../laws/registry.ts';
import type { Bootstrap, Certificate, Dropped, Fit, FrontierPoint, Model } from '../types.ts';
import { boundsJson, type BoundsJson } from './bounds.ts';
import { reportFrontier } from './frontier.ts';
import { groupsJson, type GroupsJson } from './groups.ts';
import { influenceJson, type InfluenceJson } from './influence.ts';
import { jsonable, type Jsonable } from './jsonable.ts';
import { predictions, type Beside } from './predictions.ts';

/**
 * What `isoloss fit --json` prints. The fields mean what they mean in `Fit`; JSON has no Infinity and no NaN, so a
 * number that is not finite is null: an infinite `conditionNumber`, say.
 */
export interface FitJson {
  readonly law: string;
  /** Groups of runs, each with its law: frontier, predictions and their intervals stand there. Absent where there are none. */
  readonly groups?: GroupsJson;
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
  /** Training FLOPs of the smallest and the largest run used; null where not known. */
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

type PredictionJson = Jsonable<Model & { readonly loss: number }>;
type Settings =
  Pick<Bootstrap, 'kind' | 'replicates' | 'requested' | 'failed' | 'withoutOptimum' | 'seed' | 'confidence' | 'interval' | 'warnings' | 'seconds' | 'starts' | 'leftOut'>;
type Numbers = Jsonable<Pick<Bootstrap, 'standardErrors' | 'intervals' | 'covariance' | 'frontier' | 'predictions'>>;

/** The fields mean what they mean in `Bootstrap`; parameters by the names of `params`, then the exponents a and b. */
interface BootstrapJson extends Settings, Numbers {
  readonly covarianceOf: readonly string[];
}

export function toJson(fit: Fit, { bootstrap, influence, predict = [] }: Beside = {}): FitJson {
  const { certificate } = fit;
  return {
    law: lawById(fit.law).groups?.base.id ?? fit.law,
    ...groupsJson(fit, { ...(bootstrap && { bootstrap }), predict }),
    params: jsonable(fit.params),
    exponents: jsonable(fit.exponents),
    ...(fit.fixed && { fixed: fit.fixed }),
    ...boundsJson(fit),
    loss: fit.loss,
    objective: jsonable(fit.objective),
    otherMinima: jsonable(fit.otherMinima),
    delta: jsonable(fit.delta),
    ...(fit.envelope !== undefined && { envelope: fit.envelope }),
    points: fit.points,
    computeRange: jsonable(fit.computeRange),
    dropped: fit.dropped,
    certificate: {
      gradientNorm: jsonable(certificate.gradientNorm),
      starts: certificate.starts,
      startsAgreeing: certificate.startsAgreeing,
      ...(certificate.startsAbout !== undefined && { startsAbout: certificate.startsAbout, startsAboutAgreeing: certificate.startsAboutAgreeing }),
      ...(certificate.startsNear !== undefined && { startsNear: certificate.startsNear }),
      outcomes: certificate.outcomes,
      activeBounds: certificate.activeBounds,
      ...(certificate.atBounds && { atBounds: certificate.atBounds }),
      conditionNumber: jsonable(certificate.conditionNumber),
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
    ...(predict.length > 0 && !fit.groups && {
      predictions: jsonable(predictions(fit, predict)),
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
    standardErrors: jsonable(bootstrap.standardErrors),
    intervals: jsonable(bootstrap.intervals),
    covariance: jsonable(bootstrap.covariance),
    covarianceOf: bootstrap.covarianceOf,
    seed: bootstrap.seed,
    confidence: bootstrap.confidence,
    interval: bootstrap.interval,
    frontier: jsonable(bootstrap.frontier),
    predictions: jsonable(bootstrap.predictions),
    ...(bootstrap.warnings && { warnings: bootstrap.warnings }),
    seconds: bootstrap.seconds,
  };
}
