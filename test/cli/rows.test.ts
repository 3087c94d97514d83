/** Rows to CSV and Parquet, in pieces. */
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, expect, it } from 'vitest';
import { openRows, type RowColumn } from '../../src/cli/rows.ts';
import type { Cells } from '../../src/report/csv.ts';
import { refusal } from '../data/refusal.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));

const COLUMNS: readonly RowColumn[] = [{ name: 'index', type: 'INT32' }, { name: 'loss', type: 'DOUBLE' }, { name: 'end', type: 'STRING' }];
/** No two decimals of these are short; one is no number. */
const LOSSES = [Math.PI, 0.1 + 0.2, 5e-324, 1.7976931348623157e308, NaN, 1 / 3];

async function write(name: string, pieces: readonly Cells[]): Promise<string> {
  const path = join(folder, name);
  const file = await openRows(path, COLUMNS);
  for (const cells of pieces) await file.write(cells);
  await file.close();
  return path;
}

function piece(first: number, losses: readonly number[]): Cells {
  return [Int32Array.from(losses, (_, k) => first + k), Float64Array.from(losses), losses.map((_, k) => (k % 2 ? 'converged' : 'stalled'))];
}

const PIECES = [piece(0, LOSSES), piece(6, LOSSES.slice(1))];
const EXPECTED = [...LOSSES, ...LOSSES.slice(1)].map((loss, index) =>
  ({ index, loss, end: (index < 6 ? index : index - 6) % 2 ? 'converged' : 'stalled' }));

it('CSV gives every double back', async () => {
  const [header, ...lines] = readFileSync(await write('rows.csv', PIECES), 'utf8').trimEnd().split('\n');
  expect(header).toBe('index,loss,end');
  expect(lines.map((line) => line.split(',')).map(([index, loss, end]) => ({ index: Number(index), loss: Number(loss), end }))).toEqual(EXPECTED);
});

it('CSV of more rows than are written at once', async () => {
  const losses = Array.from({ length: 10_001 }, (_, k) => k / 7);
  const lines = readFileSync(await write('long.csv', [piece(0, losses)]), 'utf8').trimEnd().split('\n');
  expect([lines.length, lines[4097], lines.at(-1)]).toEqual([10_002, `4096,${4096 / 7},stalled`, `10000,${10_000 / 7},stalled`]);
});

it('Parquet gives every double back, a row group a piece', async () => {
  const file = Uint8Array.from(readFileSync(await write('rows.parquet', PIECES))).buffer;
  expect(await parquetReadObjects({ file })).toEqual(EXPECTED);
  const { row_groups, schema, created_by } = parquetMetadata(file);
  expect(row_groups.map(({ num_rows }) => num_rows)).toEqual([6n, 5n]);
  expect(schema.slice(1).map(({ name, type, repetition_type }) => [name, type, repetition_type])).toEqual(
    [['index', 'INT32', 'REQUIRED'], ['loss', 'DOUBLE', 'REQUIRED'], ['end', 'BYTE_ARRAY', 'REQUIRED']]);
  expect(created_by).toMatch(/^isoloss \d/);
});

it('without rows is a table without rows', async () => {
  expect(readFileSync(await write('none.csv', []), 'utf8')).toBe('index,loss,end\n');
  expect(await parquetReadObjects({ file: Uint8Array.from(readFileSync(await write('none.parquet', []))).buffer })).toEqual([]);
});

it.each(['rows.csv', 'rows.parquet'])('%s in no folder', async (name) => {
  const path = join(folder, 'nowhere', name);
  expect(await refusal(openRows(path, COLUMNS))).toBe(
    `${path}: expected a place to write the result, got a folder that does not exist. Make it, or give another.`);
});

it.skipIf(!existsSync('/dev/full')).each(['full.csv', 'full.parquet'])('%s on a full disk', async (name) => {
  const path = join(folder, name);
  symlinkSync('/dev/full', path);
  const writing = async () => {
    const file = await openRows(path, COLUMNS);
    await file.write(piece(0, LOSSES));
    await file.close();
  };
  expect(await refusal(writing())).toBe(`${path}: expected a place to write the result, got a disk that is full. Make room, or give another.`);
});
