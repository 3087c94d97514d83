/**
 * Drawn starts of resamples whose minimum the warm start may have missed: one at a time, on the resamples that are still open. A
 * resample is settled where as many descents as SURE agree on its lowest objective, the warm one among them; most are after
 * two drawn starts, and the few that are not get up to `most` of them.
 */
import { AGREE, type Backend, type Batch } from '../backend/backend.ts';
import { drawReplicate } from '../backend/cpu/draw.ts';
import { fitReplicates, naturalAt, type Pass, type ReplicateOptions, type Replicates } from './fits.ts';
import type { MakeBatch } from './replicates.ts';

/** Descents that agree on the lowest objective, of a resample that is settled. */
const SURE = 3;

/** The best of each resample, of `warm` and of the starts of `drawn`. @throws as `fitReplicates` does. */
export async function settleBy(backend: Backend, make: MakeBatch, warm: Replicates, drawn: Pass, options: ReplicateOptions): Promise<Replicates> {
  const order = make(0, 1).law.params.length;
  const best = { natural: warm.natural.slice(), objective: warm.objective.slice(), termination: warm.termination.slice() };
  const agreeing = new Uint8Array(best.objective.length).fill(1);
  for (let from = 0; from < drawn.starts.length; from += order) {
    const open = [...agreeing.keys()].filter((r) => agreeing[r] < SURE);
    if (open.length === 0 || options.signal?.aborted) break;
    const pass = { starts: drawn.starts.subarray(from, from + order), stages: drawn.stages };
    const ends = await fitReplicates(backend, picking(make, open), open.length, [pass], 'bootstrap', options);
    open.slice(0, ends.objective.length).forEach((r, k) => take(best, agreeing, r, ends, k));
  }
  return best;
}

/** Replicates `picked` of `make`, drawn here: a device draws only such as follow each other. */
function picking(make: MakeBatch, picked: readonly number[]): MakeBatch {
  return (first, replicates) => {
    const { draw, ...shared } = make(0, 1);
    const weight = new Float64Array(shared.points * replicates);
    for (let r = 0; r < replicates; r++) {
      drawReplicate({ ...shared, ...(draw && { draw }) }, picked[first + r]).weight.forEach((value, i) => { weight[i * replicates + r] = value; });
    }
    return { ...shared, replicates, weight } satisfies Batch;
  };
}

/** End `k` of `ends` is one more of replicate r. An objective that is not finite is neither lower nor alike. */
function take(best: Replicates, agreeing: Uint8Array, r: number, ends: Replicates, k: number): void {
  const [was, now] = [best.objective[r], ends.objective[k]];
  if (Math.abs(now - was) <= AGREE * was) agreeing[r]++;
  else if (now < was || !Number.isFinite(was)) agreeing[r] = 1;
  if (!(now < was) && Number.isFinite(was)) return;
  best.objective[r] = now;
  best.termination[r] = ends.termination[k];
  naturalAt(best, r).set(naturalAt(ends, k));
}
