/** `isoloss fit` as it is asked for. */
import { readCount } from '../data/counts.ts';
import type { BootstrapKind, BootstrapOptions } from '../types.ts';
import type { Options, Spec } from './command.ts';
import { beginTable, FITTED_TABLE_OPTIONS, STARTS, type FittedTable } from './table-options.ts';
import { refusal } from './usage.ts';
import { oneOf, readConfidence, readFileName, refused, whole, wordOrCount } from './values.ts';

/** What is absent was not given. */
export interface FitCommand extends FittedTable {
  readonly name: 'fit';
  readonly bootstrap: BootstrapRequest;
  influence: boolean;
  /** Models whose loss is to be predicted. */
  readonly predict: { readonly N: number; readonly D: number }[];
}

/** There is a bootstrap where `replicates` or `counts` is given. */
export interface BootstrapRequest {
  replicates?: number;
  kind?: Exclude<BootstrapKind, 'counts'>;
  /** A column of the table; "N" or "size" for the model size. Of the influence too. */
  cluster?: string;
  /** File of counts. */
  counts?: string;
  extraStarts?: NonNullable<BootstrapOptions['extraStarts']>;
  /** Of sandwich intervals too, which need no bootstrap. */
  confidence?: number;
  interval?: NonNullable<BootstrapOptions['interval']>;
}

const KINDS = ['pairs', 'residual', 'wild', 'parametric', 'cluster'] as const;
const INTERVALS = ['percentile', 'basic', 'bca', 'sandwich'] as const;
/** Their index is one word of the generator's counter. */
const MOST_REPLICATES = 2 ** 32 - 1;

/** The last of an option counts, and all of --where, --exclude, --columns and --predict. */
const OPTIONS: Options<FitCommand> = {
  ...FITTED_TABLE_OPTIONS,
  bootstrap: { set({ bootstrap }, value, where) { bootstrap.replicates = whole(value, where, 2, MOST_REPLICATES); } },
  'bootstrap-kind': { set({ bootstrap }, value, where) { bootstrap.kind = oneOf(KINDS, value, where); } },
  cluster: { set({ bootstrap }, value, where) { bootstrap.cluster = readColumnName(value, where); } },
  counts: { set({ bootstrap }, value, where) { bootstrap.counts = readFileName(value, where, 'Write the counts to a file.'); } },
  'resample-starts': { set({ bootstrap }, value, where) { bootstrap.extraStarts = wordOrCount(STARTS, value, where, 0); } },
  confidence: { set({ bootstrap }, value, where) { bootstrap.confidence = readConfidence(value, where); } },
  interval: { set({ bootstrap }, value, where) { bootstrap.interval = oneOf(INTERVALS, value, where); } },
  influence: { flag: true, set(command) { command.influence = true; } },
  predict: { set({ predict }, value, where) { predict.push(readModel(value, where)); } },
};

export const fitSpec: Spec<FitCommand> = {
  options: OPTIONS,
  begin,
  check,
  help: async () => (await import('./fit-help.ts')).FIT_HELP,
  run: async (command, signal) => (await import('./fit.ts')).runFit(command, signal),
};

function begin(sources: readonly string[]): FitCommand {
  return { ...beginTable(sources, 'isoloss fit'), name: 'fit', bootstrap: {}, influence: false, predict: [] };
}

function readColumnName(value: string, where: string): string {
  if (value !== '') return value;
  throw refused(where, 'the name of a column', value, 'N or size takes the model size.');
}

/** "N=70B,D=1.4T", in either order. */
function readModel(value: string, where: string): { N: number; D: number } {
  const parts = value.split(/,(?=\s*[ND]\s*=)/).map((part) => /^\s*([ND])\s*=(.*)$/.exec(part));
  const counts = Object.fromEntries(parts.map((part) => [part?.[1], readCount(part?.[2] ?? '')]));
  const { N, D } = counts;
  if (parts.length === 2 && N > 0 && D > 0 && N < Infinity && D < Infinity) return { N, D };
  const remedy = 'Give both, parameters N and training tokens D, as positive counts.';
  throw refused(where, 'a model such as N=70B,D=1.4T', value, remedy);
}

/** What is asked of a bootstrap, or of what can stand in for it, must be asked of one, and of one kind. */
function check({ bootstrap, influence, source }: FitCommand): void {
  const { kind, cluster, counts } = bootstrap;
  if (!isBootstrap(bootstrap)) checkAlone(bootstrap, influence);
  if (counts !== undefined && (kind ?? cluster) !== undefined) {
    const got = kind === undefined ? '--cluster' : '--bootstrap-kind';
    throw refusal('isoloss fit --counts', 'no other kind beside it', got, 'Leave one out.');
  }
  if (cluster !== undefined && kind !== undefined && kind !== 'cluster') {
    throw refusal('isoloss fit --cluster', '--bootstrap-kind cluster, or none, beside it', kind, 'Leave one out.');
  }
  if (kind === 'cluster' && cluster === undefined) {
    const remedy = 'Name the column: --cluster COLUMN, or --cluster N.';
    throw refusal('isoloss fit --bootstrap-kind cluster', '--cluster beside it', 'none', remedy);
  }
  if (cluster !== undefined && !isModelSize(cluster) && source === undefined) {
    throw refused('isoloss fit --cluster', 'N or size, for the bundled sweep', cluster, 'Give a file that has this column.');
  }
}

/** Without a bootstrap, sandwich intervals have a confidence, and the influence has clusters. */
function checkAlone({ kind, cluster, extraStarts, confidence, interval }: BootstrapRequest, influence: boolean): void {
  const lacking = (option: string, beside: string, remedy: string) => refusal(`isoloss fit ${option}`, `${beside} beside it`, 'none', remedy);
  const add = 'Add --bootstrap 1000, say.';
  if (kind !== undefined) throw lacking('--bootstrap-kind', '--bootstrap', add);
  if (extraStarts !== undefined) throw lacking('--resample-starts', '--bootstrap', add);
  if (interval !== undefined && interval !== 'sandwich') {
    throw lacking(`--interval ${interval}`, '--bootstrap', 'Add --bootstrap 1000, say; --interval sandwich needs none.');
  }
  if (cluster !== undefined && !influence) throw lacking('--cluster', '--bootstrap or --influence', add);
  if (confidence !== undefined && interval === undefined) throw lacking('--confidence', '--bootstrap or --interval sandwich', add);
}

export function isBootstrap({ replicates, counts }: BootstrapRequest): boolean {
  return replicates !== undefined || counts !== undefined;
}

/** A cluster for each model size, not a column of this name. */
export function isModelSize(cluster: string): boolean {
  return cluster === 'N' || cluster === 'size';
}
