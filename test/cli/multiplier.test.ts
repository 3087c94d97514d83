/** `isoloss multiplier` and `isoloss sensitivity`, from tables to what they print. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseCommand } from '../../src/cli/args.ts';
import { UsageError } from '../../src/cli/usage.ts';
import { InputError } from '../../src/errors.ts';
import { inProcess, isoloss, jsonInProcess } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FEW = ['--backend', 'cpu', '--starts', '8'];
const QUICK = [...FEW, '--bootstrap', '20', '--tests', '0'];

/** Runs by Hoffmann's law, a token of which counts as q, with a ripple of 0.2 %. */
function rows(q: number, end = ''): string[] {
  return [1e8, 4e8, 1.6e9].flatMap((N) => [2e9, 8e9, 3.2e10, 1.28e11].map((D) => [N, D])).map(([N, D], i) =>
    `${N},${N! * 0.8},${D},${((1.7 + 400 / N! ** 0.34 + 410 / (q * D!) ** 0.28) * (1 + 0.002 * Math.sin(5 * i))).toFixed(6)}${end}`);
}
function file(name: string, lines: readonly string[], more = ''): string {
  const path = join(folder, name);
  writeFileSync(path, [`N,bare,D,loss${more}`, ...lines].join('\n'));
  return path;
}
const [old, better] = [file('old.csv', rows(1)), file('new.csv', rows(1.7))];
const both = file('both.csv', [...rows(1, ',web'), ...rows(1.7, ',books'), ...rows(0.6, ',chat')], ',data');

interface MultiplierJson { readonly comparisons: readonly { readonly base: { name: string }; readonly other: { name: string }; readonly at: readonly { compute: { value: number } }[]; readonly data: { q: { value: number; interval: readonly [number, number] } } }[] }

describe('multiplier', () => {
  it('of two tables: the second by the first', async () => {
    const { comparisons } = await jsonInProcess<MultiplierJson>(['multiplier', old, better, ...QUICK, '--target-loss', '2.6,2.8', '--budget', '1e20']);
    expect(comparisons.map(({ base, other, at }) => [base.name, other.name, at.length])).toEqual([['old.csv', 'new.csv', 3]]);
    expect(comparisons[0]!.data.q.value).toBeCloseTo(1.7, 1);
  });

  it('of the groups of one: each by the first, or by the one that is named', async () => {
    const asked = ['multiplier', both, '--group', 'data', ...QUICK, '--budget', '1e20'];
    const names = ({ comparisons }: MultiplierJson) => comparisons.map(({ base, other }) => `${other.name} by ${base.name}`);
    expect(names(await jsonInProcess(asked))).toEqual(['books by web', 'chat by web']);
    const against = await jsonInProcess<MultiplierJson>([...asked, '--against', 'books']);
    expect(names(against)).toEqual(['web by books', 'chat by books']);
    expect(against.comparisons[0]!.data.q.value).toBeCloseTo(1 / 1.7, 1);
  });

  it('prints text', async () => {
    const out = join(folder, 'out.txt');
    expect(await inProcess(['multiplier', old, better, ...QUICK, '--budget', '1e20', '-q', '--out', out])).toBe(0);
    expect(readFileSync(out, 'utf8')).toMatch(/^new\.csv against old\.csv, by the law chinchilla\n {2}At 1e20 FLOPs new\.csv reaches the same loss with 1\.\d+× less compute than old\.csv/);
  });

  it('--out as a page with a chart for each sweep', async () => {
    const page = join(folder, 'out.html');
    expect(await inProcess(['multiplier', both, '--group', 'data', ...QUICK, '--budget', '1e20', '-q', '--out', page])).toBe(0);
    const content = readFileSync(page, 'utf8');
    const { comparisons } = JSON.parse(/id="isoloss-result">(.*?)<\/script>/s.exec(content)![1]!) as MultiplierJson;
    expect(comparisons.map(({ other }) => other.name)).toEqual(['books', 'chat']);
    expect([...content.matchAll(/id="chart-([\w-]+)"/g)].map(([, name]) => name)).toEqual(['multiplier', 'multiplier-2']);
    expect(content).toMatch(/<h2>What books needs for the same loss, against web<\/h2>/);
    expect(content.match(/reaches the same loss with/g)!.length).toBeGreaterThan(2);
  });

  it('as a program', async () => {
    const { code, stdout, stderr } = await isoloss(['multiplier', old, better, ...QUICK, '--budget', '1e24', '--json']);
    expect([code, (JSON.parse(stdout) as MultiplierJson).comparisons.length]).toEqual([0, 1]);
    expect(stderr).toMatch(/^isoloss: warning: Some of these optima are beyond the runs, /);
  });

  it.each([
    ['no such group', [both, '--group', 'data', '--against', 'code'], '--against: expected one of the groups web, books, chat, got "code".'],
    ['no such column', [both, '--group', 'kind'], `${both}: expected a column "kind", got the columns "N", "bare", "D", "loss", "data". Name one of these.`],
  ])('%s', async (_, options, message) => {
    await expect(inProcess(['multiplier', ...options, ...QUICK])).rejects.toThrow(new InputError(message));
  });

  it('a law without power terms is refused', async () => {
    await expect(inProcess(['multiplier', old, better, '--law', 'power', ...QUICK])).rejects.toThrow(/^--law: expected a law of two power terms of N and D \(.*\), got "power"\./);
  });

  it.each([
    ['', ': expected two tables, or one and --group, got none. Begin with isoloss multiplier A.csv B.csv.'],
    ['a.csv', ': expected a second table, or --group, got neither. Add a file, or --group COLUMN to split this one.'],
    ['a b c', ': expected two tables, or one and --group, got 3. Compare two at a time.'],
    ['a b --group x', ' --group: expected one table beside it, got two. Leave one out.'],
    ['a b --against x', ' --against: expected --group beside it, got none. Of two tables the first is the base.'],
    ['- -', ': expected one table from standard input, got two. Write one of them to a file.'],
    ['a b --exclude 3', ' --exclude: expected one table beside it, got two. Which of them the lines are of is not known.'],
    ['a b --target-loss 0', ' --target-loss: expected a positive number such as 1e-3, got "0". Write a plain number.'],
  ])('isoloss multiplier %s is refused', (line, message) => {
    expect(() => parseCommand(['multiplier', ...line.split(' ').filter(Boolean)])).toThrow(new UsageError(`isoloss multiplier${message}`));
  });
});

interface SensitivityJson { readonly budget: number; readonly variants: readonly { choice: Record<string, unknown>; points: number }[]; readonly says: readonly string[] }

describe('sensitivity', () => {
  it('varies what is asked', async () => {
    const { variants, budget } = await jsonInProcess<SensitivityJson>(['sensitivity', old, ...FEW, '--budget', '1e22', '--deltas', '1e-2', '--losses', 'none', '--drops', '1,2',
      '--keep-below', 'none', '--keep-above', '0.25', '--count-as', 'N=bare', '--laws', 'chinchilla-tied']);
    expect(budget).toBe(1e22);
    expect(variants.map(({ choice, points }) => [choice['kind'], points])).toEqual([['delta', 12], ['drop', 11], ['drop', 10], ['cut', 9], ['count', 12], ['law', 12]]);
  });

  it('--out as a page with its chart', async () => {
    const page = join(folder, 'sensitivity.html');
    expect(await inProcess(['sensitivity', old, ...FEW, '--losses', 'none', '-q', '--out', page])).toBe(0);
    const content = readFileSync(page, 'utf8');
    const { variants } = JSON.parse(/id="isoloss-result">(.*?)<\/script>/s.exec(content)![1]!) as SensitivityJson;
    expect(variants.length).toBeGreaterThan(4);
    expect(content).toContain('id="chart-sensitivity"');
    expect(content).toContain('moves most with');
    expect(content).toMatch(/<th scope="row" class="words">as given<\/th>/);
  });

  it('prints text, and says what moves most', async () => {
    const out = join(folder, 'sensitivity.txt');
    expect(await inProcess(['sensitivity', old, ...FEW, '-q', '--out', out])).toBe(0);
    expect(readFileSync(out, 'utf8')).toMatch(/\n {2}N_opt for 1e24 FLOPs moves most with /);
  });

  it.each([
    ['--budget 1e22,1e23', ' --budget: expected one budget such as 1e24, got "1e22,1e23". Ask for one at a time.'],
    ['--deltas 0', ' --deltas: expected a positive number such as 1e-3, got "0". Write a plain number.'],
    ['--keep-below 50', ' --keep-below: expected quantiles of C between 0 and 1 such as 0.5, or none, got "50". Write 50 % as 0.5.'],
    ['x.csv --count-as C=bare', ' --count-as: expected N=COLUMN or D=COLUMN, got "C=bare". Name a column that counts the same in another way.'],
    ['--count-as N=bare', ' --count-as: expected a table that has this column, got the bundled sweep. Give a file.'],
  ])('isoloss sensitivity %s is refused', (line, message) => {
    expect(() => parseCommand(['sensitivity', ...line.split(' ')])).toThrow(new UsageError(`isoloss sensitivity${message}`));
  });

  it('a cell that is no count is named', async () => {
    const wrong = file('wrong.csv', rows(1).map((row, i) => (i === 2 ? row.replace(/,\d+/, ',many') : row)));
    await expect(inProcess(['sensitivity', wrong, ...FEW, '--count-as', 'N=bare'])).rejects.toThrow(
      new InputError(`${wrong}, line 4, column "bare": expected a positive count such as 1.4e12, got "many". Write a number.`));
  });
});
