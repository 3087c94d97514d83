/** `isoloss fit --influence` from a table to the runs that matter. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import type { FitJson } from '../../src/report/json.ts';
import { fit, inProcess, jsonInProcess, table } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
afterAll(() => rmSync(folder, { recursive: true }));

const RUNS = table();
const FEW = ['--backend', 'cpu', '--starts', '8'];
/** With a column of four clusters, one an amount of data. */
const CLUSTERED = RUNS.trim().split('\n').map((line, k) => `${line},${k === 0 ? 'Data Seed' : `s${k % 4}`}`).join('\n');

async function influence(options: readonly string[], content = RUNS) {
  return (await jsonInProcess<FitJson>(['fit', 'TABLE', ...FEW, '--influence', ...options], content)).influence!;
}

it('leaves out each run once: that of a table without it', async () => {
  const { left } = await influence([]);
  expect(left.map(({ runs }) => runs.map(({ line }) => line))).toEqual(Array.from({ length: 12 }, (_, k) => [k + 2]));
  const without = (k: number) => jsonInProcess<FitJson>(['fit', 'TABLE', ...FEW], RUNS.split('\n').toSpliced(k + 1, 1).join('\n'));
  const [all, fifth] = await Promise.all([jsonInProcess<FitJson>(['fit', 'TABLE', ...FEW], RUNS), without(5)]);
  // Both descents stop where no more than 1e-12 of the objective can be gained, so parameters, of which it is quadratic, agree to about 1e-6.
  const change = (k: number) => left[k]!.change['alpha']! - (fifth.params['alpha']! - all.params['alpha']!);
  expect(Math.abs(change(5))).toBeLessThan(1e-5);
  expect(Math.abs(change(6))).toBeGreaterThan(1e-5);
});

it.each([
  ['a column', 'data seed', CLUSTERED, ['s1', 's2', 's3', 's0']],
  ['sizes', 'N', RUNS, [1e8, 4e8, 1.6e9]],
])('leaves out clusters by %s', async (_, column, content, clusters) => {
  const { left } = await influence(['--cluster', column], content);
  expect(left.map(({ cluster }) => cluster)).toEqual(clusters);
});

it('the text has it after the frontier, beside a bootstrap too', async () => {
  const { stdout, stderr } = await fit(['-', '--influence', '--bootstrap', '9'], RUNS);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/\nBootstrap\n[^]*\nCompute-optimal[^]*\nInfluence\n {2}Left out {3}12 runs, one at a time, in [^]*\n {2}line +N +D +loss/);
});

const FIVE = RUNS.split('\n').filter((_, k) => ![2, 3, 4, 6, 7, 8, 10].includes(k)).join('\n');
const BESIDE = 'expected at least 5 runs beside it, one for each parameter of chinchilla, got';

it.each([
  ['a run that is needed', FIVE, [], `line 2: ${BESIDE} 4.`],
  ['a cluster that is needed', CLUSTERED.replaceAll(/s[123]$/gm, 'rest'), ['--cluster', 'Data Seed'], `cluster "rest": ${BESIDE} 3.`],
  ['a size that is needed', RUNS, ['--cluster', 'N', '--where', 'N<1B'], `cluster 100000000: ${BESIDE} 4.`],
])('%s: the message says where', async (_, content, options, message) => {
  const runs = join(folder, 'runs.csv');
  writeFileSync(runs, content);
  await expect(inProcess(['fit', runs, ...FEW, '--influence', ...options]))
    .rejects.toThrow(new InputError(`${runs}, ${message} Add runs, so that it can be left out.`));
});
