/** The fit of the lab, in the worker: at once what is near the fit before, then that of all starts, then its resamples. */
import {
  BackendError, filterSweep, fitOn, InputError, refit, sandwichResampling,
  type Backend, type FilterOptions, type Fit, type FitOptions, type Progress, type Resampling, type Sweep,
} from '../index.ts';
import { budgetsFor } from './budgets.ts';
import type { Choice } from './devices.ts';
import { resample, type ResampleRequest } from './resampling.ts';
import { throttled } from './throttled.ts';

export interface FitRequest extends ResampleRequest {
  readonly device: Choice;
  readonly filter: FilterOptions;
  readonly fit: Pick<FitOptions, 'law' | 'loss' | 'delta' | 'envelope' | 'fix' | 'bounds' | 'groups' | 'starts' | 'seed'>;
}

/** What a page is told while it waits. */
export interface FitEvents {
  /** Runs were left out or taken back: a descent from the fit before, with its sandwich, while all starts are made. */
  near(fit: Fit, lines: Int32Array, sandwich: Resampling): Promise<void> | undefined;
  /** The fit is there; `lines` are those of the runs that it used. */
  found(fit: Fit, lines: Int32Array, ends: Float64Array): void;
  /** Resamples so far. */
  resampled(soFar: Resampling): void;
  progressed(progress: Progress): void;
}

/** A fit that was made of a table, as it was asked for. */
export interface Fitted {
  readonly of: Sweep;
  readonly request: FitRequest;
  /** The runs of the table that it is of. */
  readonly sweep: Sweep;
  readonly fit: Fit;
  resampling?: Resampling;
}

/**
 * The fit of other runs of the same table, by one descent from the fit before, with its sandwich. Nothing where more than the runs
 * changed, or where they cannot be fitted: the fit of all starts says why.
 */
export function fitNear(before: Fitted | undefined, of: Sweep, request: FitRequest): Required<Fitted> | undefined {
  if (before?.of !== of || JSON.stringify(before.request.fit) !== JSON.stringify(request.fit)) return undefined;
  try {
    const sweep = filterSweep(of, request.filter);
    const { lines } = before.sweep;
    if (lines.length === sweep.lines.length && lines.every((line, i) => line === sweep.lines[i])) return undefined;
    const fit = refit(sweep, before.fit);
    const { bootstrap: { confidence }, budget } = request;
    const resampling = sandwichResampling(sweep, fit, { budgets: budgetsFor(fit, budget), ...(confidence !== undefined && { confidence }) });
    return { of, request, sweep, fit, resampling };
  } catch (error) {
    if (error instanceof InputError || error instanceof BackendError) return undefined;
    throw error;
  }
}

/** Runs of a table whose fit takes so long anyhow that its code need not be ready. */
const MANY = 10_000;
const REHEARSALS = 3;

/** Fits near this one, for nothing: the first run that is left out would else wait until its code is compiled. */
export function rehearse(fitted: Fitted): void {
  const { of, request, sweep: { lines } } = fitted;
  if (lines.length > MANY) return;
  for (const line of lines.slice(0, REHEARSALS)) {
    fitNear(fitted, of, { ...request, filter: { ...request.filter, exclude: [...request.filter.exclude ?? [], line] } });
  }
}

/** Fits, then resamples; `take` gets the fit before the page is told. */
export async function fitAndResample(backend: Backend, of: Sweep, request: FitRequest, events: FitEvents, signal: AbortSignal, take: (fitted: Fitted) => void): Promise<void> {
  const sweep = filterSweep(of, request.filter);
  const onProgress = throttled(events.progressed, signal);
  let ends: Float64Array = new Float64Array(0);
  const fit = await fitOn(backend, sweep, { ...request.fit, onProgress, signal, onEnds: (natural) => { ends = natural; } });
  signal.throwIfAborted();
  const fitted: Fitted = { of, request, sweep, fit };
  take(fitted);
  events.found(fit, sweep.lines, ends);
  if (!Object.values(fit.params).every(Number.isFinite)) return;
  const tell = (soFar: Resampling) => {
    fitted.resampling = soFar;
    events.resampled(soFar);
  };
  tell(await resample(backend, sweep, fit, request, { onProgress, signal, onUpdate: tell }));
}
