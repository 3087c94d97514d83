/**
 * Many synthetic sweeps from a known truth, all fitted: can the method be trusted, and its intervals?
 * Morris, White and Crowther 2019, "Using simulation studies to evaluate statistical methods", Statistics in Medicine 38.
 */
import { inside, replicatesFrom, wholeFrom } from '../check.ts';
import type { Backend, Batch } from '../backend/backend.ts';
import { drawReplicate } from '../backend/cpu/draw.ts';
import { stagesOf, warmStagesOf } from '../backend/schedule.ts';
import { optionError } from '../errors.ts';
import { workingOf, type Made } from '../fit/batch.ts';
import type { Bounds } from '../fit/bounds.ts';
import { placed, withPins, type Fixed } from '../fit/pins.ts';
import { startsFor } from '../fit/starts.ts';
import type { Law } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import type { Loss } from '../losses/loss.ts';
import { lossFields, lossOf } from '../losses/registry.ts';
import { frontier, frontierExponents, predictLoss, type Params } from '../plan/frontier.ts';
import { fitResamples } from '../stats/bootstrap.ts';
import { countFailed, finiteAt, fitReplicates, naturalAt, type Pass, type ReplicateOptions, type Replicates } from '../stats/fits.ts';
import { sandwichIntervals } from '../stats/sandwich-intervals.ts';
import { summarise } from '../stats/summary.ts';
import type { Design, Fit, Interval, LossOptions, Noise, Progress, Truth } from '../types.ts';
import { version } from '../version.ts';
import { checkNoise } from './noise.ts';
import { syntheticBatch, syntheticSweep, type Recipe } from './recipe.ts';
import { Coverage, recoveryOf, type Recovery } from './recovery.ts';

/** What fitting many synthetic sweeps found: how far the method can be trusted. */
export interface Simulation extends Pick<Fit, 'loss' | 'delta' | 'envelope' | 'fixed' | 'bounds'> {
  readonly truth: Truth;
  readonly design: string;
  /** Runs in a sweep. */
  readonly runs: number;
  readonly noise: Noise;
  /** Sweeps that were fitted; fewer than `requested` where it was stopped. */
  readonly sweeps: number;
  readonly requested: number;
  readonly seed: number;
  /** Where each sweep was fitted from: "truth", "auto", "paper", or how many starts were drawn. */
  readonly starts: string;
  /** Sweeps whose best descent did not converge, by how it ended; those that are not finite are left out of all else. */
  readonly failed: Readonly<Record<string, number>>;
  /** Finite fits whose exponents leave no compute-optimal size: they are not in `frontier`. */
  readonly withoutOptimum: number;
  readonly confidence: number;
  /** Of each free parameter, and of the exponents a and b. */
  readonly recovery: Readonly<Record<string, Recovery>>;
  /** Of the optimum at each budget that was asked for: of log N_opt and log D_opt, nats, and of the loss. */
  readonly frontier: readonly { readonly C: number; readonly N: Recovery; readonly D: Recovery; readonly loss: Recovery }[];
  /** Which intervals were made, for how many sweeps, and how many of these have none: their runs do not tell the parameters apart. */
  readonly intervals: readonly {
    readonly kind: 'sandwich' | 'bootstrap';
    readonly sweeps: number;
    readonly undetermined: number;
    readonly replicates?: number;
  }[];
  readonly backend: { readonly name: 'gpu' | 'cpu'; readonly adapter: string };
  /** Without the waiting for `onPiece`. */
  readonly seconds: number;
  readonly version: string;
}

export interface SimulateOptions extends LossOptions {
  readonly truth: Truth;
  readonly design: Design;
  readonly noise: Noise;
  /** Default 1000. */
  readonly sweeps?: number;
  readonly seed?: number;
  /** Natural parameters that the fits hold at a value, by name. Default: none. */
  readonly fix?: Fixed;
  /** Bounds of natural parameters in the fits, as in FitOptions. Default: none. */
  readonly bounds?: Bounds;
  /** "truth" (default): each fit starts from the truth; else as in FitOptions, the same starts for all sweeps. */
  readonly starts?: 'truth' | 'auto' | 'paper' | number;
  /** Of the intervals. Default 0.95. */
  readonly confidence?: number;
  /** Sandwich intervals of so many sweeps, from the first on. Default: of all, up to 10,000. */
  readonly sandwich?: number;
  /** Percentile intervals from a bootstrap of pairs of the first `sweeps`, each of so many replicates. Default: none. */
  readonly bootstrap?: { readonly sweeps: number; readonly replicates: number };
  readonly budgets?: readonly number[];
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting keeps the sweeps that are done. */
  readonly signal?: AbortSignal;
  /** Called with each piece of sweeps that is done, `batch` from sweep `first` on: to save them, say. */
  readonly onPiece?: ReplicateOptions['onPiece'];
  /** Pieces start at 128 sweeps and double, so that `onPiece` has the first at once. Default: they are as large as a device takes. */
  readonly growing?: boolean;
}

const SWEEPS = 1000;
/** Sandwich intervals are made on the host, one sweep after another. */
const MOST_SANDWICHES = 10_000;
/** Whoever stops it waits for no more than these. */
const SANDWICHES_WHEN_STOPPED = 1000;
/** Milliseconds of that before others get a turn. */
const TURN = 20;

/**
 * Draws and fits the sweeps on an open backend.
 * @throws InputError where an option cannot be used; the signal's reason where fewer than two sweeps are done.
 */
export async function simulateOn(backend: Backend, options: SimulateOptions): Promise<Simulation> {
  const { truth, design, sweeps = SWEEPS, seed = 0, fix = {}, bounds = {}, starts = 'truth', confidence = 0.95, budgets = [] } = options;
  const since = performance.now();
  let waited = 0; // for who is told, ms
  checkChoices({ ...options, sweeps, seed, confidence });
  const loss = checkedLoss(options);
  const recipe: Recipe = { truth, design, noise: checkNoise(options.noise), seed };
  const law = lawById(truth.law);
  const coverage = { sandwich: new Coverage(), bootstrap: new Coverage() };
  const quantities = (params: Params) => quantitiesOf(truth.law, params, fix);
  const held = quantities(truth.params);
  const all = await fitSweeps(backend, recipe, loss, { ...options, sweeps, starts, fix, bounds }, async (first, batch, fits) => {
    await coverBySandwich(coverage.sandwich, held, batch, fits, first, { ...options, confidence });
    const told = performance.now();
    await options.onPiece?.(first, batch, fits);
    waited += performance.now() - told;
  });
  const how = {
    ...lossFields(loss), ...(Object.keys(fix).length > 0 && { fixed: fix }), ...(Object.keys(bounds).length > 0 && { bounds }),
  };
  await coverByBootstrap(coverage.bootstrap, held, backend, recipe, { law: law.id, ...how }, all, { ...options, confidence });
  const rows = naturalRows(all, () => true);
  const optimal = naturalRows(all, (natural) => law.brokenBounds(natural).length === 0);
  return {
    ...how, truth, design: design.name, runs: design.N.length, noise: options.noise,
    sweeps: all.objective.length, requested: sweeps, seed, starts: String(starts),
    failed: countFailed(all),
    withoutOptimum: rows.count - optimal.count,
    confidence,
    recovery: recoveries(held, rows, (natural) => Object.values(quantities(named(law, natural))), coverage),
    frontier: budgets.map((C) => {
      const at = (natural: ArrayLike<number>) => planned(truth.law, named(law, natural), C);
      const exact = at(law.params.map((name) => truth.params[name]));
      return { C, ...recoveries(exact, optimal, (natural) => Object.values(at(natural)), {}) } as Simulation['frontier'][number];
    }),
    intervals: Object.entries(coverage).flatMap(([kind, { sweeps: count, undetermined }]) => (count === 0 ? [] : [{
      kind: kind as keyof typeof coverage, sweeps: count, undetermined, ...(kind === 'bootstrap' && { replicates: options.bootstrap?.replicates ?? 0 }),
    }])),
    backend: { name: backend.name, adapter: backend.adapter },
    seconds: (performance.now() - since - waited) / 1000,
    version,
  };
}

/** At the door: the work may take hours. @throws InputError */
function checkChoices({ truth, sweeps = 0, seed = 0, confidence = 0, sandwich = 0, bootstrap, budgets = [] }: SimulateOptions): void {
  replicatesFrom('sweeps', sweeps);
  wholeFrom('seed', seed, 0);
  inside('confidence', confidence);
  wholeFrom('sandwich', sandwich, 0);
  if (bootstrap) wholeFrom('bootstrap.sweeps', bootstrap.sweeps, 1);
  if (bootstrap) replicatesFrom('bootstrap.replicates', bootstrap.replicates);
  frontier(truth.law, truth.params, budgets);
}

/** @throws InputError as `lossOf` does, and for an envelope, of which the truth knows nothing. */
function checkedLoss(options: SimulateOptions): Loss {
  const loss = lossOf(options);
  if (loss.shape !== 'lower') return loss;
  throw optionError('loss', `expected one whose fits are to find the truth, got ${loss.id}: it fits below the runs, which scatter about the truth. ` +
    'Take huber-log.');
}

type Numbers = Readonly<Record<string, number>>;

/** Free parameters and exponents by name. */
function quantitiesOf(law: string, params: Params, fix: Fixed): Numbers {
  const all: Numbers = { ...params, ...frontierExponents(law, params) };
  return Object.keys(fix).length === 0 ? all : Object.fromEntries(Object.entries(all).filter(([name]) => !(name in fix)));
}

/** Sizes in logs: their errors are factors. */
function planned(law: string, params: Params, C: number): Numbers {
  const [{ N, D }] = frontier(law, params, [C]);
  return { N: Math.log(N), D: Math.log(D), loss: predictLoss(law, params, { N, D }) };
}

function named(law: Law, natural: ArrayLike<number>): Record<string, number> {
  return Object.fromEntries(law.params.map((name, j) => [name, natural[j]]));
}

/** Natural parameters of some of the fits. */
interface Rows {
  readonly count: number;
  each(visit: (natural: Float64Array, row: number) => void): void;
}

/** The finite fits, where `keep` holds. */
function naturalRows(fits: Replicates, keep: (natural: Float64Array) => boolean): Rows {
  const kept = new Uint32Array(fits.objective.length);
  let count = 0;
  for (let r = 0; r < fits.objective.length; r++) {
    const natural = finiteAt(fits, r);
    if (natural && keep(natural)) kept[count++] = r;
  }
  return { count, each(visit) { for (let row = 0; row < count; row++) visit(naturalAt(fits, kept[row]), row); } };
}

/** Numbers in columns: a million sweeps as objects would take gigabytes. */
function recoveries(truth: Numbers, rows: Rows, quantities: (natural: Float64Array) => number[],
                    coverage: Readonly<Record<string, Coverage>>): Record<string, Recovery> {
  const names = Object.keys(truth);
  const columns = names.map(() => new Float64Array(rows.count));
  rows.each((natural, row) => { quantities(natural).forEach((value, q) => { columns[q][row] = value; }); });
  return Object.fromEntries(names.map((name, q) => [name, recoveryOf(columns[q], truth[name], name, coverage)]));
}

type Chosen = SimulateOptions & Required<Pick<SimulateOptions, 'sweeps' | 'fix' | 'bounds' | 'starts'>>;

function fitSweeps(backend: Backend, recipe: Recipe, loss: Loss, options: Chosen, onPiece: NonNullable<ReplicateOptions['onPiece']>): Promise<Replicates> {
  const { sweeps, fix, bounds, starts, growing = false, onProgress, signal } = options;
  const one = withPins({ ...syntheticBatch(recipe, 0, 1), loss }, fix, bounds);
  const make = (first: number, replicates: number): Batch => ({ ...one, replicates, draw: { ...one.draw, first } as NonNullable<Batch['draw']> });
  const x = workingOf(one, recipe.truth.params);
  const pass: Pass = starts === 'truth'
    ? { starts: x, stages: warmStagesOf(loss, backend.tolerance) }
    : { starts: startsFor(one, starts, recipe.seed), stages: stagesOf(loss, backend.tolerance) };
  return fitReplicates(backend, make, sweeps, [pass], 'simulate', { onPiece, growing, ...(onProgress && { onProgress }), ...(signal && { signal }) });
}

type Judged = SimulateOptions & Required<Pick<SimulateOptions, 'confidence'>>;

async function coverBySandwich(coverage: Coverage, held: Numbers, batch: Batch, fits: Replicates, first: number,
                               { confidence, sandwich = MOST_SANDWICHES, signal }: Judged): Promise<void> {
  const { law, centre, inputs, loss, pins, box } = batch;
  let since = performance.now();
  for (let r = 0; r < batch.replicates && first + r < Math.min(sandwich, signal?.aborted ? SANDWICHES_WHEN_STOPPED : Infinity); r++) {
    const natural = finiteAt(fits, r);
    if (!natural) continue;
    const x = placed(law.toWorking(natural, centre), batch);
    const problem = { law, inputs, loss, delta: loss.unit, ...(pins && { pinned: pins.pinned }), ...(box && { box }), ...drawReplicate(batch, r) };
    coverage.note(held, sandwichIntervals(problem, x, centre, confidence));
    if (performance.now() - since < TURN) continue;
    await new Promise((resolve) => { setTimeout(resolve, 0); });
    since = performance.now();
  }
}

async function coverByBootstrap(coverage: Coverage, held: Numbers, backend: Backend, recipe: Recipe, made: Made, all: Replicates,
                                { bootstrap, confidence, signal, onProgress }: Judged): Promise<void> {
  if (!bootstrap) return;
  const { params } = lawById(recipe.truth.law);
  const count = Math.min(bootstrap.sweeps, all.objective.length);
  for (let r = 0; r < count; r++) {
    if (signal?.aborted) return;
    const natural = finiteAt(all, r);
    if (!natural) continue;
    const fit = { ...made, params: Object.fromEntries(params.map((name, j) => [name, natural[j]])), otherMinima: [] };
    const resampled = await fitResamples(backend, syntheticSweep(recipe, r), fit, {
      replicates: bootstrap.replicates, seed: resampleSeed(recipe.seed, r), extraStarts: 0, ...(signal && { signal }),
    }).catch((error: unknown) => {
      if (signal?.aborted) return undefined;
      throw error;
    });
    if (!resampled || resampled.objective.length < bootstrap.replicates) return; // stopped in the midst of them
    coverage.note(held, summarise(fit, resampled, { confidence }).intervals as Record<string, Interval>);
    onProgress?.({ stage: 'bootstrap', done: (r + 1) * bootstrap.replicates, total: count * bootstrap.replicates });
  }
}

/** Another seed for the resamples of each sweep: they are to be independent. */
function resampleSeed(seed: number, sweep: number): number {
  return ((seed + Math.floor(seed / 2 ** 32)) % 2 ** 32) + 2 ** 32 * (1 + (sweep % 2 ** 20));
}
