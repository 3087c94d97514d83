/** `isoloss fit` as it is asked for. */
import { readCount } from '../data/counts.ts';
import { parseComparison } from '../data/filter.ts';
import type { BootstrapKind, BootstrapOptions, FitOptions } from '../types.ts';
import type { Options, Spec } from './command.ts';
import { refusal, UsageError } from './usage.ts';
import {
  oneOf, OUTPUT_OPTIONS, positive, readBackend, readConfidence, readFileName, readSeed, refused, TABLE_OPTIONS, whole, wordOrCount,
  type Output, type TableRequest,
} from './values.ts';

/** What is absent was not given. */
export interface FitCommand extends Output, TableRequest {
  readonly name: 'fit';
  /** File, http(s) address, or "-"; the bundled replica where there is none. */
  readonly source?: string;
  readonly fit: { -readonly [K in keyof FitOptions]: FitOptions[K] };
  readonly filter: { dropHighest?: number; readonly where: string[] };
  readonly bootstrap: BootstrapRequest;
  /** Models whose loss is to be predicted. */
  readonly predict: { readonly N: number; readonly D: number }[];
}

/** There is a bootstrap where `replicates` or `counts` is given. */
export interface BootstrapRequest {
  replicates?: number;
  kind?: Exclude<BootstrapKind, 'counts'>;
  /** A column of the table; "N" or "size" for the model size. */
  cluster?: string;
  /** File of counts. */
  counts?: string;
  extraStarts?: number | 'paper';
  confidence?: number;
  interval?: NonNullable<BootstrapOptions['interval']>;
}

const STARTS = ['auto', 'paper'] as const;
const KINDS = ['pairs', 'residual', 'wild', 'parametric', 'cluster'] as const;
const INTERVALS = ['percentile', 'basic'] as const;
/** Their index is one word of the generator's counter. */
const MOST_REPLICATES = 2 ** 32 - 1;

/** The last of an option counts, and all of --where, --columns and --predict. */
const OPTIONS: Options<FitCommand> = {
  ...OUTPUT_OPTIONS,
  ...TABLE_OPTIONS,
  where: { set({ filter }, value, where) { filter.where.push(readComparison(value, where)); } },
  'drop-highest': { set({ filter }, value, where) { filter.dropHighest = whole(value, where, 0); } },
  delta: { set({ fit }, value, where) { fit.delta = positive(value, where); } },
  starts: { set({ fit }, value, where) { fit.starts = wordOrCount(STARTS, value, where); } },
  screen: { set({ fit }, value, where) { fit.screen = whole(value, where, 1); } },
  seed: { set({ fit }, value, where) { fit.seed = readSeed(value, where); } },
  backend: { set({ fit }, value, where) { fit.backend = readBackend(value, where); } },
  bootstrap: { set({ bootstrap }, value, where) { bootstrap.replicates = whole(value, where, 2, MOST_REPLICATES); } },
  'bootstrap-kind': { set({ bootstrap }, value, where) { bootstrap.kind = oneOf(KINDS, value, where); } },
  cluster: { set({ bootstrap }, value, where) { bootstrap.cluster = readColumnName(value, where); } },
  counts: { set({ bootstrap }, value, where) { bootstrap.counts = readFileName(value, where, 'Write the counts to a file.'); } },
  'resample-starts': {
    set({ bootstrap }, value, where) {
      const starts = wordOrCount(STARTS, value, where);
      bootstrap.extraStarts = starts === 'auto' ? 0 : starts;
    },
  },
  confidence: { set({ bootstrap }, value, where) { bootstrap.confidence = readConfidence(value, where); } },
  interval: { set({ bootstrap }, value, where) { bootstrap.interval = oneOf(INTERVALS, value, where); } },
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
  if (sources.length > 1) {
    const got = sources.map((source) => `"${source}"`).join(' and ');
    throw refusal('isoloss fit', 'one source', got, 'Quote what holds a space: --columns "N=Model Size".');
  }
  if (sources[0] === '') {
    throw refusal('isoloss fit', 'a file, an address or -', '""', 'Leave it out for the bundled sweep.');
  }
  return {
    name: 'fit', fit: {}, filter: { where: [] }, columns: {}, bootstrap: {}, predict: [], json: false, quiet: false,
    ...(sources[0] !== undefined && { source: sources[0] }),
  };
}

function readComparison(value: string, where: string): string {
  try {
    parseComparison(value);
    return value;
  } catch (error) {
    throw new UsageError((error as Error).message.replace('where', where));
  }
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

/** What is asked of a bootstrap must be asked of one, and of one kind. */
function check({ bootstrap, source }: FitCommand): void {
  const { replicates, kind, cluster, counts, ...rest } = bootstrap;
  const given = Object.keys({ ...(kind && { kind }), ...(cluster && { cluster }), ...rest });
  if (given.length > 0 && replicates === undefined && counts === undefined) {
    throw refusal(`isoloss fit ${FLAGS[given[0]]}`, '--bootstrap beside it', 'none', 'Add --bootstrap 1000, say.');
  }
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

const FLAGS: Readonly<Record<string, string>> = {
  kind: '--bootstrap-kind', cluster: '--cluster', extraStarts: '--resample-starts', confidence: '--confidence',
  interval: '--interval',
};

/** A cluster for each model size, not a column of this name. */
export function isModelSize(cluster: string): boolean {
  return cluster === 'N' || cluster === 'size';
}
