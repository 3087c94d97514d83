/**
 * Runs left out on purpose, and said so: comparisons first, in order, then the highest losses.
 *
 * comparison  quantity op number: 'C<1e21', 'D/N >= 5', 'loss < 3.4', 'N != 1.4T'
 * quantity    N, D, C (counts), D/N (tokens a parameter), loss (nats per token)
 * op          < <= > >= = == !=
 * number      as in counts.ts
 */

import { InputError } from '../errors.ts';
import type { Dropped, Sweep } from '../types.ts';
import { readCount, showNumber } from './counts.ts';

export interface FilterOptions {
  /** Leave out the k runs of highest loss; of equal losses, the later line first. */
  readonly dropHighest?: number;
  /** Keep the runs for which all of these hold: 'C<1e21', 'D/N >= 5'. */
  readonly where?: readonly string[];
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
 * The sweep without the runs that `options` leave out; each comparison and `dropHighest` adds an entry to `dropped`.
 * @throws InputError where a comparison cannot be read, where no run is left, or where dropHighest is no such count.
 */
export function filterSweep(sweep: Sweep, options: FilterOptions): Sweep {
  const filtered = (options.where ?? []).reduce(keepWhere, sweep);
  return options.dropHighest === undefined ? filtered : dropHighest(filtered, options.dropHighest);
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
  throw new InputError(
    `where: expected a comparison such as C<1e21, got "${text}". ` +
      'Compare N, D, C, D/N or loss by <, <=, >, >=, = or != with a number such as 70B.',
  );
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
  );
}

function quantityOf(sweep: Sweep, quantity: Comparison['quantity']): Float64Array {
  const { N, D } = sweep.columns;
  if (quantity === 'loss') return sweep.loss;
  return quantity === 'D/N' ? D.map((d, i) => d / N[i]) : sweep.columns[quantity];
}

function dropHighest(sweep: Sweep, count: number): Sweep {
  const runs = sweep.loss.length;
  if (!(Number.isInteger(count) && count >= 0 && count < runs)) {
    throw new InputError(
      `dropHighest: expected a whole number from 0 to ${runs - 1}, got ${count}. One of the ${runs} runs must stay.`,
    );
  }
  if (count === 0) return sweep;
  const rising = Array.from(sweep.loss.keys()).toSorted((a, b) => sweep.loss[a] - sweep.loss[b] || a - b);
  const dropped = new Set(rising.slice(runs - count));
  const keep = Array.from(sweep.loss, (_, run) => !dropped.has(run));
  return select(sweep, keep, count === 1 ? 'of the highest loss' : `of the ${count} highest losses`);
}

function select(sweep: Sweep, keep: readonly boolean[], reason: string): Sweep {
  const kept = (_: number, run: number): boolean => keep[run] === true;
  const { N, D, C } = sweep.columns;
  const extra = sweep.extra && Object.entries(sweep.extra)
    .map(([name, values]) => [name, values.filter((_, run) => keep[run])] as const);
  const dropped: Dropped = { reason, lines: Array.from(sweep.lines.filter((_, run) => !keep[run])) };
  return {
    ...sweep,
    columns: { N: N.filter(kept), D: D.filter(kept), C: C.filter(kept) },
    loss: sweep.loss.filter(kept),
    weight: sweep.weight.filter(kept),
    lines: sweep.lines.filter(kept),
    dropped: [...sweep.dropped, dropped],
    ...(extra && { extra: Object.fromEntries(extra) }),
  };
}
