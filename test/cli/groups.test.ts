/** `isoloss fit --group`: one law of several groups of runs, as text, as JSON, as a page; and what it refuses. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FitJson } from '../../src/report/json.ts';
import { fit, inProcess, jsonInProcess } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
const source = join(folder, 'two.csv');

/** Two corpora, each of three sizes on four amounts of data, that differ in E. */
function table(): string {
  const rows = [1e8, 4e8, 1.6e9].flatMap((N) => [2e9, 8e9, 3.2e10, 1.28e11].flatMap((D) => ['web', 'books'].map((corpus) => ({ N, D, corpus }))));
  const lines = rows.map(({ N, D, corpus }, i) => {
    const loss = ((corpus === 'web' ? 1.7 : 1.9) + 400 / N ** 0.34 + 410 / D ** 0.28) * (1 + 0.002 * Math.sin(5 * i));
    return [N, D, loss.toFixed(6), corpus, i % 4 === 0 ? 'x' : 'y', 'all'].join(',');
  });
  return `${['N,D,loss,corpus,half,same', ...lines].join('\n')}\n`;
}

beforeAll(() => writeFileSync(source, table()));
afterAll(() => rmSync(folder, { recursive: true }));

it('prints the law, the parameters and the optimum of each group', async () => {
  const { code, stdout, stderr } = await fit([source, '--group', 'corpus', '--share', 'alpha,beta', '--bootstrap', '20', '--predict', 'N=1e9,D=1e11', '-q']);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^chinchilla law by corpus fitted to .*two\.csv\n {2}Runs of web \(12\) and books \(12\), by corpus, share alpha and beta; each group has E, A and B of its\n {2}own\.\n/);
  expect(stdout).toMatch(/\n {2}web: L\(N, D\) = 1\.\d+ \+ \d+\S*\/N\^0\.3\d+ \+ \d+\S*\/D\^0\.2\d+\n {7}N_opt ∝ C\^0\.\d+, {2}D_opt ∝ C\^0\.\d+\n/);
  expect(stdout).toMatch(/\nParameters\n {2}group +std\. error {2}95 % interval\n {2}all {4}alpha .* to .*\n {9}beta .*\n {9}a .*\n {9}b .*\n {2}web {4}E .*\n {9}A .*\n {9}B .*\n {2}books {2}E .*\n/);
  expect(stdout).toMatch(/\n {2}Kind +pairs: runs drawn with replacement, within each group, seed 0\n/);
  for (const title of ['Compute-optimal training, C = 6ND, web', 'Compute-optimal training, C = 6ND, books', 'Predicted loss, web', 'Predicted loss, books']) expect(stdout).toContain(`\n${title}\n`);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
});

it('--json has each group as a law', async () => {
  const got = await jsonInProcess<FitJson>(['fit', source, '--backend', 'cpu', '--starts', '8', '--group', 'corpus', '--share', 'alpha,beta', '--fix', 'E[web]=1.7',
    '--interval', 'sandwich', '--predict', 'N=1e9,D=1e11', '--json']);
  expect([got.law, Object.keys(got).slice(0, 3)]).toEqual(['chinchilla', ['law', 'groups', 'params']]);
  expect(Object.keys(got.params)).toEqual(['E[web]', 'A[web]', 'B[web]', 'alpha', 'beta', 'E[books]', 'A[books]', 'B[books]']);
  expect(got.groups).toMatchObject({ column: 'corpus', share: ['alpha', 'beta'], names: ['web', 'books'] });
  const { web, books } = got.groups!.fits as Required<NonNullable<FitJson['groups']>>['fits'];
  expect(Object.keys(web!)).toEqual(['law', 'params', 'exponents', 'points', 'computeRange', 'frontier', 'bootstrap', 'predictions']);
  expect(web!.params['E']).toBe(1.7);
  expect(books!.params['E']).toBeCloseTo(1.9, 1);
  expect([books!.frontier.length, books!.points, books!.bootstrap!.frontier.length, got.frontier, got.predictions]).toEqual([9, 12, 9, [], undefined]);
  expect(books!.predictions![0]!.loss).toBeGreaterThan(web!.predictions![0]!.loss!);
  expect(got.fixed).toEqual({ 'E[web]': 1.7 });
});

it('a page has each group too, and what a fit of groups writes is no truth of a simulation', async () => {
  const page = join(folder, 'x.html');
  await inProcess(['fit', source, '--backend', 'cpu', '--starts', '8', '--group', 'corpus', '--share', 'none', '--bootstrap', '10', '-q', '-o', page]);
  const text = readFileSync(page, 'utf8');
  for (const title of ['What to train, web', 'What to train, books', 'Predicted against measured loss', 'Residuals', 'Resamples']) expect(text).toContain(title);
  expect(text).not.toContain('isoLoss contours');
  expect(text).toContain('Runs of web (12) and books (12), by corpus, share nothing; each group has E, A, B, alpha and beta of its own.');
  expect(text).toContain('Each group was resampled from its own runs');
  const json = join(folder, 'x.json');
  await inProcess(['fit', source, '--backend', 'cpu', '--starts', '8', '--group', 'corpus', '--share', 'beta', '-q', '-o', json]);
  await expect(inProcess(['simulate', '--truth', `fit:${json}`, '--sweeps', '2', '-q'])).rejects.toThrow(
    `${json}: expected a fit of one law, got one of groups of runs. Write one of groups.fits to a file of its own: each has law and params.`);
});

const SHARED = ['--share', 'alpha,beta'];
const CASES: readonly (readonly [readonly string[], string])[] = [
  [['--group', 'corpus'], 'isoloss fit --group: expected --share beside it, got none. Name the parameters that all groups share: --share alpha,beta; with --share none they share nothing.'],
  [SHARED, 'isoloss fit --share: expected --group beside it, got none. Name the column that tells the groups apart.'],
  [['--group', '', ...SHARED], 'isoloss fit --group: expected the name of a column, got "". It is the column that tells the groups apart.'],
  [['--group', 'corpus', '--share', 'alpha,alpha'], 'isoloss fit --share: expected names of parameters such as alpha,beta, or none, got "alpha,alpha". Write each once, with commas between them.'],
  [['--group', 'same', ...SHARED], 'TABLE, column "same": expected at least two different values, got "all" in every run. Name a column that tells the groups apart.'],
  [['--group', 'corpus', '--share', 'gamma'], '--share: expected parameters of law chinchilla (E, A, B, alpha, beta), got gamma.'],
  [['--group', 'corpus', '--share', 'E,A,B,alpha,beta'], '--share: expected a parameter of law chinchilla that each group has of its own, got all of them shared. That is one law of all runs: fit it without groups.'],
];

it.each(CASES)('%j is refused', async (options, message) => {
  const refused = async () => inProcess(['fit', source, '--backend', 'cpu', '-q', ...options]);
  await expect(refused()).rejects.toThrow(message.replace('TABLE', source));
});

it.each([
  [['--group', 'corpus', ...SHARED], 2, 'isoloss fit --group: expected a table that has this column, got "corpus". Give a file: the bundled sweep has no such column.'],
  [['SOURCE', '--group', 'data', ...SHARED], 1, 'isoloss: SOURCE: expected a column "data", got the columns "N", "D", "loss", "corpus", "half", "same". Name one of these.'],
])('%j ends the program', async (options, code, message) => {
  const got = await fit(options.map((word) => word.replace('SOURCE', source)));
  expect([got.code, got.stdout, got.stderr.split('\n')[0]]).toEqual([code, '', message.replace('SOURCE', source)]);
});
