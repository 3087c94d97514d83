/**
 * Runs left out on purpose, and said so: comparisons first, in order, then lines by hand, then the highest losses.
 *
 * comparison  quantity op value: 'C<1e21', 'D/N >= 5', 'loss < 3.4', 'N != 1.4T', 'U=100M', 'corpus=c4'
 * quantity    D/N (tokens a parameter), a role that the sweep has (N, D, C, loss, weight, x, U, P_w, …), or a column of the
 *             table by its name, as `comparedColumns` and `Sweep.extra` have it; a role goes before a column of its name
 * op          < <= > >= = == !=
 * value       a number, as in counts.ts; of a column also a text, by = and !=
 *
 * A cell of a column that is empty, or no number where there is one to compare with, only holds for !=; of empty ones corpus=""
 * holds, of all others corpus!="".
 */

import { InputError, optionError } from '../errors.ts';
import type { SweepColumns, Dropped, Sweep } from '../types.ts';
import { ROLES } from './columns.ts';
import { readCount, showNumber } from './counts.ts';
import { showLines } from './lines.ts';
import { listNames } from './table.ts';

export interface FilterOptions {
  /** Leave out the k runs of highest loss; of equal losses, the later line first. */
  readonly dropHighest?: number;
  /** Keep the runs for which all of these hold: 'C<1e21', 'D/N >= 5', 'corpus=c4'. */
  readonly where?: readonly string[];
  /** Leave out the runs on these lines of the source, as `Sweep.lines` counts them. */
  readonly exclude?: readonly number[];
}

/** One comparison, read. */
export interface Comparison {
  /** D/N, a role, or the name of a column. */
  readonly quantity: string;
  readonly op: '<' | '<=' | '>' | '>=' | '=' | '!=';
  readonly value: number | string;
}

/** Of a number with what is no number, and of two texts, only = and != tell anything. */
const HOLDS: Readonly<Record<Comparison['op'], (a: number | string, b: number | string) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

/**
 * The sweep without the runs that `options` leave out; each comparison, `exclude` and `dropHighest` add an entry to
 * `dropped`, of the runs that were still there.
 * @throws InputError where a comparison cannot be read, where it is of what the sweep has not, where no run is left, where the
 *   table has no such line, or where dropHighest is no such count.
 */
export function filterSweep(sweep: Sweep, { where = [], exclude = [], dropHighest: highest = 0 }: FilterOptions): Sweep {
  checkLines(sweep, exclude);
  return withoutHighest(withoutLines(where.reduce(keepWhere, sweep), exclude), highest);
}

/** @throws InputError `where: expected a comparison such as C<1e21 or corpus=c4, got "C~1e21". …` */
export function parseComparison(text: string): Comparison {
  const [, name = '', sign = '', written = ''] = /^\s*([^<>=!]*[^<>=!\s])\s*(<=|>=|==|!=|<|>|=)(.*)$/s.exec(text) ?? [];
  const quantity = /^D\s*\/\s*N$/.test(name) ? RATIO : name;
  const op = (sign === '==' ? '=' : sign) as Comparison['op'];
  const value = isOfSweep(quantity) ? readCount(written) : numberIn(written) ?? unquoted(written);
  const isText = written.trim() !== '' && !/^\s*[<>=!]/.test(written) && (op === '=' || op === '!=');
  if (quantity !== '' && (typeof value === 'number' ? Number.isFinite(value) : isText)) {
    return { quantity, op, value };
  }
  throw optionError('where', `expected a comparison such as C<1e21 or corpus=c4, got "${text}". ` +
    'Compare N, D, C, D/N, loss, another role or a column by <, <=, >, >=, = or != with a number such as 70B, or by = or != with a text.');
}

/** What comparisons are of beside N, D, C, D/N, loss and weight: columns of the table to read, if no role of theirs is. @throws InputError as `parseComparison`. */
export function comparedColumns(where: readonly string[]): string[] {
  const names = where.map((text) => parseComparison(text).quantity);
  return [...new Set(names)].filter((name) => !ALWAYS.has(name));
}

const RATIO = 'D/N';
/** What every sweep has. */
const ALWAYS: ReadonlySet<string> = new Set(['N', 'D', 'C', RATIO, 'loss', 'weight']);

function isOfSweep(quantity: string): boolean {
  return quantity === RATIO || (ROLES as readonly string[]).includes(quantity);
}

/** A count, or another number, below 0 too; undefined of a text. */
function numberIn(text: string): number | undefined {
  const trimmed = text.trim();
  const number = /^[+-]/.test(trimmed) ? Number(trimmed) : readCount(trimmed);
  return trimmed !== '' && Number.isFinite(number) ? number : undefined;
}

/** Without the quotes around it. */
function unquoted(text: string): string {
  const trimmed = text.trim();
  return /^(["']).*\1$/s.test(trimmed) && trimmed.length > 1 ? trimmed.slice(1, -1) : trimmed;
}

function keepWhere(sweep: Sweep, text: string): Sweep {
  const { quantity, op, value } = parseComparison(text);
  const values = quantityOf(sweep, quantity, text);
  const keep = values.map((cell) => HOLDS[op](typeof value === 'number' ? numberOf(cell) : String(cell).trim(), value));
  if (keep.includes(true)) return select(sweep, keep, `not ${text.trim()}`);
  throw new InputError(
    `where ${text.trim()}: expected to keep at least one run, got none of ${values.length}. ${rangeText(quantity, values)}`,
    { place: { option: 'where' } },
  );
}

type Cell = string | number;

function numberOf(cell: Cell): number {
  return typeof cell === 'number' ? cell : numberIn(cell) ?? NaN;
}

/** Of each run. @throws InputError where the sweep has it not. */
function quantityOf(sweep: Sweep, quantity: string, text: string): readonly Cell[] {
  const { extra = {} } = sweep;
  const values = ofRole(sweep, quantity) ?? extra[quantity];
  if (values) return values;
  throw strayQuantity(text, quantity, rolesOf(sweep).map(([name]) => name), Object.keys(extra));
}

type InRoles = Pick<Sweep, 'columns' | 'loss' | 'weight'>;

/** What a sweep says of each run by a role of it, or by D/N; undefined of what is none. */
export function ofRole(sweep: InRoles, quantity: string): number[] | undefined {
  const { columns: { N, D } } = sweep;
  if (quantity === RATIO) return Array.from(N, (n, i) => D[i] / n);
  const role = rolesOf(sweep).find(([name]) => name === quantity);
  return role && Array.from(role[1]);
}

/** Those that it has: N, D and C first. */
function rolesOf({ columns: { N, D, C, ...further }, loss, weight }: InRoles): [string, Float64Array][] {
  return Object.entries({ N, D, C, loss, weight, ...further }).filter(([, values]) => !values.every(Number.isNaN));
}

/** The refusal of a comparison of what is none of the roles of a sweep nor one of the columns that there are. */
export function strayQuantity(text: string, quantity: string, roles: readonly string[], columns: readonly string[]): InputError {
  const there = columns.length > 0 ? `The columns are ${listNames(columns)}.` : 'No other columns were read.';
  const names = roles.flatMap((name) => (name === 'C' ? [name, RATIO] : [name]));
  return new InputError(
    `where ${text.trim()}: expected ${names.join(', ')} or a column of the table, got "${quantity}". ${there}`,
    { place: { option: 'where' } },
  );
}

const TEXTS_SHOWN = 6;

/** "Their C runs from 6.00e14 to 7.68e16.", "Their corpus is "c4" or "oscar"." */
function rangeText(quantity: string, values: readonly Cell[]): string {
  const numbers = Float64Array.from(values, numberOf).filter((number) => !Number.isNaN(number)).toSorted();
  if (numbers.length === values.length) return `Their ${quantity} runs from ${showNumber(numbers[0])} to ${showNumber(numbers[numbers.length - 1])}.`;
  const texts = [...new Set(values.map((cell) => JSON.stringify(String(cell).trim())))];
  const more = texts.length - TEXTS_SHOWN;
  return `Their ${quantity} is ${texts.slice(0, TEXTS_SHOWN).join(' or ')}${more > 0 ? ` or one of ${more} more` : ''}.`;
}

/** Lines that a filter before this one left out are lines of the table too. */
function checkLines({ lines, dropped }: Sweep, asked: readonly number[]): void {
  if (asked.length === 0) return;
  const known = new Set([...lines, ...dropped.flatMap((entry) => entry.lines)]);
  const strays = asked.filter((line) => !known.has(line));
  if (strays.length === 0) return;
  const all = [...known].toSorted((a, b) => a - b);
  throw optionError('exclude',
    `expected lines of the table, got ${showSome(strays)}. Its ${all.length} runs are on lines ${all[0]} to ${all.at(-1)}.`);
}

const STRAYS_SHOWN = 8;

function showSome(lines: readonly number[]): string {
  const more = lines.length - STRAYS_SHOWN;
  return showLines(lines.slice(0, STRAYS_SHOWN)) + (more > 0 ? ` and ${more} more` : '');
}

function withoutLines(sweep: Sweep, lines: readonly number[]): Sweep {
  if (lines.length === 0) return sweep;
  const out = new Set(lines);
  const keep = Array.from(sweep.lines, (line) => !out.has(line));
  if (keep.includes(true)) return select(sweep, keep, 'by hand');
  throw optionError('exclude', `expected to keep at least one run, got none of ${keep.length}. Take some lines back in.`);
}

function withoutHighest(sweep: Sweep, count: number): Sweep {
  if (count === 0) return sweep;
  const runs = sweep.loss.length;
  if (!(Number.isInteger(count) && count >= 0 && count < runs)) {
    throw optionError('dropHighest',
      `expected a whole number from 0 to ${runs - 1}, got ${count}. One of the ${runs} runs must stay.`);
  }
  const rising = Array.from(sweep.loss.keys()).toSorted((a, b) => sweep.loss[a] - sweep.loss[b] || a - b);
  const dropped = new Set(rising.slice(runs - count));
  const keep = Array.from(sweep.loss, (_, run) => !dropped.has(run));
  return select(sweep, keep, count === 1 ? 'of the highest loss' : `of the ${count} highest losses`);
}

function select(sweep: Sweep, keep: readonly boolean[], reason: string): Sweep {
  const kept = (_: number, run: number): boolean => keep[run] === true;
  const columns = Object.entries(sweep.columns).map(([role, values]) => [role, values.filter(kept)] as const);
  const extra = sweep.extra && Object.entries(sweep.extra)
    .map(([name, values]) => [name, values.filter((_, run) => keep[run])] as const);
  const dropped: Dropped = { reason, lines: Array.from(sweep.lines.filter((_, run) => !keep[run])) };
  return {
    ...sweep,
    columns: Object.fromEntries(columns) as unknown as SweepColumns,
    loss: sweep.loss.filter(kept),
    weight: sweep.weight.filter(kept),
    lines: sweep.lines.filter(kept),
    dropped: [...sweep.dropped, dropped],
    ...(extra && { extra: Object.fromEntries(extra) }),
  };
}
