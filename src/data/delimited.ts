/**
 * CSV and TSV: a header, then one run a line. Fields may be quoted; lines that start with # are comments; empty
 * lines are skipped; line numbers are those of the source.
 */

import Papa from 'papaparse';
import { InputError } from '../errors.ts';
import { readCount, showText } from './counts.ts';
import type { Table } from './table.ts';
import { listNames } from './table.ts';

interface Line {
  readonly number: number;
  readonly fields: readonly string[];
}

/**
 * @param delimiter Default: of comma, semicolon, tab and bar, the one that cuts the header into most fields.
 * @throws InputError for a quote that stays open, a header that is none, a row longer or shorter than the header.
 */
export function readDelimited(text: string, delimiter?: string): Table {
  const clean = text.replaceAll(/\r\n?/g, '\n').replaceAll(/^#.*$/gm, '');
  const [header, ...rows] = splitLines(clean, delimiter ?? guessDelimiter(clean));
  if (!header) return { columns: [], rows: [], lines: [], unit: 'line' };
  const columns = header.fields.map((name) => name.trim());
  checkHeader(columns, header.number);
  for (const row of rows) checkLength(row, columns.length);
  return { columns, rows: rows.map((row) => row.fields), lines: rows.map((row) => row.number), unit: 'line' };
}

function guessDelimiter(text: string): string {
  const header = text.trimStart().split('\n', 1)[0] ?? '';
  const fields = (delimiter: string) => Papa.parse<string[]>(header, { delimiter }).data[0]?.length ?? 0;
  return [',', ';', '\t', '|'].reduce((best, next) => (fields(next) > fields(best) ? next : best));
}

function splitLines(text: string, delimiter: string): Line[] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\n' });
  const open = errors.find((error) => error.type === 'Quotes')?.row;
  const lines: Line[] = [];
  let number = 1;
  for (const [row, fields] of data.entries()) {
    if (row === open) throw openQuote(number);
    if (fields.length > 1 || fields[0]?.trim()) lines.push({ number, fields });
    number += fields.reduce((breaks, field) => breaks + field.split('\n').length - 1, 1);
  }
  return lines;
}

function openQuote(line: number): InputError {
  return new InputError(
    `line ${line}: expected every quoted field to be closed, got a quote that stays open or closes too early. ` +
      'Close it; inside a field write it twice, as in "a ""b"" c".',
    { place: { line } },
  );
}

function checkHeader(columns: readonly string[], line: number): void {
  const named = columns.filter((name) => name !== '');
  if (named.length > 0 && named.every((name) => Number.isFinite(readCount(name)))) {
    throw new InputError(
      `line ${line}: expected the names of the columns, got the numbers ${listNames(named)}. ` +
        'Put a header such as N,D,loss first; a line that starts with # is a comment.',
      { place: { line } },
    );
  }
  const twice = named.find((name, index) => named.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InputError(
      `line ${line}: expected every column name once, got ${showText(twice)} twice. Rename one.`,
      { place: { line, column: twice } },
    );
  }
}

function checkLength(row: Line, length: number): void {
  const got = row.fields.length;
  if (got === length) return;
  throw new InputError(
    `line ${row.number}: expected ${length} fields as in the header, got ${got}. ` +
      (got < length ? 'Fill in the rest, or delete the row.' : 'Quote a field that holds a delimiter, as in "1,000".'),
    { place: { line: row.number } },
  );
}
