/** The resamples of a fit, in the worker, as the settings ask for them. */
import { resampleOn, sandwichOn, type Backend, type BootstrapOptions, type Fit, type Resampling, type Sweep } from '../index.ts';
import { budgetsFor } from './budgets.ts';

export interface ResampleRequest {
  readonly bootstrap: Pick<BootstrapOptions, 'kind' | 'replicates' | 'interval' | 'confidence' | 'seed'> & {
    /** "N", or a column that was read. */
    readonly by?: string;
  };
  /** Training FLOPs to extrapolate to. */
  readonly budget: number;
}

/** A bootstrap; the sandwich alone where no resamples are asked for. */
export async function resample(
  backend: Backend, sweep: Sweep, fit: Fit, { bootstrap: { by, ...asked }, budget }: ResampleRequest,
  telling: Pick<BootstrapOptions, 'onProgress' | 'signal'> & { onUpdate(soFar: Resampling): void },
): Promise<Resampling> {
  const budgets = budgetsFor(fit, budget);
  if (asked.replicates === 0) {
    const { confidence, seed } = asked;
    return { bootstrap: sandwichOn(sweep, fit, { budgets, ...(confidence !== undefined && { confidence }), ...(seed !== undefined && { seed }) }), replicates: NONE };
  }
  const cluster = asked.kind === 'cluster' ? { cluster: by === 'N' ? Array.from(sweep.columns.N) : sweep.extra?.[by ?? ''] ?? [] } : {};
  return resampleOn(backend, sweep, fit, { ...asked, ...cluster, budgets, ...telling });
}

const NONE: Resampling['replicates'] = { natural: new Float64Array(0), objective: new Float64Array(0), termination: new Uint8Array(0) };
