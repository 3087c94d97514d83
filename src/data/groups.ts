/** Groups of runs: those that are alike in a further column of a sweep. */
import { InputError } from '../errors.ts';
import type { Sweep } from '../types.ts';

export interface GroupedRuns {
  /** What the column says of each group, in the order of their first runs. */
  readonly names: readonly string[];
  /** The number of the group of each run. */
  readonly number: Uint32Array;
}

/** What a further column (`ReadOptions.keep`) says of each run, as text. @throws InputError where the sweep has it not. */
export function valuesOf(sweep: Pick<Sweep, 'name' | 'extra'>, column: string): string[] {
  const values = sweep.extra?.[column];
  if (values) return values.map(String);
  throw new InputError(`${sweep.name}: expected a column "${column}" that was kept, got none. Read the table with keep: ["${column}"].`);
}

/**
 * The runs by what a further column says of them; `counts` says which of them make a group.
 * @throws InputError where the sweep has no such column, or it says one thing of all.
 */
export function groupedRuns(sweep: Pick<Sweep, 'name' | 'extra'>, column: string, counts: (run: number) => boolean = () => true): GroupedRuns {
  const values = valuesOf(sweep, column);
  const names = [...new Set(values.filter((_, i) => counts(i)))];
  if (names.length > 1) return { names, number: Uint32Array.from(values, (value) => Math.max(0, names.indexOf(value))) };
  throw new InputError(`${sweep.name}, column "${column}": expected at least two different values, got ${JSON.stringify(names[0] ?? '')} in every run. ` +
    'Name a column that tells the groups apart.');
}
