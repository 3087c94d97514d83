/** Fits of all replicates of a sweep, the best of each. */
import type { Backend, Batch, DescentResult, Starts } from '../backend/backend.ts';
import { schedule, warmSchedule } from '../backend/schedule.ts';
import { InputError } from '../errors.ts';
import { batchOf } from '../fit/batch.ts';
import { startsFor } from '../fit/starts.ts';
import { lawById } from '../laws/registry.ts';
import { TERMINATIONS } from '../optim/termination.ts';
import type { BootstrapOptions, Fit, Sweep } from '../types.ts';
import { pieces } from './replicates.ts';

const REPLICATES = 1000;

/** One best fit a replicate: natural parameters [replicates][P], objective in nats², and how it ended. */
export interface Replicates {
  readonly natural: Float64Array;
  readonly objective: Float64Array;
  readonly termination: Uint8Array;
}

/** The best fit of every replicate, in order. */
export async function fitReplicates(backend: Backend, sweep: Sweep, fit: Fit, options: BootstrapOptions = {}): Promise<Replicates> {
  const law = lawById(fit.law);
  const base = batchOf(sweep, law);
  const order = law.params.length;
  const total = countOf(base, options);
  const optimum = law.toWorking(law.params.map((name) => fit.params[name]), base.centre);
  const extra = options.extraStarts ? startsFor(base, options.extraStarts, options.seed ?? 0) : undefined;
  const all: Replicates = {
    natural: new Float64Array(total * order), objective: new Float64Array(total).fill(Infinity), termination: new Uint8Array(total),
  };
  for (const { first, batch } of pieces(base, predictedLogs(base, optimum), total, options)) {
    const passes = extra ? 2 : 1;
    const run = (starts: Starts, stages: ReturnType<typeof schedule>, pass: number) => backend.descend(batch, starts, stages, {
      ...(options.signal && { signal: options.signal }),
      onProgress: (done, ofPass) => {
        const share = (pass + done / ofPass) / passes;
        options.onProgress?.({ stage: 'bootstrap', done: first + Math.floor(batch.replicates * share), total });
      },
    });
    keepBest(all, first, batch, await run(optimum, warmSchedule(fit.delta, backend.tolerance), 0));
    if (extra) keepBest(all, first, batch, await run(extra, schedule(fit.delta, backend.tolerance), 1));
  }
  return all;
}

function countOf(base: Batch, { kind, counts, replicates = REPLICATES }: BootstrapOptions): number {
  if (kind === 'counts') return Math.floor((counts?.length ?? base.points) / base.points);
  if (Number.isInteger(replicates) && replicates > 1) return replicates;
  throw new InputError(`replicates: expected a whole number above 1, got ${replicates}.`);
}

function predictedLogs({ law, inputs, points }: Batch, x: Float64Array): Float64Array {
  const prediction = new Float64Array(points);
  law.predict(x, inputs, prediction, law.params.map(() => new Float64Array(points)));
  return prediction.map(Math.log);
}

/** Takes the best end of each replicate of a piece where it is better than what is there. */
function keepBest(all: Replicates, first: number, batch: Batch, ends: DescentResult): void {
  const order = batch.law.params.length;
  const each = ends.objective.length / batch.replicates;
  for (let f = 0; f < ends.objective.length; f++) {
    const r = first + Math.floor(f / each);
    const unseen = all.termination[r] === 0;
    if (!unseen && !(ends.objective[f] < all.objective[r])) continue;
    all.objective[r] = Number.isNaN(ends.objective[f]) ? Infinity : ends.objective[f]; // so that anything is better
    all.termination[r] = ends.termination[f];
    all.natural.set(batch.law.toNatural(ends.x.subarray(f * order, (f + 1) * order), batch.centre), r * order);
  }
}

/** Did this end count as a fit? Codes of `Replicates.termination`. */
export function isSettled(code: number): boolean {
  return TERMINATIONS[code] === 'converged' || TERMINATIONS[code] === 'stalled';
}
