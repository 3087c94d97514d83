import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../src/data/formats.ts';
import type { Format } from '../../src/data/formats.ts';
import type { Table } from '../../src/data/table.ts';
import { refusal } from './refusal.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const table = (text: string, name = 'runs', format?: Format): Promise<Table> => readTable(bytes(text), name, format);
const parquet = (codec: 'UNCOMPRESSED' | 'SNAPPY' | 'GZIP'): Uint8Array =>
  new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: 'N', data: [10_000_000_000n, 2n], type: 'INT64' },
        { name: 'loss', data: [2.5, 3.25], type: 'DOUBLE' },
        { name: 'run', data: ['a', 'b'], type: 'STRING' },
      ],
      codec,
      compressors: { GZIP: (input) => new Uint8Array(gzipSync(input)) },
    }),
  );

const ONE = { columns: ['N', 'D', 'loss'], rows: [['1e9', '2e10', '3.1']], lines: [2], unit: 'line' };

describe('CSV and TSV', () => {
  it.each([
    ['commas', 'N,D,loss\n1e9,2e10,3.1\n'],
    ['no last newline', 'N,D,loss\n1e9,2e10,3.1'],
    ['semicolons', 'N;D;loss\n1e9;2e10;3.1\n'],
    ['tabs', 'N\tD\tloss\n1e9\t2e10\t3.1\n'],
    ['bars', 'N|D|loss\n1e9|2e10|3.1\n'],
    ['CRLF', 'N,D,loss\r\n1e9,2e10,3.1\r\n'],
    ['CR', 'N,D,loss\r1e9,2e10,3.1\r'],
    ['a byte order mark', '\uFEFFN,D,loss\n1e9,2e10,3.1\n'],
    ['quotes', '"N","D","loss"\n"1e9","2e10","3.1"\n'],
    ['spaces in the header', ' N , D , loss \n1e9,2e10,3.1\n'],
  ])('with %s', async (_, text) => {
    expect(await table(text)).toEqual(ONE);
  });

  it('counts the lines of the source: comments, empty lines, line breaks in quotes', async () => {
    const text = '# "runs, 2024\n\nrun,N\n# a, "comment\n"a\nb",1\r\n\r\n  \n"c ""d"", e","1,000"\n';
    expect(await table(text)).toEqual({
      columns: ['run', 'N'],
      rows: [['a\nb', '1'], ['c "d", e', '1,000']],
      lines: [5, 9],
      unit: 'line',
    });
  });

  it('lets the header decide the delimiter, not commas in numbers', async () => {
    expect((await table('N;D\n1,000,000;2,000\n')).rows).toEqual([['1,000,000', '2,000']]);
    expect((await table('a,b,c\tN\n1\t2\n', 'runs.tsv')).columns).toEqual(['a,b,c', 'N']);
    expect((await table('a,b,c\tN\n1\t2\n', 'runs', 'tsv')).columns).toEqual(['a,b,c', 'N']);
  });

  it('leaves columns without a name in peace', async () => {
    expect((await table(',N,\n0,1,\n')).columns).toEqual(['', 'N', '']);
  });

  it.each([
    ['N,D\n1,2\n\n3\n', 'line 4: expected 2 fields as in the header, got 1. Fill in the rest, or delete the row.'],
    ['N,D\n1,000,2\n',
      'line 2: expected 2 fields as in the header, got 3. Quote a field that holds a delimiter, as in "1,000".'],
    ['N,D\n1,2\n"3,4\n5,6\n',
      'line 3: expected every quoted field to be closed, got a quote that stays open or closes too early. ' +
      'Close it; inside a field write it twice, as in "a ""b"" c".'],
    ['\nN,D,N\n1,2,3\n', 'line 2: expected every column name once, got "N" twice. Rename one.'],
    ['#N,D\n1e9,2T\n3,4\n', 'line 2: expected the names of the columns, got the numbers "1e9", "2T". ' +
      'Put a header such as N,D,loss first; a line that starts with # is a comment.'],
    ['N,D,loss\n', 'runs: expected at least one run, got a table without rows. Add a row for each run.'],
    ['# nothing\n', 'runs: expected at least one run, got a table without rows. Add a row for each run.'],
  ])('%j is refused', async (text, message) => {
    expect(await refusal(table(text))).toBe(message);
  });
});

describe('JSON', () => {
  it('is an array of objects; a column a key, in order of appearance', async () => {
    expect(await table(' [{"N": 1, "loss": "3"},\n {"N": "1.4T", "D": null}]')).toEqual({
      columns: ['N', 'loss', 'D'],
      rows: [[1, '3', undefined], ['1.4T', undefined, null]],
      lines: [1, 2],
      unit: 'row',
    });
  });

  const example = 'Write a run as {"N": 1e9, "D": 2e10, "loss": 2.9}';
  it.each([
    ['[]', 'runs: expected at least one run, got a table without rows. Add a row for each run.'],
    ['[{"N": 1}, 5]', `row 2: expected a JSON object, got 5. ${example}.`],
    ['[[1, 2]]', `row 1: expected a JSON object, got a list. ${example}.`],
    ['{"meta": 1,\n "runs": [{"N": 1}]}',
      'runs: expected a JSON array of objects, got one object with the keys "meta", "runs". ' +
      `${example}, all of them in [ ]; pandas does with to_json(orient="records").`],
    ['[{"loss": NaN}]', 'runs: expected a JSON array of objects, got "[{"loss": NaN}]". ' +
      'JSON has no NaN and no Infinity: delete the runs that diverged.'],
  ])('%j is refused', async (text, message) => {
    expect(await refusal(table(text))).toBe(message);
  });

  it('that does not parse is refused with what the parser says', async () => {
    const text = '[{"N": 1},';
    const parser = await Promise.resolve(text).then(JSON.parse).catch((error: Error) => error.message);
    expect(await refusal(table(text))).toBe(
      `runs: expected a JSON array of objects, got "${text}". The parser says: ${String(parser)}.`,
    );
  });

  it('is what a name or an option says it is', async () => {
    const message = `runs.json: expected a JSON array of objects, got 5. ${example}, ` +
      'all of them in [ ]; pandas does with to_json(orient="records").';
    expect(await refusal(table('5', 'runs.json'))).toBe(message);
    expect(await refusal(table('{"N": 1}', 'runs', 'json'))).toContain('got one object with the keys "N".');
  });
});

describe('JSON Lines', () => {
  it('is an object a line', async () => {
    expect(await table('\n{"N": 1, "loss": 3}\r\n\n{"loss": 2, "N": 5}\n')).toEqual({
      columns: ['N', 'loss'], rows: [[1, 3], [5, 2]], lines: [2, 4], unit: 'line',
    });
  });

  it('can be one line', async () => {
    expect(await table('\n\n{"N": 1}')).toEqual({ columns: ['N'], rows: [[1]], lines: [3], unit: 'line' });
  });

  it.each([
    ['{"N": 1}\n[2]', 'line 2: expected a JSON object, got a list. Write a run as {"N": 1e9, "D": 2e10, "loss": 2.9}.'],
    ['{"N": 1}\n\n{"loss": NaN}',
      'line 3: expected a JSON object, got "{"loss": NaN}". ' +
      'JSON has no NaN and no Infinity: delete the runs that diverged.'],
  ])('%j is refused', async (text, message) => {
    expect(await refusal(table(text))).toBe(message);
  });
});

describe('Parquet', () => {
  it.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP'] as const)('%s, known by its magic', async (codec) => {
    expect(await readTable(parquet(codec), 'runs')).toEqual({
      columns: ['N', 'loss', 'run'],
      rows: [[10_000_000_000n, 2.5, 'a'], [2n, 3.25, 'b']],
      lines: [1, 2],
      unit: 'row',
    });
  });

  it('reads from the middle of a larger buffer', async () => {
    const file = parquet('SNAPPY');
    const larger = new Uint8Array(file.length + 20);
    larger.set(file, 10);
    expect((await readTable(larger.subarray(10, 10 + file.length), 'runs')).rows).toHaveLength(2);
  });

  it('cut short is refused', async () => {
    expect(await refusal(readTable(parquet('SNAPPY').slice(0, -9), 'runs.parquet'))).toBe(
      'runs.parquet: expected a Parquet file, got one that does not decode (parquet file invalid (footer != PAR1)). ' +
        'Write or download it again.',
    );
    expect(await refusal(table('N,D', 'runs.parquet'))).toContain('runs.parquet: expected a Parquet file, got one');
    expect(await refusal(table('N,D\n1,2', 'runs', 'parquet'))).toContain('expected a Parquet file');
  });
});

describe('gzip', () => {
  it.each([
    ['CSV', bytes('N,loss\n1,3\n'), [['1', '3']]],
    ['TSV', bytes('N\tloss\n1\t3\n'), [['1', '3']]],
    ['JSON', bytes('[{"N": 1, "loss": 3}]'), [[1, 3]]],
    ['JSON Lines', bytes('{"N": 1, "loss": 3}\n{"N": 2, "loss": 2}\n'), [[1, 3], [2, 2]]],
    ['Parquet', parquet('SNAPPY'), [[10_000_000_000n, 2.5, 'a'], [2n, 3.25, 'b']]],
  ])('of %s', async (_, content, rows) => {
    expect((await readTable(gzipSync(content), 'runs')).rows).toEqual(rows);
  });

  it('hides no extension', async () => {
    const { columns } = await readTable(gzipSync('a,b,c\tN\n1\t2\n'), 'https://host/runs.tsv.gz?raw=1');
    expect(columns).toEqual(['a,b,c', 'N']);
  });

  const whole = gzipSync('N,D,loss\n'.repeat(2000));
  it.each([
    ['cut short', whole.subarray(0, whole.length - 12)],
    ['broken inside', Buffer.concat([whole.subarray(0, 12), Buffer.from([255, 255, 255, 255]), whole.subarray(16)])],
    ['only magic', whole.subarray(0, 2)],
  ])('%s is refused', async (_, broken) => {
    expect(await refusal(readTable(broken, 'runs.csv.gz'))).toBe(
      'runs.csv.gz: expected a whole gzip file, got one that is broken or cut short. Compress or download it again.',
    );
  });
});

describe('what is no table', () => {
  const expected = 'runs: expected a table of runs (CSV, TSV, JSON, JSON Lines or Parquet)';
  it.each([
    ['nothing', [], `${expected}, got nothing. Check its source.`],
    ['spaces', [32, 10, 9], `${expected}, got nothing. Check its source.`],
    ['gzip of nothing', [...gzipSync('')], `${expected}, got nothing. Check its source.`],
    ['a workbook', [0x50, 0x4b, 3, 4, 0x14, 0],
      `${expected}, got bytes that are no text (50 4b 03 04). Save it as CSV in UTF-8.`],
    ['Latin-1', [0x4e, 0xe9, 0x0a, 0x31],
      `${expected}, got bytes that are no text (4e e9 0a 31). Save it as CSV in UTF-8.`],
    ['a web page', [...bytes('\n<!doctype html><html>')],
      `${expected}, got a web page. Give the address of the file itself; on GitHub that is "Raw".`],
  ])('%s', async (_, content, message) => {
    expect(await refusal(readTable(Uint8Array.from(content), 'runs'))).toBe(message);
  });
});
