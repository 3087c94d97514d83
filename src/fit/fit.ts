/**
 * The way through, over any backend: starts → search → descend (on the backend) → polish → certificate (in
 * float64 on the CPU).
 */
import { stagesOf } from '../backend/schedule.ts';
import type { Backend, Batch, DescentResult, RunOptions, Starts } from '../backend/backend.ts';
import { BackendError, optionError } from '../errors.ts';
import { lawById } from '../laws/registry.ts';
import { lossFields, lossOf } from '../losses/registry.ts';
import type { Problem } from '../optim/objective.ts';
import { polish, type Polished } from '../optim/polish.ts';
import { isSettled } from '../optim/termination.ts';
import type { Fit, FitOptions, Progress, Sweep } from '../types.ts';
import { version } from '../version.ts';
import { batchOf, namedOf, problemOf } from './batch.ts';
import { certify } from './certificate.ts';
import { naturalOf, placed } from './pins.ts';
import { startsFor } from './starts.ts';

/** Different ends that are polished: float32 cannot rank ends that differ by less than its rounding. */
const POLISHED = 4;
/** Ends nearer to each other than this in every working coordinate are one: the polish would make them the same. */
const SAME = 1e-3;

/**
 * Fits one sweep on an open backend. `Fit` in src/types.ts says what comes back.
 * @throws InputError for a sweep or an option that cannot be used, BackendError where the backend finds no finite fit.
 */
export async function fitOn(backend: Backend, sweep: Sweep, options: FitOptions = {}): Promise<Fit> {
  const { seed = 0, fix = {}, bounds = {} } = options;
  const law = lawById(options.law ?? 'chinchilla');
  const loss = lossOf(options);
  const batch = batchOf(sweep, law, { loss, fix, bounds });
  const stages = stagesOf(loss, backend.tolerance);
  const clock = stopwatch();

  const starts = clock.sync('starts', () => startsFor(batch, options.starts, seed));
  const picks = await clock.async('search', () => screen(backend, batch, starts, options));
  const descents = await clock.async('descend', async () => placedIn(batch, await backend.descend(batch, starts, stages, {
    ...runOptions('descend', options), ...(picks && { picks }), ...(batch.pins && { pinned: batch.pins.pinned }),
  })));
  options.onEnds?.(naturalEnds(batch, descents));
  const problem = problemOf(batch);
  const [best, ...others] = clock.sync('polish', () => polishMinima(problem, descents));
  const certificate = clock.sync('certify', () => certify(problem, best, batch.centre, descents));

  return {
    law: law.id,
    params: namedOf(batch, best.x),
    exponents: law.frontier?.exponents(naturalOf(batch, best.x)) ?? {},
    ...(batch.pins && { fixed: Object.fromEntries(law.params.flatMap((name) => (name in fix ? [[name, fix[name]]] : []))) }),
    ...(batch.box && { bounds: Object.fromEntries(law.params.flatMap((name) => (name in bounds ? [[name, bounds[name]]] : []))) }),
    ...lossFields(loss),
    objective: best.height,
    otherMinima: others.map(({ x, height }) => ({ params: namedOf(batch, x), objective: height })),
    points: batch.weight.filter((weight) => weight > 0).length,
    computeRange: computeRange(sweep),
    dropped: sweep.dropped,
    certificate,
    backend: { name: backend.name, adapter: backend.adapter },
    starts: String(options.starts ?? 'auto'),
    seed,
    timings: clock.seconds,
    sweep: sweep.name,
    notes: backend.remark === undefined ? sweep.notes : [...sweep.notes, backend.remark],
    warnings: sweep.warnings,
    version,
  };
}

/** What is held at its value, which float32 has rounded. */
function placedIn(batch: Batch, descents: DescentResult): DescentResult {
  return { ...descents, x: placed(descents.x, batch) };
}

/** [starts][P] */
function naturalEnds(batch: Batch, { x }: DescentResult): Float64Array {
  const order = batch.law.params.length;
  const ends = new Float64Array(x.length);
  for (let f = 0; f < x.length; f += order) ends.set(naturalOf(batch, x.subarray(f, f + order)), f);
  return ends;
}

function computeRange({ columns: { C }, weight }: Sweep): [number, number] {
  const used = C.filter((_, i) => weight[i] > 0);
  return [used.reduce((a, b) => Math.min(a, b)), used.reduce((a, b) => Math.max(a, b))];
}

/** Opens a backend for one fit, and closes it. */
export async function fitOpening(open: (choice: FitOptions['backend']) => Promise<Backend>, sweep: Sweep, options: FitOptions): Promise<Fit> {
  const backend = await open(options.backend);
  try {
    return await fitOn(backend, sweep, options);
  } finally {
    backend.close();
  }
}

/** The `screen` best starts by their objective, or undefined where all are to be descended. */
async function screen(backend: Backend, batch: Batch, starts: Starts, options: FitOptions): Promise<Uint32Array | undefined> {
  const { screen: keep } = options;
  if (keep === undefined) return undefined;
  const count = starts.length / batch.law.params.length;
  if (!(Number.isInteger(keep) && keep > 0 && keep <= count)) {
    throw optionError('screen', `expected a whole number from 1 to the ${count} starts, got ${keep}.`);
  }
  return (await backend.search(batch, starts, keep, batch.loss.unit, runOptions('search', options))).index;
}

function runOptions(stage: Progress['stage'], { onProgress, signal }: FitOptions): RunOptions {
  return {
    ...(onProgress && { onProgress: (done: number, total: number) => onProgress({ stage, done, total }) }),
    ...(signal && { signal }),
  };
}

/** Polishes the lowest few ends that differ: the minima that they end at, lowest first. */
function polishMinima(problem: Problem, { x, objective, termination }: DescentResult): Polished[] {
  const order = problem.law.params.length;
  const ranked = [...objective.keys()].filter((f) => Number.isFinite(objective[f])).toSorted((p, q) => objective[p] - objective[q]);
  if (ranked.length === 0) {
    throw new BackendError('fit: expected a finite objective from at least one start, got none. Check the sweep for extreme values.');
  }
  const ends: { x: Float64Array; settled: boolean }[] = [];
  for (const f of ranked) {
    const end = x.subarray(f * order, (f + 1) * order);
    if (ends.length < POLISHED && !ends.some((other) => isSame(other.x, end))) ends.push({ x: end, settled: isSettled(termination[f]) });
  }
  const polished = ends.map((end) => ({ ...polish(problem, end.x), settled: end.settled })).toSorted((p, q) => p.height - q.height);
  return polished.filter((end, k) => k === 0 || (end.settled && !polished.slice(0, k).some((other) => isSame(other.x, end.x))));
}

function isSame(x: Float64Array, other: Float64Array): boolean {
  return x.every((value, j) => Math.abs(value - other[j]) < SAME);
}

/** Seconds by stage. */
function stopwatch() {
  const seconds: Record<string, number> = {};
  const note = (stage: string, since: number) => { seconds[stage] = (performance.now() - since) / 1000; };
  return {
    seconds,
    sync<T>(stage: string, work: () => T): T {
      const since = performance.now();
      const result = work();
      note(stage, since);
      return result;
    },
    async async<T>(stage: string, work: () => Promise<T>): Promise<T> {
      const since = performance.now();
      const result = await work();
      if (result !== undefined) note(stage, since);
      return result;
    },
  };
}
