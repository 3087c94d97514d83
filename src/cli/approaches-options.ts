/** `isoloss approaches` as it is asked for. */
import { parseCounts } from '../simulate/spec.ts';
import type { Role } from '../types.ts';
import type { Options, Spec } from './command.ts';
import { beginTable, FITTED_TABLE_OPTIONS, type FittedTable } from './table-options.ts';
import { refusal } from './usage.ts';
import { positive, readBy, readColumns, readConfidence, readFileName, readNumber, readReplicates, refused, whole } from './values.ts';

/** What is absent was not given. */
export interface ApproachesCommand extends FittedTable {
  readonly name: 'approaches';
  readonly curves: CurvesRequest;
  /** Training FLOPs: at which the optimum is said, and of the IsoFLOP profiles. */
  budgets?: readonly number[];
  isoflopBudgets?: readonly number[];
  tolerance?: number;
  readonly envelope: { budgets?: number; window?: number };
  readonly resamples: { replicates?: number; share?: number; confidence?: number };
}

/** There are curves where `source` is given. */
export interface CurvesRequest {
  /** File, http(s) address, or "-". */
  source?: string;
  /** The column that names the run. */
  run?: string;
  readonly columns: Partial<Record<Role, string>>;
}

const MOST_BUDGETS = 1e6;

/** The last of an option counts, and all of --where, --exclude, --columns and --curves-columns. */
const OPTIONS: Options<ApproachesCommand> = {
  ...FITTED_TABLE_OPTIONS,
  curves: { set({ curves }, value, where) { curves.source = value === '-' ? value : readFileName(value, where, 'Without --curves there is no Approach 1.'); } },
  run: { set({ curves }, value, where) { curves.run = readName(value, where); } },
  'curves-columns': { set({ curves }, value, where) { readColumns(curves.columns, value, where); } },
  budgets: { set(command, value, where) { command.budgets = readBy(parseCounts)(value, where); } },
  'isoflop-budgets': { set(command, value, where) { command.isoflopBudgets = readBy(parseCounts)(value, where); } },
  tolerance: { set(command, value, where) { command.tolerance = positive(value, where); } },
  'envelope-budgets': { set({ envelope }, value, where) { envelope.budgets = whole(value, where, 2, MOST_BUDGETS); } },
  window: { set({ envelope }, value, where) { envelope.window = readWindow(value, where); } },
  bootstrap: { set({ resamples }, value, where) { resamples.replicates = readReplicates(value, where); } },
  share: { set({ resamples }, value, where) { resamples.share = readShare(value, where); } },
  confidence: { set({ resamples }, value, where) { resamples.confidence = readConfidence(value, where); } },
};

export const approachesSpec: Spec<ApproachesCommand> = {
  options: OPTIONS,
  begin: (sources) => ({
    ...beginTable(sources, 'isoloss approaches'), name: 'approaches', curves: { columns: {} }, envelope: {}, resamples: {},
  }),
  check,
  help: async () => (await import('./approaches-help.ts')).APPROACHES_HELP,
  run: async (command, signal) => (await import('./approaches.ts')).runApproaches(command, signal),
};

function readName(value: string, where: string): string {
  if (value !== '') return value;
  throw refused(where, 'the name of a column', value, 'It is the column that tells the training runs apart.');
}

function readWindow(value: string, where: string): number {
  const number = readNumber(value);
  if (number >= 0 && number < Infinity) return number;
  throw refused(where, 'a number of checkpoints from 0 on such as 10', value, 'With 0 curves are not smoothed.');
}

function readShare(value: string, where: string): number {
  const number = readNumber(value);
  if (number > 0 && number < 1) return number;
  throw refused(where, 'a share of the runs between 0 and 1 such as 0.8', value, 'Without --share all are drawn with replacement.');
}

function check({ source, columns, format, curves, envelope }: ApproachesCommand): void {
  const ofCurves = [
    curves.run !== undefined && '--run', Object.keys(curves.columns).length > 0 && '--curves-columns',
    envelope.budgets !== undefined && '--envelope-budgets', envelope.window !== undefined && '--window',
  ].find(Boolean);
  if (ofCurves && curves.source === undefined) {
    throw refusal(`isoloss approaches ${ofCurves}`, '--curves beside it', 'none', 'Add --curves FILE, a table with a row a checkpoint.');
  }
  if (source === '-' && curves.source === '-') {
    throw refusal('isoloss approaches --curves', 'one table from standard input', 'two', 'Write one of them to a file.');
  }
  const ofTable = [Object.keys(columns).length > 0 && '--columns', format !== undefined && '--format'].find(Boolean);
  if (ofTable && source === undefined && curves.source !== undefined) {
    throw refusal(`isoloss approaches ${ofTable}`, 'a table of runs beside it', '--curves alone', 'For the columns of the curves: --curves-columns.');
  }
}
