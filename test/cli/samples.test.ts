/** `isoloss samples` from a table to coverage, cost and trades. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/args.ts';
import { UsageError } from '../../src/cli/usage.ts';
import { InputError } from '../../src/errors.ts';
import { inProcess, isoloss, jsonInProcess } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));

const PLAIN = { name: 'samples', source: 't.csv', columns: {}, samples: [], targets: [], json: false, quiet: false };

/** Of two models: a sample of problem i is right with probability u^power. */
const TABLE = ['problem,model,N,n,c', ...[['small', '7B', 5], ['large', '70B', 2.5]].flatMap(([model, N, power]) =>
  Array.from({ length: 30 }, (_, i) => `p${i},${model},${N},100,${Math.round(100 * ((i + 0.5) / 30) ** Number(power))}`))].join('\n');

describe('the command line', () => {
  it.each([
    ['t.csv', {}],
    ['t.csv --at 1000,10000 --at 1e2..1e4:3 --target 0.5,0.9 --target .99', { samples: [1000, 10000, 100, 1000, 10000], targets: [0.5, 0.9, 0.99] }],
    ['t.csv --verifier 0.9:0.05 --tokens 1K --bootstrap 0 --seed 3 --confidence 0.9',
      { verifier: { truePositive: 0.9, falsePositive: 0.05 }, tokens: 1000, replicates: 0, seed: 3, confidence: 0.9 }],
    ['t.csv --columns n=attempts,c=right --columns model=m --format tsv --json -o x -q',
      { columns: { n: 'attempts', c: 'right', model: 'm' }, format: 'tsv', json: true, out: 'x', quiet: true }],
  ])('%s', (line, expected) => {
    expect(parseCommand(['samples', ...line.split(' ')])).toEqual({ kind: 'run', command: { ...PLAIN, ...expected } });
  });

  it.each([
    ['-q', ': expected one table, a file, an address or -, got none. It has a row a problem: problem,n,c. See isoloss help samples.'],
    ['a b', ': expected one table, a file, an address or -, got "a" and "b". It has a row a problem: problem,n,c. See isoloss help samples.'],
    ['t.csv --at 1.5', ' --at: expected whole numbers of samples such as 1000,10000 or 100..1M:5, got "1.5". Of one or more.'],
    ['t.csv --at many', ' --at: expected samples such as 1000,10000, got "many". Write a number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.'],
    ['t.csv --target 90', ' --target: expected coverages between 0 and 1 such as 0.9, got "90". Write 90 % as 0.9.'],
    ['t.csv --verifier 0.9', ' --verifier: expected RIGHT:WRONG, shares that it accepts, such as 0.9:0.05, got "0.9". Write 90 % as 0.9.'],
    ['t.csv --columns right=x', ' --columns: expected ROLE=NAME with a role of problem, n, c, model, N, tokens, got "right=x". Write it as in --columns "n=attempts,c=num passed".'],
    ['t.csv --bootstrap 1', ' --bootstrap: expected a whole number from 2 to 1000000, got "1". Write it in digits.'],
  ])('%s is refused', (line, message) => {
    expect(() => parseCommand(['samples', ...line.split(' ')])).toThrow(new UsageError(`isoloss samples${message}`));
  });
});

interface Read {
  readonly models: readonly { readonly model: string; readonly cost: number; readonly fit: { readonly verdict: string }; readonly curve: readonly { readonly coverage: { readonly interval: readonly number[] } }[] }[];
  readonly trades: readonly { readonly flops: { readonly value: number } }[];
  readonly sentences: readonly string[];
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
}

it('two models are compared at equal cost', async () => {
  const { models, trades, sentences, notes } = await jsonInProcess<Read>(['samples', 'TABLE', '--bootstrap', '50', '--tokens', '500'], TABLE);
  expect(models.map(({ model, cost, fit }) => [model, cost, fit.verdict])).toEqual([['small', 7e12, 'pass'], ['large', 7e13, 'pass']]);
  expect(models[0]!.curve[0]!.coverage.interval.length).toBe(2);
  expect(trades[0]!.flops.value).toBeGreaterThan(7e13);
  expect(sentences).toEqual([expect.stringMatching(/^small and large cover as much, 0\.\d{3}, at \S+ FLOPs a problem \(95 % interval .*\): \S+ samples of small or \S+ of large.*\. Below it small covers more, above it large\.$/)]);
  expect(notes.some((note) => note.startsWith('No tokens of a sample'))).toBe(false);
});

it('prints text within 100 columns, and remarks beside a page', async () => {
  const { code, stdout, stderr } = await isoloss(['samples', '-', '--at', '10000', '--target', '0.9,0.99', '--verifier', '0.9:0.05', '--bootstrap', '50'], TABLE);
  expect([code, stderr, stdout.split('\n')[0]]).toEqual([0, '', 'Samples of standard input']);
  expect(stdout.split('\n').filter((line) => line.length > 100 || line !== line.trimEnd())).toEqual([]);
  for (const title of ['Coverage of k samples of small: the share', 'The law of the coverage, exp(a k^b)', 'Coverage by k samples, by the law', 'Samples of a problem for a coverage',
    'How often the one that is picked of k samples of large is right', 'A larger model or more']) {
    expect(stdout).toContain(`\n${title}`);
  }
  expect(stdout).toContain('  Problems   small, 7.00B parameters, 1.4e10 FLOPs a sample and token: 30, 20 of them with a right\n             sample; at least 100 samples of each\n');
  expect(stdout).toMatch(/\n {2}Minimum {4}small: certified: 9 of 9 starts of the descent end there, where the pulls of the points\n/);
  expect(stdout).toMatch(/\n {2}Test {7}small: the law fitted up to k = 10 alone predicts 0\.\d{3} for k = 100, where 0\.\d{3} is\n/);
  expect(stdout).toMatch(/\n {2}small +10,000 +0\.\d{3} .* to 100×\n/);
  const out = join(folder, 'samples.html');
  expect((await isoloss(['samples', '-', '--bootstrap', '0', '-o', out], TABLE)).stderr).toBe(`isoloss: wrote ${out}\n`);
  expect(readFileSync(out, 'utf8')).toContain('id="chart-coverage"');
});

it('says what some resamples have not, once for the law, within 100 columns', async () => {
  const { stdout } = await isoloss(['samples', '-', '--at', '100', '--target', '0.9', '--bootstrap', '200'], 'problem,n,c\na,10,0\nb,10,3\nc,20,1\nd,12,0\n');
  expect(stdout.split('\n').filter((line) => line.length > 100)).toEqual([]);
  expect(stdout).toMatch(/\n +a +95 % interval +b +95 % interval +resamples without it +rms misfit +largest\n/);
  expect(stdout.replaceAll(/\n {13}/g, ' ')).toContain('Resamples without it: the share of the resamples of the problems that have no such number,');
});

it('says where there is no law, and ends with 3 where a fit is not certified', async () => {
  const { warnings } = await jsonInProcess<Read>(['samples', 'TABLE'], 'problem,n,c\na,10,0\nb,10,0\n');
  expect(warnings).toEqual(['No law goes through the coverage of the model: no sample is right.']);
  const { code, stdout } = await isoloss(['samples', '-', '--bootstrap', '0'], 'problem,n,c\na,10,10\nb,10,0\n');
  expect([code, stdout.includes('NOT certified')]).toEqual([3, true]);
});

it('a table that cannot be used is refused by its name', async () => {
  await expect(inProcess(['samples', 'none.csv'])).rejects.toThrow(new InputError('none.csv: expected a file, got nothing there. Check the path.'));
  const { code, stderr } = await isoloss(['samples', '-'], 'problem,n,c\na,10,11\n');
  expect([code, stderr]).toEqual([1, 'isoloss: standard input, line 2, column "c": expected a whole number of right samples from 0 to 10, got "11". They are among the 10 samples.\n']);
});
