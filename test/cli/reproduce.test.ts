/** `isoloss reproduce` from a command line to tables. Which numbers come out is tested in test/reproduce. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/args.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { REPRODUCE_HELP } from '../../src/cli/reproduce-help.ts';
import { UsageError } from '../../src/cli/usage.ts';
import { InputError } from '../../src/errors.ts';
import type { ReproductionsJson } from '../../src/report/reproduction.ts';
import { dataOption, dataSets } from '../../src/reproduce/data.ts';
import { recipes, reproductionIds } from '../../src/reproduce/reproduce.ts';
import { sampleSweep } from '../figures/sample.ts';
import { inProcess, isoloss, jsonInProcess, table } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FEW = ['--backend', 'cpu', '--replicates', '100'];
const PLAIN = { name: 'reproduce', ids: [], data: {}, json: false, quiet: false };

describe('the command line', () => {
  it.each([
    ['', {}],
    ['table3 epoch', { ids: ['table3', 'epoch'] }],
    ['--epoch-data a.csv --llama3-data - --seed 3 --replicates 100 --backend cpu --json -o x -q',
      { data: { epoch: 'a.csv', llama3: '-' }, seed: 3, replicates: 100, backend: 'cpu', json: true, out: 'x', quiet: true }],
    ['czech --gadre-data https://host/a.csv --gadre-data b.csv --datablations-data c', { ids: ['czech'], data: { gadre: 'b.csv', datablations: 'c' } }],
  ])('%s', (line, expected) => {
    expect(parseCommand(['reproduce', ...line.split(' ').filter((word) => word !== '')])).toEqual({ kind: 'run', command: { ...PLAIN, ...expected } });
  });

  it.each([
    [['--epoch-data', ''], ' --epoch-data: expected the name of a file, got "". Give a table.'],
    [['--replicates', '1'], ' --replicates: expected a whole number from 2 to 10000000, got "1". Write it in digits.'],
    [['--epoch-data', '-', '--gadre-data', '-'], ': expected one table from standard input, got --epoch-data and --gadre-data. Write the others to files.'],
    [['--epoch-dat', 'x'], ': expected one of its options, got --epoch-dat. Did you mean --epoch-data?'],
  ])('%j is refused', (argv, message) => {
    expect(() => parseCommand(['reproduce', ...argv])).toThrow(new UsageError(`isoloss reproduce${message}`));
  });

  it('help names every reproduction, and what each needs is an option', () => {
    expect(reproductionIds.filter((id) => !REPRODUCE_HELP.includes(`\n  ${id} `))).toEqual([]);
    const options = new Set(Object.keys(COMMANDS['reproduce']!.options).map((name) => `--${name}`));
    expect(dataSets.map(({ id }) => dataOption(id)).filter((option) => !options.has(option))).toEqual([]);
  });
});

it('one reproduction as text: published beside ours', async () => {
  const { code, stdout, stderr } = await isoloss(['reproduce', 'czech', ...FEW]);
  expect([code, stderr]).toEqual([0, '']);
  const { title, paper } = recipes.find(({ id }) => id === 'czech')!;
  expect(stdout.startsWith(`${title}\n${paper}\n`)).toBe(true);
  expect(stdout).toMatch(/\n +published +ours +ratio +verdict\n/);
  expect(stdout).toMatch(/─\n\d+ reproduced, 1 section not run\nFor what was not run: give --epoch-data FILE/);
});

it('without its data a section is not run, which is no failure; with it, it is', async () => {
  const out = join(folder, 'epoch.txt');
  expect(await isoloss(['reproduce', 'epoch', ...FEW, '-o', out])).toEqual({ code: 0, stdout: '', stderr: `isoloss: wrote ${out}\n` });
  const text = readFileSync(out, 'utf8');
  expect(text).toContain('Not run: give --epoch-data FILE, the 245 runs');
  expect(text).toMatch(/\d+ sections? not run\nFor what was not run: give --epoch-data FILE/);
});

it('JSON, and the same as a page', async () => {
  const json = await jsonInProcess<ReproductionsJson>(['reproduce', 'czech', 'llama3', ...FEW, '--seed', '5']);
  expect(json.reproductions.map(({ id, seed, backend }) => [id, seed, backend.name])).toEqual([['llama3', 5, 'cpu'], ['czech', 5, 'cpu']]
    .toSorted(([one], [other]) => reproductionIds.indexOf(one as string) - reproductionIds.indexOf(other as string)));
  expect(json.totals.reproduced).toBeGreaterThan(0);
  const page = join(folder, 'page.html');
  expect(await inProcess(['reproduce', 'czech', ...FEW, '--seed', '5', '--quiet', '--out', page])).toBe(0);
  const text = readFileSync(page, 'utf8');
  const result = JSON.parse(/<script type="application\/json" id="isoloss-result">(.*?)<\/script>/s.exec(text)![1]!) as ReproductionsJson;
  const czech = json.reproductions.find(({ id }) => id === 'czech')!;
  expect({ ...result.reproductions[0]!, seconds: 0 }).toEqual({ ...czech, seconds: 0 });
  expect(text).toContain('plotly.js (cartesian');
});

it('data that is given reaches its section', async () => {
  const { columns: { C, D }, loss } = sampleSweep();
  const points = ['flops,tokens,loss', ...Array.from(loss, (value, i) => [C[i], D[i], value].join(','))].join('\n');
  const { totals, reproductions } = await jsonInProcess<ReproductionsJson>(['reproduce', 'llama3', ...FEW, '--llama3-data', 'TABLE'], points);
  expect(totals.notRun).toBe(0);
  expect(reproductions[0]!.sections.some(({ data }) => data.startsWith('24 points of '))).toBe(true);
  const without = await jsonInProcess<ReproductionsJson>(['reproduce', 'llama3', ...FEW]);
  expect(without.reproductions[0]!.sections.flatMap(({ missing }) => missing ?? [])).toEqual(['llama3']);
});

describe('what cannot be used', () => {
  const runs = join(folder, 'runs.csv');

  it.each([
    ['a name that there is not', ['tabel3'], `isoloss reproduce: expected one of ${reproductionIds.join(', ')}, got "tabel3". Did you mean table3?`],
    ['a file for a name', [runs], `isoloss reproduce: expected one of ${reproductionIds.join(', ')}, got "${runs}". isoloss reproduce --help says what they are.`],
    ['data that is not needed', ['table3', '--llama3-data', runs],
      'isoloss reproduce --llama3-data: expected a reproduction that needs it, llama3, got "table3". Leave it out, or name one.'],
  ])('%s', async (_, argv, message) => {
    await expect(inProcess(['reproduce', ...argv])).rejects.toThrow(new UsageError(message));
  });

  it.each([
    ['no such table', ['--epoch-data', 'none.csv'], '--epoch-data none.csv: expected a file, got nothing there. Check the path.'],
    ['a table without a column that it must have', ['--datablations-data', runs],
      `--datablations-data ${runs}: expected a column "unique_tokens", got the columns "N", "D", "loss". Name one of these.`],
    ['too few replicates', ['--replicates', '99'], '--replicates: expected a whole number from 100 to 10000000, got 99.'],
  ])('%s', async (_, argv, message) => {
    writeFileSync(runs, table());
    await expect(inProcess(['reproduce', '--backend', 'cpu', ...argv])).rejects.toThrow(new InputError(message));
  });

  it('is one line on standard error', async () => {
    expect(await isoloss(['reproduce', 'nothing'])).toEqual({
      code: 2, stdout: '', stderr: `isoloss reproduce: expected one of ${reproductionIds.join(', ')}, got "nothing". isoloss reproduce --help says what they are.\n`,
    });
  });
});
