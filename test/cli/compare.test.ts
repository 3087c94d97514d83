/** `isoloss compare` from a command line to verdicts. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/args.ts';
import { COMPARE_HELP } from '../../src/cli/compare-help.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { UsageError } from '../../src/cli/usage.ts';
import type { comparisonJson } from '../../src/report/compare-json.ts';
import { inProcess, isoloss, jsonInProcess, table } from './program.ts';

type Json = ReturnType<typeof comparisonJson>;

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FEW = ['--backend', 'cpu', '--starts', '8', '--bootstrap', '20', '--steps', '1', '--laws', 'chinchilla-tied,kaplan'];
const PLAIN = { name: 'compare', compare: {}, fit: {}, filter: { where: [] }, columns: {}, json: false, quiet: false };

/** All but how long it took. */
function timeless(json: Json): object {
  return { ...json, sweep: '', seconds: 0, laws: json.laws.map((law) => ({ ...law, fit: { ...law.fit, sweep: '', timings: {} } })) };
}

describe('the command line', () => {
  it.each([
    ['', {}],
    ['runs.csv --laws chinchilla,kaplan --steps 3 --bootstrap 50 --confidence .9', { source: 'runs.csv', compare: { laws: ['chinchilla', 'kaplan'], steps: 3, replicates: 50, confidence: 0.9 } }],
    ['- --steps slices --loss absolute-log --seed 4 --starts 9 --where C<1e21 --json -o x -q',
      { source: '-', compare: { steps: 'slices' }, fit: { loss: 'absolute-log', seed: 4, starts: 9 }, filter: { where: ['C<1e21'] }, json: true, out: 'x', quiet: true }],
  ])('%s', (line, expected) => {
    expect(parseCommand(['compare', ...line.split(' ').filter((word) => word !== '')])).toEqual({ kind: 'run', command: { ...PLAIN, ...expected } });
  });

  it.each([
    [['--laws', 'kaplan,newton'], ' --laws: expected one of '],
    [['--laws', 'kaplan'], ' --laws: expected at least two laws, each once, such as chinchilla,kaplan, got "kaplan". There are '],
    [['--laws', 'kaplan,kaplan'], ' --laws: expected at least two laws, each once, such as chinchilla,kaplan, got "kaplan,kaplan". There are '],
    [['--steps', '1.5'], ' --steps: expected slices or a whole number from 0 to 100, got "1.5". With 0 there is no rollout.'],
    [['--bootstrap', '1'], ' --bootstrap: expected a whole number from 2 to 10000000, got "1". Write it in digits.'],
    [['--loss', 'lower-log'], ' --loss: expected a loss that is a likelihood of the runs, got lower-log. Its law is to lie below most of them. Take huber-log.'],
    [['--law', 'kaplan'], ': expected one of its options, got --law. Did you mean --laws?'],
    [['--fix', 'alpha'], ' --fix: expected NAME=VALUE,... such as alpha=0.34,beta=0.28, got "alpha". Write plain numbers.'],
    [['--envelope', '0.1'], ': expected one of its options, got --envelope. It is one of isoloss fit.'],
  ])('%j is refused', (argv, message) => {
    const refused = () => parseCommand(['compare', ...argv]);
    expect(refused).toThrow(UsageError);
    expect(refused).toThrow(`isoloss compare${message}`);
  });

  it('the help names every option, at most 100 columns wide', () => {
    const unnamed = Object.keys(COMMANDS['compare']!.options).filter((name) => !COMPARE_HELP.includes(`--${name}`));
    expect(unnamed).toEqual([]);
    expect(COMPARE_HELP.split('\n').filter((line) => line.length > 100)).toEqual([]);
  });
});

it('prints a verdict, and goes on standard output alone', async () => {
  const { code, stdout, stderr } = await isoloss(['compare', '-', ...FEW, '-q'], table());
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^2 laws compared on standard input\n\nWhich law\?\n/);
  expect(stdout).toMatch(/\nRollout: .*\n +law .*\n +6 runs up to \S+ FLOPs, 6 dearer: beyond by up to .*\n +chinchilla-tied /);
});

it('the options reach the comparison, which is again the same', async () => {
  const options = ['compare', 'TABLE', ...FEW, '--confidence', '0.8', '--seed', '5', '--loss', 'squares-log', '--where', 'D>3e9'];
  const [json, again] = [await jsonInProcess<Json>(options, table()), await jsonInProcess<Json>(options, table())];
  expect(json).toMatchObject({ confidence: 0.8, seed: 5, replicates: 20, likelihood: 'gauss', points: 9, steps: [{ fitted: 6, heldOut: 3 }] });
  expect(json.laws.map(({ law, fit }) => [law, fit.loss, fit.certificate.starts])).toEqual([['chinchilla-tied', 'squares-log', 8], ['kaplan', 'squares-log', 8]]);
  expect(timeless(again)).toEqual(timeless(json));
});

it('what is held, and what has bounds, in the laws that have it', async () => {
  const options = ['compare', 'TABLE', ...FEW, '--fix', 'E=1.7', '--bound', 'alpha=0.1:0.6'];
  const { laws } = await jsonInProcess<Json>(options, table());
  expect(laws.map(({ law, parameters, fit: { params, fixed, bounds } }) => [law, parameters, params['E'], fixed, bounds])).toEqual([
    ['chinchilla-tied', 3, 1.7, { E: 1.7 }, { alpha: [0.1, 0.6] }],
    ['kaplan', 4, undefined, undefined, undefined],
  ]);
  await expect(jsonInProcess(['compare', 'TABLE', ...FEW, '--fix', 'gamma=1'], table())).rejects.toThrow(
    /^--fix: expected parameters of the laws that are compared \(E, A, .*\), got gamma, which none of them has\.$/);
  await expect(jsonInProcess(['compare', 'TABLE', ...FEW, '--bound', 'gamma=1:2'], table())).rejects.toThrow(/^--bound: .* got gamma, which none of them has\.$/);
});

it('--out as a page with charts', async () => {
  const page = join(folder, 'a.html');
  expect(await inProcess(['compare', ...FEW, '--quiet', '--out', page])).toBe(0);
  const content = readFileSync(page, 'utf8');
  const result = JSON.parse(/id="isoloss-result">(.*?)<\/script>/s.exec(content)![1]!) as Json;
  expect(result.laws.map(({ law }) => law)).toEqual(['chinchilla-tied', 'kaplan']);
  expect(content).toContain('Dearer runs predicted from cheaper ones');
});

it('says on standard error what it found where the result goes to a file, and that a certificate fails', async () => {
  const out = join(folder, 'a.json');
  const { code, stdout, stderr } = await isoloss(['compare', '-', ...FEW, '--starts', '1', '--out', out], table());
  expect([code, stdout]).toEqual([3, '']);
  expect(stderr).toMatch(/isoloss: Take chinchilla-tied[:,] /);
  expect(stderr).toMatch(/isoloss: warning: chinchilla-tied: the certificate fails\. One start proves nothing: use more\.\n/);
  expect(stderr.endsWith(`isoloss: wrote ${out}\n`)).toBe(true);
});
