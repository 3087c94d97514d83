/** `isoloss plan` from a table, or a law, to answers. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { plannedLaws } from '../../src/cli/planned-laws.ts';
import { InputError } from '../../src/errors.ts';
import { EQ10 } from '../../src/paper/hoffmann.ts';
import { optimumAt, optimumReaching } from '../../src/plan/terms.ts';
import type { FitJson } from '../../src/report/json.ts';
import { inProcess, isoloss, jsonInProcess, table } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FEW = ['--backend', 'cpu', '--starts', '8'];

interface Answer { readonly value: number; readonly interval?: readonly [number, number]; readonly unanswered?: number }
interface PlanJson {
  readonly params: Readonly<Record<string, number>>;
  readonly source: string;
  readonly ranges?: Readonly<Record<string, readonly [number, number]>>;
  readonly intervals?: object;
  readonly budgets: readonly { readonly C: number; readonly N: Answer; readonly D: Answer; readonly loss: Answer; readonly beyond: object }[];
  readonly targets: readonly { readonly C: Answer; readonly N: Answer; readonly training?: object }[];
  readonly warnings: readonly string[];
}

function json(argv: readonly string[], content?: string): Promise<PlanJson> {
  return jsonInProcess(['plan', ...argv], content);
}

describe('the bundled sweep, with a bootstrap', () => {
  const plan = json([...FEW, '--budget', '1e21,1e24', '--target-loss', '2', '--bootstrap', '60', '--seed', '1', '--resample-starts', '0']);
  const fit = jsonInProcess<FitJson>(['fit', ...FEW, '--bootstrap', '60', '--seed', '1', '--resample-starts', '0']);

  it('has the optima of the fit, and the intervals of its bootstrap', async () => {
    const [{ params, budgets }, { params: fitted, frontier, bootstrap }] = await Promise.all([plan, fit]);
    expect(params).toEqual(fitted);
    for (const { C, N, D, loss } of budgets) {
      const at = frontier.find((point) => point.C === C)!;
      const spread = bootstrap!.frontier.find((point) => point.C === C)!;
      // The closed form of two terms, and the law's own: exponents of log(C/6), some 50, are rounded.
      for (const [answer, value, interval] of [[N, at.N, spread.N], [D, at.D, spread.D], [loss, at.loss, spread.loss]] as const) {
        expect(Math.abs(answer.value / value - 1)).toBeLessThan(1e-12);
        expect(Math.abs(answer.interval![0] / interval[0]! - 1)).toBeLessThan(1e-12);
        expect(Math.abs(answer.interval![1] / interval[1]! - 1)).toBeLessThan(1e-12);
      }
      expect(answerOutside(N)).toBe(false);
    }
  });

  it('has an interval of the compute for a loss too, and says what is beyond the runs', async () => {
    const { targets, warnings, ranges } = await plan;
    expect(answerOutside(targets[0]!.C)).toBe(false);
    expect(targets[0]!.C.interval![1]).toBeGreaterThan(1.05 * targets[0]!.C.interval![0]);
    expect(targets[0]!.C.unanswered).toBe(0);
    expect(Object.keys(ranges!)).toEqual(['N', 'D', 'C']);
    expect(warnings.filter((warning) => warning.includes('is beyond the runs')).length).toBe(2); // 1e21 is not
  });
});

function answerOutside({ value, interval }: Answer): boolean {
  return !(interval && interval[0] < value && value < interval[1]);
}

it('intervals by the covariance of the fit need no bootstrap', async () => {
  const { budgets, intervals } = await json(['TABLE', ...FEW, '--budget', '1e22', '--interval', 'sandwich', '--confidence', '0.9'], table());
  expect(answerOutside(budgets[0]!.N)).toBe(false);
  expect(intervals).toMatchObject({ kind: 'sandwich', interval: 'sandwich', confidence: 0.9, replicates: 0 });
});

it('another law is fitted and asked', async () => {
  const { params, targets } = await json(['TABLE', ...FEW, '--law', 'chinchilla-tied', '--target-loss', '2.2'], table());
  const { E, A, B, alpha } = params as Record<'E' | 'A' | 'B' | 'alpha', number>;
  expect(targets[0]!.C.value).toBe(optimumReaching({ E, A, B, alpha, beta: alpha }, 2.2)!.C);
});

it('a published law is asked as it is', async () => {
  const { budgets, targets, ranges, source } = await json(['--truth', 'published:hoffmann', '--budget', '5.76e23', '--target-loss', '2']);
  expect(budgets[0]!.N).toEqual({ value: optimumAt(EQ10, 5.76e23)!.N });
  expect(targets[0]!.C).toEqual({ value: optimumReaching(EQ10, 2)!.C });
  expect([ranges, source]).toEqual([undefined, 'Hoffmann et al. 2022, Eq. 10, unrounded']);
});

it('a fit that was saved is asked again, and how far it is beyond its runs is known in C', async () => {
  const path = join(folder, 'fit.json');
  const fit = await jsonInProcess<FitJson>(['fit', 'TABLE', ...FEW], table());
  writeFileSync(path, JSON.stringify(fit));
  const { params, budgets, ranges } = await json(['--truth', `fit:${path}`, '--budget', '1e24']);
  expect([params, ranges]).toEqual([fit.params, { C: fit.computeRange }]);
  expect(Math.abs(budgets[0]!.N.value / fit.frontier.find(({ C }) => C === 1e24)!.N - 1)).toBeLessThan(1e-12);
  expect(Object.keys(budgets[0]!.beyond)).toEqual(['C']);
});

it('money buys what the devices do', async () => {
  const hardware = ['--device', 'h100-sxm', '--count', '1024', '--utilisation', '0.4', '--price', '2.5'];
  const { budgets, targets } = await json(['--truth', 'published:hoffmann', '--money', '1e6', '--target-loss', '2', ...hardware]);
  expect(budgets.map(({ C }) => C)).toEqual([(((1e6 / 2.5) * 3600) * 989.4e12) * 0.4].map((C) => expect.closeTo(C, -12)));
  expect(Object.keys(targets[0]!.training!)).toEqual(['hours', 'deviceHours', 'money', 'energy']);
});

it('prints text, and remarks beside a file', async () => {
  const out = join(folder, 'plan.txt');
  const asked = ['plan', '-', ...FEW, '--budget', '1e24', '--out', out];
  const { code, stdout, stderr } = await isoloss(asked, table());
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(/^isoloss: warning: The optimum for 1e24 FLOPs is beyond the runs, .*: no run says that the law holds there\.\n/);
  expect(stderr.endsWith(`isoloss: wrote ${out}\n`)).toBe(true);
  expect(readFileSync(out, 'utf8')).toMatch(/^Plan by the law chinchilla fitted to standard input\n[^]*\nCompute-optimal for 1e24 FLOPs, /);
  expect(await isoloss([...asked, '-q'], table())).toEqual({ code: 0, stdout: '', stderr: '' });
});

it('writes a page where the file is one', async () => {
  const out = join(folder, 'plan.html');
  const asked = ['plan', '--truth', 'published:hoffmann', '--budget', '1e24', '--models', '--bits', '4,16', '--quiet', '--out', out];
  expect(await inProcess(asked)).toBe(0);
  const page = readFileSync(out, 'utf8');
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain('<title>Plan by Hoffmann et al. 2022, Eq. 10, unrounded</title>');
  expect([...page.matchAll(/<div class="chart" id="chart-([\w-]+)"/g)].map(([, name]) => name)).toEqual(['flatness', 'penalty', 'bits', 'models']);
});

it('constants of bits can be given, and architectures have the heads that are asked for', async () => {
  const { budgets } = await json(['--truth', 'published:hoffmann', '--budget', '1e22', '--bits', '8', '--bit-scales', '3,3,3', '--architectures', '2', '--heads', '22']);
  const { precision, shapes } = budgets[0] as unknown as { precision: { widths: { bits: number; isBest: boolean; share: number }[] }; shapes: { architecture: { heads: number } }[] };
  expect(precision.widths[0]!.share).toBe((1 - Math.exp(-8 / 3)) ** 3);
  expect(precision.widths[1]!.isBest).toBe(true);
  expect(shapes.map(({ architecture }) => architecture.heads)).toEqual([22, 22]);
});

it('of a fit whose certificate fails it says so, with exit code 3', async () => {
  const oneRatio = 'N,D,loss\n1e8,1e9,3.5\n2e8,2e9,3.2\n4e8,4e9,2.95\n8e8,8e9,2.75\n1.6e9,1.6e10,2.6\n3.2e9,3.2e10,2.48\n';
  const { code, stdout } = await isoloss(['plan', '-', ...FEW, '--budget', '1e22'], oneRatio);
  expect([code, stdout.split('\n')[0]]).toEqual([3, 'Plan by the law chinchilla fitted to standard input (the certificate fails)']);
});

it.each([
  ['no such table', ['none.csv', ...FEW], 'none.csv: expected a file, got nothing there. Check the path.'],
  ['no such fit', ['--truth', 'fit:none.json'], 'none.json: expected a fit as isoloss fit --json writes it, got nothing there. Check the path.'],
  ['more to drop than there is', [...FEW, '--drop-highest', '400'],
    '--drop-highest: expected a whole number from 0 to 326, got 400. One of the 327 runs must stay.'],
  ['a size that takes more tokens than there are numbers', [...FEW, '--size', '1e-300'],
    '--size: expected parameters such as 7e9, for which 1e24 FLOPs are a number of training tokens, got 1e-300.'],
  ['a law that is none of sizes', [...FEW, '--law', 'power', '--columns', 'x=C'],
    `--law: expected a law of two power terms of N and D (${plannedLaws.join(', ')}), got "power". Take one of these.`],
])('%s', async (_, options, message) => {
  await expect(inProcess(['plan', '--budget', '1e24', ...options])).rejects.toThrow(new InputError(message));
});

it('runs are kept by any column of the table, and one that is not there is refused with those that are', async () => {
  const lines = table().trim().split('\n');
  const mixed = [`${lines[0]},corpus`, ...lines.slice(1).flatMap((line) => [`${line},c4`, `${line.replace(/[^,]*$/, '9.9')},oscar`])].join('\n');
  const kept = await isoloss(['fit', '-', '--json', '--where', 'corpus=c4', '--starts', '2'], mixed);
  expect((JSON.parse(kept.stdout) as { points: number }).points).toBe(lines.length - 1);
  const { code, stderr } = await isoloss(['fit', '-', '--where', 'seed=1'], mixed);
  expect([code, stderr.split('got "seed"')[0]]).toEqual([1, 'isoloss: --where seed=1: expected N, D, C, D/N, loss, weight or a column of the table, ']);
});
