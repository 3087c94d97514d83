/** Our own fits of the sweeps that published numbers are compared with. */
import type { Laws } from '../approaches/laws.ts';
import { filterSweep } from '../data/filter.ts';
import { fitOn } from '../fit/fit.ts';
import { BESIROGLU_RUNS } from '../paper/besiroglu-results.ts';
import type { Fit, FitOptions, Sweep } from '../types.ts';
import { closedForm } from './optimal-rows.ts';
import type { Context } from './reproduction.ts';

/** Epoch's 245 runs without those that Besiroglu et al. 2024 leave out. */
export function withoutOutliers(runs: Sweep): Sweep {
  return filterSweep(runs, { dropHighest: BESIROGLU_RUNS.dropped });
}

/** A fit of a sweep, as the context has it. */
export function fitIn({ backend, seed, signal }: Context, sweep: Sweep, options: FitOptions = {}): Promise<Fit> {
  return fitOn(backend, sweep, { seed, ...(signal && { signal }), ...options });
}

/** The frontier of the law fitted to a sweep. */
export async function approach3(context: Context, sweep: Sweep): Promise<Laws> {
  return closedForm((await fitIn(context, sweep)).params);
}
