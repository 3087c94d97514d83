/** The CPU backend: float64, over all cores. It cuts a batch into tasks and puts the results together again. */
import type { Stage } from '../../optim/descent.ts';
import {
  emptyBest, emptyDescents, startsPerReplicate, type Backend, type Batch, type DescendOptions, type DescentResult, type RunOptions, type SearchResult,
  type Starts,
} from '../backend.ts';
import { takeEnd } from './best.ts';
import { inlineRunner, type Runner } from './runner.ts';
import type { PlainBatch } from './tasks.ts';

/** Evaluations of a point in one task: tens of milliseconds, often enough for progress, cancelling and balance. */
const TASK_EVALUATIONS = 400_000;
/** Below this the work is done before a worker has started; one that has takes what is more than a task. */
const WORKER_EVALUATIONS = 1_500_000;
/** Steps of a typical descent, to estimate work. */
const TYPICAL_STEPS = 30;

type Choose = (evaluations: number) => Runner;

/** `pool` is called once, when the first work comes that is worth its workers. */
export function cpuBackend(threads: number, pool?: () => Runner): Backend {
  const inline = inlineRunner();
  let workers: Runner | undefined;
  const choose: Choose = (evaluations) => {
    if (!pool || threads < 2 || evaluations < (workers ? TASK_EVALUATIONS : WORKER_EVALUATIONS)) return inline;
    return (workers ??= pool());
  };
  return {
    name: 'cpu',
    adapter: threads === 1 ? '1 thread' : `${threads} threads`,
    tolerance: 1e-12,
    search: (batch, starts, keep, delta, options) => search(choose, batch, starts, keep, delta, options),
    descend: (batch, starts, stages, options) => descendFits(choose, batch, starts, stages, options),
    close() { workers?.close(); },
  };
}

/** Replicates from..to, all of their starts. */
async function search(choose: Choose, batch: Batch, starts: Starts, keep: number, delta: number,
                      options: RunOptions = {}): Promise<SearchResult> {
  const count = starts.length / batch.law.params.length;
  const runner = choose(count * batch.points * batch.replicates);
  const result = { index: new Uint32Array(batch.replicates * keep), objective: new Float64Array(batch.replicates * keep) };
  const step = Math.max(1, Math.floor(TASK_EVALUATIONS / (count * batch.points)));
  const jobs = ranges(0, batch.replicates, step).map(({ from, to }) => ({
    size: (to - from) * count,
    run: async () => {
      const part = await runner.search({ kind: 'search', batch: slice(batch, from, to), starts, keep, delta });
      result.index.set(part.index, from * keep);
      result.objective.set(part.objective, from * keep);
    },
  }));
  await runJobs(jobs, runner.threads, options);
  return result;
}

async function descendFits(choose: Choose, batch: Batch, starts: Starts, stages: readonly Stage[],
                           options: DescendOptions = {}): Promise<DescentResult> {
  const order = batch.law.params.length;
  const each = startsPerReplicate(batch, starts, options.picks);
  const work = batch.points * TYPICAL_STEPS;
  const runner = choose(work * each * batch.replicates);
  const cut = blocks(batch.replicates, each, Math.max(1, Math.floor(TASK_EVALUATIONS / work)));
  const parts: DescentResult[] = [];
  const jobs = cut.map(({ replicates, from, to }, k) => ({
    size: to - from,
    run: async () => {
      parts[k] = await runner.descend({
        kind: 'descend',
        batch: slice(batch, replicates.from, replicates.to),
        starts: gather(starts, order, each, from, to, options.picks),
        stages,
        best: options.best ?? false,
        ...(options.pinned && { pinned: options.pinned }),
      });
    },
  }));
  await runJobs(jobs, runner.threads, options);
  return options.best ? joinBest(batch.replicates, order, cut, parts) : join(batch.replicates * each, order, cut, parts);
}

/** Puts the parts where they belong; where a part is missing the fits stay "running". */
function join(fits: number, order: number, cut: readonly Block[], parts: readonly DescentResult[]): DescentResult {
  const result = emptyDescents(fits, order);
  cut.forEach(({ from }, k) => {
    if (!parts[k]) return;
    result.x.set(parts[k].x, from * order);
    result.objective.set(parts[k].objective, from);
    result.steps.set(parts[k].steps, from);
    result.termination.set(parts[k].termination, from);
  });
  return result;
}

/** The best of all parts of each replicate, in the order of the starts; "running" where one is missing. */
function joinBest(replicates: number, order: number, cut: readonly Block[], parts: readonly DescentResult[]): DescentResult {
  const best = emptyBest(replicates, order);
  cut.forEach((block, k) => {
    for (let r = block.replicates.from; r < block.replicates.to && parts[k]; r++) takeEnd(best, r, parts[k], r - block.replicates.from);
  });
  cut.forEach((block, k) => {
    if (!parts[k]) best.termination.fill(0, block.replicates.from, block.replicates.to);
  });
  return best;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

function ranges(from: number, to: number, step: number): Range[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, k) => ({ from: from + k * step, to: Math.min(to, from + (k + 1) * step) }));
}

/** Fits from..to, of these replicates. */
interface Block extends Range {
  readonly replicates: Range;
}

/** Blocks of about `size` fits: whole replicates where `each` is small, else parts of one replicate. */
function blocks(replicates: number, each: number, size: number): Block[] {
  if (each <= size) {
    return ranges(0, replicates, Math.floor(size / each)).map((range) => ({ replicates: range, from: range.from * each, to: range.to * each }));
  }
  return ranges(0, replicates, 1).flatMap((range) =>
    ranges(range.from * each, range.to * each, size).map((fits) => ({ replicates: range, ...fits })));
}

/** Replicates from..to of a batch, with no more of the data than they need. */
function slice(batch: Batch, from: number, to: number): PlainBatch {
  const own = (values: Float64Array): Float64Array => {
    if (values.length === batch.points) return values;
    const part = new Float64Array(batch.points * (to - from));
    for (let i = 0; i < batch.points; i++) {
      part.set(values.subarray(i * batch.replicates + from, i * batch.replicates + to), i * (to - from));
    }
    return part;
  };
  const { draw } = batch;
  return {
    ...batch, law: batch.law.id, replicates: to - from, logLoss: own(batch.logLoss), weight: own(batch.weight),
    ...(draw && { draw: { ...draw, first: draw.first + from } }),
  };
}

/** The starts of fits from..to, flat: fit f of a replicate takes start f, or the one it picked. */
function gather(starts: Starts, order: number, each: number, from: number, to: number, picks?: Uint32Array): Float64Array {
  const part = new Float64Array((to - from) * order);
  for (let f = from; f < to; f++) {
    const s = picks ? picks[f] : f % each;
    part.set(starts.subarray(s * order, (s + 1) * order), (f - from) * order);
  }
  return part;
}

interface Job {
  readonly size: number;
  run(): Promise<void>;
}

/** Runs the jobs, `lanes` at a time; reports progress after each, stops between them when aborted: throws, or, if `partial`, returns. */
async function runJobs(jobs: readonly Job[], lanes: number, { onProgress, signal, partial = false }: DescendOptions): Promise<void> {
  const total = jobs.reduce((sum, { size }) => sum + size, 0);
  let next = 0;
  let done = 0;
  const lane = async () => {
    while (next < jobs.length) {
      if (partial && signal?.aborted) return;
      signal?.throwIfAborted();
      const job = jobs[next++];
      await job.run().catch((error: unknown) => {
        next = jobs.length; // the other lanes have nothing left to work for
        throw error;
      });
      done += job.size;
      onProgress?.(done, total);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
