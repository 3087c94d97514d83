/** The values of the options of `isoloss fit`: each is read, checked and put where it belongs. */
import { parseComparison } from '../data/filter.ts';
import type { Format } from '../data/formats.ts';
import type { FitOptions, Role } from '../types.ts';
import { suggest, UsageError } from './usage.ts';

/** `isoloss fit` as it was asked for. What is absent was not given. */
export interface FitCommand {
  readonly name: 'fit';
  /** File, http(s) address, or "-"; the bundled replica where there is none. */
  source?: string;
  readonly fit: { -readonly [K in keyof FitOptions]: FitOptions[K] };
  readonly filter: { dropHighest?: number; readonly where: string[] };
  readonly columns: Partial<Record<Role, string>>;
  format?: Format;
  json: boolean;
  /** File that gets the result. */
  out?: string;
  quiet: boolean;
}

type Setter = (command: FitCommand, value: string) => void;

const BACKENDS = ['auto', 'gpu', 'cpu'] as const;
const FORMATS: readonly Format[] = ['csv', 'tsv', 'jsonl', 'json', 'parquet'];
const ROLES: readonly Role[] = ['N', 'D', 'C', 'loss', 'weight'];
const LARGEST_SEED = 2 ** 32 - 1;

/** Given in the order of the command line: the last of an option counts, all of --where and --columns. */
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
  out: (command, value) => { command.out = fileName(value); },
  json: (command) => { command.json = true; },
  quiet: (command) => { command.quiet = true; },
};

function oneOf<T extends string>(option: string, choices: readonly T[], value: string): T {
  const found = choices.find((choice) => choice === value);
  if (found) return found;
  throw new UsageError(`isoloss fit ${option}: expected one of ${choices.join(', ')}, got "${value}". ${suggest(value, choices, 'Take one of these.')}`);
}

function positive(option: string, value: string): number {
  const number = readNumber(value);
  if (number > 0 && number < Infinity) return number;
  throw new UsageError(`isoloss fit ${option}: expected a positive number such as 1e-3, got "${value}". Write a plain number.`);
}

function whole(option: string, value: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const number = readNumber(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  const range = most < Number.MAX_SAFE_INTEGER ? `a whole number from ${least} to ${most}` : `a whole number from ${least} on`;
  throw new UsageError(`isoloss fit ${option}: expected ${range}, got "${value}". Write it in digits.`);
}

function readNumber(value: string): number {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value) ? Number(value) : NaN;
}

function readStarts(value: string): 'auto' | 'paper' | number {
  if (value === 'auto' || value === 'paper') return value;
  const number = readNumber(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new UsageError(`isoloss fit --starts: expected auto, paper or a positive whole number, got "${value}". ` +
    suggest(value, ['auto', 'paper'], 'Take one of these.'));
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
  throw new UsageError(`isoloss fit --out: expected the name of a file, got "${value}". Without --out the result goes to standard output.`);
}

/** "N=Model Size,loss=final_loss": a comma starts the next role only where a word and = follow it. */
function readColumns(command: FitCommand, value: string): void {
  for (const part of value.split(/,(?=\s*\w+=)/)) {
    const [, role = '', name] = /^\s*(\w+)=(.*)$/s.exec(part) ?? [];
    if (name === undefined || !isRole(role)) throw notAColumn(part, role);
    if (command.columns[role] !== undefined) throw new UsageError(`isoloss fit --columns: expected one column for ${role}, got two. Leave one out.`);
    command.columns[role] = name;
  }
}

function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

function notAColumn(part: string, role: string): UsageError {
  const remedy = 'Write it as in --columns "N=Model Size,loss=final_loss".';
  return new UsageError(`isoloss fit --columns: expected ROLE=NAME with a role of ${ROLES.join(', ')}, got "${part}". ` +
    (role ? suggest(role, ROLES, remedy) : remedy));
}
