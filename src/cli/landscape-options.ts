/** `isoloss landscape` as it is asked for. */
import type { AxisName, LandscapePair } from '../stats/landscape.ts';
import type { Interval } from '../types.ts';
import type { Options, Spec } from './command.ts';
import { beginTable, FITTED_TABLE_OPTIONS, type FittedTable } from './table-options.ts';
import { readNumber, refused, whole } from './values.ts';

export interface LandscapeCommand extends FittedTable {
  readonly name: 'landscape';
  over: Over;
  /** Along each axis; that of the library where absent. */
  cells?: number;
  readonly range: Partial<Record<AxisName, Interval>>;
}

/** Two parameters, a landscape, or one, a profile: `landscapePairs` and `profileNames`, which are not loaded for a help text. */
const OVER = ['alpha,beta', 'a,E', 'E', 'alpha', 'beta', 'a'] as const satisfies readonly (LandscapePair | AxisName)[];
export type Over = typeof OVER[number];

/** Those of a landscape. */
const MOST_CELLS = 501;

/** The last of an option counts, of --range the last of an axis, and all of --where, --exclude and --columns. */
const OPTIONS: Options<LandscapeCommand> = {
  ...FITTED_TABLE_OPTIONS,
  over: { set(command, value, where) { command.over = readOver(value, where); } },
  cells: { set(command, value, where) { command.cells = whole(value, where, 2, MOST_CELLS); } },
  range: { set({ range }, value, where) { Object.assign(range, readRange(value, where)); } },
};

export const landscapeSpec: Spec<LandscapeCommand> = {
  options: OPTIONS,
  begin: (sources) => ({ ...beginTable(sources, 'isoloss landscape'), name: 'landscape', over: 'alpha,beta', range: {} }),
  check,
  help: async () => (await import('./landscape-help.ts')).LANDSCAPE_HELP,
  run: async (command, signal) => (await import('./landscape.ts')).runLandscape(command, signal),
};

function readOver(value: string, where: string): Over {
  const found = OVER.find((over) => over === value);
  if (found !== undefined) return found;
  const [pairs, names] = [OVER.filter(isPair), OVER.filter((over) => !isPair(over))];
  throw refused(where, `${pairs.join(' or ')}, or one of ${names.join(', ')}`, value, 'Write it as it is listed.');
}

/** "alpha=0.2:0.5" as { alpha: [0.2, 0.5] }; whether there is such an axis is seen when --over is known. */
function readRange(value: string, where: string): Record<string, Interval> {
  const [, name = '', ...ends] = /^\s*(\w+)\s*=([^:]*):([^:]*)$/.exec(value) ?? [];
  const [low, high] = ends.map((end) => readNumber(end.trim()));
  if (low < high && Number.isFinite(high - low)) return { [name]: [low, high] };
  throw refused(where, 'a range such as alpha=0.2:0.5', value, 'Write the lower end first.');
}

function check({ over, range }: LandscapeCommand): void {
  const axes = over.split(',');
  const stray = Object.keys(range).find((name) => !axes.includes(name));
  if (stray === undefined) return;
  throw refused('isoloss landscape --range', `a range of ${axes.join(' or ')}, as --over is ${over}`, stray, 'Leave it out, or change --over.');
}

/** A landscape is over two parameters, a profile along one. */
export function isPair(over: Over): over is LandscapePair {
  return over.includes(',');
}
