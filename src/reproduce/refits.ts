/** Our own fits of the sweeps that tables of compute-optimal models are compared with. */
import type { Laws } from '../approaches/laws.ts';
import { filterSweep } from '../data/filter.ts';
import { fitOn } from '../fit/fit.ts';
import { BESIROGLU_RUNS } from '../paper/besiroglu-runs.ts';
import type { Sweep } from '../types.ts';
import { closedForm } from './optimal-rows.ts';
import type { Context } from './reproduction.ts';

/** Epoch's 245 runs without those that Besiroglu et al. 2024 leave out. */
export function withoutOutliers(runs: Sweep): Sweep {
  return filterSweep(runs, { dropHighest: BESIROGLU_RUNS.dropped });
}

/** The frontier of the law fitted to a sweep. */
export async function approach3({ backend, seed, signal }: Context, sweep: Sweep): Promise<Laws> {
  const { params } = await fitOn(backend, sweep, { seed, ...(signal && { signal }) });
  return closedForm(params);
}
