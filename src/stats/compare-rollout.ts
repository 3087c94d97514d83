/** Laws fitted to the cheap runs and judged on the dear ones, on the runs themselves and on paired resamples of them. */
import type { Backend } from '../backend/backend.ts';
import { lawById } from '../laws/registry.ts';
import type { Fit, Interval, Sweep } from '../types.ts';
import { errorOver, errorsAt, NO_ERROR, type PredictionError } from './compare-errors.ts';
import { countFree, fitIfPossible } from './compare-fits.ts';
import type { Settled } from './compare-options.ts';
import type { Measure, Sampled } from './compare-pairs.ts';
import { failedOf, fitPaired, pairedCounts, type FailedFits } from './compare-resamples.ts';
import { fittedAt, type RolloutStep } from './compare-steps.ts';
import { finiteAt, isFiniteFit, type Replicates } from './fits.ts';
import { intervalOf } from './intervals.ts';

/** A law at a step. */
export interface RolloutAt {
  /** Absent where there is none, for the reason `why`. */
  readonly fit?: Fit;
  readonly why?: string;
  /** Of the runs that are held out; NaN without a fit. */
  readonly error: PredictionError;
  /** Over the resamples. */
  readonly intervals: Readonly<Record<keyof PredictionError, Interval>>;
  readonly failed: FailedFits;
}

export interface RolledLaw extends Sampled {
  readonly intervals: Readonly<Record<Exclude<Measure, 'objective'>, Interval>>;
  readonly rollout: readonly RolloutAt[];
  readonly failed: FailedFits;
}

interface Work {
  readonly backend: Backend;
  readonly sweep: Sweep;
  readonly options: Settled;
  /** Of each resample: how often it has each run, [replicates][runs]. */
  readonly counts: readonly Float64Array[];
  /** `fitPaired`, with one progress over all of it. */
  resample(part: Sweep, fit: Fit): Promise<Replicates>;
}

/** Each of `fits`, of the whole sweep, with its rollout and its resamples. @throws the signal's reason. */
export async function rollOut(backend: Backend, sweep: Sweep, fits: readonly Fit[], steps: readonly RolloutStep[], options: Settled): Promise<RolledLaw[]> {
  const atSteps: (Fit | string)[][] = [];
  for (const { law } of fits) atSteps.push(await fitSteps(backend, sweep, law, steps, options));
  const total = fits.length + atSteps.flat().filter((fit) => typeof fit !== 'string').length;
  const work = workOn(backend, sweep, total, options);
  const shared = steps.map((_, k) => atSteps.every((fitted) => typeof fitted[k] !== 'string'));
  const rolled: RolledLaw[] = [];
  for (const [l, fit] of fits.entries()) rolled.push(await rolledLaw(work, fit, atSteps[l], steps, shared));
  return rolled;
}

async function fitSteps(backend: Backend, sweep: Sweep, law: string, steps: readonly RolloutStep[], options: Settled): Promise<(Fit | string)[]> {
  const found: (Fit | string)[] = [];
  const needed = countFree(lawById(law), options) + 1;
  for (const step of steps) {
    const enough = step.fitted >= needed;
    found.push(enough ? await fitIfPossible(backend, fittedAt(sweep, step), law, options) : `It has ${step.fitted} runs, and needs ${needed}.`);
  }
  return found;
}

/** `total`: how often all resamples are fitted. */
function workOn(backend: Backend, sweep: Sweep, total: number, options: Settled): Work {
  const { replicates, seed, onProgress, signal } = options;
  const draw = pairedCounts(sweep, seed);
  let done = 0;
  return {
    backend, sweep, options,
    counts: Array.from({ length: replicates }, (_, r) => draw(r)),
    async resample(part, fit) {
      const before = replicates * done++;
      return fitPaired(backend, sweep, part, fit, {
        replicates, seed, ...(signal && { signal }),
        onProgress: (progress) => { onProgress?.({ ...progress, done: before + progress.done, total: replicates * total }); },
      });
    },
  };
}

async function rolledLaw(work: Work, fit: Fit, atSteps: readonly (Fit | string)[], steps: readonly RolloutStep[],
                         shared: readonly boolean[]): Promise<RolledLaw> {
  const { sweep, counts, options } = work;
  const fits = await work.resample(sweep, fit);
  const runs = outOfBagErrors(sweep, fit, fits, counts);
  const outOfBag = Float64Array.from(counts, (drawn) => errorOver(runs, sweep.weight.map((weight, i) => known(runs[i], weight * drawn[i]))).absolute);
  const at: Rolled[] = [];
  for (const [k, step] of steps.entries()) at.push(await rolledAt(work, atSteps[k], step));
  const used = at.filter((_, k) => shared[k]);
  const rollout = Float64Array.from(counts, (_, r) => meanOver(used.map(({ absolute }) => absolute[r])));
  const values = {
    objective: fit.objective,
    outOfBag: errorOver(runs, sweep.weight.map((weight, i) => known(runs[i], weight))).absolute,
    rollout: meanOver(used.map(({ found }) => found.error.absolute)),
  };
  const spread = (samples: Float64Array, value: number) => spreadOf(samples, value, options.confidence);
  return {
    law: fit.law,
    parameters: countFree(lawById(fit.law), options),
    values,
    samples: { objective: objectives(fits), outOfBag, rollout },
    intervals: { outOfBag: spread(outOfBag, values.outOfBag), rollout: spread(rollout, values.rollout) },
    rollout: at.map(({ found }) => found),
    failed: failedOf(fits),
  };
}

/** A weight, or 0 where there is nothing to weigh. */
function known(value: number, weight: number): number {
  return Number.isNaN(value) ? 0 : weight;
}

/** Mean |L̂/L − 1| of each run over the resamples that have not drawn it: NaN of one that all have, or that has no weight. */
function outOfBagErrors(sweep: Sweep, made: Fit, fits: Replicates, counts: readonly Float64Array[]): Float64Array {
  const errors = errorsAt(sweep, made);
  const [sum, times] = [new Float64Array(sweep.loss.length), new Float64Array(sweep.loss.length)];
  counts.forEach((drawn, r) => {
    const natural = finiteAt(fits, r);
    if (natural) errors(natural).forEach((error, i) => {
      if (drawn[i] > 0 || sweep.weight[i] === 0) return;
      sum[i] += Math.abs(error);
      times[i]++;
    });
  });
  return sum.map((total, i) => total / times[i]);
}

function meanOver(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function objectives(fits: Replicates): Float64Array {
  return fits.objective.map((value, r) => (isFiniteFit(fits, r) ? value : NaN));
}

interface Rolled {
  readonly found: RolloutAt;
  /** Of each resample. */
  readonly absolute: Float64Array;
}

async function rolledAt(work: Work, fit: Fit | string, step: RolloutStep): Promise<Rolled> {
  const { sweep, counts, options: { confidence } } = work;
  if (typeof fit === 'string') return { found: { why: fit, ...NOTHING }, absolute: new Float64Array(counts.length).fill(NaN) };
  const held = sweep.weight.map((weight, i) => (sweep.columns.C[i] > step.C ? weight : 0));
  const error = errorOver(errorsAt(sweep, fit)(lawById(fit.law).params.map((name) => fit.params[name])), held);
  const fits = await work.resample(fittedAt(sweep, step), fit);
  const samples = sampled(work, fit, fits, (r) => held.map((weight, i) => weight * counts[r][i]));
  const spread = (name: keyof PredictionError) => spreadOf(samples[name], error[name], confidence);
  const intervals = { absolute: spread('absolute'), signed: spread('signed'), largest: spread('largest') };
  return { found: { fit, error, intervals, failed: failedOf(fits) }, absolute: samples.absolute };
}

const NONE: Interval = [NaN, NaN];
const NOTHING: Pick<RolloutAt, 'error' | 'intervals' | 'failed'> = {
  error: NO_ERROR, intervals: { absolute: NONE, signed: NONE, largest: NONE }, failed: { unsettled: 0, notFinite: 0 },
};

type Samples = Readonly<Record<keyof PredictionError, Float64Array>>;

/** Errors of each resample's fit at the runs that `weightOf` gives; NaN where it is not finite, or where there are none. */
function sampled({ sweep }: Work, made: Fit, fits: Replicates, weightOf: (r: number) => Float64Array): Samples {
  const errors = errorsAt(sweep, made);
  const column = () => new Float64Array(fits.objective.length);
  const samples = { absolute: column(), signed: column(), largest: column() };
  for (let r = 0; r < fits.objective.length; r++) {
    const natural = finiteAt(fits, r);
    const error = natural ? errorOver(errors(natural), weightOf(r)) : NO_ERROR;
    samples.absolute[r] = error.absolute;
    samples.signed[r] = error.signed;
    samples.largest[r] = error.largest;
  }
  return samples;
}

function spreadOf(samples: Float64Array, value: number, confidence: number): Interval {
  const finite = samples.filter(Number.isFinite);
  return finite.length > 0 ? intervalOf(finite, value, confidence, 'percentile') : NONE;
}
