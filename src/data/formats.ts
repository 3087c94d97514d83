/**
 * The bytes of a source as a table. Contents decide the format: gzip by its magic 1f 8b, Parquet by PAR1, JSON by
 * [ and JSON Lines by {; then the extension of the name (.tsv, .json, .jsonl, .parquet, each with .gz); else CSV.
 */

import { InputError } from '../errors.ts';
import { readDelimited } from './delimited.ts';
import { readJson, readJsonLines } from './json.ts';
import { readParquet } from './parquet.ts';
import type { Table } from './table.ts';

export type Format = 'csv' | 'tsv' | 'jsonl' | 'json' | 'parquet';

const EXTENSIONS: Readonly<Partial<Record<string, Format>>> = {
  csv: 'csv', tsv: 'tsv', tab: 'tsv', json: 'json', jsonl: 'jsonl', ndjson: 'jsonl', parquet: 'parquet',
};

/**
 * @param source Named in errors; its extension is a hint.
 * @throws InputError where the bytes hold no table, or one without rows.
 */
export async function readTable(bytes: Uint8Array, source: string, format?: Format): Promise<Table> {
  const table = await readAs(startsWith(bytes, [0x1f, 0x8b]) ? await gunzip(bytes, source) : bytes, source, format);
  if (table.rows.length > 0) return table;
  throw new InputError(`${source}: expected at least one run, got a table without rows. Add a row for each run.`);
}

async function readAs(bytes: Uint8Array, source: string, asked?: Format): Promise<Table> {
  const extension = EXTENSIONS[/\.(\w+)(?:\.gz)?(?:[?#].*)?$/i.exec(source)?.[1]?.toLowerCase() ?? ''];
  if (asked === 'parquet' || (!asked && startsWith(bytes, [0x50, 0x41, 0x52, 0x31]))) return readParquet(bytes, source);
  const text = decode(bytes, source);
  const format = asked ?? formatOf(text) ?? extension ?? 'csv';
  if (format === 'parquet') return readParquet(bytes, source);
  if (format === 'json') return readJson(text, source);
  if (format === 'jsonl') return readJsonLines(text, source);
  return readDelimited(text, format === 'tsv' ? '\t' : undefined);
}

function formatOf(text: string): Format | undefined {
  const first = text.trimStart()[0];
  if (first === '[') return 'json';
  return first === '{' ? 'jsonl' : undefined;
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

async function gunzip(bytes: Uint8Array, source: string): Promise<Uint8Array> {
  const stream = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream('gzip'));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new InputError(
      `${source}: expected a whole gzip file, got one that is broken or cut short. Compress or download it again.`,
      { cause: error },
    );
  }
}

const TABLE = 'a table of runs (CSV, TSV, JSON, JSON Lines or Parquet)';

function decode(bytes: Uint8Array, source: string): string {
  const text = textOf(bytes);
  if (text === undefined) {
    const start = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
    throw new InputError(
      `${source}: expected ${TABLE}, got bytes that are no text (${start}). Save it as CSV in UTF-8.`,
    );
  }
  if (text.trim() === '') throw new InputError(`${source}: expected ${TABLE}, got nothing. Check its source.`);
  if (text.trimStart().startsWith('<')) {
    throw new InputError(
      `${source}: expected ${TABLE}, got a web page. Give the address of the file itself; on GitHub that is "Raw".`,
    );
  }
  return text;
}

/** UTF-8 without its byte order mark; undefined where the bytes are not that, or hold a NUL. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}
