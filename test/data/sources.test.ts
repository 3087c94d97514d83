import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSweepFrom } from '../../src/sources.ts';
import { refusal } from './refusal.ts';

const TEXT = 'N,D,loss\n1e9,2e10,2.5\n';
const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
const file = join(folder, 'runs.csv');
beforeAll(() => writeFileSync(file, TEXT));
afterAll(() => rmSync(folder, { recursive: true }));

async function* chunks(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < content.length; start += 7) yield content.subarray(start, start + 7);
}

describe('a file', () => {
  it('is read, and names the sweep as it was given', async () => {
    const sweep = await readSweepFrom(file);
    expect([sweep.name, sweep.columns.N]).toEqual([file, Float64Array.of(1e9)]);
  });

  it('gives its extension to the reader, and the options with it', async () => {
    const tsv = join(folder, 'runs.tsv');
    writeFileSync(tsv, 'N,x\tD\tval_loss\tq\n1e9\t2e10\t2.5\t3\n');
    const sweep = await readSweepFrom(tsv, { columns: { N: 'N,x', loss: 'q' } });
    expect([sweep.mapping.N, sweep.loss]).toEqual(['N,x', Float64Array.of(3)]);
  });

  it.each([
    ['none.csv', 'expected a file, got nothing there. Check the path.'],
    ['.', 'expected a file, got a directory. Give a file in it.'],
    ['runs.csv/x.csv', 'expected a file, got a path through something that is no directory. Check the path.'],
    [`${'x'.repeat(300)}.csv`, 'expected a file, got ENAMETOOLONG. Check the path.'],
  ])('%s is refused', async (name, message) => {
    const path = `${folder}/${name}`;
    expect(await refusal(readSweepFrom(path))).toBe(`${path}: ${message}`);
  });

  it('rejects with the reason of the signal when aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(readSweepFrom(file, { signal })).rejects.toThrow(new Error('enough'));
  });
});

describe('standard input', () => {
  it.each([
    ['plain', new TextEncoder().encode(TEXT)],
    ['gzipped', gzipSync(TEXT)],
  ])('is read to its end, %s', async (_, content) => {
    const sweep = await readSweepFrom('-', { stdin: chunks(content) });
    expect([sweep.name, sweep.loss]).toEqual(['standard input', Float64Array.of(2.5)]);
  });

  it('can be given another name', async () => {
    const sweep = await readSweepFrom('-', { stdin: chunks(gzipSync(TEXT)), name: 'pipe' });
    expect(sweep.name).toBe('pipe');
  });

  it('that is empty is refused', async () => {
    expect(await refusal(readSweepFrom('-', { stdin: chunks(new Uint8Array()) }))).toBe(
      'standard input: expected a table of runs (CSV, TSV, JSON, JSON Lines or Parquet), got nothing. ' +
        'Check its source.',
    );
  });
});

describe('an address', () => {
  const server = createServer((_, response) => { response.end(TEXT); });
  beforeAll(() => new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); }));
  afterAll(() => { server.closeAllConnections(); server.close(); });

  it('is fetched', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/runs`;
    const sweep = await readSweepFrom(url);
    expect([sweep.name, sweep.loss]).toEqual([url, Float64Array.of(2.5)]);
  });

  it('that is none is refused', async () => {
    expect(await refusal(readSweepFrom('http://'))).toBe(
      'http://: expected an address such as https://host/runs.csv, got one that is none. Check it.',
    );
  });
});
