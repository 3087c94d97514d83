/**
 * Values of options: each reader takes the text and what names the option in messages, "isoloss fit --seed", and
 * throws a UsageError for what it cannot use. And the options that commands share.
 */
import { MOST_REPLICATES } from '../check.ts';
import type { Format } from '../data/formats.ts';
import { ROLES } from '../data/columns.ts';
import { InputError } from '../errors.ts';
import type { FitOptions, Role } from '../types.ts';
import type { Options } from './command.ts';
import { refusal, suggest, UsageError } from './usage.ts';

/** Reads the text of an option. */
export type Reader<T> = (value: string, where: string) => T;

/** What every command can be asked about its output. */
export interface Output {
  json: boolean;
  /** File that gets the result. */
  out?: string;
  quiet: boolean;
}

/** How to read a table. */
export interface TableRequest {
  readonly columns: Partial<Record<Role, string>>;
  format?: Format;
}

export type Backend = NonNullable<FitOptions['backend']>;

const BACKENDS: readonly Backend[] = ['auto', 'gpu', 'cpu'];
const FORMATS: readonly Format[] = ['csv', 'tsv', 'jsonl', 'json', 'parquet'];
const LARGEST_SEED = 2 ** 32 - 1;

export const OUTPUT_OPTIONS: Options<Output> = {
  json: { flag: true, set(command) { command.json = true; } },
  out: { short: 'o', set(command, value, where) { command.out = readFileName(value, where, 'Without --out the result goes to standard output.'); } },
  quiet: { flag: true, short: 'q', set(command) { command.quiet = true; } },
};

export const TABLE_OPTIONS: Options<TableRequest> = {
  columns: { set(command, value, where) { readColumns(command.columns, value, where); } },
  format: { set(command, value, where) { command.format = oneOf(FORMATS, value, where); } },
};

/** "isoloss fit --seed: expected a whole number …, got "x". …" */
export function refused(where: string, expected: string, value: string, remedy: string): UsageError {
  return refusal(where, expected, `"${value}"`, remedy);
}

export function oneOf<T extends string>(choices: readonly T[], value: string, where: string): T {
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw refused(where, `one of ${choices.join(', ')}`, value, suggest(value, choices, 'Take one of these.'));
}

export function readBackend(value: string, where: string): Backend {
  return oneOf(BACKENDS, value, where);
}

export function readSeed(value: string, where: string): number {
  return whole(value, where, 0, LARGEST_SEED);
}

/** How many resamples, or sweeps. */
export function readReplicates(value: string, where: string, least = 2): number {
  return whole(value, where, least, MOST_REPLICATES);
}

export function positive(value: string, where: string): number {
  const number = readNumber(value);
  if (number > 0 && number < Infinity) return number;
  throw refused(where, 'a positive number such as 1e-3', value, 'Write a plain number.');
}

export function whole(value: string, where: string, least: number, most = Number.MAX_SAFE_INTEGER): number {
  const number = readNumber(value);
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  const end = most < Number.MAX_SAFE_INTEGER ? `to ${most}` : 'on';
  throw refused(where, `a whole number from ${least} ${end}`, value, 'Write it in digits.');
}

/** One of the words, or a whole number from `least`, 1 or 0, on. */
export function wordOrCount<T extends string>(words: readonly T[], value: string, where: string, least: 0 | 1 = 1): T | number {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  const number = readNumber(value);
  if (Number.isInteger(number) && number >= least) return number;
  const expected = `${words.join(', ')} or ${least === 1 ? 'a positive whole number' : 'a whole number from 0 on'}`;
  throw refused(where, expected, value, suggest(value, words, 'Take one of these.'));
}

export function readConfidence(value: string, where: string): number {
  const number = readNumber(value);
  if (number > 0 && number < 1) return number;
  throw refused(where, 'a number between 0 and 1 such as 0.95', value, 'Write 95 % as 0.95.');
}

export function readFileName(value: string, where: string, remedy: string): string {
  if (value !== '' && value !== '-') return value;
  throw refused(where, 'the name of a file', value, remedy);
}

/** A plain decimal number; NaN where the text is none. */
export function readNumber(value: string): number {
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value) ? Number(value) : NaN;
}

/** What the library reads, in messages that begin with the option: its mistakes are those of the command line. */
export function readBy<T>(read: (option: string, text: string) => T): Reader<T> {
  return (value, where) => {
    const option = where.lastIndexOf(' ') + 1;
    try {
      return read(where.slice(option), value);
    } catch (error) {
      throw error instanceof InputError ? new UsageError(where.slice(0, option) + error.message) : error;
    }
  };
}

/** "N=Model Size,loss=final_loss": a comma starts the next role only where a word and = follow it. */
export function readColumns(columns: Partial<Record<Role, string>>, value: string, where: string): void {
  for (const part of value.split(/,(?=\s*\w+=)/)) {
    const [, role = '', name] = /^\s*(\w+)=(.*)$/s.exec(part) ?? [];
    if (name === undefined || !isRole(role)) throw notAColumn(part, role, where);
    if (columns[role] !== undefined) throw refusal(where, `one column for ${role}`, 'two', 'Leave one out.');
    columns[role] = name;
  }
}

function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}

function notAColumn(part: string, role: string, where: string): UsageError {
  const remedy = 'Write it as in --columns "N=Model Size,loss=final_loss".';
  const expected = `ROLE=NAME with a role of ${ROLES.join(', ')}`;
  return refused(where, expected, part, role ? suggest(role, ROLES, remedy) : remedy);
}
