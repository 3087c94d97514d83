/**
 * What better data are worth, fitted: one law for two groups of runs, in which a token of the second group counts as q tokens,
 *
 *   L₁(N, D) = E + A/N^α + B/D^β,   L₂(N, D) = L₁(N, q·D) = E + A/N^α + B₂/D^β,   B₂ = B·q^−β
 *
 * and so with every law of two power terms: one parameter says how many tokens it takes, each group has its own of it, and all
 * others are shared (src/laws/grouped.ts). q needs no profile then: it follows from a fit that is searched, polished and certified
 * like any other, and is fitted again in every resample, of which each group's runs are drawn from that group alone.
 */
import type { Backend } from '../backend/backend.ts';
import { optionError } from '../errors.ts';
import { batchFor, fittedLogs, type Made } from '../fit/batch.ts';
import { fitOn } from '../fit/fit.ts';
import { fitOfGroup } from '../fit/groups.ts';
import { groupedId, partOf } from '../laws/grouped.ts';
import type { Law } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import type { Fit, FitOptions, Sweep } from '../types.ts';
import { termsOf } from './answers.ts';
import { passesOf } from './bootstrap.ts';
import { fitReplicates, isFiniteFit, naturalAt, type ReplicateOptions } from './fits.ts';
import { joined } from './joined.ts';
import { resampling } from './replicates.ts';

/** The column that tells the runs of the two sweeps apart, and what it says of them. */
const COLUMN = 'sweep';
const NAMES = ['1', '2'] as const;

/** One law of two groups. */
export interface SharedFit {
  /** Of both sweeps, joined: `sweep`. */
  readonly fit: Fit;
  readonly sweep: Sweep;
  /** Tokens of the first group that a token of the second is worth. */
  readonly q: number;
  /** Of the first group, natural parameters by name. */
  readonly params: Readonly<Record<string, number>>;
}

/**
 * Fits the shared law to two sweeps as `made` says. What it holds or bounds of a parameter that groups have of their own is the first's.
 * @throws InputError where the law is none of two power terms, or the sweeps do not determine it.
 */
export async function fitShared(backend: Backend, first: Sweep, second: Sweep, made: Made, { seed = 0 } = {}): Promise<SharedFit> {
  const law = lawById(made.law);
  termsOf(law);
  const own = tokenParameter(law);
  const shared = sharing(made, law.params.filter((name) => name !== own), NAMES.slice(0, 1));
  const sweep = togetherOf(first, second);
  const fit = await fitOn(backend, sweep, { ...optionsOf(shared), seed });
  return { fit, sweep, q: factorOf(law)(lawById(fit.law).params.map((name) => fit.params[name])), params: fitOfGroup(fit, NAMES[0]).params };
}

/** The same with q held at 1: what one law of all runs minimises. @throws InputError as `fitShared` does. */
export async function objectiveOfOne(backend: Backend, first: Sweep, second: Sweep, made: Made, { seed = 0 } = {}): Promise<number> {
  return (await fitOn(backend, joined([first, second]), { ...optionsOf(made), seed })).objective;
}

function togetherOf(first: Sweep, second: Sweep): Sweep {
  return { ...joined([first, second]), extra: { [COLUMN]: [first, second].flatMap(({ loss }, g) => Array.from(loss, () => NAMES[g])) } };
}

/** How a law of both groups is made that share these parameters; what is held or bounded of the others is so in `groups`. */
export function sharing(made: Made, share: readonly string[], groups: readonly string[] = NAMES): Made {
  const named = <T>(values: Readonly<Record<string, T>>): Record<string, T> => Object.fromEntries(Object.entries(values).flatMap(([name, value]) =>
    (share.includes(name) ? [[name, value]] : groups.map((group) => [`${name}[${group}]`, value]))));
  return {
    ...made,
    law: groupedId(made.law, COLUMN, share, NAMES),
    ...(made.fixed && { fixed: named(made.fixed) }),
    ...(made.bounds && { bounds: named(made.bounds) }),
  };
}

function optionsOf({ law, loss, delta, envelope, fixed, bounds }: Made): FitOptions {
  return { law, loss, delta, ...(envelope !== undefined && { envelope }), ...(fixed && { fix: fixed }), ...(bounds && { bounds }) };
}

/** The parameter that says how many tokens a law takes: the only one whose coordinate moves where the centre of log D does. */
function tokenParameter(law: Law): string {
  const natural = law.toNatural(law.drawStart(1, () => 0.5), law.inputs.map(() => 0));
  const [here, there] = [0, 1].map((shift) => law.toWorking(natural, law.inputs.map((name) => (name === 'D' ? shift : 0))));
  const moved = law.params.filter((_, j) => here[j] !== there[j]);
  if (moved.length === 1) return moved[0];
  throw optionError('law', `expected a law with one scale of D, got "${law.id}". Fit chinchilla to compare two groups with it.`);
}

/** q = (B₁/B₂)^(1/β) of the two laws as power terms, by the natural parameters of both groups. */
function factorOf(law: Law): (natural: ArrayLike<number>) => number {
  const own = tokenParameter(law);
  const { places } = lawById(groupedId(law.id, COLUMN, law.params.filter((name) => name !== own), NAMES)).groups!;
  const terms = termsOf(law);
  return (natural) => {
    const [one, other] = places.map((at) => terms(partOf(natural, at)));
    return (one.B / other.B) ** (1 / one.beta);
  };
}

/** q of the shared fit of each resample, from the minima of all runs: NaN where one is not finite. Aborting gives those that are done. */
export async function resampleShared(backend: Backend, { fit, sweep }: SharedFit, total: number,
                                     { seed = 0, ...options }: ReplicateOptions & { readonly seed?: number } = {}): Promise<Float64Array> {
  const base = batchFor(sweep, fit);
  const make = resampling(base, fittedLogs(base, fit.params), { kind: 'pairs', seed });
  const fits = await unlessAborted(options.signal, () => fitReplicates(backend, make, total, passesOf(backend, base, fit), 'bootstrap', options));
  if (!fits) return new Float64Array(0);
  const q = factorOf((base.law.groups!).base);
  return Float64Array.from(fits.objective, (_, r) => (isFiniteFit(fits, r) ? q(naturalAt(fits, r)) : NaN));
}

/** `work`, or undefined where the signal ended it. */
export async function unlessAborted<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (signal?.aborted) return undefined;
    throw error;
  }
}
