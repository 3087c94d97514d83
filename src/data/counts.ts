/**
 * Cells of a table, read as numbers.
 *
 * count   N, D, C: positive. Digits, commas or underscores between thousands, a fraction, then an exponent or
 *         one of K M B T (1e3 1e6 1e9 1e12, either case): 6.9e9, 1.4T, 70 B, 1,000,000, 1_000_000.
 * loss    positive, a plain decimal number, nats per token.
 * weight  zero or positive, a plain decimal number.
 * share   from 0 to below 1, a plain decimal number.
 */

import { InputError } from '../errors.ts';

const COUNT_TEXT = /^\+?((?:\d{1,3}(?:,\d{3})+|\d+(?:_\d+)*)(?:\.\d*)?|\.\d+)(?:(e[+-]?\d+)|\s*([kmbt]))?$/i;
const NUMBER_TEXT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const EXPONENTS: Readonly<Partial<Record<string, string>>> = { k: 'e3', m: 'e6', b: 'e9', t: 'e12' };

/** What a cell can hold. */
export interface CellKind {
  /** Completes "expected …". */
  readonly expected: string;
  /** NaN where the text is no such number. */
  readonly read: (text: string) => number;
  readonly accepts: (value: number) => boolean;
  /** How to write the number, for a text that is none. */
  readonly howTo: string;
}

export const COUNT: CellKind = {
  expected: 'a positive count such as 1.4e12',
  read: readCount,
  accepts: (value) => value > 0 && value < Infinity,
  howTo: 'Write a number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.',
};

export const LOSS: CellKind = {
  expected: 'a positive loss such as 2.87',
  read: readNumber,
  accepts: (value) => value > 0 && value < Infinity,
  howTo: 'Write a plain number, in nats per token.',
};

export const WEIGHT: CellKind = {
  expected: 'a weight, zero or positive, such as 1',
  read: readNumber,
  accepts: (value) => value >= 0 && value < Infinity,
  howTo: 'Write a plain number; zero leaves the run out.',
};

export const SHARE: CellKind = {
  expected: 'a share from 0 to below 1, such as 0.75',
  read: readNumber,
  accepts: (value) => value >= 0 && value < 1,
  howTo: 'Write a plain number.',
};

/** A count as written, correctly rounded: "1.4T" is exactly 1.4e12. NaN where the text is none; zero is read. */
export function readCount(text: string): number {
  const match = COUNT_TEXT.exec(text.trim());
  if (!match) return NaN;
  const [, digits, exponent = '', suffix = ''] = match;
  return Number(digits.replaceAll(/[,_]/g, '') + (EXPONENTS[suffix.toLowerCase()] ?? exponent));
}

function readNumber(text: string): number {
  return NUMBER_TEXT.test(text.trim()) ? Number(text) : NaN;
}

/**
 * A positive, finite count in a data column.
 * @throws InputError `line 17, column "D": expected a positive count such as 1.4e12, got "1.4Q". …`
 */
export function parseCount(text: string, column: string, line: number): number {
  const value = readCount(text);
  if (COUNT.accepts(value)) return value;
  throw new InputError(describeCell(COUNT, text, column, `line ${line}`), { place: { line, column } });
}

/** The number in a cell of any type; NaN where there is none. */
export function readCell(kind: CellKind, cell: unknown): number {
  if (typeof cell === 'number' || typeof cell === 'bigint') return Number(cell);
  return typeof cell === 'string' ? kind.read(cell) : NaN;
}

/** The message about a cell that cannot be used. `place` is "line 17" or "row 17". */
export function describeCell(kind: CellKind, cell: unknown, column: string, place: string): string {
  return `${place}, column "${column}": expected ${kind.expected}, got ${showCell(cell)}. ${remedy(kind, cell)}`;
}

const CHARACTERS_SHOWN = 60;

/** A cell as a message shows it. */
export function showCell(cell: unknown): string {
  if (isEmpty(cell)) return cell === null ? 'null' : 'an empty cell';
  if (typeof cell === 'string') return showText(cell);
  if (typeof cell === 'object') return Array.isArray(cell) ? 'a list' : 'an object';
  return String(cell);
}

/** A text in quotes, cut where it is long. */
export function showText(text: string): string {
  return `"${text.length > CHARACTERS_SHOWN ? `${text.slice(0, CHARACTERS_SHOWN)}…` : text}"`;
}

/** Three digits: 0.82, 12.3, 1.2e15. */
export function showNumber(value: number): string {
  return value < 1e6 ? String(Number(value.toPrecision(3))) : value.toExponential(2).replace('+', '');
}

function isEmpty(cell: unknown): boolean {
  return cell === undefined || cell === null || (typeof cell === 'string' && cell.trim() === '');
}

function remedy(kind: CellKind, cell: unknown): string {
  const text = String(cell ?? '').trim();
  if (text === '') return 'Fill it in, or delete the row.';
  if (/^[+-]?(?:nan|inf|infinity)$/i.test(text)) return 'If the run diverged, delete the row.';
  if (kind !== WEIGHT && (text.startsWith('-') || Number(text) === 0)) {
    return 'Fits are made in log space, where zero and below have no place.';
  }
  if (/^\d+,\d+$/.test(text)) return 'Write the decimals after a point: a comma can only part thousands.';
  const unit = kind === COUNT && /^(.*?\d\s*[kmbt]?)\s+[a-z]+$/i.exec(text);
  if (unit && readCount(unit[1]) > 0) return `Leave the unit out: ${unit[1]}.`;
  return kind.howTo;
}
