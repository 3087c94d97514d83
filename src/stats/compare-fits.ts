/** The laws of a comparison, each fitted to the same runs, or the reason why not. */
import type { Backend } from '../backend/backend.ts';
import { BackendError, InputError, optionError } from '../errors.ts';
import { rolesLacking } from '../fit/batch.ts';
import { fitOn } from '../fit/fit.ts';
import { chinchillaTied } from '../laws/chinchilla-tied.ts';
import type { Law } from '../laws/law.ts';
import { overtraining } from '../laws/overtraining.ts';
import { lawById, lawIds } from '../laws/registry.ts';
import type { Fit, FitOptions, Sweep } from '../types.ts';
import { isSameSurface } from './axes.ts';
import type { CompareOptions, Settled } from './compare-options.ts';

/** How far C/(6·N·D) may be from 1 where C is made of them: more than float64 rounds, and less than a table of few digits does. */
const ROUNDING = 1e-9;

/** Ids of all laws whose inputs the sweep has, one of those that are the same law in other parameters. */
export function comparableLaws(sweep: Sweep): string[] {
  const able = lawIds.filter((id) => rolesLacking(sweep, id).length === 0);
  return able.filter((id, k) => !able.slice(0, k).some((other) => sayTheSame(id, other, sweep)));
}

/** Of every run: where C is 6·N·D, over-training's law is Chinchilla's with one exponent. */
function sayTheSame(id: string, other: string, { columns: { N, D, C } }: Sweep): boolean {
  const paired = id === overtraining.id && other === chinchillaTied.id;
  return isSameSurface(id, other) || (paired && C.every((flops, i) => Math.abs(flops / (6 * N[i] * D[i]) - 1) < ROUNDING));
}

/** Those that are asked for, else all that can be compared. @throws InputError where something is to be held or bounded that none of them has. */
export function lawsFor(sweep: Sweep, { laws: ids, fix = {}, bounds = {} }: Pick<CompareOptions, 'laws' | 'fix' | 'bounds'>): Law[] {
  const laws = (ids ?? comparableLaws(sweep)).map(lawById);
  const known = new Set(laws.flatMap(({ params }) => params));
  for (const [option, asked] of [['fix', fix], ['bounds', bounds]] as const) {
    const stray = Object.keys(asked).find((name) => !known.has(name));
    if (stray === undefined) continue;
    throw optionError(option, `expected parameters of the laws that are compared (${[...known].join(', ')}), got ${stray}, which none of them has.`);
  }
  return laws;
}

/** What is held and bounded of a law: the parameters that it has. */
function pinsFor(law: Law, { fix, bounds }: Pick<CompareOptions, 'fix' | 'bounds'>): Pick<FitOptions, 'fix' | 'bounds'> {
  const own = <T>(asked: Readonly<Record<string, T>>) => Object.fromEntries(Object.entries(asked).filter(([name]) => law.params.includes(name)));
  return { ...(fix && { fix: own(fix) }), ...(bounds && { bounds: own(bounds) }) };
}

/** How many parameters of a law are fitted. */
export function countFree(law: Law, { fix = {} }: Pick<CompareOptions, 'fix'>): number {
  return law.params.filter((name) => !(name in fix)).length;
}

/** The fit, or why there is none, in the words of the error. @throws InputError about an option; the signal's reason. */
export async function fitIfPossible(backend: Backend, sweep: Sweep, law: string, options: Settled): Promise<Fit | string> {
  try {
    return await fitOn(backend, sweep, { law, ...fitOptions(options), ...pinsFor(lawById(law), options) });
  } catch (error) {
    const ofRuns = (error instanceof InputError && error.place?.option === undefined) || error instanceof BackendError;
    if (!ofRuns || options.signal?.aborted) throw error;
    return error.message;
  }
}

function fitOptions({ loss, delta, envelope, starts, screen, seed, onProgress, signal }: Settled): FitOptions {
  return {
    seed,
    ...(loss && { loss }),
    ...(delta !== undefined && { delta }),
    ...(envelope !== undefined && { envelope }),
    ...(starts !== undefined && { starts }),
    ...(screen !== undefined && { screen }),
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  };
}
