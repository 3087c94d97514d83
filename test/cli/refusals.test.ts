/** What cannot be used: an error, which the program prints as one line on standard error, with exit code 1 or 2. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { fit, inProcess, isoloss, table } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
const path = join(folder, 'runs');
const RUNS = table();
const ROWS = RUNS.trim().split('\n').slice(1);
const A_TABLE = 'runs: expected a table of runs (CSV, TSV, JSON, JSON Lines or Parquet)';
const N_IS = 'Without variation in N its term cannot be told from E; add runs at another N.';

it.each([
  ['no table', '\0\u0001\u0002', [], `${A_TABLE}, got bytes that are no text (00 01 02). Save it as CSV in UTF-8.`],
  ['nothing', '', [], `${A_TABLE}, got nothing. Check its source.`],
  ['a broken gzip', gzipSync(RUNS).subarray(0, 60), [],
    'runs: expected a whole gzip file, got one that is broken or cut short. Compress or download it again.'],
  ['an ambiguous column', RUNS.replace('N,D,loss', 'N,val_loss,train_loss'), [],
    'runs: expected one column for the loss, got "val_loss" and "train_loss" among the columns ' +
    '"N", "val_loss", "train_loss". ' +
    'Name it: --columns loss=train_loss, in code { columns: { loss: \'train_loss\' } }.'],
  ['a column that is not there', RUNS, ['--columns', 'loss=ppl'],
    'runs: expected a column "ppl" for loss, got the columns "N", "D", "loss". ' +
    'Name it: --columns loss=NAME, in code { columns: { loss: \'NAME\' } }.'],
  ['one bad count', RUNS.replace('\n100000000,8000000000,', '\n100000000,8.0Q,'), [],
    'runs, line 3, column "D": expected a positive count such as 1.4e12, got "8.0Q". ' +
    'Write a number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.'],
  ['fewer runs than parameters', ['N,D,loss', ...ROWS.slice(3, 7)].join('\n'), [],
    'runs: expected at least 5 runs, one for each parameter of chinchilla (E, A, B, alpha, beta), got 4. ' +
    'Add runs, or relax the filters.'],
  ['one size only', ['N,D,loss', ...ROWS.map((row) => row.replace(/^\d+/, '1e9'))].join('\n'), [],
    `runs, N: expected at least two different values, got 1000000000 in every run. ${N_IS}`],
  ['a filter that leaves nothing', RUNS, ['--where', 'N>1T'],
    '--where N>1T: expected to keep at least one run, got none of 12. Their N runs from 1.00e8 to 1.60e9.'],
  ['more to drop than there is', RUNS, ['--drop-highest', '12'],
    '--drop-highest: expected a whole number from 0 to 11, got 12. One of the 12 runs must stay.'],
  ['lines that there are not', RUNS, ['--exclude', '4,13-15'],
    '--exclude: expected lines of the table, got 14-15. Its 12 runs are on lines 2 to 13.'],
  ['all lines', RUNS, ['--exclude', '2-13'],
    '--exclude: expected to keep at least one run, got none of 12. Take some lines back in.'],
  ['more to descend than there is', RUNS, ['--screen', '9'],
    '--screen: expected a whole number from 1 to the 8 starts, got 9.'],
])('%s', async (_, content, options, message) => {
  writeFileSync(path, content);
  const argv = ['fit', path, '--backend', 'cpu', '--starts', '8', ...options];
  await expect(inProcess(argv)).rejects.toThrow(new InputError(message.replace(/^runs/, path)));
});

it('is one line on standard error, nothing on standard output, exit code 1', async () => {
  expect(await fit(['-'], '')).toEqual({ code: 1, stdout: '', stderr: `isoloss: ${A_TABLE.replace(/^runs/, 'standard input')}, got nothing. Check its source.\n` });
});

it.each([
  ['none.csv', 'expected a file, got nothing there. Check the path.'],
  ['src', 'expected a file, got a directory. Give a file in it.'],
  ['http://', 'expected an address such as https://host/runs.csv, got one that is none. Check it.'],
])('the source %s', async (source, message) => {
  await expect(inProcess(['fit', source])).rejects.toThrow(new InputError(`${source}: ${message}`));
});

const server = createServer((_, response) => { response.writeHead(404).end('no such page'); });
beforeAll(() => new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); }));
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

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
