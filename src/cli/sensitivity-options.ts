/** `isoloss sensitivity` as it is asked for. */
import { lawIds } from '../laws/registry.ts';
import { lossIds } from '../losses/registry.ts';
import { parseCounts } from '../simulate/spec.ts';
import type { CountedRole } from '../stats/choices.ts';
import type { LossId } from '../types.ts';
import type { Options, Spec } from './command.ts';
import { beginTable, FITTED_TABLE_OPTIONS, type FittedTable } from './table-options.ts';
import { refusal } from './usage.ts';
import { oneOf, positive, readBy, readConfidence, readNumber, refused, whole } from './values.ts';

/** What is absent was not given. */
export interface SensitivityCommand extends FittedTable {
  readonly name: 'sensitivity';
  /** Training FLOPs. */
  budget?: number;
  readonly vary: {
    deltas?: readonly number[];
    drops?: readonly number[];
    keepBelow?: readonly number[];
    keepAbove?: readonly number[];
    losses?: readonly LossId[];
    laws?: readonly string[];
  };
  /** Other columns of N and D. */
  readonly others: { readonly role: CountedRole; readonly column: string }[];
  confidence?: number;
}

/** The last of an option counts, but all of --count-as, --where, --exclude, --columns, --fix and --bound. */
const OPTIONS: Options<SensitivityCommand> = {
  ...FITTED_TABLE_OPTIONS,
  budget: { set(command, value, where) { command.budget = readBudget(value, where); } },
  deltas: { set({ vary }, value, where) { vary.deltas = listed(value, where, positive); } },
  drops: { set({ vary }, value, where) { vary.drops = listed(value, where, (each, at) => whole(each, at, 1)); } },
  'keep-below': { set({ vary }, value, where) { vary.keepBelow = listed(value, where, readQuantile); } },
  'keep-above': { set({ vary }, value, where) { vary.keepAbove = listed(value, where, readQuantile); } },
  losses: { set({ vary }, value, where) { vary.losses = listed(value, where, (each, at) => oneOf(lossIds, each, at)); } },
  laws: { set({ vary }, value, where) { vary.laws = listed(value, where, (each, at) => oneOf(lawIds, each, at)); } },
  'count-as': { set({ others }, value, where) { others.push(readOther(value, where)); } },
  confidence: { set(command, value, where) { command.confidence = readConfidence(value, where); } },
};

export const sensitivitySpec: Spec<SensitivityCommand> = {
  options: OPTIONS,
  begin: (sources) => ({ ...beginTable(sources, 'isoloss sensitivity'), name: 'sensitivity', vary: {}, others: [] }),
  check({ source, others: [other] }) {
    if (source === undefined && other) throw refusal('isoloss sensitivity --count-as', 'a table that has this column', 'the bundled sweep', 'Give a file.');
  },
  help: async () => (await import('./sensitivity-help.ts')).SENSITIVITY_HELP,
  run: async (command, signal) => (await import('./sensitivity.ts')).runSensitivity(command, signal),
};

/** "1e-4,1e-2", or "none". */
function listed<T>(value: string, where: string, read: (each: string, where: string) => T): T[] {
  return value.trim() === 'none' ? [] : value.split(',').map((each) => read(each.trim(), where));
}

function readBudget(value: string, where: string): number {
  const budgets = readBy(parseCounts)(value, where);
  if (budgets.length === 1) return budgets[0];
  throw refused(where, 'one budget such as 1e24', value, 'Ask for one at a time.');
}

function readQuantile(value: string, where: string): number {
  const quantile = readNumber(value);
  if (quantile > 0 && quantile < 1) return quantile;
  throw refused(where, 'quantiles of C between 0 and 1 such as 0.5, or none', value, 'Write 50 % as 0.5.');
}

/** "N=params_without_embeddings". */
function readOther(value: string, where: string): { role: CountedRole; column: string } {
  const [, role, column] = /^\s*(N|D)\s*=\s*(.+?)\s*$/s.exec(value) ?? [];
  if ((role === 'N' || role === 'D') && column !== undefined) return { role, column };
  throw refused(where, 'N=COLUMN or D=COLUMN', value, 'Name a column that counts the same in another way.');
}
