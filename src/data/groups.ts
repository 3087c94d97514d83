/** Groups of runs: those that are alike in a further column of a sweep. */
import { InputError } from '../errors.ts';
import type { Sweep } from '../types.ts';

export interface GroupedRuns {
  /** What the column says of each group, in the order of their first runs. */
  readonly names: readonly string[];
  /** The number of the group of each run. */
  readonly number: Uint32Array;
}

type Told = Pick<Sweep, 'name' | 'extra' | 'lines'>;

/** What a further column (`ReadOptions.groups` or `keep`) says of each run, as text. @throws InputError where the sweep has it not. */
export function valuesOf(sweep: Told, column: string): string[] {
  const values = sweep.extra?.[column];
  if (values) return values.map(String);
  throw new InputError(`${sweep.name}: expected a column "${column}" that was kept, got none. Read the table with keep: ["${column}"].`);
}

/** The same of a column that says something of each run that `counts`. @throws InputError where it does not. */
export function filledValues(sweep: Told, column: string, counts: (run: number) => boolean = () => true): string[] {
  const values = valuesOf(sweep, column);
  const empty = values.findIndex((value, i) => value === '' && counts(i));
  if (empty < 0) return values;
  const line = sweep.lines[empty];
  throw new InputError(`${sweep.name}, line ${line}, column "${column}": expected a text or a number, got an empty cell. ` +
    `Write a value in every row, or leave such runs out: --where '${column}!=""'.`, { place: { line, column } });
}

/**
 * The runs by what a further column says of them; `counts` says which of them make a group.
 * @throws InputError where the sweep has no such column, or it says one thing of all, or nothing of a run that counts.
 */
export function groupedRuns(sweep: Told, column: string, counts: (run: number) => boolean = () => true): GroupedRuns {
  const values = filledValues(sweep, column, counts);
  const names = [...new Set(values.filter((_, i) => counts(i)))];
  if (names.length > 1) return { names, number: Uint32Array.from(values, (value) => Math.max(0, names.indexOf(value))) };
  throw new InputError(`${sweep.name}, column "${column}": expected at least two different values, got ${JSON.stringify(names[0] ?? '')} in every run. ` +
    'Name a column that tells the groups apart.');
}
