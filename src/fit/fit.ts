/**
 * The way through, over any backend: starts → search → descend (on the backend, descents.ts) → polish → certificate (in
 * float64 on the CPU).
 */
import type { Backend, Batch, DescentResult } from '../backend/backend.ts';
import { lossFields, lossOf } from '../losses/registry.ts';
import type { Fit, FitOptions, Sweep } from '../types.ts';
import { version } from '../version.ts';
import { batchOf, namedOf, problemOf } from './batch.ts';
import { certify, warningsOf } from './certificate.ts';
import { descentsFrom, polishMinima, screen } from './descents.ts';
import { groupsFitted, groupWarnings, lawFor } from './groups.ts';
import { naturalOf } from './pins.ts';
import { startsFor } from './starts.ts';

/**
 * Fits one sweep on an open backend. `Fit` in src/types.ts says what comes back.
 * @throws InputError for a sweep or an option that cannot be used, BackendError where the backend finds no finite fit.
 */
export async function fitOn(backend: Backend, sweep: Sweep, options: FitOptions = {}): Promise<Fit> {
  const { seed = 0, fix = {}, bounds = {} } = options;
  const law = lawFor(sweep, options);
  const loss = lossOf(options);
  const batch = batchOf(sweep, law, { loss, fix, bounds });
  const clock = stopwatch();

  const starts = clock.sync('starts', () => startsFor(batch, options.starts, seed));
  const picks = await clock.async('search', () => screen(backend, batch, starts, options));
  const problem = problemOf(batch);
  const descents = await clock.async('descend', () => descentsFrom(backend, batch, problem, { starts, picks }, options));
  options.onEnds?.(naturalEnds(batch, descents));
  const [best, ...others] = clock.sync('polish', () => polishMinima(problem, descents));
  const certificate = clock.sync('certify', () => certify(problem, best, batch.centre, descents));
  const groups = law.groups && groupsFitted(sweep, law.groups);

  return {
    law: law.id,
    ...(groups && { groups }),
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
    warnings: [...sweep.warnings, ...(groups ? groupWarnings(groups, law, fix) : []), ...warningsOf(certificate)],
    version,
  };
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
