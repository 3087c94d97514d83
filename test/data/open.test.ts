import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../src/data/open.ts';
import { readSweep } from '../../src/data/read.ts';
import { InputError } from '../../src/errors.ts';
import { refusal } from './refusal.ts';

const TEXT = '# runs of 2024\nrun,Params (M),tokens,val_loss,train_loss\n"a, b",44,1.4B,3.9,3.8\n\nc,"1,000",20B,,2.4\n';
const COLUMNS = ['run', 'Params (M)', 'tokens', 'val_loss', 'train_loss'];
const AMBIGUOUS = 'runs.csv: expected one column for the loss, got "val_loss" and "train_loss" among the columns "run", "Params (M)", ' +
  `"tokens", "val_loss", "train_loss". Name it: --columns loss=train_loss, in code { columns: { loss: 'train_loss' } }.`;

/** Of Parquet: one column of lists of whole numbers. */
const LISTS: NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']> = [
  { name: 'root', num_children: 1 },
  { name: 'widths', repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
  { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
  { name: 'element', repetition_type: 'OPTIONAL', type: 'INT64' },
];

const runs = () => openTable(TEXT, { name: 'runs.csv' });

describe('a preview', () => {
  it('shows rows as they are written, what is recognised, and what is amiss', async () => {
    expect((await runs()).preview()).toEqual({
      name: 'runs.csv',
      columns: COLUMNS,
      count: 2,
      unit: 'line',
      lines: [3, 5],
      rows: [['a, b', '44', '1.4B', '3.9', '3.8'], ['c', '1,000', '20B', '', '2.4']],
      recognised: { N: 'Params (M)', D: 'tokens' },
      problem: { message: AMBIGUOUS, role: 'loss', remedy: expect.stringMatching(/^Name it: --columns loss=/) },
    });
  });

  it('tells the end of the message apart, for a page that knows what to do instead', async () => {
    for (const columns of [{}, { loss: 'none' }, { loss: '' }]) {
      const { message, remedy } = (await runs()).preview(columns).problem!;
      expect(remedy).toMatch(/^Name it: --columns loss=.* \}\.$/);
      expect(message.endsWith(`. ${remedy}`)).toBe(true);
    }
  });

  it('of columns that are named has no problem: cells are not looked at', async () => {
    const { recognised, ...rest } = (await runs()).preview({ loss: 'VAL_LOSS' });
    expect(recognised).toEqual({ N: 'Params (M)', D: 'tokens', loss: 'val_loss' });
    expect(rest).not.toHaveProperty('problem');
  });

  it('shows eight rows of many, and counts all', async () => {
    const text = `N,D,loss\n${'1e9,2e10,3\n'.repeat(5000)}`;
    const { count, rows, lines } = (await openTable(text)).preview();
    expect([count, rows.length, lines]).toEqual([5000, 8, [2, 3, 4, 5, 6, 7, 8, 9]]);
  });

  it('is of texts, whatever the cells are', async () => {
    const json = '[{"N": 1e9, "D": 20000000000, "loss": 2.5, "ok": true, "x": null, "list": [1, "a"]}, {"N": "1B", "y": {"z": 1}}]';
    expect((await openTable(json)).preview()).toMatchObject({
      name: 'table', unit: 'row', lines: [1, 2],
      columns: ['N', 'D', 'loss', 'ok', 'x', 'list', 'y'],
      rows: [['1000000000', '20000000000', '2.5', 'true', '', '[1,"a"]', ''], ['1B', '', '', '', '', '', '{"z":1}']],
    });
    const parquet = parquetWriteBuffer({ columnData: [
      { name: 'N', data: [1_000_000_000n], type: 'INT64' },
      { name: 'made', data: [new Date('2024-05-06T07:08:09Z')], type: 'TIMESTAMP' },
    ] });
    expect((await openTable(parquet)).preview().rows).toEqual([['1000000000', '2024-05-06T07:08:09.000Z']]);
    const lists = parquetWriteBuffer({ schema: LISTS, columnData: [{ name: 'widths', data: [[3n, 4n]] }] });
    expect((await openTable(lists)).preview().rows).toEqual([['[3,4]']]);
  });

  it('of planned runs needs no loss, and recognises none', async () => {
    const text = 'N,D,val_loss,train_loss\n1e9,2e10,3,3\n';
    const planned = await openTable(text, { planned: true });
    expect(planned.preview()).not.toHaveProperty('problem');
    expect(planned.preview().recognised).toEqual({ N: 'N', D: 'D' });
    expect(planned.sweep().loss).toEqual(Float64Array.of(NaN));
    expect((await openTable(text)).preview()).toHaveProperty('problem.role', 'loss');
  });

  it('can be sent to another thread', async () => {
    const preview = (await runs()).preview();
    expect(structuredClone(preview)).toEqual(preview);
  });
});

describe('the problem of a preview', () => {
  const TABLE = 'N,D,loss,lr\n1e9,2e10,3,1e-3\n';
  it.each([
    ['unknown', TABLE, { D: 'dataset' }, 'D', { N: 'N', loss: 'loss' }],
    ['left out', TABLE, { N: '' }, 'N', { D: 'D', loss: 'loss' }],
    ['missing', 'N,lr,loss\n1e9,3,3\n', {}, 'D', { N: 'N', loss: 'loss' }],
    ['all missing', 'a,b\n1,2\n', {}, 'N', {}],
    ['ambiguous, and another missing', 'params,parameters\n1,2\n', {}, 'N', {}],
    ['two', TABLE, { loss: 'ppl', D: 'x' }, 'D', { N: 'N' }],
    ['no role', TABLE, { tokens: 'D' } as object, undefined, { N: 'N', D: 'D', loss: 'loss' }],
  ])('%s: is the error of the sweep', async (_, text, columns, role, recognised) => {
    const table = await openTable(text, { name: 'runs.csv' });
    const { problem, recognised: got } = table.preview(columns);
    expect([problem?.role, got]).toEqual([role, recognised]);
    expect(() => table.sweep(columns)).toThrow(new InputError(problem!.message));
  });

  it('goes with the columns that were asked for', async () => {
    const table = await openTable(TABLE);
    expect(table.preview({ D: 'dataset' })).toHaveProperty('problem');
    expect(table.preview({ D: 'D' })).not.toHaveProperty('problem');
  });
});

describe('an open table', () => {
  it('is the sweep that readSweep reads, as often as it is asked for', async () => {
    const table = await openTable(TEXT.replace(',,', ',2.5,'), { name: 'runs.csv' });
    for (const loss of ['val_loss', 'train_loss']) {
      const sweep = table.sweep({ loss }, ['run']);
      expect(sweep).toEqual(await readSweep(TEXT.replace(',,', ',2.5,'), { name: 'runs.csv', columns: { loss }, keep: ['run'] }));
      expect([sweep.mapping.loss, sweep.extra]).toEqual([loss, { run: ['a, b', 'c'] }]);
    }
  });

  it('is named as its file', async () => {
    expect((await openTable(new File([TEXT], 'a.csv'))).preview().name).toBe('a.csv');
    expect((await openTable(new File([TEXT], 'a.csv'), { name: 'b.csv' })).preview().name).toBe('b.csv');
  });

  it.each([
    ['', 'table: expected a table of runs (CSV, TSV, JSON, JSON Lines or Parquet), got nothing. Check its source.'],
    ['<html>', 'table: expected a table of runs (CSV, TSV, JSON, JSON Lines or Parquet), got a web page. ' +
      'Give the address of the file itself; on GitHub that is "Raw".'],
    ['N,D\n1\n', 'line 2: expected 2 fields as in the header, got 1. Fill in the rest, or delete the row.'],
    ['N,D\n# none\n', 'table: expected at least one run, got a table without rows. Add a row for each run.'],
  ])('%j is none', async (text, message) => {
    expect(await refusal(openTable(text))).toBe(message);
  });
});
