/**
 * Paired resamples: resample r draws as many runs of the whole sweep as there are, with replacement, the same for every law
 * and every step of the rollout. A step fits the cheap runs of it as often as they were drawn and predicts the dear ones as
 * often as they were; runs that were not drawn at all, about 37 % of them, are out of the bag. So the resamples of two laws
 * differ by the laws alone.
 */
import { drawReplicate } from '../backend/cpu/draw.ts';
import type { Backend, DrawGroups } from '../backend/backend.ts';
import { stagesOf } from '../backend/schedule.ts';
import { batchFor } from '../fit/batch.ts';
import { startsFor } from '../fit/starts.ts';
import { isSettled } from '../optim/termination.ts';
import type { Fit, Sweep } from '../types.ts';
import { passesOf } from './bootstrap.ts';
import { settleBy } from './compare-descents.ts';
import { fitReplicates, isFiniteFit, type Pass, type ReplicateOptions, type Replicates } from './fits.ts';
import { probe } from './probe.ts';
import type { MakeBatch } from './replicates.ts';

/** Drawn starts of each resample that is probed, and at most so many of the others where the probe finds that they are needed. */
const PROBE_STARTS = 2;
const MOST_STARTS = 8;

export interface PairedOptions extends ReplicateOptions {
  readonly replicates: number;
  readonly seed: number;
}

/** How often each run of the sweep is in resample `index`, [runs]: 0 of those without weight. */
export function pairedCounts({ weight }: Sweep, seed: number): (index: number) => Float64Array {
  const used = usedRuns(weight);
  const draw = drawOf(used.length, seed);
  const ones = new Float64Array(used.length).fill(1);
  return (index) => {
    const counts = new Float64Array(weight.length);
    drawReplicate({ logLoss: new Float64Array(), weight: ones, draw }, index).weight.forEach((count, k) => { counts[used[k]] = count; });
    return counts;
  };
}

function usedRuns(weight: Float64Array): Uint32Array {
  return Uint32Array.from(weight.keys()).filter((i) => weight[i] > 0);
}

function drawOf(groups: number, seed: number): DrawGroups {
  return { kind: 'groups', seed, first: 0, group: Uint32Array.from({ length: groups }, (_, k) => k), groups };
}

/**
 * The best fit of `part` in each resample of `whole`: `part` is the same sweep with fewer runs in use, and `fit` is of it.
 * @throws the signal's reason.
 */
export async function fitPaired(backend: Backend, whole: Sweep, part: Sweep, fit: Fit, options: PairedOptions): Promise<Replicates> {
  const { replicates, seed, signal } = options;
  const make = drawingFrom(whole, part, fit, seed);
  const base = make(0, 1);
  const [warm] = passesOf(backend, base, fit, { extraStarts: 0 });
  const drawn = (count: number): Pass => ({ starts: startsFor(base, count, seed), stages: stagesOf(base.loss, backend.tolerance) });
  const { lower } = await probe(backend, make, replicates, warm, drawn(PROBE_STARTS), options);
  signal?.throwIfAborted();
  const fits = await fitReplicates(backend, make, replicates, [warm], 'bootstrap', options);
  signal?.throwIfAborted();
  if (lower === 0) return fits;
  const settled = await settleBy(backend, make, fits, drawn(MOST_STARTS), signal ? { signal } : {});
  signal?.throwIfAborted();
  return settled;
}

/** The runs of `part`, each drawn with its number among those of `whole`. */
function drawingFrom(whole: Sweep, part: Sweep, fit: Fit, seed: number): MakeBatch {
  const used = usedRuns(whole.weight);
  const draw = drawOf(used.length, seed);
  const group = draw.group.filter((k) => part.weight[used[k]] > 0);
  const pick = (values: Float64Array) => Float64Array.from(group, (k) => values[used[k]]);
  const base = batchFor(part, fit);
  const { inputs, logLoss, weight } = base;
  const kept = { ...base, points: group.length, inputs: inputs.map(pick), logLoss: pick(logLoss), weight: pick(weight) };
  return (first, replicates) => ({ ...kept, replicates, draw: { ...draw, group, first } });
}

/** Fits that did not settle, and those among them that are not finite and count for nothing. */
export interface FailedFits {
  readonly unsettled: number;
  readonly notFinite: number;
}

export function failedOf(fits: Replicates): FailedFits {
  const { termination } = fits;
  return {
    unsettled: termination.reduce((count, code) => count + Number(!isSettled(code)), 0),
    notFinite: termination.reduce((count, _, r) => count + Number(!isFiniteFit(fits, r)), 0),
  };
}
