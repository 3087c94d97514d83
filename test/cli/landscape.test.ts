/** `isoloss landscape` from a command line to a grid. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/args.ts';
import { LANDSCAPE_HELP } from '../../src/cli/landscape-help.ts';
import { UsageError } from '../../src/cli/usage.ts';
import { InputError } from '../../src/errors.ts';
import type { FitJson } from '../../src/report/json.ts';
import type { LandscapeJson } from '../../src/report/landscape.ts';
import { lawAxes, lawIds, lawPairs } from '../../src/laws/registry.ts';
import { sizeLawIds } from '../support/laws.ts';
import type { PackedCharts } from '../../src/document/pack.ts';
import { jsonOf, pageOf } from '../document/page.ts';
import { inProcess, isoloss, jsonInProcess, table } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FEW = ['--backend', 'cpu', '--starts', '8', '--cells', '5'];
const PLAIN = { name: 'landscape', range: {}, fit: {}, filter: { where: [] }, columns: {}, json: false, quiet: false };

function json(options: readonly string[]): Promise<LandscapeJson> {
  return jsonInProcess(['landscape', 'TABLE', ...FEW, ...options], table());
}

describe('the command line', () => {
  it.each([
    ['', {}],
    ['runs.csv --over E --cells 9 --range E=1:2.5 --range E=1e-3:2', { source: 'runs.csv', over: 'E', cells: 9, range: { E: [1e-3, 2] } }],
    ['- --range alpha=0.2:0.5 --range beta=.1:.4', { source: '-', range: { alpha: [0.2, 0.5], beta: [0.1, 0.4] } }],
    ['--where C<1e21 --drop-highest 5 --columns N=a --format csv --delta 1e-2 --starts 9 --seed 3 --backend cpu --json -o x -q',
      { filter: { where: ['C<1e21'], dropHighest: 5 }, columns: { N: 'a' }, format: 'csv', fit: { delta: 0.01, starts: 9, seed: 3, backend: 'cpu' },
        json: true, out: 'x', quiet: true }],
  ])('%s', (line, expected) => {
    const argv = ['landscape', ...line.split(' ').filter((word) => word !== '')];
    expect(parseCommand(argv)).toEqual({ kind: 'run', command: { ...PLAIN, ...expected } });
  });

  it.each(lawIds.flatMap((law) => [...lawPairs(law), ...lawAxes(law)].map((over) => [law, over])))('--law %s --over %s', (law, over) => {
    expect(parseCommand(['landscape', '--over', over!, '--law', law!])).toEqual({ kind: 'run', command: { ...PLAIN, over, fit: { law } } });
  });

  it.each([
    'alpha', 'alpha=0.5:0.2', 'alpha=0.2:', 'alpha=0.2:0.3:0.4', 'alpha=0.2..0.5', 'alpha=-1e308:1e308',
  ])('--range %s is refused', (range) => {
    expect(() => parseCommand(['landscape', '--range', range])).toThrow(new UsageError(
      `isoloss landscape --range: expected a range such as alpha=0.2:0.5, got "${range}". Write the lower end first.`));
  });

  it.each([
    [['a', 'b'], ': expected one source, got "a" and "b". Quote what holds a space: --columns "N=Model Size".'],
    [['--over', 'E,a'], ' --over: expected alpha,beta or a,E, or one of E, alpha, beta, a, of law chinchilla, got "E,a". Write it as it is listed.'],
    [['--law', 'kaplan', '--over', 'alpha,beta'],
      ' --over: expected alpha_N,alpha_D, or one of alpha_N, alpha_D, of law kaplan, got "alpha,beta". Write it as it is listed.'],
    [['--law', 'chinchilla-tied', '--over', 'a'],
      ' --over: expected alpha,E, or one of E, alpha, of law chinchilla-tied, got "a". Write it as it is listed.'],
    [['--law', 'kaplan', '--range', 'alpha=0.1:0.2'],
      ' --range: expected a range of alpha_N or alpha_D, as --over is alpha_N,alpha_D, got "alpha". Leave it out, or change --over.'],
    [['--cells', '502'], ' --cells: expected a whole number from 2 to 501, got "502". Write it in digits.'],
    [['--range', 'E=1:2'],
      ' --range: expected a range of alpha or beta, as --over is alpha,beta, got "E". Leave it out, or change --over.'],
    [['--influence'], ': expected one of its options, got --influence. It is one of isoloss fit.'],
  ])('%j is refused', (argv, message) => {
    expect(() => parseCommand(['landscape', ...argv])).toThrow(new UsageError(`isoloss landscape${message}`));
  });
});

it('a landscape is of the fit, its minimum a node', async () => {
  const [{ axes, objective, excess, solved, minimum }, fit] = await Promise.all([
    json([]), jsonInProcess<FitJson>(['fit', 'TABLE', ...FEW.slice(0, 4)], table()),
  ]);
  expect(minimum).toEqual({ params: fit.params, objective: fit.objective });
  expect([axes.map(({ name, values }) => [name, values.length]), Object.keys(solved)]).toEqual([[['alpha', 5], ['beta', 5]], ['E', 'A', 'B']]);
  const [alpha, beta] = axes.map(({ name, values }) => values.indexOf(fit.params[name]!)) as [number, number];
  const rows = objective as number[][];
  expect([rows.length, Math.min(...rows.flat())]).toEqual([5, rows[beta]![alpha]]);
  expect(Math.max(...(excess as number[][]).flat())).toBeGreaterThan(0.1);
});

it.each(sizeLawIds)('of the law %s it is over the first of its pairs', async (law) => {
  const { law: solved, axes, minimum } = await json(['--law', law, '--cells', '3']);
  expect(axes.map(({ name }) => name).join(',')).toBe(lawPairs(law)[0]);
  for (const { name, values } of axes) expect([solved, values[1]]).toEqual([expect.any(String), minimum.params[name]]);
});

it('the options of the fit, the filters and the ranges reach it', async () => {
  const options = ['--over', 'a,E', '--range', 'a=0.4:0.6', '--delta', '1e-2', '--cells', '3'];
  const [all, some] = await Promise.all([json(options), json([...options, '--where', 'D>2B'])]);
  const [{ name, values }, second] = some.axes as [typeof some.axes[0], typeof some.axes[0]];
  expect([name, values[0], values[2], second.name, second.values.length, some.delta]).toEqual(['a', 0.4, 0.6, 'E', 3, 0.01]);
  expect(some.objective).not.toEqual(all.objective);
});

it('a profile is printed as CSV, and the same as JSON', async () => {
  const options = ['-', ...FEW, '--over', 'E', '--range', 'E=1.5:1.9'];
  const { code, stdout, stderr } = await isoloss(['landscape', ...options], table());
  expect([code, stderr]).toEqual([0, '']);
  const [header, ...rows] = stdout.trim().split('\n').map((line) => line.split(','));
  expect(header).toEqual(['E', 'objective', 'excess', 'A', 'B', 'alpha', 'beta']);
  const { axes, objective } = await json(['--over', 'E', '--range', 'E=1.5:1.9']);
  expect(rows.map(([E, height]) => [Number(E), Number(height)])).toEqual(axes[0]!.values.map((E, k) => [E, objective[k]]));
});

it('--out, and what it says', async () => {
  const [csv, object] = [join(folder, 'E.csv'), join(folder, 'E.json')];
  const options = ['landscape', '-', ...FEW, '--over', 'E', '--out'];
  expect(await isoloss([...options, csv], table())).toEqual({ code: 0, stdout: '', stderr: `isoloss: wrote ${csv}\n` });
  expect(readFileSync(csv, 'utf8')).toMatch(/^E,objective,excess,A,B,alpha,beta\n/);
  expect(await isoloss([...options, object, '-q'], table())).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(Object.keys(JSON.parse(readFileSync(object, 'utf8')) as LandscapeJson).slice(0, 2)).toEqual(['law', 'axes']);
});

it('of a fit whose certificate fails it says so, with exit code 3', async () => {
  const oneRatio = 'N,D,loss\n1e8,1e9,3.5\n2e8,2e9,3.2\n4e8,4e9,2.95\n8e8,8e9,2.75\n1.6e9,1.6e10,2.6\n3.2e9,3.2e10,2.48\n';
  const { code, stderr, stdout } = await isoloss(['landscape', '-', ...FEW, '--over', 'E'], oneRatio);
  expect(stderr).toMatch(/^isoloss: the certificate fails: /);
  expect([code, stdout.split('\n').length]).toEqual([3, 7]);
});

it.each([
  ['no such table', ['none.csv'], 'none.csv: expected a file, got nothing there. Check the path.'],
  ['a range beyond the law', ['--range', 'alpha=-1:2'],
    '--range of alpha: expected a lower and a higher value within the bounds of law chinchilla, got -1 to 2.'],
  ['more to drop than there is', ['--drop-highest', '400'],
    '--drop-highest: expected a whole number from 0 to 326, got 400. One of the 327 runs must stay.'],
])('%s', async (_, options, message) => {
  await expect(inProcess(['landscape', ...FEW, ...options])).rejects.toThrow(new InputError(message));
});

it('the help says what --over takes of every law', () => {
  const lines = LANDSCAPE_HELP.split('\n').map((line) => line.trim().split(/ {2,}/));
  for (const law of lawIds) expect(lines).toContainEqual([law, lawPairs(law).join(' '), lawAxes(law).join(' ')]);
});

it.each([['alpha,beta', 'landscape', 'Loss landscape over alpha and beta'], ['E', 'profile', 'Profile over E']])('--over %s is a page with a chart, too', async (over, chart, title) => {
  const out = join(folder, `${chart}.html`);
  const runs = join(folder, 'runs.csv');
  writeFileSync(runs, table());
  expect(await inProcess(['landscape', runs, ...FEW, '--over', over, '--quiet', '-o', out])).toBe(0);
  const page = readFileSync(out, 'utf8');
  const want = await json(['--over', over]);
  expect({ ...jsonOf(page, 'isoloss-result') as LandscapeJson, seconds: want.seconds, sweep: want.sweep }).toEqual(want);
  expect(pageOf(page)).toContain(title);
  const { charts } = jsonOf(page, 'isoloss-charts') as PackedCharts;
  expect(charts.map(({ name }) => name)).toEqual([chart]);
  expect(JSON.stringify(charts[0]!.figures).includes('ends of starts')).toBe(chart === 'landscape');
});
