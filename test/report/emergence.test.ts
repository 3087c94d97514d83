/** Emergence as text: tables that have room. */
import { expect, it } from 'vitest';
import { publishedTruth } from '../../src/paper/truths.ts';
import type { Ruler } from '../../src/plan/rulers.ts';
import { emergenceText, emergenceWarnings, type EmergenceReport } from '../../src/report/emergence.ts';
import { emergenceOf } from '../../src/stats/emergence.ts';

const TOKENS = [1, 5, 30, 100];
const RULERS: readonly Ruler[] = [{ kind: 'token-accuracy' }, ...TOKENS.map((tokens): Ruler => ({ kind: 'exact-match', tokens })), { kind: 'edit-distance', tokens: 100 }];

function reportOf(items: number): EmergenceReport {
  const { name: source, law, params } = publishedTruth('hoffmann');
  const basis = { law, params, ranges: { C: [1e18, 1e21] as const } };
  const options = { scale: { budgets: [1e20, 1e21, 1e22] }, rulers: RULERS, items };
  return { ...basis, source, options, emergence: emergenceOf(basis, options) };
}

it('is 100 columns wide with many rulers, and what a test shows has each of them', () => {
  const [, shown] = emergenceText(reportOf(1000)).split('What a test of 1,000 items shows\n');
  expect(emergenceText(reportOf(1000)).split('\n').filter((line) => line.length > 100)).toEqual([]);
  const titles = shown!.split('\n').filter((line) => line.startsWith('  C (FLOP)')).join(' ');
  expect(titles.match(/exact \d+|per token/g)).toEqual(['per token', ...TOKENS.map((tokens) => `exact ${tokens}`)]);
  expect(titles.match(/±  P\(zero\)/g)).toHaveLength(5);
});

it('counts one as one', () => {
  expect(emergenceText(reportOf(1))).toContain('\nWhat a test of 1 item shows\n');
  expect(emergenceWarnings(reportOf(1))[0]).toMatch(/^1 of the 3 models is beyond the runs, by up to \S+×: no run says that the law holds there\.$/);
});
