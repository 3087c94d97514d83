/** The resamples of a fit, in the worker, as the settings ask for them. */
import { filledValues, resampleOn, resummarise, sandwichResampling, type Backend, type BootstrapOptions, type Fit, type Resampling, type Sweep } from '../index.ts';
import { budgetsFor } from './budgets.ts';

export interface ResampleRequest {
  readonly bootstrap: Pick<BootstrapOptions, 'kind' | 'replicates' | 'interval' | 'confidence' | 'seed'> & {
    /** "N", or a column that was read. */
    readonly by?: string;
  };
  /** Training FLOPs to extrapolate to. */
  readonly budget: number;
}

/** What else may be asked of resamples that are there. */
export type Question = Pick<BootstrapOptions, 'confidence' | 'interval'> & { readonly budget: number };

/** A bootstrap; the sandwich alone where no resamples are asked for. */
export async function resample(
  backend: Backend, sweep: Sweep, fit: Fit, { bootstrap: { by, ...asked }, budget }: ResampleRequest,
  telling: Pick<BootstrapOptions, 'onProgress' | 'signal'> & { onUpdate(soFar: Resampling): Promise<void> | void },
): Promise<Resampling> {
  const budgets = budgetsFor(fit, budget);
  if (asked.replicates === 0) {
    const { confidence } = asked;
    return sandwichResampling(sweep, fit, { budgets, ...(confidence !== undefined && { confidence }) });
  }
  const cluster = asked.kind === 'cluster' ? { cluster: by === undefined || by === 'N' ? Array.from(sweep.columns.N) : filledValues(sweep, by, (run) => sweep.weight[run] > 0) } : {};
  return resampleOn(backend, sweep, fit, { ...asked, ...cluster, budgets, ...telling });
}

/** The same fits, asked in another way; a sandwich is made where one is asked for. @throws InputError for "bca" where the fits that it needs were not made. */
export function summarised(sweep: Sweep, fit: Fit, resampling: Resampling, { budget, ...options }: Question): Resampling {
  const sandwich = resampling.sandwich ?? (options.interval === 'sandwich' ? sandwichResampling(sweep, fit).sandwich : undefined);
  const made = { ...resampling, ...(sandwich && { sandwich }) };
  return { ...made, bootstrap: resummarise(fit, made, { ...options, budgets: budgetsFor(fit, budget) }) };
}
