/**
 * The three approaches of Hoffmann et al. 2022, arXiv:2203.15556, §3, side by side, each with its bootstrap: of curves for
 * approach 1, of runs for 2 and 3, which see the same resamples. The slices of approach 2 stay, and its parabolas and the
 * choice of vertices are made anew.
 *
 * With a share below 1, as the paper's 0.8, a resample is a part of the runs, without replacement. The spread of such parts
 * is less than the standard error, √((1 − share)/share) of it where the runs are independent: half for 0.8.
 */
import { inside, replicatesFrom, wholeFrom } from '../check.ts';
import type { Backend } from '../backend/backend.ts';
import type { TrainingCurves } from '../data/curves.ts';
import { finalRuns } from '../data/curves.ts';
import { InputError, optionError } from '../errors.ts';
import { refuseGroups } from '../fit/groups.ts';
import { checkBudgets } from '../plan/frontier.ts';
import type { Fit, FitOptions, Progress, Sweep } from '../types.ts';
import { version } from '../version.ts';
import type { Approach, ApproachNumber } from './approach.ts';
import { envelope, envelopeGrid, envelopeLaws, type Envelope, type EnvelopeOptions } from './envelope.ts';
import { isoflopApproach, isoflopLaws, type IsoflopApproach } from './isoflop.ts';
import { hasLaws, type Laws } from './laws.ts';
import { approachOfFit, fitIfPossible, parametricLaws } from './parametric.ts';
import { drawCounts, drawRuns, eachResample } from './resample.ts';
import { sweepShift, type SweepShift } from './shift.ts';
import { withSpread, type ApproachResult } from './spread.ts';

export type { ApproachResult, OptimumAt } from './spread.ts';

/** A sweep gives approaches 2 and 3; curves give 1, and of their ends 2 and 3 where there is no sweep. */
export interface ApproachesInput {
  readonly sweep?: Sweep;
  readonly curves?: TrainingCurves;
}

export interface ApproachesOptions {
  /** Resamples of each approach. Default 1000. */
  readonly replicates?: number;
  /** Each resample is this share of the runs, without replacement (the paper's is 0.8). Default: all, with replacement. */
  readonly share?: number;
  /** Default 0.95. */
  readonly confidence?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Training FLOPs at which N_opt and D_opt are given. */
  readonly budgets?: readonly number[];
  /** Budgets of approach 2, training FLOPs. Default: as they are found in the sweep. */
  readonly isoflopBudgets?: readonly number[];
  /** A run is of a budget of approach 2 within this factor. */
  readonly tolerance?: number;
  readonly envelope?: EnvelopeOptions;
  /** Of approach 3. */
  readonly fit?: FitOptions;
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface Approaches {
  /** By the number of the approach, those that the input allows. */
  readonly results: readonly ApproachResult[];
  readonly envelope?: Envelope;
  readonly isoflop?: IsoflopApproach;
  readonly fit?: Fit;
  /** The known bias of approach 2, where both 2 and 3 are there. */
  readonly bias?: SweepShift;
  readonly missing: readonly { readonly approach: ApproachNumber; readonly why: string }[];
  readonly confidence: number;
  readonly seed: number;
  readonly share?: number;
  readonly seconds: number;
  readonly version: string;
}

const REPLICATES = 1000;
const BUDGETS: readonly number[] = [1e24];

type Settled = ApproachesOptions & Required<Pick<ApproachesOptions, 'replicates' | 'confidence' | 'seed' | 'budgets'>>;

/** An approach, and its power laws in every resample; or why it has none. */
interface Attempt {
  readonly approach: ApproachNumber;
  readonly found?: Approach;
  readonly why?: string;
  resample(onDone: (done: number) => void): Promise<Laws[]>;
}

/**
 * All approaches that the input allows, each with its bootstrap. The point estimates are of all data.
 * @throws InputError where there is no input, an option cannot be used, or the runs have no losses; the signal's reason.
 */
export async function approachesOn(backend: Backend, { sweep: given, curves }: ApproachesInput, asked: ApproachesOptions = {}): Promise<Approaches> {
  const since = performance.now();
  const options = settle(asked);
  const sweep = given ?? (curves && finalRuns(curves));
  if (!sweep) throw new InputError('approaches: expected a sweep or training curves, got neither. Read one of them.');
  const first = curves && envelope(curves, options.envelope);
  const second = isoflopApproach(sweep, isoflopOptions(options));
  refuseGroups(options.fit ?? {}, 'the approaches');
  const fit = await fitIfPossible(backend, sweep, { ...telling(options), ...options.fit });
  const attempts = [byEnvelope(first, curves, options), bySlices(second, sweep, options), byLaw(backend, fit, sweep, options)];
  const results = await resampleAll(attempts, options);
  const fitted = typeof fit === 'string' ? undefined : fit;
  const bias = fitted && approachOfFit(fitted) && sweepShift(fitted, sweep, second.profiles, furthest(options, second));
  return {
    results,
    ...(first && { envelope: first }),
    isoflop: second,
    ...(fitted && { fit: fitted }),
    ...(bias && { bias }),
    missing: attempts.flatMap(({ approach, found, why = '' }) => (found ? [] : [{ approach, why }])),
    confidence: options.confidence,
    seed: options.seed,
    ...(options.share !== undefined && { share: options.share }),
    seconds: (performance.now() - since) / 1000,
    version,
  };
}

function settle(options: ApproachesOptions): Settled {
  const { replicates = REPLICATES, confidence = 0.95, seed = 0, budgets = BUDGETS, share } = options;
  replicatesFrom('replicates', replicates);
  inside('confidence', confidence);
  wholeFrom('seed', seed, 0);
  checkBudgets(budgets);
  if (share === undefined || (share > 0 && share < 1)) return { ...options, replicates, confidence, seed, budgets };
  throw optionError('share', `expected a share of the runs between 0 and 1 such as 0.8, got ${share}. ` +
    'Leave it out to draw all with replacement.');
}

function isoflopOptions({ isoflopBudgets: budgets, tolerance }: Settled) {
  return { ...(budgets && { budgets }), ...(tolerance !== undefined && { tolerance }) };
}

function telling({ onProgress, signal }: Settled) {
  return { ...(onProgress && { onProgress }), ...(signal && { signal }) };
}

function byEnvelope(found: Envelope | undefined, curves: TrainingCurves | undefined,
                    { seed, share, replicates, signal, envelope: options }: Settled): Attempt {
  return {
    approach: 1,
    ...(found && hasLaws(found) ? { found } : { why: found?.warnings[0] ?? 'It needs training curves: the loss at checkpoints of each run.' }),
    resample: async (onDone) => {
      if (!curves) return [];
      const grid = envelopeGrid(curves, options);
      const draw = drawCounts(curves.curves.length, seed, share);
      return eachResample(replicates, (r) => envelopeLaws(grid, present(draw(r))), onDone, signal);
    },
  };
}

function present(counts: Float64Array): number[] {
  return [...counts.keys()].filter((k) => counts[k] > 0);
}

function bySlices(found: IsoflopApproach, sweep: Sweep, { seed, share, replicates, signal }: Settled): Attempt {
  const draw = drawRuns(sweep, seed, share);
  const drawn = (r: number) => draw(r).map((count, i) => count * sweep.weight[i]);
  return {
    approach: 2,
    ...(hasLaws(found) ? { found } : { why: found.warnings.at(-1)! }),
    resample: (onDone) => eachResample(replicates, (r) => isoflopLaws(sweep, found.profiles, drawn(r)), onDone, signal),
  };
}

function byLaw(backend: Backend, fit: Fit | string, sweep: Sweep, { seed, share, replicates, signal }: Settled): Attempt {
  const found = typeof fit === 'string' ? undefined : approachOfFit(fit);
  return {
    approach: 3,
    ...(found ? { found } : { why: typeof fit === 'string' ? fit : 'The fitted exponents leave no compute-optimal size.' }),
    resample: async (onDone) => (typeof fit === 'string' ? [] : parametricLaws(backend, sweep, fit, {
      replicates, seed, ...(share !== undefined && { share }), ...(signal && { signal }), onProgress: ({ done }) => { onDone(done); },
    })),
  };
}

/** One after another, with one progress over all. */
async function resampleAll(attempts: readonly Attempt[], { replicates, budgets, confidence, onProgress }: Settled): Promise<ApproachResult[]> {
  const able = attempts.filter(({ found }) => found);
  const results: ApproachResult[] = [];
  for (const [k, { found, resample }] of able.entries()) {
    const laws = await resample((done) => { onProgress?.({ stage: 'bootstrap', done: k * replicates + done, total: able.length * replicates }); });
    results.push(withSpread(found!, laws, budgets, confidence));
  }
  return results;
}

/** Where the bias is told: at the largest budget that is asked for, else at the largest of the slices. */
function furthest({ budgets }: Settled, { profiles }: IsoflopApproach): number {
  return Math.max(...(budgets.length > 0 ? budgets : profiles.map(({ C }) => C)));
}
