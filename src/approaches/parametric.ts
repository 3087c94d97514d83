/** Approach 3 of Hoffmann et al. 2022, arXiv:2203.15556, §3.3: the frontier of a fitted law, as power laws. */
import type { Backend } from '../backend/backend.ts';
import { BackendError, InputError } from '../errors.ts';
import { fitOn } from '../fit/fit.ts';
import type { Law } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import { frontier, frontierOf, inOrder } from '../plan/frontier.ts';
import { resampleOn } from '../stats/bootstrap.ts';
import { finiteAt, type Replicates } from '../stats/fits.ts';
import { hasOptimum } from '../stats/quantities.ts';
import type { BootstrapOptions, Fit, FitOptions, Sweep } from '../types.ts';
import type { Approach } from './approach.ts';
import { lawsAt, type Laws } from './laws.ts';
import { drawRuns } from './resample.ts';

/** Undefined where the parameters leave no compute-optimal size. */
export function approachOfFit({ law: id, params, computeRange, warnings, certificate }: Fit): Approach | undefined {
  const law = lawById(id);
  const natural = inOrder(law, params);
  if (!hasOptimum(law, natural)) return undefined;
  const ends = [...new Set(computeRange)];
  return { approach: 3, ...lawsOf(law, natural), optima: frontier(id, params, ends), warnings: [...warnings, ...certificate.reasons] };
}

const NO_LAWS: Laws = { N: { coefficient: NaN, exponent: NaN }, D: { coefficient: NaN, exponent: NaN } };
/** Any budget: a frontier that is a power law is one at all of them. */
const SOME = 1e21;

function lawsOf(law: Law, natural: Float64Array): Laws {
  if (!hasOptimum(law, natural)) return NO_LAWS;
  const { allocate, exponents } = frontierOf(law);
  return lawsAt({ C: SOME, ...allocate(natural, SOME) }, exponents(natural));
}

/** The fit, or why there is none, in the words of the error. @throws InputError about an option, and the signal's reason. */
export async function fitIfPossible(backend: Backend, sweep: Sweep, options: FitOptions): Promise<Fit | string> {
  try {
    return await fitOn(backend, sweep, options);
  } catch (error) {
    const ofRuns = (error instanceof InputError && error.place?.option === undefined) || error instanceof BackendError;
    if (!ofRuns || options.signal?.aborted) throw error;
    return error.message;
  }
}

/** The power laws of each resample of the runs: with replacement, or of a share without. */
export async function parametricLaws(backend: Backend, sweep: Sweep, fit: Fit, { share, ...options }: BootstrapOptions & {
  readonly replicates: number; readonly seed: number; readonly share?: number;
}): Promise<Laws[]> {
  const kind = share === undefined ? {} : { kind: 'counts' as const, counts: countsOf(sweep, options.replicates, options.seed, share) };
  const { replicates } = await resampleOn(backend, sweep, fit, { ...options, ...kind });
  options.signal?.throwIfAborted();
  return lawsOfFits(lawById(fit.law), replicates);
}

/** [replicates][runs] */
function countsOf(sweep: Sweep, replicates: number, seed: number, share: number): Uint8Array {
  const runs = sweep.loss.length;
  const draw = drawRuns(sweep, seed, share);
  const counts = new Uint8Array(replicates * runs);
  for (let r = 0; r < replicates; r++) counts.set(draw(r), r * runs);
  return counts;
}

function lawsOfFits(law: Law, fits: Replicates): Laws[] {
  return Array.from(fits.objective, (_, r) => {
    const natural = finiteAt(fits, r);
    return natural ? lawsOf(law, natural) : NO_LAWS;
  });
}
