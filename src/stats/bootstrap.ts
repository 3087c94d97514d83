/**
 * Bootstrap of a fit: the same fit on thousands of resamples, to learn how sure its numbers are.
 *
 * Every replicate starts from the optimum of the whole sweep, and from the other minima that its starts ended at, at 3·δ
 * and then δ. On Epoch's 4000 resamples, whose minima are known, that reached every one (test/reference/bootstrap.test.ts);
 * of 24 runs of Gemstones it left one resample in twenty above its minimum. Hence the probe, and further starts, drawn from
 * the data or of the paper's grid, through all stages. A replicate keeps its best.
 */
import { inside, replicatesFrom, wholeFrom } from '../check.ts';
import type { Backend, Batch } from '../backend/backend.ts';
import { stagesOf, warmStagesOf } from '../backend/schedule.ts';
import { optionError } from '../errors.ts';
import { batchFor, fittedLogs, workingOf, type Made } from '../fit/batch.ts';
import { startsFor } from '../fit/starts.ts';
import { checkBudgets } from '../plan/frontier.ts';
import type { Bootstrap, BootstrapOptions, Fit, Model, Sweep } from '../types.ts';
import { NO_REPLICATES, sandwichMade, sandwichSummary, type SandwichOptions } from './analytic.ts';
import { countFailed, fitReplicates, type Pass, type Replicates } from './fits.ts';
import { fitLeftOut, groupsToLeaveOut } from './jackknife.ts';
import { probe } from './probe.ts';
import { resampling, type MakeBatch } from './replicates.ts';
import { sandwichOf, type Sandwich } from './sandwich-intervals.ts';
import { summarise, summariser } from './summary.ts';

const REPLICATES = 1000;
/** Drawn starts of each resample that is probed, and of all where the probe finds that they are needed. */
const PROBE_STARTS = 2;
const NEEDED_STARTS = 8;

/** What resampling needs to know of a fit. */
export type Fitted = Made & Pick<Fit, 'params' | 'otherMinima'>;

/** A bootstrap with the fits that it is made of, so that it can be summarised in another way: `resummarise`. */
export interface Resampling {
  readonly bootstrap: Bootstrap;
  /** The best fit of each resample. */
  readonly replicates: Replicates;
  /** Where the intervals were to be "bca": the fit without each run, or without each cluster. */
  readonly leftOut?: Replicates;
  /** Where they were to be "sandwich": the covariance of the fit. */
  readonly sandwich?: Sandwich;
}

export interface ResampleOptions extends BootstrapOptions {
  /**
   * Called with the resamples so far, `bootstrap.replicates` fewer than `bootstrap.requested`, from 128 on whenever they have
   * doubled: all the summaries together cost about what the last one does. It is waited for.
   */
  readonly onUpdate?: (soFar: Resampling) => void | Promise<void>;
}

/**
 * Bootstraps a fit of `sweep` on an open backend. Aborting gives the bootstrap of the replicates that are done.
 * BCa's acceleration is that of the runs, or of the clusters where those are resampled, whatever else the kind draws; its
 * fits come first, and aborting those gives nothing.
 * @throws InputError where an option cannot be used; the signal's reason where fewer than two replicates are done.
 */
export async function bootstrapOn(backend: Backend, sweep: Sweep, fit: Fit, options: BootstrapOptions = {}): Promise<Bootstrap> {
  return (await resampleOn(backend, sweep, fit, options)).bootstrap;
}

/** `bootstrapOn` that keeps the fits, and tells what it has so far. @throws as it does. */
export async function resampleOn(backend: Backend, sweep: Sweep, fit: Fit, { onUpdate, ...options }: ResampleOptions = {}): Promise<Resampling> {
  const since = performance.now();
  let waited = 0; // for who is told, ms
  inside('confidence', options.confidence ?? 0.95);
  wholeFrom('seed', options.seed ?? 0, 0);
  checkBudgets(options.budgets ?? []);
  const base = batchFor(sweep, fit);
  const { make, total, passes, starts } = await planOf(backend, base, fit, options);
  const leftOut = options.interval === 'bca'
    ? await fitLeftOut(backend, base, groupsToLeaveOut(sweep, base, options), passes, options)
    : undefined;
  const sandwich = options.interval === 'sandwich' ? sandwichOf(base, fit.params) : undefined;
  const summary = summariser(fit, options, { leftOut, sandwich });
  const made = (replicates: Replicates): Resampling => ({
    bootstrap: {
      ...summary(replicates),
      starts,
      ...(leftOut && { leftOut: countLeftOut(leftOut) }),
      requested: total,
      seconds: (performance.now() - since - waited) / 1000,
    },
    replicates,
    ...(leftOut && { leftOut }),
    ...(sandwich && { sandwich }),
  });
  const tell = onUpdate && (async (soFar: Replicates) => {
    const resampling = made(soFar);
    const told = performance.now();
    await onUpdate(resampling);
    waited += performance.now() - told;
  });
  const updates = tell && { growing: true, onUpdate: tell };
  return made(await fitReplicates(backend, make, total, passes, 'bootstrap', { ...options, ...updates }));
}

/** The sandwich of a fit as resamples without replicates: what can be asked of those can be asked of it. @throws as `sandwichOn` does. */
export function sandwichResampling(sweep: Sweep, fit: Made & Pick<Fit, 'params'>, options: SandwichOptions = {}): Resampling {
  return { ...sandwichMade(sweep, fit, options), replicates: NO_REPLICATES };
}

function countLeftOut(leftOut: Replicates): NonNullable<Bootstrap['leftOut']> {
  return { fits: leftOut.objective.length, failed: countFailed(leftOut) };
}

/** What a bootstrap can be asked once it is made. */
export type SummaryOptions = Pick<BootstrapOptions, 'confidence' | 'interval' | 'budgets' | 'predict'>;

/**
 * The bootstrap of resamples that were fitted before, with another confidence, other intervals, budgets or predictions; what
 * is not given stays. No fit is made: "bca" needs resamples that were made for it, and so does "sandwich"; a bootstrap of kind
 * "sandwich" has no others.
 * @throws InputError where an option cannot be used.
 */
export function resummarise(fit: Pick<Fit, 'law' | 'params'>, resampling: Resampling, options: SummaryOptions = {}): Bootstrap {
  const { bootstrap: was, replicates, leftOut, sandwich } = resampling;
  const { kind, seed, starts, requested, seconds } = was;
  const {
    confidence = was.confidence, interval = was.interval, budgets = askedOf(was).frontier.map(({ C }) => C),
    predict = askedOf(was).predictions.map(modelOf),
  } = options;
  inside('confidence', confidence);
  if (kind === 'sandwich' && sandwich) return { ...sandwichSummary(fit, sandwich, { confidence, budgets, predict }), requested, seconds };
  if ((interval === 'bca' && !leftOut) || (interval === 'sandwich' && !sandwich)) {
    throw optionError('interval', `expected percentile or basic of these resamples, got ${interval}. Resample with interval "${interval}".`);
  }
  return {
    ...summarise(fit, replicates, { confidence, interval, budgets, predict }, { leftOut, sandwich }),
    kind, seed,
    ...(starts && { starts }),
    ...(interval === 'bca' && leftOut && { leftOut: countLeftOut(leftOut) }),
    requested, seconds,
  };
}

/** The best fit of each resample, one or more, as many as are done, and where they started from. */
export async function fitResamples(backend: Backend, sweep: Sweep, fit: Fitted, options: BootstrapOptions = {}): Promise<Resamples> {
  const { make, total, passes, starts } = await planOf(backend, batchFor(sweep, fit), fit, options, 1);
  return { ...await fitReplicates(backend, make, total, passes, 'bootstrap', options), starts };
}

type Starts = NonNullable<Bootstrap['starts']>;
type Resamples = Replicates & { readonly starts: Starts };

interface Plan {
  readonly make: MakeBatch;
  readonly total: number;
  readonly passes: readonly Pass[];
  readonly starts: Starts;
}

/** What is to be fitted, and from where: the probe is made here. */
async function planOf(backend: Backend, base: Batch, fit: Fitted, options: BootstrapOptions, fewest = 2): Promise<Plan> {
  const make = resampling(base, fittedLogs(base, fit.params), options);
  const total = countOf(base, options, fewest);
  const [warm, ...given] = passesOf(backend, base, fit, options);
  const drawn = (count: number): Pass => ({ starts: startsFor(base, count, options.seed ?? 0), stages: stagesOf(base.loss, backend.tolerance) });
  const probed = (options.extraStarts ?? 'auto') === 'auto' ? await probe(backend, make, total, warm, drawn(PROBE_STARTS), options) : undefined;
  const passes = [warm, ...(probed && probed.lower > 0 ? [drawn(NEEDED_STARTS)] : given)];
  const [minima, others = 0] = passes.map(({ starts }) => starts.length / base.law.params.length);
  return { make, total, passes, starts: { minima, others, ...(probed && { probe: probed }) } };
}

/** Descents of each replicate of a fit's sweep: from the minima of the whole sweep, and from extra starts that are asked for. */
export function passesOf(backend: Backend, base: Batch, fit: Fitted, { extraStarts = 'auto', seed = 0 }: BootstrapOptions = {}): Pass[] {
  const minima = [fit, ...fit.otherMinima].map(({ params }) => workingOf(base, params));
  const warm = { starts: Float64Array.from(minima.flatMap((x) => [...x])), stages: warmStagesOf(base.loss, backend.tolerance) };
  if (extraStarts === 'auto' || extraStarts === 0) return [warm];
  return [warm, { starts: startsFor(base, extraStarts, seed), stages: stagesOf(base.loss, backend.tolerance) }];
}

function countOf(base: Batch, { kind, counts, replicates = REPLICATES }: BootstrapOptions, fewest: number): number {
  if (kind === 'counts') return Math.floor((counts?.length ?? base.points) / base.points);
  return replicatesFrom('replicates', replicates, fewest);
}

/** What was asked of every group, or of the law of all runs. */
function askedOf({ groups, frontier, predictions }: Bootstrap): Pick<Bootstrap, 'frontier' | 'predictions'> {
  return Object.values(groups ?? {})[0] ?? { frontier, predictions };
}

function modelOf({ loss: _loss, interval: _interval, ...model }: Bootstrap['predictions'][number]): Model {
  return model;
}
