/** Fits of all replicates, piece by piece, the best of each. */
import type { Backend, Batch, DescentResult, Stage, Starts } from '../backend/backend.ts';
import { naturalOf } from '../fit/pins.ts';
import { toldIn } from '../losses/registry.ts';
import { rowAt } from '../math/rows.ts';
import { countTerminations, isSettled } from '../optim/termination.ts';
import type { Progress } from '../types.ts';
import { cut, type MakeBatch } from './replicates.ts';

/** A descent from each of `starts` through `stages`, on every replicate. */
export interface Pass {
  /** Working coordinates, flat [starts][P]. */
  readonly starts: Starts;
  readonly stages: readonly Stage[];
}

/** One best fit a replicate: natural parameters [replicates][P], objective in the unit of the loss, and how it ended. */
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
  /**
   * Pieces start at 128 replicates and double, so that the first are there at once. Where pieces are cut changes no
   * replicate but for the rounding of float32.
   */
  readonly growing?: boolean;
  /** Called after a piece with a copy of all that is done, where that has doubled since the last call and more is to come. */
  readonly onUpdate?: (soFar: Replicates) => Promise<void> | void;
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
  let told = 0;
  for (const { first, count } of cut(total, points, starts, options.growing)) {
    const batch = make(first, count);
    const ends = await descendAll(backend, batch, passes, options.signal, (share) => {
      options.onProgress?.({ stage, done: first + Math.floor(count * share), total });
    });
    const finished = countFinished(ends, count);
    const fits = slice(bestOf(batch, ends), 0, finished, order);
    put(all, first, fits, order);
    done += finished;
    if (finished > 0) await options.onPiece?.(first, make(first, finished), fits);
    if (finished < count) break;
    if (done === total || done < 2 * told) continue;
    told = done;
    await options.onUpdate?.(copyOf(slice(all, 0, done, order)));
  }
  if (done < Math.min(2, total)) options.signal?.throwIfAborted();
  return slice(all, 0, done, order);
}

/** The ends of each pass over a piece. `onShare` gets the share of the work that is done. */
async function descendAll(backend: Backend, batch: Batch, passes: readonly Pass[], signal: AbortSignal | undefined,
                          onShare: (share: number) => void): Promise<DescentResult[]> {
  const ends: DescentResult[] = [];
  for (const [k, { starts, stages }] of passes.entries()) {
    ends.push(await backend.descend(batch, starts, stages, {
      partial: true,
      best: starts.length > batch.law.params.length,
      ...(batch.pins && { pinned: batch.pins.pinned }),
      ...(signal && { signal }),
      onProgress: (done, total) => { onShare((k + done / total) / passes.length); },
    }));
  }
  return ends;
}

function emptyReplicates(count: number, order: number): Replicates {
  return { natural: new Float64Array(count * order), objective: new Float64Array(count), termination: new Uint8Array(count) };
}

function slice({ natural, objective, termination }: Replicates, from: number, to: number, order: number): Replicates {
  return { natural: natural.subarray(from * order, to * order), objective: objective.subarray(from, to), termination: termination.subarray(from, to) };
}

function copyOf({ natural, objective, termination }: Replicates): Replicates {
  return { natural: natural.slice(), objective: objective.slice(), termination: termination.slice() };
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
function bestOf(batch: Batch, ends: readonly DescentResult[]): Replicates {
  const { law, replicates, loss } = batch;
  const order = law.params.length;
  const best = emptyReplicates(replicates, order);
  const height = ({ objective }: DescentResult, r: number) => (Number.isNaN(objective[r]) ? Infinity : objective[r]);
  for (let r = 0; r < replicates; r++) {
    const lowest = ends.reduce((low, next) => (height(next, r) < height(low, r) ? next : low));
    best.objective[r] = toldIn(loss, height(lowest, r));
    best.termination[r] = lowest.termination[r];
    best.natural.set(naturalOf(batch, rowAt(lowest.x, r, order)), r * order);
  }
  return best;
}

/** Replicates that did not converge, by how they ended. */
export function countFailed({ termination }: Replicates): Record<string, number> {
  return countTerminations(termination, (code) => !isSettled(code));
}

/**
 * Is fit r a fit at all? A descent that is not finite leaves x at its start, whose numbers mean nothing: its objective
 * tells.
 */
export function isFiniteFit(fits: Replicates, r: number): boolean {
  return Number.isFinite(fits.objective[r]) && naturalAt(fits, r).every(Number.isFinite);
}

/** Natural parameters of fit r, a view [P]. */
export function naturalAt({ natural, objective }: Pick<Replicates, 'natural' | 'objective'>, r: number): Float64Array {
  return rowAt(natural, r, natural.length / objective.length);
}

/** Those of a fit that is finite; undefined of another. */
export function finiteAt(fits: Replicates, r: number): Float64Array | undefined {
  return isFiniteFit(fits, r) ? naturalAt(fits, r) : undefined;
}
