/** What cannot be used: one line on standard error, nothing on standard output, exit code 1 or 2. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fit, isoloss, table } from './program.ts';

const RUNS = table();
const ROWS = RUNS.trim().split('\n').slice(1);
const A_TABLE = 'standard input: expected a table of runs (CSV, TSV, JSON, JSON Lines or Parquet)';
const N_IS = 'Without variation in N its term cannot be told from E; add runs at another N.';

it.each([
  ['no table', '\0\u0001\u0002', [], `${A_TABLE}, got bytes that are no text (00 01 02). Save it as CSV in UTF-8.`],
  ['nothing', '', [], `${A_TABLE}, got nothing. Check its source.`],
  ['a broken gzip', gzipSync(RUNS).subarray(0, 60), [],
    'standard input: expected a whole gzip file, got one that is broken or cut short. Compress or download it again.'],
  ['an ambiguous column', RUNS.replace('N,D,loss', 'N,val_loss,train_loss'), [],
    'standard input: expected one column for the loss, got "val_loss" and "train_loss" among the columns ' +
    '"N", "val_loss", "train_loss". ' +
    'Name it: --columns loss=train_loss, in code { columns: { loss: \'train_loss\' } }.'],
  ['a column that is not there', RUNS, ['--columns', 'loss=ppl'],
    'standard input: expected a column "ppl" for loss, got the columns "N", "D", "loss". ' +
    'Name it: --columns loss=NAME, in code { columns: { loss: \'NAME\' } }.'],
  ['one bad count', RUNS.replace('\n100000000,8000000000,', '\n100000000,8.0Q,'), [],
    'standard input, line 3, column "D": expected a positive count such as 1.4e12, got "8.0Q". ' +
    'Write a number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.'],
  ['fewer runs than parameters', ['N,D,loss', ...ROWS.slice(3, 7)].join('\n'), [],
    'standard input: expected at least 5 runs, one for each parameter of chinchilla (E, A, B, alpha, beta), got 4. ' +
    'Add runs, or relax the filters.'],
  ['one size only', ['N,D,loss', ...ROWS.map((row) => row.replace(/^\d+/, '1e9'))].join('\n'), [],
    `standard input, N: expected at least two different values, got 1000000000 in every run. ${N_IS}`],
  ['a filter that leaves nothing', RUNS, ['--where', 'N>1T'],
    '--where N>1T: expected to keep at least one run, got none of 12. Their N runs from 1.00e8 to 1.60e9.'],
  ['more to drop than there is', RUNS, ['--drop-highest', '12'],
    '--drop-highest: expected a whole number from 0 to 11, got 12. One of the 12 runs must stay.'],
  ['more to descend than there is', RUNS, ['--screen', '9'],
    '--screen: expected a whole number from 1 to the 8 starts, got 9.'],
])('%s', async (_, stdin, options, message) => {
  expect(await fit(['-', ...options], stdin)).toEqual({ code: 1, stdout: '', stderr: `isoloss: ${message}\n` });
});

it.each([
  ['none.csv', 'expected a file, got nothing there. Check the path.'],
  ['src', 'expected a file, got a directory. Give a file in it.'],
  ['http://', 'expected an address such as https://host/runs.csv, got one that is none. Check it.'],
])('the source %s', async (source, message) => {
  expect(await fit([source])).toEqual({ code: 1, stdout: '', stderr: `isoloss: ${source}: ${message}\n` });
});

const server = createServer((_, response) => { response.writeHead(404).end('no such page'); });
beforeAll(() => new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); }));
afterAll(() => { server.closeAllConnections(); server.close(); });

it('an address that answers 404', async () => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/runs.csv`;
  expect(await fit([url])).toEqual({
    code: 1, stdout: '',
    stderr: `isoloss: ${url}: expected a table of runs, got the answer 404 Not Found. Check the address.\n`,
  });
});

it.each([
  [[], 'isoloss: expected a command, got none. Begin with isoloss fit, or see isoloss --help.'],
  [['fti'], 'isoloss: expected a command, got "fti". Did you mean fit?'],
  [['fit', '--jsn'], 'isoloss fit: expected one of its options, got --jsn. Did you mean --json?'],
  [['fit', '--delta', 'x'],
    'isoloss fit --delta: expected a positive number such as 1e-3, got "x". Write a plain number.'],
])('the command line %j', async (args, message) => {
  expect(await isoloss(args)).toEqual({ code: 2, stdout: '', stderr: `${message}\n` });
});

it('says with --quiet too what went wrong', async () => {
  expect((await fit(['none.csv', '--quiet'])).stderr).toContain('got nothing there');
});
