/** `isoloss fit` from a table to a result. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FitJson } from '../../src/report/json.ts';
import { fit, isoloss, jsonInProcess, outcome, start, table, type Outcome } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
const own = join(folder, 'own.csv');
beforeAll(() => writeFileSync(own, table(['Model Size', 'Training Tokens', 'val_loss'])));
afterAll(() => rmSync(folder, { recursive: true }));

const FEW = ['--backend', 'cpu', '--starts', '8'];

function json({ stdout }: Outcome): FitJson {
  return JSON.parse(stdout) as FitJson;
}

it('without a source fits the bundled sweep, and says so', async () => {
  const got = await fit([]);
  expect(got).toMatchObject({ code: 0, stderr: '' });
  expect(got.stdout).toMatch(/^chinchilla law fitted to synthetic replica of Hoffmann et al\. 2022/);
  expect(got.stdout).toContain('  Note       No source was given: this is the sweep that comes with isoloss.\n');
  expect(got.stdout).toContain('\nCertificate: pass\n');
});

it('--json prints one object, with these names in this order', async () => {
  const got = await fit(['--json']);
  const result = json(got);
  expect(got).toMatchObject({ code: 0, stderr: '' });
  expect(Object.keys(result)).toEqual([
    'law', 'params', 'exponents', 'loss', 'objective', 'otherMinima', 'delta', 'points', 'computeRange', 'dropped', 'certificate', 'backend',
    'starts', 'seed', 'timings', 'frontier', 'sweep', 'notes', 'warnings', 'version',
  ]);
  expect(Object.keys(result.params)).toEqual(['E', 'A', 'B', 'alpha', 'beta']);
  expect(Object.keys(result.certificate)).toEqual([
    'gradientNorm', 'starts', 'startsAgreeing', 'startsAbout', 'startsAboutAgreeing', 'outcomes', 'activeBounds', 'conditionNumber', 'verdict', 'reasons',
  ]);
  expect(result.frontier.map(({ C }) => C)).toEqual([1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26]);
});

it('a file of one\'s own, with one\'s own names', async () => {
  const { params, points, notes, sweep, backend } = await jsonInProcess<FitJson>(['fit', own, ...FEW]);
  expect([points, sweep, backend.name]).toEqual([12, own, 'cpu']);
  expect(notes).toEqual(['Columns: N = Model Size, D = Training Tokens, loss = val_loss.']);
  expect(params['alpha']).toBeCloseTo(0.34, 2);
  expect(params['beta']).toBeCloseTo(0.28, 1);
});

it('the options of the fit reach it', async () => {
  const result = await jsonInProcess<FitJson>(
    ['fit', own, '--backend', 'cpu', '--delta', '1e-2', '--starts', '9', '--screen', '5', '--seed', '3']);
  expect(result).toMatchObject({ delta: 0.01, starts: '9', seed: 3, certificate: { starts: 5 } });
  expect(Object.keys(result.timings)).toContain('search');
});

const jsonl = table().trim().split('\n').slice(1)
  .map((line) => line.split(','))
  .map(([N, D, loss]) => JSON.stringify({ N: Number(N), D: Number(D), loss: Number(loss) })).join('\n');

it.each([
  ['TSV', table(undefined, '\t')],
  ['JSON Lines', jsonl],
  ['JSON', `[${jsonl.replaceAll('\n', ',')}]`],
])('a file: %s', async (_, content) => {
  expect(await jsonInProcess<FitJson>(['fit', 'TABLE', ...FEW], content)).toMatchObject({ points: 12, notes: [] });
});

it.each([['CSV', table()], ['gzipped CSV', gzipSync(table())]])('standard input: %s', async (_, stdin) => {
  const { code, stdout } = await fit(['-', '--json'], stdin);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ points: 12, sweep: 'standard input', notes: [] });
});

it('an address', async () => {
  const server = createServer((_, response) => { response.end(table()); });
  await new Promise<void>((listening) => { server.listen(0, '127.0.0.1', listening); });
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/runs.csv`;
    expect(await jsonInProcess<FitJson>(['fit', url, ...FEW])).toMatchObject({ points: 12, sweep: url });
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

it('runs that are left out are reported, and why', async () => {
  const options = ['--where', 'D<100B', '--where', 'loss > 1', '--drop-highest', '2'];
  const { points, dropped } = await jsonInProcess<FitJson>(['fit', 'TABLE', ...FEW, ...options], table());
  expect([points, dropped.map(({ lines }) => lines)]).toEqual([7, [[5, 9, 13], [], [2, 6]]]);
  const byHand = await jsonInProcess<FitJson>(['fit', 'TABLE', ...FEW, ...options, '--exclude', '2,4-5'], table());
  expect([byHand.points, byHand.dropped.slice(2)]).toEqual([
    5, [{ reason: 'by hand', lines: [2, 4] }, { reason: 'of the 2 highest losses', lines: [3, 6] }],
  ]);
  const { stdout } = await fit(['-', ...options], table());
  expect(stdout).toMatch(/Points {5}7 used, 5 dropped\n {13}3 .*: lines 5, 9, 13\n {13}0 .*\n {13}2 .*: lines 2, 6\n/);
});

it('columns can be named, and a role left out', async () => {
  const header = 'N,D,loss,a=b,weight';
  const rows = table().trim().split('\n').slice(1).map((line) => line.replace(/,([^,]*)$/, ',9,$1,0'));
  const content = [header, ...rows].join('\n');
  const { points, notes } = await jsonInProcess<FitJson>(['fit', 'TABLE', ...FEW, '--columns', 'loss=a=b,weight='], content);
  expect([points, notes]).toEqual([12, ['Columns: N = N, D = D, loss = a=b.']]);
});

it('--format says what the contents do not', async () => {
  const rows = table(['a;b', 'D', 'loss'], '\t');
  expect(await jsonInProcess(['fit', 'TABLE', ...FEW, '--format', 'tsv', '--columns', 'N=a;b'], rows)).toMatchObject({ points: 12 });
});

const EXTREME = `${table(['N', 'D', 'loss'])}1e9,1e10,40\n`;

it('a warning stands in the text; beside JSON it goes to standard error, and nowhere with --quiet', async () => {
  const warning = 'The highest loss is 40, worse than a guess. If it is perplexity, take the logarithm.';
  const plain = await fit(['-'], EXTREME);
  expect([plain.stderr, plain.stdout.includes(`  WARNING    ${warning}\n`)]).toEqual(['', true]);
  const [beside, quiet] = await Promise.all([fit(['-', '--json'], EXTREME), fit(['-', '--json', '--quiet'], EXTREME)]);
  expect([beside.stderr, json(beside).warnings]).toEqual([`isoloss: warning: ${warning}\n`, [warning]]);
  expect(quiet.stderr).toBe('');
});

it.each([
  ['fit.txt', [], /^chinchilla law/],
  ['fit.json', [], /^\{\n {2}"law"/],
  ['fit', ['--json'], /^\{\n {2}"law"/],
])('--out %s %j', async (name, options, content) => {
  const path = join(folder, name);
  writeFileSync(path, 'what was there before, longer than the result: '.repeat(1000));
  const got = await fit([own, '--out', path, ...options]);
  expect(got).toEqual({ code: 0, stdout: '', stderr: `isoloss: wrote ${path}\n` });
  expect(readFileSync(path, 'utf8')).toMatch(content);
  expect(readFileSync(path, 'utf8')).not.toContain('before');
});

it('--out with --quiet says nothing', async () => {
  expect(await fit([own, '--out', join(folder, 'fit.txt'), '--quiet'])).toEqual({ code: 0, stdout: '', stderr: '' });
});

it('--out is checked before the fit', async () => {
  const path = join(folder, 'none', 'fit.json');
  expect(await fit(['none.csv', '-o', path])).toEqual({
    code: 1, stdout: '',
    stderr: `isoloss: ${path}: expected a place to write the result, got a folder that does not exist. ` +
      'Make it, or give another.\n',
  });
  expect((await fit(['none.csv', '-o', folder])).stderr).toBe(
    `isoloss: ${folder}: expected a place to write the result, got a directory. Give the name of a file in it.\n`,
  );
});

it('a fit whose certificate fails is printed, with exit code 3', async () => {
  const flat = 'N,D,loss\n1e8,1e9,3\n2e8,3e9,3.1\n3e8,2e9,2.9\n4e8,5e9,3\n5e8,4e9,3.05\n6e8,6e9,3\n';
  const text = await fit(['-'], flat);
  expect([text.code, text.stderr]).toEqual([3, '']);
  expect(text.stdout).toMatch(/\nCertificate: FAIL\. Do not rely on these numbers\.\n {2}! /);
  const object = await fit(['-', '--json'], flat);
  const { verdict, reasons } = json(object).certificate;
  const remark = `isoloss: the certificate fails: ${reasons.join(' ')}\n`;
  expect([object.code, verdict, object.stderr]).toEqual([3, 'fail', remark]);
});

it('a reader that goes is no mistake', async () => {
  const child = start(['fit', '--backend', 'cpu', '--starts', '8', '--json']);
  child.stdout!.destroy();
  const [stderr, code] = await Promise.all([
    new Promise<string>((resolve) => {
      let text = '';
      child.stderr!.on('data', (part) => { text += part; }).on('end', () => resolve(text));
    }),
    new Promise((resolve) => { child.on('close', resolve); }),
  ]);
  expect([code, stderr]).toEqual([0, '']);
});

it('no progress bar in a pipe, however long it takes', async () => {
  const got = await outcome(start(['fit', '--backend', 'cpu', '--starts', '400']));
  expect(got).toMatchObject({ code: 0, stderr: '' });
});

it('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  expect(await isoloss(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

it('leaves nothing beside its table', () => {
  expect(readdirSync(folder).toSorted()).toEqual(['fit', 'fit.json', 'fit.txt', 'own.csv']);
});
