/** `isoloss fit --group`: one law of several groups of runs, as text, as JSON, as a page; and what it refuses. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FitJson } from '../../src/report/json.ts';
import type { Truth } from '../../src/types.ts';
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

it('a page has each group too, and what a fit of groups writes is the truth of each', async () => {
  const page = join(folder, 'x.html');
  await inProcess(['fit', source, '--backend', 'cpu', '--starts', '8', '--group', 'corpus', '--share', 'none', '--bootstrap', '10', '-q', '-o', page]);
  const text = readFileSync(page, 'utf8');
  for (const title of ['What to train, web', 'What to train, books', 'Predicted against measured loss', 'Residuals', 'Resamples']) expect(text).toContain(title);
  expect(text).not.toContain('isoLoss contours');
  expect(text).toContain('Runs of web (12) and books (12), by corpus, share nothing; each group has E, A, B, alpha and beta of its own.');
  expect(text).toContain('Each group was resampled from its own runs');
  const json = join(folder, 'x.json');
  await inProcess(['fit', source, '--backend', 'cpu', '--starts', '8', '--group', 'corpus', '--share', 'beta', '-q', '-o', json]);
  const { groups } = JSON.parse(readFileSync(json, 'utf8')) as FitJson;
  const truth = (file: string) => jsonInProcess<{ truth: Truth }>(['simulate', '--truth', `fit:${file}`, '--sweeps', '2', '--sandwich', '0', '--backend', 'cpu', '--json']);
  expect((await truth(`${json}#books`)).truth).toEqual({ name: `${json}#books`, law: 'chinchilla', params: groups!.fits['books']!.params });
  await expect(truth(json)).rejects.toThrow(`${json}: expected one of its groups (web, books), got none. Name it behind the file: ${json}#web.`);
  await expect(truth(`${json}#wiki`)).rejects.toThrow(`${json}: expected one of its groups (web, books), got "wiki". Name it behind the file: ${json}#web.`);
  await expect(truth(`${json}x#web`)).rejects.toThrow(`${json}x#web: expected a fit as isoloss fit --json writes it, got nothing there. Check the path.`);
  const [odd] = [join(folder, 'a#b.json')];
  copyFileSync(json, odd);
  expect((await truth(`${odd}#web`)).truth.params).toEqual(groups!.fits['web']!.params);
  writeFileSync(odd, JSON.stringify({ law: 'chinchilla', params: groups!.fits['web']!.params }));
  expect((await truth(odd)).truth.name).toBe(odd);
  await expect(truth(`${odd}#web`)).rejects.toThrow(`${odd}: expected a fit of groups of runs, of which "web" is one, got a fit of one law. Leave #web out.`);
  const plan = await jsonInProcess<{ source: string; ranges: object }>(['plan', '--truth', `fit:${json}#books`, '--budget', '1e22', '--json']);
  expect([plan.source, plan.ranges]).toEqual([`${json}#books`, { C: groups!.fits['books']!.computeRange }]);
});

describe('a run that is of no group', () => {
  const gaps = join(folder, 'gaps.csv');
  beforeAll(() => writeFileSync(gaps, `${table()}1e8,2e9,4,,x,all\n2e8,2e9,3.9, ,y,all\n`));
  const groups = (...options: string[]) => jsonInProcess<FitJson>(['fit', gaps, '--backend', 'cpu', '--starts', '8', '--group', 'corpus', '--share', 'alpha,beta', '--json', ...options]);

  it('is refused where it is fitted, on the first such line', async () => {
    const refused = (line: number) => `${gaps}, line ${line}, column "corpus": expected a text or a number, got an empty cell. ` +
      `Write a value in every row, or leave such runs out: --where 'corpus!=""'.`;
    await expect(groups()).rejects.toThrow(refused(26));
    await expect(groups('--exclude', '26')).rejects.toThrow(refused(27));
    await expect(groups('--cluster', 'corpus', '--bootstrap', '9', '--exclude', '26')).rejects.toThrow(refused(27));
    await expect(inProcess(['multiplier', gaps, '--group', 'corpus', '--backend', 'cpu', '-q'])).rejects.toThrow(refused(26));
  });

  it('is not where it has no weight', async () => {
    const weighted = join(folder, 'weighted.csv');
    writeFileSync(weighted, readFileSync(gaps, 'utf8').replaceAll(/^(.*)$/gm, (line, _, at) => (line === '' ? '' : `${line},${at === 0 ? 'weight' : Number(!/,\s*,[xy],all$/.test(line))}`)));
    const got = await jsonInProcess<FitJson>(['fit', weighted, '--backend', 'cpu', '--starts', '8', '--group', 'corpus', '--share', 'alpha,beta', '--json']);
    expect([got.groups!.names, got.points]).toEqual([['web', 'books'], 24]);
  });

  it('is not where it is left out, whatever leaves it out', async () => {
    for (const options of [['--exclude', '26,27'], ['--where', 'N!=2e8', '--exclude', '26'], ['--drop-highest', '2'], ['--where', 'corpus!=""']]) {
      const { groups: found, points } = await groups(...options);
      expect([found!.names, points]).toEqual([['web', 'books'], 24]);
    }
  });
});

it('groups may be told by a role: of the table, or mapped', async () => {
  const renamed = join(folder, 'renamed.csv');
  writeFileSync(renamed, table().replace('N,D,', 'Size of it,D,'));
  const got = await jsonInProcess<FitJson>(['fit', renamed, '--columns', 'N=Size of it', '--backend', 'cpu', '--starts', '8', '--group', 'N', '--share', 'E,A,alpha,beta', '--json']);
  expect([got.groups!.column, got.groups!.names]).toEqual(['N', ['100000000', '400000000', '1600000000']]);
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
