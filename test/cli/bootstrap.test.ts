/** `isoloss fit --bootstrap` from a table to intervals. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import type { FitJson } from '../../src/report/json.ts';
import { fit, inProcess, jsonInProcess, table } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));

const RUNS = table();
const FEW = ['--backend', 'cpu', '--starts', '8'];
/** With a column of four clusters, one an amount of data. */
const CLUSTERED = RUNS.trim().split('\n').map((line, k) => `${line},${k === 0 ? 'Data Seed' : `s${k % 4}`}`).join('\n');

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The bootstrap of a table. */
async function json(options: readonly string[], content = RUNS) {
  const { bootstrap } = await jsonInProcess<FitJson>(['fit', 'TABLE', ...FEW, ...options], content);
  return bootstrap!;
}

it('the same command gives the same numbers, another seed others', async () => {
  const options = ['--bootstrap', '30', '--predict', 'N=70B,D=1.4T'];
  const [first, again, other] = await Promise.all([json(options), json(options), json([...options, '--seed', '5'])]);
  expect(first).toMatchObject({ kind: 'pairs', replicates: 30, seed: 0, confidence: 0.95, interval: 'percentile' });
  expect(Object.keys(first.standardErrors)).toEqual(['E', 'A', 'B', 'alpha', 'beta', 'a', 'b']);
  expect(first.frontier.map(({ C }) => C)).toEqual([1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26]);
  expect(first.predictions).toMatchObject([{ N: 7e10, D: 1.4e12 }]);
  expect({ ...again, seconds: 0 }).toEqual({ ...first, seconds: 0 });
  expect(other.seed).toBe(5);
  expect(other.standardErrors).not.toEqual(first.standardErrors);
});

it('the text has errors, intervals and how it went', async () => {
  const { stdout, stderr } = await fit(['-', '--bootstrap', '30', '--predict', 'D=1.4T,N=70B'], RUNS);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/\nParameters\n {2,}std\. error {2}95 % interval\n {2}E .* to .*\n/);
  expect(stdout).toContain('\nBootstrap\n  Kind       pairs: runs drawn with replacement, seed 0\n' +
    '  Resamples  30 fitted in ');
  expect(stdout).toMatch(/\n {2}C \(FLOP\) {5}N_opt {2}95 % interval .*\n {2}1e18 .* to /);
  expect(stdout).toMatch(/\nPredicted loss\n.*\n {4}70\.0B {4}1\.40T {2}[\d.]+ {2}[\d.]+ to [\d.]+\n$/);
});

it('without a bootstrap a prediction is a number, and nothing else is said', async () => {
  const [plain, asked] = await Promise.all([fit(['-'], RUNS), fit(['-', '--predict', 'N=70B,D=1.4T'], RUNS)]);
  const timeless = (text: string) => text.replace(/ {2}Time .*/, '');
  expect(plain.stdout).not.toMatch(/Bootstrap|interval|Predicted/);
  expect(timeless(asked.stdout).startsWith(timeless(plain.stdout))).toBe(true);
  expect(timeless(asked.stdout).slice(timeless(plain.stdout).length)).toMatch(
    /^\nPredicted loss\n {8}N {8}D {4}loss\n {4}70\.0B {4}1\.40T {2}\d\.\d{4}\n$/);
  const json = await jsonInProcess<FitJson>(['fit', 'TABLE', ...FEW, '--predict', 'N=70B,D=1.4T'], RUNS);
  expect(json).toMatchObject({ predictions: [{ N: 7e10, D: 1.4e12, loss: expect.closeTo(1.95, 0) }] });
  expect(json).not.toHaveProperty('bootstrap');
});

it.each(['residual', 'wild', 'parametric'])('--bootstrap-kind %s, with every other option', async (kind) => {
  const options = ['--bootstrap-kind', kind, '--confidence', '0.8', '--interval', 'basic', '--resample-starts', '2'];
  expect(await json(['--bootstrap', '9', ...options]))
    .toMatchObject({ kind, replicates: 9, confidence: 0.8, interval: 'basic' });
});

it.each([
  ['a column', ['--cluster', 'Data Seed']],
  ['a column in another case, after a filter', ['--cluster', 'data seed', '--where', 'D<100B']],
  ['sizes', ['--cluster', 'size']],
  ['sizes by another name', ['--bootstrap-kind', 'cluster', '--cluster', 'N']],
])('clusters by %s', async (_, options) => {
  expect(await json(['--bootstrap', '9', ...options], CLUSTERED)).toMatchObject({ kind: 'cluster', replicates: 9 });
});

it('clusters by size are those by a column that names the sizes', async () => {
  const named = CLUSTERED.replace('Data Seed', 'group').replaceAll(/^(\d+)(,.*),s\d$/gm, '$1$2,of $1');
  const [size, column] = await Promise.all(
    ['size', 'group'].map((cluster) => json(['--bootstrap', '9', '--cluster', cluster], named)));
  expect(column!.intervals).toEqual(size!.intervals);
});

/** Three resamples of 12 runs. */
const ROWS = [
  [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [2, 0, 1, 1, 3, 0, 1, 1, 0, 1, 1, 1], [0, 2, 1, 1, 0, 2, 1, 1, 1, 1, 1, 1],
];
const CSV = ROWS.map((row) => row.join(',')).join('\n');

describe('--counts', () => {
  it('raw bytes and text are the same resamples, as many as there are rows', async () => {
    const bytes = file('c.bin', Uint8Array.from(ROWS.flat()));
    const files = [bytes, file('c.csv', `${CSV}\n`), file('c.txt', CSV.replaceAll(',', '  '))];
    const commands = [['--counts', bytes, '--bootstrap', '3'], ...files.map((path) => ['--counts', path])];
    const got = await Promise.all(commands.map((options) => json(options)));
    expect(got[0]).toMatchObject({ kind: 'counts', replicates: 3 });
    for (const other of got.slice(1)) expect({ ...other, seconds: 0 }).toEqual({ ...got[0], seconds: 0 });
  });

  it('runs that a filter leaves out keep their place', async () => {
    const path = file('filtered.csv', CSV);
    const fewer = ROWS.map((row) => row.filter((_, i) => i % 4 !== 0));
    const runs = RUNS.trim().split('\n').filter((_, k) => k % 4 !== 1).join('\n');
    const [filtered, direct] = await Promise.all([
      json(['--counts', path, '--where', 'D>2B']),
      json(['--counts', file('direct.bin', Uint8Array.from(fewer.flat()))], runs),
    ]);
    expect(filtered.intervals).toEqual(direct.intervals);
  });

  it.each([
    ['bytes.bin', Uint8Array.of(1, 2, 3), [], ': expected 12 bytes for each resample, one for each run of the table, ' +
      'got 3 bytes in all. Count the runs that the filters leave out too.'],
    ['zero.csv', CSV.replace(/^2.*$/m, '1,0,0,0,1,0,0,0,1,0,0,0'), ['--where', 'D>2B'],
      ', resample 2: expected a count above zero for some run that is fitted, got zero for all 9. ' +
        'Leave this resample out.'],
    ['more.csv', CSV, ['--bootstrap', '4'],
      ': expected 4 rows of counts, one for each resample of --bootstrap, got 3. ' +
      'Leave --bootstrap out to take them all.'],
  ])('%s is refused', async (name, content, options, message) => {
    const path = file(name, content);
    const runs = file('runs.csv', RUNS);
    await expect(inProcess(['fit', runs, '--counts', path, ...FEW, ...options])).rejects.toThrow(new InputError(path + message));
  });
});

it.each([
  ['a cluster that is no column', RUNS, ['--cluster', 'seed'],
    'runs.csv: expected a column "seed", got the columns "N", "D", "loss". Name one of these.'],
  ['a run without a cluster', CLUSTERED.replace(/s3$/m, ''), ['--cluster', 'Data Seed'],
    'runs.csv, line 4, column "Data Seed": expected a text or a number, got an empty cell. ' +
      `Write a value in every row, or leave such runs out: --where 'Data Seed!=""'.`],
  ['one cluster only', CLUSTERED.replaceAll(/s\d$/gm, 's'), ['--cluster', 'Data Seed'],
    '--cluster: expected at least two different values, got "s" in every run. Use pairs.'],
])('%s', async (_, content, options, message) => {
  const runs = file('runs.csv', content);
  await expect(inProcess(['fit', runs, '--bootstrap', '9', ...FEW, ...options]))
    .rejects.toThrow(new InputError(message.replace(/^runs\.csv/, runs)));
});

it('--resample-starts: auto, which is the default, probes; a number does not', async () => {
  const [plain, auto, optimum, more] = await Promise.all(
    [[], ['--resample-starts', 'auto'], ['--resample-starts', '0'], ['--resample-starts', '2']].map((options) => json(['--bootstrap', '9', ...options])));
  expect(plain!.starts!.probe).toMatchObject({ resamples: 4, starts: 2 });
  expect({ ...auto, seconds: 0 }).toEqual({ ...plain, seconds: 0 });
  expect(optimum!.starts).toEqual({ minima: 1, others: 0 });
  expect(more!.starts).toEqual({ minima: 1, others: 2 });
});

describe('--interval', () => {
  it('bca leaves out each run once, or each cluster', async () => {
    const [runs, sizes] = await Promise.all([[], ['--cluster', 'N']].map((options) => json(['--bootstrap', '30', '--interval', 'bca', ...options])));
    expect([runs!.interval, runs!.leftOut!.fits, sizes!.leftOut!.fits]).toEqual(['bca', 12, 3]);
  });

  it('sandwich needs no bootstrap, and takes confidence and models', async () => {
    const options = ['--interval', 'sandwich', '--predict', 'N=70B,D=1.4T'];
    const [first, again, other] = await Promise.all([json(options), json(options), json([...options, '--confidence', '0.5'])]);
    expect(first).toMatchObject({ kind: 'sandwich', interval: 'sandwich', confidence: 0.95, seed: 0, predictions: [{ N: 7e10, D: 1.4e12 }] });
    expect(first.frontier.map(({ C }) => C)).toEqual([1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26]);
    expect({ ...again, seconds: 0 }).toEqual({ ...first, seconds: 0 });
    expect(other).toMatchObject({ confidence: 0.5 });
    const width = ({ intervals }: typeof first) => intervals['alpha']![1]! - intervals['alpha']![0]!;
    expect(width(other)).toBeLessThan(width(first));
  });

  it('sandwich beside a bootstrap: the covariance makes the intervals, the resamples the errors', async () => {
    const [both, alone, resamples] = await Promise.all(
      [['--bootstrap', '9', '--interval', 'sandwich'], ['--interval', 'sandwich'], ['--bootstrap', '9']].map((options) => json(options)));
    expect([both!.kind, both!.interval]).toEqual(['pairs', 'sandwich']);
    expect(both!.intervals).toEqual(alone!.intervals);
    expect(both!.standardErrors).toEqual(resamples!.standardErrors);
    expect(alone!.standardErrors).not.toEqual(resamples!.standardErrors);
  });
});

/** A loss that falls within 1 % of N: A = loss·N^alpha, with an alpha of hundreds, is beyond all numbers. */
const CLIFF = 'N,D,loss\n1e8,1e9,9\n1.01e8,3e9,3.1\n1.02e8,2e9,3.2\n1.03e8,5e9,3\n1.04e8,4e9,3.05\n1.05e8,6e9,3\n1.06e8,6e9,3\n';

it.each([
  [['--bootstrap', '9'], ['bootstrap']],
  [['--interval', 'sandwich', '--influence'], ['sandwich intervals', 'influence']],
])('where the fit is not finite, %j is missing, and why is said', async (options, missing) => {
  const { code, stdout, stderr } = await fit(['-', ...options], CLIFF);
  expect(code).toBe(3);
  expect(stdout).not.toMatch(/Bootstrap|Sandwich|Influence/);
  expect(stderr).toBe(missing.map((what) => `isoloss: no ${what}: the fitted parameters are not all finite\n`).join(''));
});
