/** JSON: an array of objects, one a run. JSON Lines: one object a line; empty lines are skipped. */

import { InputError, type Place } from '../errors.ts';
import { showCell, showText } from './counts.ts';
import type { Table } from './table.ts';
import { listNames, tableOfObjects } from './table.ts';

type Row = Readonly<Record<string, unknown>>;

const EXAMPLE = '{"N": 1e9, "D": 2e10, "loss": 2.9}';

/** @throws InputError where the text is no array of objects. */
export function readJson(text: string, source: string): Table {
  const value = parse(text, 'a JSON array of objects', source);
  if (!Array.isArray(value)) throw notAnArray(value, source);
  const numbers = value.map((_, index) => index + 1);
  return tableOfObjects(value.map((row, index) => asRow(row, 'row', index + 1)), numbers, 'row');
}

/** @throws InputError with the line that is no object. */
export function readJsonLines(text: string, source: string): Table {
  const whole = loneObject(text);
  if (whole && Object.values(whole).some((value) => typeof value === 'object' && value !== null)) {
    throw notAnArray(whole, source);
  }
  if (whole) return tableOfObjects([whole], [lineOfFirst(text)], 'line');
  const lines = text.split(/\r\n?|\n/).flatMap((line, index) => (line.trim() ? [{ line, number: index + 1 }] : []));
  const rows = lines.map(({ line, number }) => asRow(parse(line, 'a JSON object', `line ${number}`, { line: number }), 'line', number));
  return tableOfObjects(rows, lines.map(({ number }) => number), 'line');
}

/** The object that the whole text is, over however many lines; undefined where it is something else. */
function loneObject(text: string): Row | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function lineOfFirst(text: string): number {
  return text.slice(0, text.search(/\S/)).split(/\r\n?|\n/).length;
}

function parse(text: string, expected: string, where: string, place?: Place): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const remedy = /\b(?:NaN|Infinity)\b/.test(text)
      ? 'JSON has no NaN and no Infinity: delete the runs that diverged.'
      : `The parser says: ${(error as Error).message}.`;
    throw new InputError(`${where}: expected ${expected}, got ${showText(text.trim())}. ${remedy}`, { cause: error, place });
  }
}

function asRow(value: unknown, unit: Table['unit'], line: number): Row {
  if (isObject(value)) return value;
  const message = `${unit} ${line}: expected a JSON object, got ${showCell(value)}. Write a run as ${EXAMPLE}.`;
  throw new InputError(message, { place: { line } });
}

function isObject(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notAnArray(value: unknown, source: string): InputError {
  const got = isObject(value) ? `one object with the keys ${listNames(Object.keys(value))}` : showCell(value);
  return new InputError(
    `${source}: expected a JSON array of objects, got ${got}. ` +
      `Write a run as ${EXAMPLE}, all of them in [ ]; pandas does with to_json(orient="records").`,
  );
}
