/**
 * Does one law with one factor q on D say of two groups of runs all that two laws say? Asked of resamples in which it does: in each
 * group residuals about the shared law are drawn anew from those of the group, and
 *
 *   p = (1 + resamples whose drop is at least that of the runs)/(1 + resamples),   drop = (shared − separate)/shared
 *
 * of what is minimised. Residuals count as exchangeable within a group. Davison and Hinkley 1997, §4.4 and Eq. 4.11.
 */
import type { Backend } from '../backend/backend.ts';
import { batchFor } from '../fit/batch.ts';
import type { Fit } from '../types.ts';
import { passesOf } from './bootstrap.ts';
import { drawBoth, resampleShared, type SharedFit } from './data-factor.ts';
import { fitReplicates, type ReplicateOptions, type Replicates } from './fits.ts';
import type { Group } from './joined.ts';
import { resampling, type MakeBatch } from './replicates.ts';

/** A group with the law of its own, and the seed of its resamples. */
export interface Separate {
  readonly group: Group;
  readonly fit: Fit;
  readonly seed: number;
}

/** Residuals of this size, nats, are rounding. */
const NEGLIGIBLE = 1e-6;

/** NaN, of no resamples, where the shared law leaves no residuals, and where it is stopped. */
export async function testOfShared(backend: Backend, sides: readonly [Separate, Separate], shared: SharedFit,
                                   { tests, ...options }: ReplicateOptions & { readonly tests: number }): Promise<{ p: number; tests: number }> {
  const fitted = fittedBy(shared);
  const isExact = fitted.every((value, i) => Math.abs(value - shared.batch.logLoss[i]) < NEGLIGIBLE);
  if (tests === 0 || isExact || options.signal?.aborted) return { p: NaN, tests: 0 };
  const split = sides[0].group.sweep.loss.length;
  const makes = [fitted.slice(0, split), fitted.slice(split)].map((about, k) => aboutShared(sides[k], about));
  const [one, other] = [await alone(backend, sides[0], makes[0], shared, tests, options), await alone(backend, sides[1], makes[1], shared, tests, options)];
  const total = Math.min(one.objective.length, other.objective.length);
  const both = await resampleShared(shared, drawBoth([makes[0](0, 1), makes[1](0, 1)]), total, options);
  const drop = (separate: number, together: number) => (together - separate) / together;
  const drops = both.objective.map((together, r) => drop(one.objective[r] + other.objective[r], together)).filter(Number.isFinite);
  const seen = drop(sides[0].fit.objective + sides[1].fit.objective, shared.objective);
  return { p: (1 + drops.filter((each) => each >= seen).length) / (1 + drops.length), tests: drops.length };
}

/** Log losses of all points by the shared law. */
function fittedBy({ batch: { law, inputs, points }, x }: SharedFit): Float64Array {
  const prediction = new Float64Array(points);
  law.predict(x, inputs, prediction, law.params.map(() => new Float64Array(points)));
  return prediction.map(Math.log);
}

function aboutShared({ group: { sweep }, fit, seed }: Separate, fitted: Float64Array): MakeBatch {
  return resampling(batchFor(sweep, fit), fitted, { kind: 'residual', seed });
}

/** A law of its own in each resample, from the minima of the runs and from the shared law. */
function alone(backend: Backend, { group: { sweep }, fit }: Separate, make: MakeBatch, shared: SharedFit, tests: number,
               options: ReplicateOptions): Promise<Replicates> {
  const minima = { ...fit, otherMinima: [...fit.otherMinima, { params: shared.params, objective: shared.objective }] };
  return fitReplicates(backend, make, tests, passesOf(backend, batchFor(sweep, fit), minima), 'bootstrap', options);
}
