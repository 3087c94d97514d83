/** `isoloss landscape` as it is asked for. */
import { lawAxes, lawPairs } from '../laws/registry.ts';
import type { AxisName, LandscapePair } from '../stats/landscape.ts';
import type { Interval } from '../types.ts';
import type { Options, Spec } from './command.ts';
import { beginTable, FITTED_TABLE_OPTIONS, type FittedTable } from './table-options.ts';
import { readNumber, refused, whole } from './values.ts';

export interface LandscapeCommand extends FittedTable {
  readonly name: 'landscape';
  /** Two parameters, a landscape, or one, a profile; the first pair of the law where absent. */
  over?: string;
  /** Along each axis; that of the library where absent. */
  cells?: number;
  readonly range: Partial<Record<AxisName, Interval>>;
}

/** Those of a landscape. */
const MOST_CELLS = 501;

/** The last of an option counts, of --range the last of an axis, and all of --where, --exclude and --columns. */
const OPTIONS: Options<LandscapeCommand> = {
  ...FITTED_TABLE_OPTIONS,
  over: { set(command, value) { command.over = value; } },
  cells: { set(command, value, where) { command.cells = whole(value, where, 2, MOST_CELLS); } },
  range: { set({ range }, value, where) { Object.assign(range, readRange(value, where)); } },
};

export const landscapeSpec: Spec<LandscapeCommand> = {
  options: OPTIONS,
  begin: (sources) => ({ ...beginTable(sources, 'isoloss landscape'), name: 'landscape', range: {} }),
  check,
  help: async () => (await import('./landscape-help.ts')).LANDSCAPE_HELP,
  run: async (command, signal) => (await import('./landscape.ts')).runLandscape(command, signal),
};

/** "alpha=0.2:0.5" as { alpha: [0.2, 0.5] }; whether there is such an axis is seen when --over is known. */
function readRange(value: string, where: string): Record<string, Interval> {
  const [, name = '', ...ends] = /^\s*(\w+)\s*=([^:]*):([^:]*)$/.exec(value) ?? [];
  const [low, high] = ends.map((end) => readNumber(end.trim()));
  if (low < high && Number.isFinite(high - low)) return { [name]: [low, high] };
  throw refused(where, 'a range such as alpha=0.2:0.5', value, 'Write the lower end first.');
}

function check(command: LandscapeCommand): void {
  const { range, fit: { law = 'chinchilla' } } = command;
  const over = overOf(command);
  const [pairs, names] = [lawPairs(law), lawAxes(law)];
  if (![...pairs, ...names].includes(over)) {
    const remedy = 'Write it as it is listed.';
    throw refused('isoloss landscape --over', `${pairs.join(' or ')}, or one of ${names.join(', ')}, of law ${law}`, over, remedy);
  }
  const axes = over.split(',');
  const stray = Object.keys(range).find((name) => !axes.includes(name));
  if (stray === undefined) return;
  throw refused('isoloss landscape --range', `a range of ${axes.join(' or ')}, as --over is ${over}`, stray, 'Leave it out, or change --over.');
}

/** What is asked for, or the pair that tells most of the law. */
export function overOf({ over, fit: { law = 'chinchilla' } }: Pick<LandscapeCommand, 'over' | 'fit'>): string {
  return over ?? lawPairs(law)[0];
}

/** A landscape is over two parameters, a profile along one. */
export function isPair(over: string): over is LandscapePair {
  return over.includes(',');
}
