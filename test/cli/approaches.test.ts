/** `isoloss approaches` from a command line to exponents. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/args.ts';
import { UsageError } from '../../src/cli/usage.ts';
import { InputError } from '../../src/errors.ts';
import type { ApproachesJson } from '../../src/report/approaches.ts';
import { CURVES, INPUT } from '../report/approached.ts';
import { inProcess, isoloss, jsonInProcess } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
const [runs, curves] = [join(folder, 'runs.csv'), join(folder, 'curves.csv')];

/** The runs, and the curves, of the sample. */
function runsCsv(): string {
  const { columns: { N, D }, loss } = INPUT.sweep;
  return ['N,D,loss', ...Array.from(loss, (value, i) => [N[i], D[i], value].join(','))].join('\n');
}

function curvesCsv(header: string): string {
  const rows = CURVES.curves.flatMap(({ N, D, loss }, k) => Array.from(D, (tokens, i) => [`model-${k}`, N, tokens, loss[i]].join(',')));
  return [header, ...rows].join('\n');
}

beforeAll(() => {
  writeFileSync(runs, runsCsv());
  writeFileSync(curves, curvesCsv('run,N,D,loss'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const FEW = ['--backend', 'cpu', '--starts', '8', '--bootstrap', '20'];
const PLAIN = {
  name: 'approaches', curves: { columns: {} }, envelope: {}, resamples: {}, fit: {}, filter: { where: [] }, columns: {}, json: false, quiet: false,
};

function json(options: readonly string[]): Promise<ApproachesJson> {
  return jsonInProcess(['approaches', ...FEW, ...options]);
}

/** All but how long it took. */
function timeless({ fit, ...rest }: ApproachesJson): object {
  return { ...rest, seconds: 0, fit: { ...fit, timings: {} } };
}

describe('the command line', () => {
  it.each([
    ['', {}],
    ['runs.csv --curves c.csv --run id --curves-columns N=size,loss=l --envelope-budgets 500 --window 0',
      { source: 'runs.csv', curves: { source: 'c.csv', run: 'id', columns: { N: 'size', loss: 'l' } }, envelope: { budgets: 500, window: 0 } }],
    ['- --budgets 1e20,1e22 --isoflop-budgets 6e18..6e20:3 --tolerance 1.1',
      { source: '-', budgets: [1e20, 1e22], isoflopBudgets: [6e18, expect.closeTo(6e19, -6), 6e20], tolerance: 1.1 }],
    ['--bootstrap 100 --share 0.8 --confidence .9 --seed 3 --starts 8 --delta 1e-2 --where C<1e21 --exclude 3 --json -o x -q',
      { resamples: { replicates: 100, share: 0.8, confidence: 0.9 }, fit: { seed: 3, starts: 8, delta: 0.01 }, filter: { where: ['C<1e21'], exclude: [3] },
        json: true, out: 'x', quiet: true }],
  ])('%s', (line, expected) => {
    expect(parseCommand(['approaches', ...line.split(' ').filter((word) => word !== '')])).toEqual({ kind: 'run', command: { ...PLAIN, ...expected } });
  });

  it.each([
    [['a', 'b'], ': expected one source, got "a" and "b". Quote what holds a space: --columns "N=Model Size".'],
    [['--run', 'id'], ' --run: expected --curves beside it, got none. Add --curves FILE, a table with a row a checkpoint.'],
    [['--window', '5'], ' --window: expected --curves beside it, got none. Add --curves FILE, a table with a row a checkpoint.'],
    [['--curves-columns', 'N=a'], ' --curves-columns: expected --curves beside it, got none. Add --curves FILE, a table with a row a checkpoint.'],
    [['--envelope-budgets', '9'], ' --envelope-budgets: expected --curves beside it, got none. Add --curves FILE, a table with a row a checkpoint.'],
    [['-', '--curves', '-'], ' --curves: expected one table from standard input, got two. Write one of them to a file.'],
    [['--curves', 'c', '--columns', 'N=a'], ' --columns: expected a table of runs beside it, got --curves alone. For the columns of the curves: --curves-columns.'],
    [['--curves', ''], ' --curves: expected the name of a file, got "". Without --curves there is no Approach 1.'],
    [['--curves', 'c', '--run', ''], ' --run: expected the name of a column, got "". It is the column that tells the training runs apart.'],
    [['--curves', 'c', '--window', '-1'], ' --window: expected a number of checkpoints from 0 on such as 10, got "-1". With 0 curves are not smoothed.'],
    [['--share', '1'], ' --share: expected a share of the runs between 0 and 1 such as 0.8, got "1". Without --share all are drawn with replacement.'],
    [['--isoflop-budgets', 'x'], ' --isoflop-budgets: expected budgets such as 6e18,1e20 or 6e18..3e21:9, got "x". Write a number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.'],
  ])('%j is refused', (argv, message) => {
    expect(() => parseCommand(['approaches', ...argv])).toThrow(new UsageError(`isoloss approaches${message}`));
  });
});

it('without options takes the bundled replica, by approaches 2 and 3', async () => {
  const { code, stdout, stderr } = await isoloss(['approaches', ...FEW]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Compute-optimal training from synthetic replica of Hoffmann et al\. 2022/);
  expect(stdout).toMatch(/\n {2}Not run {4}Approach 1, envelope: .*\n +Give --curves FILE\.\n/);
  expect(stdout.match(/^ {2}1e\d\d /gm)!.slice(0, 9)).toEqual([18, 19, 20, 21, 22, 23, 24, 25, 26].map((decade) => `  1e${decade} `));
  expect(stdout.match(/^ {2}\S+ +3\d +/gm)).toHaveLength(9); // the nine budgets of the paper, 30 to 39 runs each
});

it('runs and curves give all three, which find the exponents of the law', async () => {
  const { results, missing, sources } = await json([runs, '--curves', curves]);
  expect([results.map(({ approach }) => approach), missing, sources]).toEqual([[1, 2, 3], [], [runs, curves]]);
  const [envelope, slices, law] = results.map(({ N }) => N.exponent!) as [number, number, number];
  // 0.28/0.62: the fit has it to rounding of the table, the others have the biases that the report names, 2 % and 0.015.
  expect(Math.abs(law / (0.28 / 0.62) - 1)).toBeLessThan(1e-6);
  expect(Math.abs(envelope - law)).toBeLessThan(0.03);
  expect(Math.abs(slices - law)).toBeLessThan(0.03);
});

it('curves alone give the runs at their ends; a filter is of these', async () => {
  const all = await json(['--curves', curves]);
  expect(all.sources).toEqual([curves]);
  expect(all.results[0]!.approach).toBe(1);
  expect(all.notes).toContain('Of each training curve the last checkpoint is a run.');
  const some = await json(['--curves', curves, '--where', 'N<1e9']);
  expect(some.fit?.points ?? 0).toBeLessThan(9);
  expect(some.envelope).toEqual(all.envelope);
});

it('the options reach the approaches', async () => {
  const asked = ['--curves', curves, '--budgets', '1e23', '--isoflop-budgets', '6e18,6e19,6e20', '--tolerance', '1.05', '--envelope-budgets', '100', '--window', '2',
    '--share', '0.8', '--confidence', '0.8', '--seed', '5', '--delta', '1e-2'];
  const got = await json([runs, ...asked]);
  expect(got).toMatchObject({ share: 0.8, confidence: 0.8, seed: 5, fit: { delta: 0.01, seed: 5 } });
  expect(got.results.map(({ at, replicates }) => [at.map(({ C }) => C), replicates])).toEqual([[[1e23], 20], [[1e23], 20], [[1e23], 20]]);
  expect([got.envelope!.length, got.profiles!.map(({ C }) => C)]).toEqual([100, [6e18, 6e19, 6e20]]);
  expect(timeless(await json([runs, ...asked]))).toEqual(timeless(got));
  const unsmoothed = await json([runs, ...asked, '--window', '0']);
  expect(unsmoothed.envelope).not.toEqual(got.envelope);
});

it('columns of curves can be named', async () => {
  const odd = join(folder, 'odd.csv');
  writeFileSync(odd, curvesCsv('who,Model Size,seen,l'));
  const options = ['--curves', odd, '--run', 'who', '--curves-columns', 'D=seen,loss=l'];
  const { notes, envelope } = await json([runs, ...options]);
  expect(notes).toContain('Columns: N = Model Size, D = seen, loss = l, run = who.');
  expect(envelope).toEqual((await json([runs, '--curves', curves])).envelope);
});

it('--out as text, JSON or a page, and what it says', async () => {
  const [text, object, page] = ['a.txt', 'a.json', 'a.html'].map((name) => join(folder, name)) as [string, string, string];
  const { code, stdout, stderr } = await isoloss(['approaches', runs, ...FEW, '--out', text]);
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(/^isoloss: not run: Approach 1, envelope: It needs training curves: .* Give --curves FILE\.\nisoloss: warning: Approach 2 takes IsoFLOP curves/);
  expect(stderr.endsWith(`isoloss: wrote ${text}\n`)).toBe(true);
  expect(readFileSync(text, 'utf8')).toContain('N_opt ∝ C^a, D_opt ∝ C^b\n');
  expect(await inProcess(['approaches', runs, ...FEW, '--quiet', '--out', object])).toBe(0);
  expect(await inProcess(['approaches', runs, ...FEW, '--quiet', '--out', page])).toBe(0);
  const result = JSON.parse(/id="isoloss-result">(.*?)<\/script>/s.exec(readFileSync(page, 'utf8'))![1]!) as ApproachesJson;
  expect(timeless(result)).toEqual(timeless(JSON.parse(readFileSync(object, 'utf8')) as ApproachesJson));
});

it.each([
  ['no such curves', ['--curves', 'none.csv'], 'none.csv: expected a file, got nothing there. Check the path.'],
  ['a tolerance that slices have not', ['--tolerance', '2'], '--tolerance: expected a factor from 1 to 1.2 such as 1.1, got 2. Write 10 % as 1.1.'],
  ['a table of runs as curves', ['--curves', runs],
    `${runs}: expected a column that names the run of each checkpoint, got the columns "N", "D", "loss". Name the column that tells the runs apart: --run NAME, in code { run: 'NAME' }.`],
])('%s', async (_, options, message) => {
  await expect(inProcess(['approaches', ...FEW, ...options])).rejects.toThrow(new InputError(message));
});

it('runs that no approach can use are an error that says why of each', async () => {
  const { code, stdout, stderr } = await isoloss(['approaches', '-', ...FEW], 'N,D,loss\n1e8,1e9,3.5\n2e8,4e9,3.2\n');
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^isoloss: standard input: expected runs that one of the approaches can use, got none\. Approach 1, envelope: .* Approach 2, .* Approach 3, parametric law: .*\n$/);
});
