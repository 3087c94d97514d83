/** The values of the options of `isoloss fit`: each is read, checked and put where it belongs. */
import { readCount } from '../data/counts.ts';
import { parseComparison } from '../data/filter.ts';
import type { Format } from '../data/formats.ts';
import type { BootstrapKind, BootstrapOptions, FitOptions, Role } from '../types.ts';
import { refusal, suggest, UsageError } from './usage.ts';

/** `isoloss fit` as it was asked for. What is absent was not given. */
export interface FitCommand {
  readonly name: 'fit';
  /** File, http(s) address, or "-"; the bundled replica where there is none. */
  source?: string;
  readonly fit: { -readonly [K in keyof FitOptions]: FitOptions[K] };
  readonly filter: { dropHighest?: number; readonly where: string[] };
  readonly columns: Partial<Record<Role, string>>;
  readonly bootstrap: BootstrapRequest;
  /** Models whose loss is to be predicted. */
  readonly predict: { readonly N: number; readonly D: number }[];
  format?: Format;
  json: boolean;
  /** File that gets the result. */
  out?: string;
  quiet: boolean;
}

/** There is a bootstrap where `replicates` or `counts` is given. */
export interface BootstrapRequest {
  replicates?: number;
  kind?: Exclude<BootstrapKind, 'counts'>;
  /** A column of the table; "N" or "size" for the model size. */
  cluster?: string;
  /** File of counts. */
  counts?: string;
  extraStarts?: number;
  confidence?: number;
  interval?: NonNullable<BootstrapOptions['interval']>;
}

type Setter = (command: FitCommand, value: string) => void;

const BACKENDS = ['auto', 'gpu', 'cpu'] as const;
const FORMATS: readonly Format[] = ['csv', 'tsv', 'jsonl', 'json', 'parquet'];
const ROLES: readonly Role[] = ['N', 'D', 'C', 'loss', 'weight'];
const KINDS = ['pairs', 'residual', 'wild', 'parametric', 'cluster'] as const;
const INTERVALS = ['percentile', 'basic'] as const;
const LARGEST_SEED = 2 ** 32 - 1;
/** Their index is one word of the generator's counter. */
const MOST_REPLICATES = 2 ** 32 - 1;

/** Given in the order of the command line: the last of an option counts, all of --where, --columns and --predict. */
export const SETTERS: Readonly<Record<string, Setter>> = {
  backend: (command, value) => { command.fit.backend = oneOf('--backend', BACKENDS, value); },
  delta: (command, value) => { command.fit.delta = positive('--delta', value); },
  starts: (command, value) => { command.fit.starts = readStarts(value); },
  screen: (command, value) => { command.fit.screen = whole('--screen', value, 1); },
  seed: (command, value) => { command.fit.seed = whole('--seed', value, 0, LARGEST_SEED); },
  'drop-highest': (command, value) => { command.filter.dropHighest = whole('--drop-highest', value, 0); },
  where: (command, value) => { command.filter.where.push(comparison(value)); },
  columns: (command, value) => { readColumns(command, value); },
  format: (command, value) => { command.format = oneOf('--format', FORMATS, value); },
  bootstrap: (command, value) => { command.bootstrap.replicates = whole('--bootstrap', value, 2, MOST_REPLICATES); },
  'bootstrap-kind': (command, value) => { command.bootstrap.kind = oneOf('--bootstrap-kind', KINDS, value); },
  cluster: (command, value) => { command.bootstrap.cluster = columnName(value); },
  counts: (command, value) => { command.bootstrap.counts = countsFile(value); },
  'resample-starts': (command, value) => { command.bootstrap.extraStarts = readExtraStarts(value); },
  confidence: (command, value) => { command.bootstrap.confidence = readConfidence(value); },
  interval: (command, value) => { command.bootstrap.interval = oneOf('--interval', INTERVALS, value); },
  predict: (command, value) => { command.predict.push(readModel(value)); },
  out: (command, value) => { command.out = fileName(value); },
  json: (command) => { command.json = true; },
  quiet: (command) => { command.quiet = true; },
};

function refused(option: string, expected: string, value: string, remedy: string): UsageError {
  return refusal(`isoloss fit ${option}`, expected, `"${value}"`, remedy);
}

function oneOf<T extends string>(option: string, choices: readonly T[], value: string): T {
  const found = choices.find((choice) => choice === value);
  if (found) return found;
  throw refused(option, `one of ${choices.join(', ')}`, value, suggest(value, choices, 'Take one of these.'));
}

function positive(option: string, value: string): number {
  const number = readNumber(value);
  if (number > 0 && number < Infinity) return number;
  throw refused(option, 'a positive number such as 1e-3', value, 'Write a plain number.');
}

function whole(option: string, value: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const number = readNumber(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  const end = most < Number.MAX_SAFE_INTEGER ? `to ${most}` : 'on';
  throw refused(option, `a whole number from ${least} ${end}`, value, 'Write it in digits.');
}

function readNumber(value: string): number {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value) ? Number(value) : NaN;
}

function readStarts(value: string): 'auto' | 'paper' | number {
  if (value === 'auto' || value === 'paper') return value;
  const number = readNumber(value);
  if (Number.isInteger(number) && number > 0) return number;
  const remedy = suggest(value, ['auto', 'paper'], 'Take one of these.');
  throw refused('--starts', 'auto, paper or a positive whole number', value, remedy);
}

function comparison(value: string): string {
  try {
    parseComparison(value);
    return value;
  } catch (error) {
    throw new UsageError(`isoloss fit --${(error as Error).message}`);
  }
}

function fileName(value: string): string {
  if (value !== '' && value !== '-') return value;
  throw refused('--out', 'the name of a file', value, 'Without --out the result goes to standard output.');
}

function columnName(value: string): string {
  if (value !== '') return value;
  throw refused('--cluster', 'the name of a column', value, 'N or size takes the model size.');
}

function countsFile(value: string): string {
  if (value !== '' && value !== '-') return value;
  throw refused('--counts', 'the name of a file', value, 'Write the counts to a file.');
}

function readExtraStarts(value: string): number {
  if (value === 'auto') return 0;
  const number = readNumber(value);
  if (Number.isInteger(number) && number > 0) return number;
  const remedy = suggest(value, ['auto'], 'Take one of these.');
  throw refused('--resample-starts', 'auto or a positive whole number', value, remedy);
}

function readConfidence(value: string): number {
  const number = readNumber(value);
  if (number > 0 && number < 1) return number;
  throw refused('--confidence', 'a number between 0 and 1 such as 0.95', value, 'Write 95 % as 0.95.');
}

/** "N=70B,D=1.4T", in either order. */
function readModel(value: string): { N: number; D: number } {
  const parts = value.split(/,(?=\s*[ND]\s*=)/).map((part) => /^\s*([ND])\s*=(.*)$/.exec(part));
  const counts = Object.fromEntries(parts.map((part) => [part?.[1], readCount(part?.[2] ?? '')]));
  const { N, D } = counts;
  if (parts.length === 2 && N > 0 && D > 0 && N < Infinity && D < Infinity) return { N, D };
  const remedy = 'Give both, parameters N and training tokens D, as positive counts.';
  throw refused('--predict', 'a model such as N=70B,D=1.4T', value, remedy);
}

/** What is asked of a bootstrap must be asked of one, and of one kind. @throws UsageError */
export function checkTogether({ bootstrap, source }: FitCommand): void {
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
    throw refused('--cluster', 'N or size, for the bundled sweep', cluster, 'Give a file that has this column.');
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

/** "N=Model Size,loss=final_loss": a comma starts the next role only where a word and = follow it. */
function readColumns(command: FitCommand, value: string): void {
  for (const part of value.split(/,(?=\s*\w+=)/)) {
    const [, role = '', name] = /^\s*(\w+)=(.*)$/s.exec(part) ?? [];
    if (name === undefined || !isRole(role)) throw notAColumn(part, role);
    if (command.columns[role] !== undefined) {
      throw refusal('isoloss fit --columns', `one column for ${role}`, 'two', 'Leave one out.');
    }
    command.columns[role] = name;
  }
}

function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

function notAColumn(part: string, role: string): UsageError {
  const remedy = 'Write it as in --columns "N=Model Size,loss=final_loss".';
  const expected = `ROLE=NAME with a role of ${ROLES.join(', ')}`;
  return refused('--columns', expected, part, role ? suggest(role, ROLES, remedy) : remedy);
}
