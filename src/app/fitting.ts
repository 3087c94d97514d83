/** The fit of the lab by all starts, in the worker, then its resamples. */
import { filterSweep, fitOn, type Backend, type FilterOptions, type Fit, type FitOptions, type Progress, type Resampling, type Sweep } from '../index.ts';
import type { Choice } from './devices.ts';
import { resample, type ResampleRequest } from './resampling.ts';
import { throttled } from './throttled.ts';

export interface FitRequest extends ResampleRequest {
  readonly device: Choice;
  readonly filter: FilterOptions;
  readonly fit: Pick<FitOptions, 'law' | 'loss' | 'delta' | 'envelope' | 'fix' | 'bounds' | 'groups' | 'starts' | 'seed'>;
}

/** One descent from the fit before, of other runs, with its sandwich. */
export interface NearFit {
  readonly fit: Fit;
  readonly lines: Int32Array;
  readonly resampling: Resampling;
}

/** What a page is told while it waits. */
export interface FitEvents {
  /** Runs were left out or taken back: a fit near the one before, while all starts are made. Resolves once the page shows it. */
  near(made: NearFit): Promise<void> | undefined;
  /** Resolves once the page shows one that it made itself. */
  painted(): Promise<void>;
  /** A near fit of so many runs took so long, ms: where that is little, the page makes the next ones. */
  took(ms: number, runs: number): void;
  /** The fit is there; `lines` are those of the runs that it used. */
  found(fit: Fit, lines: Int32Array, ends: Float64Array): void;
  /** Resamples so far. Resolves when the next ones may be made. */
  resampled(soFar: Resampling): Promise<void> | void;
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
    return events.resampled(soFar);
  };
  void tell(await resample(backend, sweep, fit, request, { onProgress, signal, onUpdate: tell }));
}
