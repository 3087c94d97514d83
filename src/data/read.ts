/** From a source to a `Sweep`: fetch, decode, choose columns, check every cell, complete N, D and C by C = 6·N·D. */

import { InputError } from '../errors.ts';
import type { Role, Sweep } from '../types.ts';
import { readCells } from './check.ts';
import type { Matched } from './columns.ts';
import { matchColumns } from './columns.ts';
import { showCell } from './counts.ts';
import type { Format } from './formats.ts';
import { readTable } from './formats.ts';
import type { Table } from './table.ts';
import { listNames } from './table.ts';
import { suspectUnits } from './warnings.ts';

/** How to read a table. All have defaults. */
export interface ReadOptions {
  /** Names the sweep, also in errors; its extension is a hint. Default: that of the file or URL, else "table". */
  readonly name?: string;
  /** Default: seen in the contents, then in the extension of the name. */
  readonly format?: Format;
  /** Columns by role, { loss: 'val_loss' }, where their names do not tell. An empty name leaves a role out. */
  readonly columns?: Readonly<Partial<Record<Role, string>>>;
  /** Names of further columns to keep as they are, in `Sweep.extra`: texts or numbers. */
  readonly keep?: readonly string[];
  /**
   * A table of runs that are planned, for `designOf`: it needs no loss. The loss is read only where `columns` names its
   * column, and is NaN in every run else.
   */
  readonly planned?: boolean;
  /** Aborting a fetch rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * A table of training runs, checked. CSV, TSV, JSON (an array of objects), JSON Lines or Parquet, plain or gzipped.
 * The loss is in nats per token; counts may be written 1.4T, 70B, 6.9e9 or 1,000,000.
 * @param source The text of a table, its bytes, or the http(s) URL of it.
 * @throws InputError where there is no table, a column is missing or ambiguous, or a cell is no positive number.
 */
export async function readSweep(
  source: string | Uint8Array | ArrayBuffer | Blob | URL,
  options: ReadOptions = {},
): Promise<Sweep> {
  const name = options.name ?? nameOf(source);
  const table = await readTable(await bytesOf(source, name, options.signal), name, options.format);
  const matched = matchColumns(table.columns, options.columns ?? {}, name, options.planned);
  const values = readCells(table, matched);
  return {
    name,
    columns: completeCounts(values),
    loss: values.loss ?? new Float64Array(table.rows.length).fill(NaN),
    weight: values.weight ?? new Float64Array(table.rows.length).fill(1),
    lines: Int32Array.from(table.lines),
    dropped: [],
    ...describe(matched),
    warnings: suspectUnits(values, matched),
    ...(options.keep?.length && { extra: keepColumns(table, options.keep, name) }),
  };
}

function nameOf(source: unknown): string {
  if (source instanceof URL) return source.href;
  return typeof File === 'function' && source instanceof File ? source.name : 'table';
}

async function bytesOf(
  source: string | Uint8Array | ArrayBuffer | Blob | URL,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (typeof source === 'string') return new TextEncoder().encode(checkText(source));
  if (source instanceof URL) return download(source, name, signal);
  if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  return source instanceof ArrayBuffer ? new Uint8Array(source) : source;
}

/** A path or an address given as a string is a likely mistake: both are one line, as no table is. */
function checkText(text: string): string {
  const line = text.trim();
  if (line === '' || /[\n\r]/.test(line) || /^[[{<]/.test(line)) return text;
  throw new InputError(
    `source: expected the text of a table, got one line, "${line.slice(0, 80)}". ` +
      `For an address give new URL('…'); for a file use readSweepFrom of isoloss/node.`,
  );
}

async function download(url: URL, name: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (!/^https?:$/.test(url.protocol)) {
    throw new InputError(`${name}: expected an http or https address, got ${url.protocol}//. Give the file itself.`);
  }
  try {
    const response = await fetch(url, signal ? { signal } : {});
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    throw new InputError(
      `${name}: expected a table of runs, got the answer ${`${response.status} ${response.statusText}`.trim()}. ` +
        'Check the address.',
    );
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof InputError) throw error;
    throw unreachable(error as Error, name);
  }
}

function unreachable(error: Error, name: string): InputError {
  const reason = error.cause instanceof Error ? error.cause.message : error.message;
  return new InputError(
    `${name}: expected a table of runs, got no answer (${reason}). ` +
      'Check the address and the connection; a page can only read from servers that allow it (CORS).',
    { cause: error },
  );
}

const FORMULAS = { N: 'C/(6D)', D: 'C/(6N)', C: '6·N·D' } as const;

/** N, D and C from the two or three that the table has. */
function completeCounts({ N, D, C }: Readonly<Partial<Record<Role, Float64Array>>>): Sweep['columns'] {
  if (N && D) return { N, D, C: C ?? N.map((n, i) => 6 * n * D[i]) };
  if (N && C) return { N, D: C.map((c, i) => c / (6 * N[i])), C };
  if (D && C) return { N: C.map((c, i) => c / (6 * D[i])), D, C };
  throw new Error('matchColumns found fewer than two of N, D and C');
}

function describe(matched: Matched): Pick<Sweep, 'mapping' | 'notes'> {
  const names = Object.fromEntries(Object.entries(matched).map(([role, { name }]) => [role, name]));
  const taken = (['N', 'D'] as const).filter((role) => !matched[role]);
  const scaled = Object.entries(matched).filter(([, { scale }]) => scale !== 1);
  return {
    mapping: { ...FORMULAS, ...names },
    notes: [
      ...taken.map((role) => `${role} is not in the table: taken as ${FORMULAS[role]}.`),
      ...scaled.map(([role, { name, scale }]) => `${role} is "${name}" times ${scale}.`),
    ],
  };
}

function keepColumns(table: Table, names: readonly string[], source: string): NonNullable<Sweep['extra']> {
  return Object.fromEntries(names.map((name) => [name, keepColumn(table, name, source)]));
}

/** The column of this name, also in another case; texts without the space around them. */
function keepColumn({ columns, rows, lines, unit }: Table, asked: string, source: string): (string | number)[] {
  const exact = columns.indexOf(asked);
  const index = exact >= 0 ? exact : columns.findIndex((column) => column.toLowerCase() === asked.toLowerCase());
  if (index < 0) {
    const got = listNames(columns);
    throw new InputError(`${source}: expected a column "${asked}", got the columns ${got}. Name one of these.`);
  }
  return rows.map(({ [index]: cell }, row) => {
    const value = typeof cell === 'bigint' ? Number(cell) : typeof cell === 'string' ? cell.trim() : cell;
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return value;
    throw new InputError(`${unit} ${lines[row]}, column "${columns[index]}": expected a text or a number, ` +
      `got ${showCell(cell)}. Write a value in every row.`);
  });
}
