/** Sweeps put together, and one taken apart by a column. */
import { groupedRuns } from '../data/groups.ts';
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
  const { names, number } = groupedRuns(sweep, column);
  return names.map((name, g) => ({ name, sweep: only(sweep, (i) => number[i] === g) }));
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
