/** Files of counts: both forms, and each mistake. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { readCounts } from '../../src/cli/counts.ts';
import { refusal } from '../data/refusal.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { signal } = new AbortController();

/** Counts of three runs. */
function read(content: string | Uint8Array) {
  const path = join(folder, 'counts');
  writeFileSync(path, content);
  return readCounts(path, 3, signal);
}

it.each([
  ['bytes', Uint8Array.of(0, 255, 10, 1, 1, 1), [0, 255, 10, 1, 1, 1]],
  ['commas', '0,2,1\n1,1,1\n', [0, 2, 1, 1, 1, 1]],
  ['commas and spaces, the lines of Windows, a byte order mark',
    '\uFEFF0, 300, 1\r\n\r\n1 , 1, 1', [0, 300, 1, 1, 1, 1]],
  ['space', ' 0  2\t1\n1 1 1', [0, 2, 1, 1, 1, 1]],
  ['semicolons', '0;2;1\n1;1;1\n', [0, 2, 1, 1, 1, 1]],
])('%s', async (_, content, counts) => {
  expect(Array.from(await read(content))).toEqual(counts);
});

const HOW = 'A count says how often a run occurs in the resample.';
const ALL = 'Count the runs that the filters leave out too.';
const SPREAD = 'A spread needs several.';

it.each([
  [Uint8Array.of(1, 2, 3, 4),
    `: expected 3 bytes for each resample, one for each run of the table, got 4 bytes in all. ${ALL}`],
  ['', `: expected at least two rows of counts, one for each resample, got none. ${SPREAD}`],
  ['1 1 1', `: expected at least two rows of counts, one for each resample, got one. ${SPREAD}`],
  [Uint8Array.of(1, 1, 1), `: expected at least two rows of counts, one for each resample, got one. ${SPREAD}`],
  ['1,1,1\n\n1,2\n', `, line 3: expected 3 counts, one for each run of the table, got 2. ${ALL}`],
  ['1,1,1\n1,,2\n', `, line 2: expected 3 counts, one for each run of the table, got 2. ${ALL}`],
  ['1,1,1\n1,0.5,2\n', `, line 2, count 2: expected a whole number from 0 on, got "0.5". ${HOW}`],
  ['1,1,1\n1,2,-1\n', `, line 2, count 3: expected a whole number from 0 on, got "-1". ${HOW}`],
  ['a,b,c\n1,2,1\n', `, line 1, count 1: expected a whole number from 0 on, got "a". ${HOW}`],
])('%j is refused', async (content, message) => {
  expect(await refusal(read(content))).toBe(`${join(folder, 'counts')}${message}`);
});

it.each([['none.bin', 'nothing there'], ['src', 'a directory']])('the file %s', async (path, got) => {
  expect(await refusal(readCounts(path, 3, signal)))
    .toBe(`${path}: expected a file of counts, got ${got}. Check the path.`);
});
