/** What is asked of a bootstrap, of the commands that have one. */
import { bootstrapKinds, intervalKinds } from '../options.ts';
import type { BootstrapKind, BootstrapOptions } from '../types.ts';
import type { Options } from './command.ts';
import { STARTS } from './table-options.ts';
import { refusal } from './usage.ts';
import { oneOf, readConfidence, readFileName, readReplicates, refused, wordOrCount } from './values.ts';

export interface Bootstrapped {
  readonly bootstrap: BootstrapRequest;
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


/** The last of an option counts. */
export const BOOTSTRAP_OPTIONS: Options<Bootstrapped> = {
  bootstrap: { set({ bootstrap }, value, where) { bootstrap.replicates = readReplicates(value, where); } },
  'bootstrap-kind': { set({ bootstrap }, value, where) { bootstrap.kind = oneOf(bootstrapKinds, value, where); } },
  cluster: { set({ bootstrap }, value, where) { bootstrap.cluster = readColumnName(value, where); } },
  counts: { set({ bootstrap }, value, where) { bootstrap.counts = readFileName(value, where, 'Write the counts to a file.'); } },
  'resample-starts': { set({ bootstrap }, value, where) { bootstrap.extraStarts = wordOrCount(STARTS, value, where, 0); } },
  confidence: { set({ bootstrap }, value, where) { bootstrap.confidence = readConfidence(value, where); } },
  interval: { set({ bootstrap }, value, where) { bootstrap.interval = oneOf(intervalKinds, value, where); } },
};

function readColumnName(value: string, where: string): string {
  if (value !== '') return value;
  throw refused(where, 'the name of a column', value, 'N or size takes the model size.');
}

/**
 * What is asked of a bootstrap, or of what can stand in for it, must be asked of one, and of one kind. `where`: "isoloss fit";
 * `influence`: is it asked for, where the command has it?
 */
export function checkBootstrap(where: string, bootstrap: BootstrapRequest, source: string | undefined, influence?: boolean): void {
  const { kind, cluster, counts } = bootstrap;
  if (!isBootstrap(bootstrap)) checkAlone(where, bootstrap, influence);
  if (counts !== undefined && (kind ?? cluster) !== undefined) {
    const got = kind === undefined ? '--cluster' : '--bootstrap-kind';
    throw refusal(`${where} --counts`, 'no other kind beside it', got, 'Leave one out.');
  }
  if (cluster !== undefined && kind !== undefined && kind !== 'cluster') {
    throw refusal(`${where} --cluster`, '--bootstrap-kind cluster, or none, beside it', kind, 'Leave one out.');
  }
  if (kind === 'cluster' && cluster === undefined) {
    const remedy = 'Name the column: --cluster COLUMN, or --cluster N.';
    throw refusal(`${where} --bootstrap-kind cluster`, '--cluster beside it', 'none', remedy);
  }
  if (cluster !== undefined && !isModelSize(cluster) && source === undefined) {
    throw refused(`${where} --cluster`, 'N or size, for the bundled sweep', cluster, 'Give a file that has this column.');
  }
}

/** Without a bootstrap, sandwich intervals have a confidence, and the influence has clusters. */
function checkAlone(where: string, { kind, cluster, extraStarts, confidence, interval }: BootstrapRequest, influence?: boolean): void {
  const lacking = (option: string, beside: string, remedy: string) => refusal(`${where} ${option}`, `${beside} beside it`, 'none', remedy);
  const add = 'Add --bootstrap 1000, say.';
  if (kind !== undefined) throw lacking('--bootstrap-kind', '--bootstrap', add);
  if (extraStarts !== undefined) throw lacking('--resample-starts', '--bootstrap', add);
  if (interval !== undefined && interval !== 'sandwich') {
    throw lacking(`--interval ${interval}`, '--bootstrap', 'Add --bootstrap 1000, say; --interval sandwich needs none.');
  }
  if (cluster !== undefined && !influence) throw lacking('--cluster', influence === undefined ? '--bootstrap' : '--bootstrap or --influence', add);
  if (confidence !== undefined && interval === undefined) throw lacking('--confidence', '--bootstrap or --interval sandwich', add);
}

export function isBootstrap({ replicates, counts }: BootstrapRequest): boolean {
  return replicates !== undefined || counts !== undefined;
}

/** Intervals without a bootstrap. */
export function isSandwich(bootstrap: BootstrapRequest): boolean {
  return !isBootstrap(bootstrap) && bootstrap.interval === 'sandwich';
}

/** A cluster for each model size, not a column of this name. */
export function isModelSize(cluster: string): boolean {
  return cluster === 'N' || cluster === 'size';
}
