/**
 * The CPU's share of work as plain values that can be posted to a worker, and the functions that do it.
 * Everything is float64; one task is a range of replicates, each with its own list of starts.
 */
import { inGroups } from '../../laws/grouped.ts';
import { lawById } from '../../laws/registry.ts';
import { plainArithmetic } from '../../math/plain-arithmetic.ts';
import { wasmArithmetic } from '../../math/wasm-arithmetic.ts';
import { columnsOfDescent, descend, descentWorkspace, type Stage } from '../../optim/descent.ts';
import { objective, workspace, type Problem } from '../../optim/objective.ts';
import { TERMINATIONS } from '../../optim/termination.ts';
import { emptyBest, emptyDescents, type Batch, type DescentResult, type SearchResult } from '../backend.ts';
import { takeEnd } from './best.ts';
import { drawReplicate } from './draw.ts';

/** A batch with the law by its id, so that it can be posted. */
export type PlainBatch = Omit<Batch, 'law'> & { readonly law: string };

export interface SearchTask {
  readonly kind: 'search';
  readonly batch: PlainBatch;
  readonly starts: Float64Array;
  readonly delta: number;
  readonly keep: number;
}

export interface DescendTask {
  readonly kind: 'descend';
  readonly batch: PlainBatch;
  /** One list of starts for each replicate, flat [replicates][k][P]. */
  readonly starts: Float64Array;
  readonly stages: readonly Stage[];
  readonly pinned?: readonly boolean[];
  /** Only the best end of each replicate. */
  readonly best: boolean;
}

export function runSearch({ batch, starts, delta, keep }: SearchTask): SearchResult {
  const order = lawById(batch.law).params.length;
  const count = starts.length / order;
  const index = new Uint32Array(batch.replicates * keep);
  const best = new Float64Array(batch.replicates * keep).fill(Infinity);
  for (let r = 0; r < batch.replicates; r++) {
    const problem = replicate(batch, r, delta);
    const work = workspace(problem);
    const values = Array.from({ length: count }, (_, s) => objective(problem, starts.subarray(s * order, (s + 1) * order), work));
    const ranked = values.map((value, s) => ({ value: Number.isFinite(value) ? value * delta ** 2 : Infinity, s }));
    ranked.sort((p, q) => (p.value === q.value ? p.s - q.s : p.value - q.value));
    ranked.slice(0, keep).forEach(({ value, s }, k) => { index[r * keep + k] = s; best[r * keep + k] = value; });
  }
  return { index, objective: best };
}

export function runDescend({ batch, starts, stages, pinned, best }: DescendTask): DescentResult {
  const order = lawById(batch.law).params.length;
  const fits = starts.length / order;
  const each = fits / batch.replicates;
  const result = emptyDescents(fits, order);
  const bests = emptyBest(best ? batch.replicates : 0, order);
  for (let r = 0; r < batch.replicates; r++) {
    const problem = replicate(batch, r, stages[stages.length - 1].delta);
    const work = descentWorkspace(problem, stages);
    for (let f = r * each; f < (r + 1) * each; f++) {
      const end = descend(problem, starts.subarray(f * order, (f + 1) * order), stages, work, pinned);
      result.x.set(end.x, f * order);
      result.objective[f] = end.objective;
      result.steps[f] = end.steps;
      result.termination[f] = TERMINATIONS.indexOf(end.termination);
      if (best) takeEnd(bests, r, result, f);
    }
  }
  return best ? bests : result;
}

/** One replicate with the points of zero weight left out: a resample leaves out a third of them. The columns of the one before are void. */
function replicate(batch: PlainBatch, r: number, delta: number): Problem {
  const { points, replicates, inputs } = batch;
  const law = lawById(batch.law);
  const arithmetic = wasmArithmetic(columnsOfDescent(law), points) ?? plainArithmetic;
  const { logLoss, weight } = drawReplicate(batch, r);
  const own = (values: Float64Array, i: number) => (values.length === points ? values[i] : values[i * replicates + r]);
  const used: number[] = [];
  for (let i = 0; i < points; i++) if (own(weight, i) > 0) used.push(i);
  const place = inGroups(law, inputs, used);
  const gather = (of: (i: number) => number): Float64Array => {
    const values = arithmetic.column(place.length);
    for (let k = 0; k < place.length; k++) values[k] = of(place[k]);
    return values;
  };
  return {
    law,
    inputs: inputs.map((column) => gather((i) => column[i])),
    logLoss: gather((i) => own(logLoss, i)),
    weight: gather((i) => own(weight, i)),
    loss: batch.loss,
    delta,
    arithmetic,
    ...(batch.box && { box: batch.box }),
  };
}
