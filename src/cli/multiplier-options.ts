/** `isoloss multiplier` as it is asked for. */
import { parseCounts } from '../simulate/spec.ts';
import type { Options, Spec } from './command.ts';
import { beginTable, FITTED_TABLE_OPTIONS, readGroup, readName, type FittedTable } from './table-options.ts';
import { refusal } from './usage.ts';
import { positive, readBy, readConfidence, readReplicates } from './values.ts';

/** What is absent was not given. */
export interface MultiplierCommand extends FittedTable {
  readonly name: 'multiplier';
  /** The second table; absent where one is split. */
  readonly other?: string;
  /** The column that splits one table, and the value of it that is the base. */
  group?: string;
  against?: string;
  readonly budgets: number[];
  readonly losses: number[];
  replicates?: number;
  tests?: number;
  confidence?: number;
}


/** All of --budget and --target-loss count, of others as in `FITTED_TABLE_OPTIONS`. */
const OPTIONS: Options<MultiplierCommand> = {
  ...FITTED_TABLE_OPTIONS,
  group: { set(command, value, where) { command.group = readGroup(value, where); } },
  against: { set(command, value, where) { command.against = readName(value, where, 'a value of the column of --group', 'It is the group that the others are measured by.'); } },
  budget: { set({ budgets }, value, where) { budgets.push(...readBy(parseCounts)(value, where)); } },
  'target-loss': { set({ losses }, value, where) { losses.push(...value.split(',').map((loss) => positive(loss.trim(), where))); } },
  bootstrap: { set(command, value, where) { command.replicates = readReplicates(value, where); } },
  tests: { set(command, value, where) { command.tests = readReplicates(value, where, 0); } },
  confidence: { set(command, value, where) { command.confidence = readConfidence(value, where); } },
};

export const multiplierSpec: Spec<MultiplierCommand> = {
  options: OPTIONS,
  begin,
  check,
  help: async () => (await import('./multiplier-help.ts')).MULTIPLIER_HELP,
  run: async (command, signal) => (await import('./multiplier.ts')).runMultiplier(command, signal),
};

function begin(sources: readonly string[]): MultiplierCommand {
  if (sources.length > 2) throw refusal('isoloss multiplier', 'two tables, or one and --group', `${sources.length}`, 'Compare two at a time.');
  const [first, other] = sources;
  if (other === '') throw refusal('isoloss multiplier', 'a file, an address or -', '""', 'Leave it out, with --group, to split one table.');
  return {
    ...beginTable(first === undefined ? [] : [first], 'isoloss multiplier'), name: 'multiplier', budgets: [], losses: [],
    ...(other !== undefined && { other }),
  };
}

function check({ source, other, group, against, filter: { exclude } }: MultiplierCommand): void {
  if (source === undefined) throw refusal('isoloss multiplier', 'two tables, or one and --group', 'none', 'Begin with isoloss multiplier A.csv B.csv.');
  if (other === undefined && group === undefined) {
    throw refusal('isoloss multiplier', 'a second table, or --group', 'neither', 'Add a file, or --group COLUMN to split this one.');
  }
  if (other !== undefined && group !== undefined) throw refusal('isoloss multiplier --group', 'one table beside it', 'two', 'Leave one out.');
  if (against !== undefined && group === undefined) throw refusal('isoloss multiplier --against', '--group beside it', 'none', 'Of two tables the first is the base.');
  if (source === '-' && other === '-') throw refusal('isoloss multiplier', 'one table from standard input', 'two', 'Write one of them to a file.');
  if (exclude !== undefined && other !== undefined) throw refusal('isoloss multiplier --exclude', 'one table beside it', 'two', 'Which of them the lines are of is not known.');
}
