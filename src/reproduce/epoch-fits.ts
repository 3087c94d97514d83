/** Epoch's runs fitted and resampled, once for all sections: the 240 runs that they keep, and all 245. */
import { batchOf, fittedLogs, problemOf, workingOf } from '../fit/batch.ts';
import { fitOn } from '../fit/fit.ts';
import { chinchilla } from '../laws/chinchilla.ts';
import { polish } from '../optim/polish.ts';
import type { Params } from '../plan/frontier.ts';
import { resampleOn } from '../stats/bootstrap.ts';
import { huberLikelihood } from '../stats/huber-likelihood.ts';
import type { Bootstrap, Sweep } from '../types.ts';
import { sampleOf, type Sample } from './exponent-samples.ts';
import { withoutOutliers } from './refits.ts';
import type { Context } from './reproduction.ts';

/** The names in the order of their tables. */
export const NAMES = ['A', 'B', 'E', 'alpha', 'beta'] as const;

/** Huber threshold of Hoffmann et al. 2022, nats. */
export const DELTA = 1e-3;

/** A sweep with its two minima, and resamples fitted by the Huber loss. */
export interface Fitted {
  readonly sweep: Sweep;
  /** Lowest sum of Huber losses. */
  readonly huber: Params;
  /** Highest Huber likelihood with its scale: lowest sum of absolute errors. */
  readonly absolute: Params;
  /** Intervals of 80 %, and the frontier at the budgets that were asked for. */
  readonly bootstrap: Bootstrap;
  readonly resamples: Sample;
}

export interface EpochFits {
  readonly kept: Fitted;
  readonly all: Fitted;
}

export async function fitEpoch(context: Context, epoch: Sweep, budgets: readonly number[]): Promise<EpochFits> {
  return {
    kept: await fitted(context, withoutOutliers(epoch), budgets),
    all: await fitted(context, epoch, budgets),
  };
}

async function fitted({ backend, replicates, seed, onProgress, signal }: Context, sweep: Sweep, budgets: readonly number[]): Promise<Fitted> {
  const telling = { seed, ...(onProgress && { onProgress }), ...(signal && { signal }) };
  const fit = await fitOn(backend, sweep, telling);
  const near = await fitOn(backend, sweep, { ...telling, delta: NEAR });
  const { bootstrap, replicates: fits } = await resampleOn(backend, sweep, fit, { ...telling, replicates, budgets, confidence: 0.8 });
  signal?.throwIfAborted();
  return {
    sweep,
    huber: fit.params,
    absolute: mostLikely(sweep, near.params),
    bootstrap,
    resamples: sampleOf(fits),
  };
}

/** A threshold that every backend resolves, and that is near enough to none to start from. */
const NEAR = 1e-5;
/** Scale and parameters in turn: the scale moves by less than the rounding after the second. */
const TURNS = 3;

/** The threshold of the likelihood, not the least absolute error itself: the last digits that they print hang on it. */
function mostLikely(sweep: Sweep, near: Params): Params {
  const batch = batchOf(sweep, chinchilla);
  let params = near;
  for (let turn = 0; turn < TURNS; turn++) {
    const { scale } = huberLikelihood(residualsAt(sweep, params), DELTA);
    const { x } = polish(problemOf(batch, DELTA * scale), workingOf(batch, params));
    params = named(chinchilla.toNatural(x, batch.centre));
  }
  return params;
}

/** Natural parameters of Chinchilla's law by name. */
export function named(natural: ArrayLike<number>): Params {
  return Object.fromEntries(chinchilla.params.map((name, j) => [name, natural[j]]));
}

/** log L̂ − log L of each run, nats. */
export function residualsAt(sweep: Sweep, params: Params): Float64Array {
  const batch = batchOf(sweep, chinchilla);
  return fittedLogs(batch, params).map((log, i) => log - batch.logLoss[i]);
}

/** β/(α + β), the exponent of N_opt. */
export function exponentOf({ alpha, beta }: Params): number {
  return beta / (alpha + beta);
}
