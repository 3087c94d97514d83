/**
 * Does one law with one factor q on D say of two groups of runs all that two laws say? Asked of resamples in which it does: in each
 * group residuals about the shared law are drawn anew from those of the group, and
 *
 *   p = (1 + resamples whose drop is at least that of the runs)/(1 + resamples),   drop = (shared − separate)/shared
 *
 * of what is minimised. Two laws are one law of groups that share nothing, so that both are fitted to the same draws. Residuals count
 * as exchangeable within a group. Davison and Hinkley 1997, §4.4 and Eq. 4.11.
 */
import type { Backend } from '../backend/backend.ts';
import { batchFor, fittedLogs } from '../fit/batch.ts';
import { lawById } from '../laws/registry.ts';
import type { Fit } from '../types.ts';
import { passesOf, type Fitted } from './bootstrap.ts';
import { sharing, unlessAborted, type SharedFit } from './data-factor.ts';
import { fitReplicates, type ReplicateOptions, type Replicates } from './fits.ts';
import { resampling } from './replicates.ts';

/** Residuals of this size, nats, are rounding. */
const NEGLIGIBLE = 1e-6;

/**
 * `separate`: the fits of the groups by themselves. NaN, of no resamples, where the shared law leaves no residuals, and where it is
 * stopped.
 */
export async function testOfShared(backend: Backend, separate: readonly [Fit, Fit], shared: SharedFit,
                                   { tests, seed = 0, ...options }: ReplicateOptions & { readonly tests: number; readonly seed?: number }): Promise<{ p: number; tests: number }> {
  const base = batchFor(shared.sweep, shared.fit);
  const fitted = fittedLogs(base, shared.fit.params);
  const isExact = fitted.every((value, i) => Math.abs(value - base.logLoss[i]) < NEGLIGIBLE);
  if (tests === 0 || isExact || options.signal?.aborted) return { p: NaN, tests: 0 };
  const fitAll = (fit: Fitted): Promise<Replicates> => {
    const batch = batchFor(shared.sweep, fit);
    return fitReplicates(backend, resampling(batch, fitted, { kind: 'residual', seed }), tests, passesOf(backend, batch, fit), 'bootstrap', options);
  };
  const both = await unlessAborted(options.signal, async () => [await fitAll(apartOf(separate, shared)), await fitAll(shared.fit)] as const);
  if (!both) return { p: NaN, tests: 0 };
  const [apart, together] = both;
  const drop = (two: number, one: number) => (one - two) / one;
  const drops = together.objective.slice(0, apart.objective.length).map((one, r) => drop(apart.objective[r], one)).filter(Number.isFinite);
  const seen = drop(separate[0].objective + separate[1].objective, shared.fit.objective);
  return { p: (1 + drops.filter((each) => each >= seen).length) / (1 + drops.length), tests: drops.length };
}

/** Two laws as one of groups that share nothing: at their minima, and where the shared law has each. */
function apartOf(separate: readonly [Fit, Fit], { fit, params }: SharedFit): Fitted {
  const made = sharing(separate[0], []);
  const { params: names, groups } = lawById(made.law);
  const { base, places } = groups!;
  const shared = places.map((__, g) => Object.fromEntries(base.params.map((name) => [name, fit.params[`${name}[${groups!.names[g]}]`] ?? params[name]])));
  const minima = separate.map((own, g) => [own.params, ...own.otherMinima.map((other) => other.params), shared[g]]);
  const pairs = minima[0].flatMap((one) => minima[1].map((other) => {
    const natural = new Map(places.flatMap((at, g) => base.params.map((name, j): [number, number] => [at[j], [one, other][g][name]])));
    return Object.fromEntries(names.map((name, j) => [name, natural.get(j) ?? NaN]));
  }));
  const [best, ...others] = pairs;
  return { ...made, params: best, otherMinima: others.map((each) => ({ params: each, objective: NaN })) };
}
