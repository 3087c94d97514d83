/** The reproductions, in the order of the papers, and how they are run. */
import { replicatesFrom, wholeFrom } from '../check.ts';
import type { Backend } from '../backend/backend.ts';
import { optionError } from '../errors.ts';
import type { Progress } from '../types.ts';
import { version } from '../version.ts';
import { czech } from './czech.ts';
import { earlyStop } from './early-stop.ts';
import { epoch } from './epoch.ts';
import { eq10 } from './eq10.ts';
import { gadre } from './gadre.ts';
import { kaplan } from './kaplan.ts';
import { llama3 } from './llama3.ts';
import { muennighoff } from './muennighoff.ts';
import type { DataSets, Recipe, Reproduction } from './reproduction.ts';
import { tableA3 } from './table-a3.ts';
import { table2 } from './table2.ts';
import { table3 } from './table3.ts';

/** In the order in which they are read. */
export const recipes: readonly Recipe[] = [
  eq10, earlyStop, table2, table3, tableA3, epoch, kaplan, muennighoff, gadre, llama3, czech,
];

export const reproductionIds: readonly string[] = recipes.map(({ id }) => id);

export interface ReproduceOptions {
  readonly data?: DataSets;
  /** Resamples of each bootstrap, and synthetic sweeps of each simulation. Default 4000. */
  readonly replicates?: number;
  /** Default 0. */
  readonly seed?: number;
  /** Called with each reproduction when it is done. */
  readonly onReproduction?: (reproduction: Reproduction) => void;
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const REPLICATES = 4000;
/** Below this an interval says nothing. */
const FEWEST_REPLICATES = 100;

/**
 * Runs reproductions by their ids, in the order of `reproductionIds`; all where none is named.
 * @throws InputError where there is no such reproduction, or an option cannot be used.
 */
export async function reproduceOn(backend: Backend, ids: readonly string[] = [], options: ReproduceOptions = {}): Promise<Reproduction[]> {
  const { data = {}, replicates = REPLICATES, seed = 0, onReproduction, ...telling } = options;
  wholeFrom('seed', seed, 0);
  replicatesFrom('replicates', replicates, FEWEST_REPLICATES);
  const done: Reproduction[] = [];
  for (const { id, title, paper, run } of recipesOf(ids)) {
    telling.signal?.throwIfAborted();
    const since = performance.now();
    const sections = await run({ backend, data, replicates, seed, ...telling });
    const { name, adapter } = backend;
    done.push({ id, title, paper, sections, backend: { name, adapter }, seed, seconds: (performance.now() - since) / 1000, version });
    onReproduction?.(done.at(-1)!);
  }
  return done;
}

function recipesOf(ids: readonly string[]): readonly Recipe[] {
  const unknown = ids.find((id) => !reproductionIds.includes(id));
  if (unknown !== undefined) throw optionError('reproduction', `expected one of ${reproductionIds.join(', ')}, got "${unknown}".`);
  return ids.length === 0 ? recipes : recipes.filter(({ id }) => ids.includes(id));
}
