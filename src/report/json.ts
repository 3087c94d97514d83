/** A fit as one JSON object. The names and their order are stable; `version` says which isoloss wrote it. */
import type { Certificate, Dropped, Fit, FrontierPoint } from '../types.ts';
import { reportFrontier } from './frontier.ts';

/**
 * What `isoloss fit --json` prints. The fields mean what they mean in `Fit`; JSON has no Infinity and no NaN, so a
 * number that is not finite is null: an infinite `conditionNumber`, say.
 */
export interface FitJson {
  readonly law: string;
  /** By name, in the order of the law: E, A, B, alpha, beta. */
  readonly params: Readonly<Record<string, number | null>>;
  readonly exponents: { readonly a: number | null; readonly b: number | null };
  /** nats² */
  readonly objective: number | null;
  /** nats */
  readonly delta: number;
  readonly points: number;
  /** FLOPs of the smallest and the largest run used. */
  readonly computeRange: Fit['computeRange'];
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
  readonly sweep: string;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly version: string;
}

export function toJson(fit: Fit): FitJson {
  const { certificate } = fit;
  return {
    law: fit.law,
    params: Object.fromEntries(Object.entries(fit.params).map(([name, value]) => [name, finite(value)])),
    exponents: { a: finite(fit.exponents.a), b: finite(fit.exponents.b) },
    objective: finite(fit.objective),
    delta: fit.delta,
    points: fit.points,
    computeRange: fit.computeRange,
    dropped: fit.dropped,
    certificate: {
      gradientNorm: finite(certificate.gradientNorm),
      starts: certificate.starts,
      startsAgreeing: certificate.startsAgreeing,
      outcomes: certificate.outcomes,
      activeBounds: certificate.activeBounds,
      conditionNumber: finite(certificate.conditionNumber),
      verdict: certificate.verdict,
      reasons: certificate.reasons,
    },
    backend: { name: fit.backend.name, adapter: fit.backend.adapter },
    starts: fit.starts,
    seed: fit.seed,
    timings: fit.timings,
    frontier: reportFrontier(fit),
    sweep: fit.sweep,
    notes: fit.notes,
    warnings: fit.warnings,
    version: fit.version,
  };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
