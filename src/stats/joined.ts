/** Sweeps put together, and one taken apart by a column. */
import { InputError } from '../errors.ts';
import type { Sweep } from '../types.ts';

/** The runs of all, in order. Names, notes and lines are those of the first. */
export function joined(sweeps: readonly [Sweep, ...Sweep[]]): Sweep {
  const [first] = sweeps;
  const together = (of: (sweep: Sweep) => Float64Array | undefined) => Float64Array.from(sweeps.flatMap((sweep) => [...of(sweep) ?? []]));
  const names = Object.keys(first.columns) as (keyof Sweep['columns'])[];
  return {
    ...first,
    name: sweeps.map(({ name }) => name).join(' and '),
    columns: Object.fromEntries(names.map((name) => [name, together(({ columns }) => columns[name])])) as Sweep['columns'],
    loss: together(({ loss }) => loss),
    weight: together(({ weight }) => weight),
    lines: Int32Array.from(sweeps.flatMap(({ lines }) => [...lines])),
  };
}

/** Runs under a name. */
export interface Group {
  readonly name: string;
  readonly sweep: Sweep;
}

/**
 * The runs of a sweep by what a further column of it (`ReadOptions.keep`) says, in the order in which its values first occur.
 * @throws InputError where the sweep has no such column, or one value only.
 */
export function groupsBy(sweep: Sweep, column: string): Group[] {
  const values = sweep.extra?.[column];
  if (!values) throw new InputError(`${sweep.name}: expected a column "${column}" that was kept, got none. Read the table with keep: ["${column}"].`);
  const names = [...new Set(values.map(String))];
  if (names.length > 1) return names.map((name) => ({ name, sweep: only(sweep, (i) => String(values[i]) === name) }));
  throw new InputError(`${sweep.name}, column "${column}": expected at least two different values, got ${JSON.stringify(names[0] ?? '')} in every run. ` +
    'Name a column that tells the groups apart.');
}

/** The runs of a sweep that carry weight. */
export function withWeight(sweep: Sweep): Sweep {
  return only(sweep, (i) => sweep.weight[i] > 0);
}

function only(sweep: Sweep, keeps: (run: number) => boolean): Sweep {
  const kept = (_: unknown, run: number) => keeps(run);
  const { columns, extra, loss, weight, lines } = sweep;
  return {
    ...sweep,
    columns: Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.filter(kept)])) as unknown as Sweep['columns'],
    loss: loss.filter(kept),
    weight: weight.filter(kept),
    lines: lines.filter(kept),
    ...(extra && { extra: Object.fromEntries(Object.entries(extra).map(([name, values]) => [name, values.filter(kept)])) }),
  };
}
