/** Runs left out or taken back: the fit near the one before, which is there at once. In the page itself where it takes no time, else in the worker. */
import { BackendError, filterSweep, InputError, refit, sandwichResampling, type Fit, type Sweep } from '../index.ts';
import { budgetsFor } from './budgets.ts';
import type { FitRequest, NearFit } from './fitting.ts';

/** The fit that another is near: of which table, as it was asked for, and the lines of its runs. */
export interface Before {
  readonly of: Sweep;
  readonly request: FitRequest;
  readonly lines: Int32Array;
  readonly fit: Fit;
}

/** Nothing where more than the runs changed, where there are more than `most`, or where they cannot be fitted: the fit of all starts says why. */
export function fitNear(before: Before | undefined, of: Sweep, request: FitRequest, most = Infinity): NearFit | undefined {
  if (!before || !isOfSame(before, of, request)) return undefined;
  try {
    const sweep = filterSweep(of, request.filter);
    const { lines } = sweep;
    if (lines.length > most) return undefined;
    if (lines.length === before.lines.length && lines.every((line, i) => line === before.lines[i])) return undefined;
    const fit = refit(sweep, before.fit);
    const { bootstrap: { confidence }, budget } = request;
    const resampling = sandwichResampling(sweep, fit, { budgets: budgetsFor(fit, budget), ...(confidence !== undefined && { confidence }) });
    return { fit, lines, resampling };
  } catch (error) {
    if (error instanceof InputError || error instanceof BackendError) return undefined;
    throw error;
  }
}

/** The same table, and the same settings but for the runs that are left? */
export function isOfSame(one: Pick<Before, 'of' | 'request'> | undefined, of: Sweep, { fit }: FitRequest): boolean {
  return one?.of === of && JSON.stringify(one.request.fit) === JSON.stringify(fit);
}

/** Fits without one run or another, for nothing: the first run that is left out would else wait until the code is compiled. */
export const REHEARSALS = 3;

/** The k-th of them: how long it took, ms; Infinity where those runs cannot be fitted. */
export function rehearse(before: Before, k: number): number {
  const { of, request, lines } = before;
  const since = performance.now();
  const near = fitNear(before, of, { ...request, filter: { ...request.filter, exclude: [...request.filter.exclude ?? [], lines[k % lines.length]] } });
  return near ? performance.now() - since : Infinity;
}
