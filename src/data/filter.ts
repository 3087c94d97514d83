/**
 * Runs left out on purpose, and said so: comparisons first, in order, then lines by hand, then the highest losses.
 *
 * comparison  quantity op number: 'C<1e21', 'D/N >= 5', 'loss < 3.4', 'N != 1.4T'
 * quantity    N, D, C (counts), D/N (tokens a parameter), loss (nats per token)
 * op          < <= > >= = == !=
 * number      as in counts.ts
 */

import { InputError, optionError } from '../errors.ts';
import type { SweepColumns, Dropped, Sweep } from '../types.ts';
import { readCount, showNumber } from './counts.ts';
import { showLines } from './lines.ts';

export interface FilterOptions {
  /** Leave out the k runs of highest loss; of equal losses, the later line first. */
  readonly dropHighest?: number;
  /** Keep the runs for which all of these hold: 'C<1e21', 'D/N >= 5'. */
  readonly where?: readonly string[];
  /** Leave out the runs on these lines of the source, as `Sweep.lines` counts them. */
  readonly exclude?: readonly number[];
}

/** One comparison, read. */
export interface Comparison {
  readonly quantity: 'N' | 'D' | 'C' | 'D/N' | 'loss';
  readonly op: '<' | '<=' | '>' | '>=' | '=' | '!=';
  readonly value: number;
}

const HOLDS: Readonly<Record<Comparison['op'], (a: number, b: number) => boolean>> = {
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
 * @throws InputError where a comparison cannot be read, where no run is left, where the table has no such line, or where
 *   dropHighest is no such count.
 */
export function filterSweep(sweep: Sweep, { where = [], exclude = [], dropHighest: highest = 0 }: FilterOptions): Sweep {
  checkLines(sweep, exclude);
  return withoutHighest(withoutLines(where.reduce(keepWhere, sweep), exclude), highest);
}

/** @throws InputError `where: expected a comparison such as C<1e21, got "C~1e21". …` */
export function parseComparison(text: string): Comparison {
  const match = /^\s*(N|D|C|D\s*\/\s*N|loss)\s*(<=|>=|==|!=|<|>|=)(.*)$/.exec(text);
  const [, quantity = '', op = '', number = ''] = match ?? [];
  const value = readCount(number);
  if (value < Infinity) {
    return {
      quantity: quantity.replaceAll(/\s/g, '') as Comparison['quantity'],
      op: (op === '==' ? '=' : op) as Comparison['op'],
      value,
    };
  }
  throw optionError('where', `expected a comparison such as C<1e21, got "${text}". ` +
    'Compare N, D, C, D/N or loss by <, <=, >, >=, = or != with a number such as 70B.');
}

function keepWhere(sweep: Sweep, text: string): Sweep {
  const { quantity, op, value } = parseComparison(text);
  const values = quantityOf(sweep, quantity);
  const keep = Array.from(values, (x) => HOLDS[op](x, value));
  if (keep.includes(true)) return select(sweep, keep, `not ${text.trim()}`);
  const sorted = values.toSorted();
  throw new InputError(
    `where ${text.trim()}: expected to keep at least one run, got none of ${values.length}. ` +
      `Their ${quantity} runs from ${showNumber(sorted[0])} to ${showNumber(sorted[sorted.length - 1])}.`,
    { place: { option: 'where' } },
  );
}

function quantityOf(sweep: Sweep, quantity: Comparison['quantity']): Float64Array {
  const { N, D } = sweep.columns;
  if (quantity === 'loss') return sweep.loss;
  return quantity === 'D/N' ? D.map((d, i) => d / N[i]) : sweep.columns[quantity];
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
