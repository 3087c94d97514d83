/** Reducing the ends of many starts to the best of each replicate. GPU twin: shaders/kernel/keep_end.wgsl. */
import { AGREE, type DescentResult } from '../backend.ts';

/**
 * Takes end f of `ends` into the best of replicate r: the first of the lowest. Starts that ended within AGREE of it are
 * counted, and the evaluations of all of them.
 */
export function takeEnd(best: DescentResult, r: number, ends: DescentResult, f: number): void {
  const order = best.x.length / best.objective.length;
  const agreeing = best.agreeing as Uint32Array;
  const count = ends.agreeing?.[f] ?? 1;
  const value = Number.isNaN(ends.objective[f]) ? Infinity : ends.objective[f];
  const current = best.objective[r];
  const unseen = best.termination[r] === 0;
  best.steps[r] += ends.steps[f];
  if (!unseen && !(value < current)) {
    if (value <= current * (1 + AGREE)) agreeing[r] += count;
    return;
  }
  agreeing[r] = !unseen && current <= value * (1 + AGREE) ? agreeing[r] + count : count;
  best.objective[r] = value;
  best.termination[r] = ends.termination[f];
  best.x.set(ends.x.subarray(f * order, (f + 1) * order), r * order);
}
