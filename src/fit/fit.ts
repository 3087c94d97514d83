/**
 * The way through, over any backend: starts → search → descend (on the backend, descents.ts) → polish → certificate (in
 * float64 on the CPU).
 */
import type { Backend, Batch, DescentResult } from '../backend/backend.ts';
import { warmStagesOf } from '../backend/schedule.ts';
import { lossFields, lossOf } from '../losses/registry.ts';
import { rowAt } from '../math/rows.ts';
import { descend } from '../optim/descent.ts';
import type { Polished } from '../optim/polish.ts';
import { TERMINATIONS } from '../optim/termination.ts';
import type { Certificate, Fit, FitOptions, Sweep } from '../types.ts';
import { version } from '../version.ts';
import { batchFor, batchOf, namedOf, problemOf, workingOf } from './batch.ts';
import { certify, warningsOf } from './certificate.ts';
import { descentsFrom, polishMinima, screen } from './descents.ts';
import { groupsFitted, groupWarnings, lawFor } from './groups.ts';
import { naturalOf } from './pins.ts';
import { startsFor } from './starts.ts';

/** Of a descent in float64: as the CPU backend has it. */
const TOLERANCE = 1e-12;

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
  options.onEnds?.(naturalEnds(batch, descents.independent));
  const [best, ...others] = clock.sync('polish', () => polishMinima(problem, descents.ends));
  const certificate = clock.sync('certify', () => certify(problem, best, batch.centre, descents.independent, descents.about));

  return {
    law: law.id,
    ...(batch.pins && { fixed: Object.fromEntries(law.params.flatMap((name) => (name in fix ? [[name, fix[name]]] : []))) }),
    ...(batch.box && { bounds: Object.fromEntries(law.params.flatMap((name) => (name in bounds ? [[name, bounds[name]]] : []))) }),
    ...lossFields(loss),
    ...ofRuns(sweep, batch, best, certificate),
    otherMinima: others.map(({ x, height }) => ({ params: namedOf(batch, x), objective: height })),
    backend: { name: backend.name, adapter: backend.adapter },
    starts: String(options.starts ?? 'auto'),
    seed,
    timings: clock.seconds,
    notes: backend.remark === undefined ? sweep.notes : [...sweep.notes, backend.remark],
    version,
  };
}

/**
 * The fit of other runs by one descent from a fit that is near, such as that of the same sweep but for a run: in float64, in
 * milliseconds, on the thread that asks. One descent proves nothing, as its certificate says: `fitOn` does.
 * @throws InputError where the runs cannot be fitted, BackendError where there is no finite fit.
 */
export function refit(sweep: Sweep, fit: Fit): Fit {
  const batch = batchFor(sweep, fit);
  const problem = problemOf(batch);
  const clock = stopwatch();
  const { x, objective, steps, termination } = clock.sync('descend', () =>
    descend(problem, workingOf(batch, fit.params), warmStagesOf(batch.loss, TOLERANCE), undefined, problem.pinned));
  const end = { x, objective: Float64Array.of(objective), steps: Uint32Array.of(steps), termination: Uint8Array.of(TERMINATIONS.indexOf(termination)) };
  const [best] = clock.sync('polish', () => polishMinima(problem, end));
  return {
    ...fit,
    ...ofRuns(sweep, batch, best, clock.sync('certify', () => certify(problem, best, batch.centre, end))),
    otherMinima: [],
    backend: { name: 'cpu', adapter: '1 thread' },
    starts: '1',
    timings: clock.seconds,
    notes: sweep.notes,
  };
}

/** What of a fit follows from its runs and its minimum. */
function ofRuns(sweep: Sweep, batch: Batch, { x, height }: Polished, certificate: Certificate) {
  const { law, weight, pins } = batch;
  const groups = law.groups && groupsFitted(sweep, law.groups);
  const fix = Object.fromEntries(law.params.flatMap((name, j) => (pins?.pinned[j] ? [[name, pins.natural[j]]] : [])));
  return {
    ...(groups && { groups }),
    params: namedOf(batch, x),
    exponents: law.frontier?.exponents(naturalOf(batch, x)) ?? {},
    objective: height,
    points: weight.filter((value) => value > 0).length,
    computeRange: computeRange(sweep),
    dropped: sweep.dropped,
    certificate,
    sweep: sweep.name,
    warnings: [...sweep.warnings, ...(groups ? groupWarnings(groups, law, fix) : []), ...warningsOf(certificate)],
  };
}

/** [starts][P] */
function naturalEnds(batch: Batch, { x }: DescentResult): Float64Array {
  const order = batch.law.params.length;
  const ends = new Float64Array(x.length);
  for (let f = 0; f * order < x.length; f++) ends.set(naturalOf(batch, rowAt(x, f, order)), f * order);
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
