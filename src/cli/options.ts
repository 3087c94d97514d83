/** The values of the options of `isoloss fit`: each is read, checked and put where it belongs. */
import { parseComparison } from '../data/filter.ts';
import type { Format } from '../data/formats.ts';
import type { FitOptions, Role } from '../types.ts';
import { refusal, suggest, UsageError } from './usage.ts';

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
