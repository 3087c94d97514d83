/** `isoloss simulate` from a command line to a report. */
import { lawIds } from '../../src/laws/registry.ts';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import type { FitJson } from '../../src/report/json.ts';
import type { SimulationJson } from '../../src/report/simulation.ts';
import type { PackedCharts } from '../../src/document/pack.ts';
import { jsonOf, pageOf } from '../document/page.ts';
import { fit, inProcess, isoloss, jsonInProcess, simulate, table } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));

const GRID = ['--design', 'grid', '--sizes', '50M..16B:6', '--tokens-per-parameter', '5..80:5'];

/** The report as JSON, of 20 sweeps. */
function json(options: readonly string[], content?: string): Promise<SimulationJson> {
  return jsonInProcess(['simulate', '--backend', 'cpu', '--sweeps', '20', ...options], content);
}

it('without options simulates the paper\'s sweep', async () => {
  const { code, stdout, stderr } = await simulate([]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^20 synthetic sweeps of Hoffmann et al\. 2022, Eq\. 10, unrounded, fitted\n/);
  expect(stdout).toContain('\n  Design     IsoFLOP sweep of Hoffmann et al. 2022: 327 runs\n  Noise      of log loss: normal, 0.01\n  Seed       0\n');
  expect(stdout).toContain('\n  Failed     none\n  Intervals  sandwich of 20 sweeps\n');
  expect(stdout.match(/^ {2}1e2[135] /gm)).toEqual(['  1e21 ', '  1e23 ', '  1e25 ']);
  expect(stdout).toMatch(/\n {2}isoloss simulate --backend cpu --sweeps 20 --seed 0\n.*\n {2}isoloss simulate --seed 0 --replay 0 \| isoloss fit -\n$/);
});

it('every option reaches the simulation', async () => {
  const options = [
    '--truth', '1.7,400,410,0.34,0.28', '--design', 'isoflop', '--budgets', '1e19..1e21:3', '--sizes', '50M..16B:9',
    '--within', '2..200', '--seeds', '2', '--noise', 'student:1%:4', '--outliers', '5%:4', '--noise-by-size', '.002',
    '--noise-by-seed', '0.003', '--seed', '3', '--delta', '1e-2', '--starts', '4', '--confidence', '.9',
    '--sandwich', '5', '--bootstrap', '20', '--bootstrap-sweeps', '3',
  ];
  const got = await json(options);
  expect(got).toMatchObject({
    truth: { name: 'the law as given', params: { E: 1.7, A: 400, B: 410, alpha: 0.34, beta: 0.28 } },
    design: '3 IsoFLOP budgets and 9 sizes, D/N from 2 to 200, 2 training seeds',
    noise: { sigma: 0.01, degrees: 4, outliers: { fraction: 0.05, factor: 4 }, bySize: 0.002, bySeed: 0.003 },
    sweeps: 20, requested: 20, seed: 3, delta: 0.01, starts: '4', confidence: 0.9,
    intervals: [{ kind: 'sandwich', sweeps: 5, undetermined: 0 }, { kind: 'bootstrap', sweeps: 3, undetermined: 0, replicates: 20 }],
    backend: { name: 'cpu' },
  });
  expect(got.frontier.map(({ C }) => C)).toEqual([1e21, 1e23, 1e25]);
  expect(got.command).toBe(`isoloss simulate --backend cpu --sweeps 20 ${options.join(' ')}`);
  expect({ ...await json(options), seconds: 0 }).toEqual({ ...got, seconds: 0 });
});

it('the command line in the report does it again', async () => {
  const { stdout } = await simulate([...GRID, '--noise', 'lognormal:2%']);
  const [, line = ''] = /To repeat it\n(.*?)\nTo fit/s.exec(stdout)!;
  const { stdout: again } = await isoloss(line.replaceAll('\\\n', ' ').trim().split(/\s+/).slice(1));
  const timeless = (text: string) => text.replace(/ in \S+ m?s\n/, '');
  expect(timeless(again)).toBe(timeless(stdout));
});

describe('what is written', () => {
  /** Rows of a file, whose first line names the columns: numbers as they are read. */
  function rows(path: string): Record<string, number | string>[] {
    const [header, ...lines] = readFileSync(path, 'utf8').trim().split('\n').map((line) => line.split(','));
    return lines.map((cells) => Object.fromEntries(cells.map((cell, k) => [header![k]!, Number.isNaN(Number(cell)) ? cell : Number(cell)])));
  }
  const parquet = (path: string) => parquetReadObjects({ file: Uint8Array.from(readFileSync(path)).buffer });
  const path = (name: string) => join(folder, name);

  it('is the same in CSV and Parquet, and what the report is made of', async () => {
    const [{ recovery }] = await Promise.all(['csv', 'parquet'].map((type) => json([...GRID, '--seeds', '2', '--seed', '5',
      '--write-sweeps', path(`sweeps.${type}`), '--write-fits', path(`fits.${type}`)]))) as [SimulationJson, SimulationJson];
    const [sweeps, fits] = [rows(path('sweeps.csv')), rows(path('fits.csv'))];
    expect(await parquet(path('sweeps.parquet'))).toEqual(sweeps);
    expect(await parquet(path('fits.parquet'))).toEqual(fits);
    expect(Object.keys(sweeps[0]!)).toEqual(['sweep', 'N', 'D', 'C', 'loss', 'trainingSeed']);
    expect([sweeps.length, sweeps.at(-1)!['sweep'], sweeps.at(-1)!['trainingSeed'], sweeps[29]!['trainingSeed']]).toEqual([1200, 19, 1, 0]);
    expect(Object.keys(fits[0]!)).toEqual(['sweep', 'E', 'A', 'B', 'alpha', 'beta', 'a', 'b', 'objective', 'termination']);
    expect(fits.map(({ sweep }) => sweep)).toEqual(Array.from({ length: 20 }, (_, k) => k));
    expect(fits.every(({ termination }) => termination === 'converged')).toBe(true);
    for (const name of ['E', 'A', 'alpha', 'a', 'b']) {
      const mean = fits.reduce((sum, row) => sum + (row[name] as number), 0) / fits.length;
      expect(Math.abs(mean / recovery[name]!.mean! - 1)).toBeLessThan(1e-13); // sums of 20, in two orders
    }
  });

  it('is said on standard error, with the place of the report', async () => {
    const files = [path('a.csv'), path('b.csv'), path('report.json')];
    const got = await simulate([...GRID, '--write-fits', files[0]!, '--write-sweeps', files[1]!, '--out', files[2]!]);
    expect(got).toEqual({ code: 0, stdout: '', stderr: files.map((file) => `isoloss: wrote ${file}\n`).join('') });
    expect(JSON.parse(readFileSync(files[2]!, 'utf8'))).toMatchObject({ sweeps: 20 });
  });

  it('is refused before the work where there is no place for it', async () => {
    const none = join(folder, 'none', 'fits.csv');
    expect(await simulate(['--write-fits', none])).toEqual({
      code: 1, stdout: '',
      stderr: `isoloss: ${none}: expected a place to write the result, got a folder that does not exist. Make it, or give another.\n`,
    });
  });

  it('--replay prints one of the sweeps, to the last bit, and fits nothing', async () => {
    const recipe = [...GRID, '--seed', '5', '--seeds', '2'];
    const { stdout } = await isoloss(['simulate', ...recipe, '--replay', '17']);
    const replayed = stdout.trim().split('\n');
    expect(replayed[0]).toBe('N,D,C,loss');
    const all = rows(path('sweeps.csv')).filter(({ sweep }) => sweep === 17);
    expect(replayed.slice(1)).toEqual(all.map(({ N, D, C, loss }) => [N, D, C, loss].join(',')));
    const out = path('replay.csv');
    expect(await isoloss(['simulate', ...recipe, '--replay', '17', '-o', out])).toEqual({ code: 0, stdout: '', stderr: `isoloss: wrote ${out}\n` });
    expect(readFileSync(out, 'utf8')).toBe(stdout);
  });

  it('a replay, fitted, is the fit of that sweep; that of another is not', async () => {
    const [same, other] = await Promise.all([17, 16].map(async (index) => {
      const sweep = path(`${index}.csv`);
      await inProcess(['simulate', ...GRID, '--seed', '5', '--seeds', '2', '--replay', String(index), '--out', sweep, '-q']);
      return jsonInProcess<FitJson>(['fit', sweep, '--backend', 'cpu']);
    }));
    const fitted = rows(path('fits.csv'))[17]!;
    // Both descents stop where no more than 1e-12 of the objective can be gained, so parameters, of which it is quadratic, agree to 1e-6.
    expect(Math.abs(same!.objective! / (fitted['objective'] as number) - 1)).toBeLessThan(1e-11);
    for (const name of ['E', 'A', 'B', 'alpha', 'beta']) expect(Math.abs(same!.params[name]! / (fitted[name] as number) - 1)).toBeLessThan(1e-5);
    expect(Math.abs(other!.params['alpha']! / (fitted['alpha'] as number) - 1)).toBeGreaterThan(1e-3);
  });
});

it('a table as the design, a fit of it as the truth', async () => {
  const own = join(folder, 'own.csv');
  const truth = join(folder, 'own.json');
  writeFileSync(own, table(['Model Size', 'x', 'val_loss']));
  const columns = ['--columns', 'D=x'];
  await inProcess(['fit', own, ...columns, '--backend', 'cpu', '--out', truth, '--quiet']);
  const got = await json(['--design', own, ...columns, '--format', 'csv', '--truth', `fit:${truth}`]);
  const { params } = JSON.parse(readFileSync(truth, 'utf8')) as FitJson;
  expect(got).toMatchObject({ design: own, runs: 12, truth: { name: truth, law: 'chinchilla', params } });
  const piped = await simulate(['--design', '-', ...columns, '--truth', `fit:${truth}`, '--json'], readFileSync(own));
  expect((JSON.parse(piped.stdout) as SimulationJson).recovery).toEqual(got.recovery);
});

it('planned runs as the design: a table without losses is as one with them', async () => {
  const design = ['--design', 'TABLE'];
  const planned = table().split('\n').map((line) => line.split(',').slice(0, 2).join(',')).join('\n');
  const [plan, made] = await Promise.all([json(design, planned), json(design, table())]);
  expect([plan.runs, plan.recovery]).toEqual([12, made.recovery]);
});

it('a replay is a table for isoloss fit', async () => {
  const { stdout } = await isoloss(['simulate', ...GRID, '--replay', '17']);
  const { code, stdout: report } = await fit(['-'], stdout);
  expect([code, report.split('\n')[0]]).toEqual([0, 'chinchilla law fitted to standard input']);
});

const FIT_JSON = 'a fit as isoloss fit --json writes it';

it.each([
  ['no such table', '--design none.csv', 'none.csv: expected a file, got nothing there. Check the path.'],
  ['no such fit', '--truth fit:none.json', `none.json: expected ${FIT_JSON}, got nothing there. Check the path.`],
  ['no JSON', '--truth fit:README.md', `README.md: expected ${FIT_JSON}, got no JSON. Write it with isoloss fit --json --out FILE.`],
  ['no fit', '--truth fit:package.json', `package.json, law: expected one of ${lawIds.join(', ')}, got nothing. ` +
    'Write it again with isoloss fit --json.'],
  ['a size twice', '--design grid --sizes 1B,1B --tokens 1B',
    '--sizes: expected each value once, got 1000000000 twice. Repeat runs by seeds.'],
  ['too many runs', '--design grid --sizes 1M..1B:400 --tokens 1M..1B:400',
    '--design: expected at most 100000 runs, got more. Give fewer values or seeds.'],
  ['no run within', '--design isoflop --budgets 1e20 --sizes 1B --within 5..10',
    '--within: expected at least one run with D/N from 5 to 10, got none. Theirs are from 16.7 to 16.7.'],
])('%s', async (_, line, message) => {
  await expect(inProcess(['simulate', ...line.split(' ')])).rejects.toThrow(new InputError(message));
});

it('a table that cannot be used is one line on standard error', async () => {
  expect(await simulate(['--design', '-'], 'N,D,loss\n1B,2Q,3\n')).toEqual({
    code: 1, stdout: '',
    stderr: 'isoloss: standard input, line 2, column "D": expected a positive count such as 1.4e12, got "2Q". ' +
      'Write a number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.\n',
  });
});

it('a mistake in the command line has exit code 2', async () => {
  const file = join(folder, 'untouched.csv');
  expect(await simulate(['--sizes', '1B', '--write-fits', file])).toEqual({
    code: 2, stdout: '',
    stderr: 'isoloss simulate --sizes: expected --design grid or isoflop beside it, got --design paper. ' +
      'Leave --sizes out, or change the design.\n',
  });
  expect(existsSync(file)).toBe(false);
});

it('a page has the chart of all fits, and the result', async () => {
  const out = join(folder, 'simulation.html');
  const { code, stderr } = await simulate([...GRID, '-o', out]);
  expect([code, stderr]).toEqual([0, `isoloss: wrote ${out}\n`]);
  const page = readFileSync(out, 'utf8');
  const got = jsonOf(page, 'isoloss-result') as SimulationJson;
  const want = await json(GRID);
  expect({ ...got, seconds: want.seconds }).toEqual(want);
  expect(pageOf(page)).toContain(`<pre class="scroll" tabindex="0">${want.command}</pre>`);
  const { charts: [chart] } = jsonOf(page, 'isoloss-charts') as PackedCharts;
  expect(JSON.stringify(chart!.figures)).toContain('20 synthetic sweeps fitted');
});
