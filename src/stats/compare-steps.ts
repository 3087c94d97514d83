/**
 * Steps of a rollout: the runs of little compute are fitted, the dearer ones predicted, and from step to step more of them are
 * known. A step is a budget C: runs of at most C are fitted, runs above it are held out.
 *
 * By quantiles, so many steps cut the runs into one part more, of about equal counts; runs of one C are never parted. By
 * slices, a step lies half-way (in log C) between one IsoFLOP slice and the next.
 */
import { optionError } from '../errors.ts';
import { quantile } from '../math/quantile.ts';
import { extrapolation, rangesOf, type Columns } from '../plan/extrapolation.ts';
import { isoflopSlices } from '../plan/slices.ts';
import type { Sweep } from '../types.ts';

export interface RolloutStep {
  /** Training FLOPs of the dearest run that is fitted. */
  readonly C: number;
  /** Runs that are fitted, and runs that are predicted. */
  readonly fitted: number;
  readonly heldOut: number;
  /** By what factor the runs that are predicted lie beyond those that are fitted, the farthest of them in each; NaN of what is not known. */
  readonly beyond: Columns<number>;
}

/** How many steps, or "slices". */
export type RolloutSteps = number | 'slices';

const MOST_STEPS = 100;

/** @throws InputError where it is neither. */
export function checkSteps(steps: RolloutSteps): void {
  if (steps === 'slices' || (Number.isInteger(steps) && steps >= 0 && steps <= MOST_STEPS)) return;
  throw optionError('steps', `expected a whole number from 0 to ${MOST_STEPS} or "slices", got ${JSON.stringify(steps)}.`);
}

/** By rising C; none where the compute of a run is not known, and fewer where runs have the same. */
export function rolloutSteps(sweep: Sweep, steps: RolloutSteps): RolloutStep[] {
  const used = sweep.columns.C.filter((_, i) => sweep.weight[i] > 0).toSorted();
  if (used.some(Number.isNaN)) return [];
  const cuts = steps === 'slices' ? cutsBetween(sweep) : Array.from({ length: steps }, (_, k) => quantile(used, (k + 1) / (steps + 1)));
  const last = cuts.map((cut) => used.findLastIndex((C) => C <= cut)).filter((at) => at >= 0 && used[at] < used[used.length - 1]);
  const at = [...new Set(last)];
  return at.map((k) => ({ C: used[k], fitted: k + 1, heldOut: used.length - k - 1, beyond: farthest(sweep, used[k]) }));
}

/** Of the runs above a compute, from those of at most so much. */
function farthest(sweep: Sweep, C: number): Columns<number> {
  const [fitted, held] = [(flops: number) => flops <= C, (flops: number) => flops > C].map((isIn) =>
    rangesOf({ ...sweep, weight: sweep.weight.map((weight, i) => (isIn(sweep.columns.C[i]) ? weight : 0)) }));
  const ends = [0, 1].map((end) => extrapolation(fitted, { N: held.N[end], D: held.D[end], C: held.C[end] }));
  const most = (name: keyof Columns<number>) => Math.max(...ends.map((factors) => factors[name]));
  return { N: most('N'), D: most('D'), C: most('C') };
}

function cutsBetween(sweep: Sweep): number[] {
  const { C } = sweep.columns;
  const slices = isoflopSlices(sweep);
  return slices.slice(1).map(({ runs }, k) => {
    const highest = Math.max(...slices[k].runs.map((i) => C[i]));
    return Math.sqrt(highest * Math.min(...runs.map((i) => C[i])));
  });
}

/** The sweep with only the runs up to this step in use. */
export function fittedAt(sweep: Sweep, { C }: RolloutStep): Sweep {
  return { ...sweep, weight: sweep.weight.map((weight, i) => (sweep.columns.C[i] <= C ? weight : 0)) };
}
