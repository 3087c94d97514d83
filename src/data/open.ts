/** A table before it is a sweep: fetched and decoded once, looked at and read as often as its columns are named anew. */

import type { Role, Sweep } from '../types.ts';
import { bytesOf, nameOf, type TableSource } from './bytes.ts';
import { matchColumns, seekColumns, type AskedColumns, type Found } from './columns.ts';
import { readTable, type Format } from './formats.ts';
import { sweepOf } from './sweep.ts';
import type { Table } from './table.ts';

/** How to open a table. All have defaults. */
export interface OpenOptions {
  /** Names the sweep, also in errors; its extension is a hint. Default: that of the file or URL, else "table". */
  readonly name?: string;
  /** Default: seen in the contents, then in the extension of the name. */
  readonly format?: Format;
  /**
   * A table of runs that are planned, for `designOf`: it needs no loss. The loss is read only where `columns` names its
   * column, and is NaN in every run else.
   */
  readonly planned?: boolean;
  /** Aborting a fetch rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A table that is decoded. `columns`: those of a role, { loss: 'val_loss' }; an empty name leaves a role out. */
export interface OpenTable {
  /** What is in it and which columns would be read; what is amiss with the columns is told, not thrown. */
  preview(columns?: AskedColumns): TablePreview;
  /**
   * As `readSweep`, with further columns to keep, those that the comparisons of `where` are of, and those of `groups`.
   * @throws InputError where a column is missing or ambiguous, or a cell is no positive number.
   */
  sweep(columns?: AskedColumns, keep?: readonly string[], where?: readonly string[], groups?: readonly string[]): Sweep;
}

/** The beginning of a table, and what would be read of it. */
export interface TablePreview {
  readonly name: string;
  readonly columns: readonly string[];
  /** Rows of the whole table. */
  readonly count: number;
  /** What `lines` counts: lines of a text, or rows of JSON and Parquet. */
  readonly unit: 'line' | 'row';
  /** 1-based, of the rows shown. */
  readonly lines: readonly number[];
  /** The first rows, at most eight, [row][column]: cells as they are written, empty where there is nothing. */
  readonly rows: readonly (readonly string[])[];
  /** The column that each role would be read from; a role for which there is none, or more than one, is absent. */
  readonly recognised: Readonly<Partial<Record<Role, string>>>;
  /** Why it cannot be read as these columns are, the role that lacks its column, and the end of the message: see `Place`. */
  readonly problem?: { readonly message: string; readonly role?: Role; readonly remedy?: string };
}

const ROWS_SHOWN = 8;

/**
 * Fetches and decodes a table: CSV, TSV, JSON (an array of objects), JSON Lines or Parquet, plain or gzipped.
 * @throws InputError where there is none: nothing at the address, a web page, a broken gzip, a row of another length.
 */
export async function openTable(source: TableSource, options: OpenOptions = {}): Promise<OpenTable> {
  const { name = nameOf(source), planned = false } = options;
  const table = await readTable(await bytesOf(source, name, options.signal), name, options.format);
  return {
    preview: (columns = {}) => previewOf(table, name, seekColumns(table.columns, columns, name, planned)),
    sweep: (columns = {}, keep, where, groups) => sweepOf(table, name, matchColumns(table.columns, columns, name, planned), columns, { keep, where, groups }),
  };
}

function previewOf({ columns, rows, lines, unit }: Table, name: string, { matched, problem }: Found): TablePreview {
  const { role, remedy } = problem?.place ?? {};
  return {
    name, columns, unit,
    count: rows.length,
    lines: lines.slice(0, ROWS_SHOWN),
    rows: rows.slice(0, ROWS_SHOWN).map((cells) => cells.map(textOf)),
    recognised: Object.fromEntries(Object.entries(matched).map(([role, column]) => [role, column.name])),
    ...(problem && { problem: { message: problem.message, ...(role && { role }), ...(remedy && { remedy }) } }),
  };
}

function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toJSON() ?? '';
  if (typeof cell !== 'object') return String(cell ?? '');
  return cell === null ? '' : JSON.stringify(cell, (_, value: unknown) => (typeof value === 'bigint' ? Number(value) : value));
}
