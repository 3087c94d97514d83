/** Fits of all replicates, piece by piece, the best of each. */
import type { Backend, Batch, DescentResult, Stage, Starts } from '../backend/backend.ts';
import type { Law } from '../laws/law.ts';
import { isSettled, TERMINATIONS } from '../optim/termination.ts';
import type { Progress } from '../types.ts';
import { cut, type MakeBatch } from './replicates.ts';

/** A descent from each of `starts` through `stages`, on every replicate. */
export interface Pass {
  /** Working coordinates, flat [starts][P]. */
  readonly starts: Starts;
  readonly stages: readonly Stage[];
}

/** One best fit a replicate: natural parameters [replicates][P], objective in nats², and how it ended. */
export interface Replicates {
  readonly natural: Float64Array;
  readonly objective: Float64Array;
  readonly termination: Uint8Array;
}

export interface ReplicateOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting keeps the replicates that are done, from the first on. */
  readonly signal?: AbortSignal;
  /** Called with the fits of each piece, first..first + batch.replicates, when they are done or it is stopped. */
  readonly onPiece?: (first: number, batch: Batch, fits: Replicates) => Promise<void> | void;
}

/**
 * The best fit of every replicate, in order. `stage` names the progress.
 * @throws the signal's reason where it aborts before two replicates are done.
 */
export async function fitReplicates(backend: Backend, make: MakeBatch, total: number, passes: readonly Pass[],
                                    stage: Progress['stage'], options: ReplicateOptions = {}): Promise<Replicates> {
  const { points, law } = make(0, 1);
  const order = law.params.length;
  const starts = passes.reduce((sum, pass) => sum + pass.starts.length / order, 0);
  const all = emptyReplicates(total, order);
  let done = 0;
  for (const { first, count } of cut(total, points, starts)) {
    const batch = make(first, count);
    const ends: DescentResult[] = [];
    for (const [k, pass] of passes.entries()) {
      ends.push(await backend.descend(batch, pass.starts, pass.stages, {
        partial: true,
        best: pass.starts.length > order,
        ...(options.signal && { signal: options.signal }),
        onProgress: (now, ofPass) => {
          const share = (k + now / ofPass) / passes.length;
          options.onProgress?.({ stage, done: first + Math.floor(count * share), total });
        },
      }));
    }
    const piece = bestOf(batch, ends);
    const finished = countFinished(ends, count);
    const fits = slice(piece, 0, finished, order);
    put(all, first, fits, order);
    done += finished;
    if (finished > 0) await options.onPiece?.(first, make(first, finished), fits);
    if (finished < count) break;
  }
  if (done < Math.min(2, total)) options.signal?.throwIfAborted();
  return slice(all, 0, done, order);
}

function emptyReplicates(count: number, order: number): Replicates {
  return { natural: new Float64Array(count * order), objective: new Float64Array(count), termination: new Uint8Array(count) };
}

function slice({ natural, objective, termination }: Replicates, from: number, to: number, order: number): Replicates {
  return { natural: natural.subarray(from * order, to * order), objective: objective.subarray(from, to), termination: termination.subarray(from, to) };
}

function put(all: Replicates, first: number, { natural, objective, termination }: Replicates, order: number): void {
  all.natural.set(natural, first * order);
  all.objective.set(objective, first);
  all.termination.set(termination, first);
}

/** Replicates before the first that is still running in some pass. */
function countFinished(ends: readonly DescentResult[], count: number): number {
  return ends.reduce((least, { termination }) => {
    const running = termination.indexOf(0);
    return running < 0 ? least : Math.min(least, running);
  }, count);
}

/** The lowest end of each replicate over all passes; an objective that is NaN counts as infinite. */
function bestOf({ law, centre, replicates }: Batch, ends: readonly DescentResult[]): Replicates {
  const order = law.params.length;
  const best = emptyReplicates(replicates, order);
  const height = ({ objective }: DescentResult, r: number) => (Number.isNaN(objective[r]) ? Infinity : objective[r]);
  for (let r = 0; r < replicates; r++) {
    const lowest = ends.reduce((low, next) => (height(next, r) < height(low, r) ? next : low));
    best.objective[r] = height(lowest, r);
    best.termination[r] = lowest.termination[r];
    best.natural.set(law.toNatural(lowest.x.subarray(r * order, (r + 1) * order), centre), r * order);
  }
  return best;
}

/** Replicates that did not converge, by how they ended. */
export function countFailed({ termination }: Replicates): Record<string, number> {
  const failed: Record<string, number> = {};
  for (const code of termination) if (!isSettled(code)) failed[TERMINATIONS[code]] = (failed[TERMINATIONS[code]] ?? 0) + 1;
  return failed;
}

/**
 * Is fit r a fit at all? A descent that is not finite leaves x at its start, whose numbers mean nothing: its objective
 * tells.
 */
export function isFiniteFit({ natural, objective }: Replicates, r: number): boolean {
  const order = natural.length / objective.length;
  return Number.isFinite(objective[r]) && natural.subarray(r * order, (r + 1) * order).every(Number.isFinite);
}

/** Parameters by name of every replicate that is finite. */
export function finiteRows(all: Replicates, { params }: Law): Record<string, number>[] {
  const rows: Record<string, number>[] = [];
  for (let r = 0; r < all.objective.length; r++) {
    if (isFiniteFit(all, r)) rows.push(Object.fromEntries(params.map((name, j) => [name, all.natural[r * params.length + j]])));
  }
  return rows;
}
