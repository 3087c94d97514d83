/** `isoloss emergence` from a table, or a law, to rulers. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/args.ts';
import type { EmergenceCommand } from '../../src/cli/emergence-options.ts';
import { UsageError } from '../../src/cli/usage.ts';
import { InputError } from '../../src/errors.ts';
import { publishedErrors } from '../../src/paper/rulers.ts';
import { publishedTruth } from '../../src/paper/truths.ts';
import type { Ruler } from '../../src/plan/rulers.ts';
import { inProcess, isoloss, jsonInProcess, table } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FEW = ['--backend', 'cpu', '--starts', '8'];
const PLAIN = { name: 'emergence', fit: {}, filter: { where: [] }, columns: {}, bootstrap: {}, tokens: [], json: false, quiet: false };

function command(line: string): Omit<EmergenceCommand, 'given'> {
  const { given, ...rest } = (parseCommand(['emergence', ...line.split(' ')]) as { command: unknown }).command as EmergenceCommand;
  expect(given.length).toBeGreaterThan(0);
  return rest;
}

describe('the command line', () => {
  it.each([
    ['--tokens 5,30 --tokens 1 --choices 10 --items 500 --floor 0', { tokens: [5, 30, 1], choices: 10, items: 500, floor: 0 }],
    ['runs.csv --budgets 1e18..1e22:3', { source: 'runs.csv', budgets: [1e18, 1e20, 1e22] }],
    ['--sizes 1B,2B,4B --tokens-per-parameter 20', { sizes: [1e9, 2e9, 4e9], ratio: 20 }],
    ['--sizes 1B,2B,4B --train-tokens 300B --error gadre-c4', { sizes: [1e9, 2e9, 4e9], trainTokens: 3e11, error: publishedErrors[0] }],
    ['--truth published:hoffmann --error 1,1,0.5', { truth: publishedTruth('hoffmann'), error: { epsilon: 1, kappa: 1, gamma: 0.5 } }],
    ['- --bootstrap 100 --interval bca', { source: '-', bootstrap: { replicates: 100, interval: 'bca' } }],
  ])('%s', (line, expected) => {
    expect(command(line)).toEqual({ ...PLAIN, ...expected });
  });

  it.each([
    ['--tokens 0', ' --tokens: expected a whole number from 1 to 1000000, got "0". Write it in digits.'],
    ['--choices 1', ' --choices: expected a whole number from 2 to 1000000, got "1". Write it in digits.'],
    ['--floor -1', " --floor: expected nats per token from 0 on, got \"-1\". It is 0 where there is one right answer; without --floor it is the law's E."],
    ['--error 1,2', ' --error: expected gadre-c4, gadre-redpajama, gadre-refinedweb or EPSILON,KAPPA,GAMMA such as 0.85,2.08,0.756, got "1,2". ' +
      'The error is epsilon - kappa e^(-gamma L).'],
    ['--sizes 1B,2B,4B', ' --sizes: expected --tokens-per-parameter or --train-tokens beside it, got neither. Say on how many tokens they are trained.'],
    ['--sizes 1B,2B --budgets 1e20', ' --sizes: expected no --budgets beside it, got both. Leave one out.'],
    ['--train-tokens 1T', ' --train-tokens: expected --sizes beside it, got none. Add --sizes 50M..16B:9, say.'],
    ['--train-tokens lots', ' --train-tokens: expected training tokens such as 300B, got "lots". Each of the sizes is trained on as many.'],
    ['--truth published:hoffmann --bootstrap 10', ' --truth: expected no --bootstrap beside it, got both. It fits nothing: leave one out.'],
  ])('%s is refused', (line, message) => {
    expect(() => parseCommand(['emergence', ...line.split(' ')])).toThrow(new UsageError(`isoloss emergence${message}`));
  });
});

interface Read {
  readonly points: readonly { readonly loss: number; readonly beyond: number }[];
  readonly readings: readonly { readonly name: string; readonly ruler: Ruler; readonly shape: string; readonly score: { readonly value: number | null; readonly interval?: readonly number[] };
    readonly values: readonly { readonly value: number; readonly interval?: readonly number[] }[] }[];
  readonly verdict: string;
  readonly resolution?: readonly string[];
  readonly warnings: readonly string[];
}

const json = (argv: readonly string[], content?: string) => jsonInProcess<Read>(['emergence', ...argv], content);

it('a published law, on a task with one right answer: smooth under one ruler, a jump under another', async () => {
  const { readings, verdict, resolution } = await json(['--truth', 'published:hoffmann', '--floor', '0', '--tokens', '30', '--items', '100', '--budgets', '1e18..1e26:9']);
  expect(readings.map(({ name, shape }) => [name, shape])).toEqual([
    ['loss', 'smooth'], ['per-token accuracy', 'smooth'], ['token edit distance of 30 tokens', 'smooth'], ['exact match of 30 tokens', 'jump'],
    ['Brier score of 4 options', 'smooth'], ['multiple choice of 4 options', 'jump'],
  ]);
  expect(verdict).toBe('Smooth under loss, per-token accuracy, token edit distance of 30 tokens and Brier score of 4 options; ' +
    'a jump under exact match of 30 tokens and multiple choice of 4 options: the same models, the same loss.');
  expect(resolution![1]).toMatch(/^Exact match of 30 tokens: a test of 100 items most likely shows zero of the models below 1e\d\d FLOPs, and some from there on\.$/);
  expect(readings[5]!.score.value).toBeNull(); // infinite
});

it('a bootstrap gives readings and scores intervals', async () => {
  const { readings, points, warnings } = await json(['TABLE', ...FEW, '--bootstrap', '40', '--resample-starts', '0', '--budgets', '1e20..1e24:5'], table());
  for (const { values, score } of readings.slice(0, 4)) {
    for (const { value, interval } of [...values, { value: score.value!, interval: score.interval }]) expect([interval![0]! <= value, value <= interval![1]!]).toEqual([true, true]);
  }
  expect(readings[0]!.values[4]!.interval![1]! - readings[0]!.values[4]!.interval![0]!).toBeGreaterThan(1e-4);
  expect([points[4]!.beyond > 100, warnings.length]).toEqual([true, 1]);
});

it('prints text within 100 columns, and a page with the chart', async () => {
  const out = join(folder, 'emergence.html');
  const { code, stdout } = await isoloss(['emergence', '-', ...FEW, '--error', 'gadre-c4', '--items', '50', '--interval', 'sandwich'], table());
  expect([code, stdout.split('\n')[0]]).toEqual([0, 'Emergence or mirage, by the law chinchilla fitted to standard input']);
  expect(stdout.split('\n').filter((line) => line.length > 100 || line !== line.trimEnd())).toEqual([]);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('Gadre et al. 2024, arXiv:2403.08540, Table 6, trained on C4; theirs, not refitted to these runs.');
  await inProcess(['emergence', '--truth', 'published:hoffmann', '--out', out, '-q']);
  expect(readFileSync(out, 'utf8')).toContain('id="chart-emergence"');
});

it('too few models are refused by the option', async () => {
  await expect(inProcess(['emergence', '--truth', 'published:hoffmann', '--budgets', '1e20,1e21']))
    .rejects.toThrow(new InputError('--budgets: expected at least three, to have two steps to compare, got 2.'));
  await expect(inProcess(['emergence', ...FEW, '--law', 'power', '--columns', 'x=C'])).rejects.toThrow(/^--law: expected a law of two power terms of N and D /);
});
