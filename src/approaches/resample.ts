/** Resamples of runs, or of curves: each a pure function of the seed and its index. */
import { drawReplicate } from '../backend/cpu/draw.ts';
import { STREAM, uniforms } from '../math/philox.ts';
import type { Sweep } from '../types.ts';

/** How often each item is in resample `index`. */
export type DrawCounts = (index: number) => Float64Array;

/**
 * Of so many items with replacement, as the bootstrap of pairs draws them; or, of a share of them, without: the nearest whole
 * number of items below all.
 */
export function drawCounts(items: number, seed: number, share?: number): DrawCounts {
  const weight = new Float64Array(items).fill(1);
  if (share === undefined) {
    const draw = { kind: 'groups', seed, first: 0, group: Uint32Array.from(weight.keys()), groups: items } as const;
    return (index) => drawReplicate({ logLoss: new Float64Array(), weight, draw }, index).weight;
  }
  const left = Math.min(items - 1, Math.round(share * items));
  return (index) => {
    const rank = Float64Array.from(weight, uniforms(seed, STREAM.resample, index));
    const chosen = new Set([...rank.keys()].toSorted((i, j) => rank[i] - rank[j]).slice(0, left));
    return weight.map((_, i) => Number(chosen.has(i)));
  };
}

/** Of the runs of a sweep that carry weight; 0 of the others. */
export function drawRuns({ weight }: Sweep, seed: number, share?: number): DrawCounts {
  const used = [...weight.keys()].filter((i) => weight[i] > 0);
  const draw = drawCounts(used.length, seed, share);
  return (index) => {
    const counts = new Float64Array(weight.length);
    draw(index).forEach((count, k) => { counts[used[k]] = count; });
    return counts;
  };
}

/** Milliseconds after which the page, or a signal, gets a turn. */
const TURN = 50;

/** `make` of every index below `count`, in order. @throws the signal's reason where it aborts. */
export async function eachResample<T>(count: number, make: (index: number) => T,
                                      onDone: (done: number) => void, signal?: AbortSignal): Promise<T[]> {
  const made: T[] = [];
  let since = performance.now();
  for (let index = 0; index < count; index++) {
    made.push(make(index));
    if (performance.now() - since < TURN) continue;
    onDone(index + 1);
    await new Promise((resolve) => { setTimeout(resolve, 0); });
    signal?.throwIfAborted();
    since = performance.now();
  }
  onDone(count);
  return made;
}
