import { expect, it } from 'vitest';
import { ratioRule, sizeRule } from '../../src/plan/rules.ts';
import { halfDigit } from '../support/published.ts';
import { refused } from './refusals.ts';
import { off, POWERS } from './sardana.ts';

/** Kaplan et al. 2020, arXiv:2001.08361, Table 6, in PF-days (§1.3). */
const PF_DAY = 8.64e19;
const KAPLAN = { coefficient: 1.3e9, exponent: 0.73, unit: PF_DAY };

it("Chinchilla's own compute is for Chinchilla", () => {
  const { N, D } = ratioRule(6 * 70e9 * 1.4e12);
  expect([off(N, 70e9) < POWERS, off(D, 1.4e12) < POWERS]).toEqual([true, true]);
});

/** What is known of GPT-3's compute: 51B parameters on 1.02T tokens. */
it("GPT-3's compute is for a third of it", () => {
  const { N, D } = ratioRule(3.15e23);
  expect([Math.round(N / 1e9), Math.round(D / 1e10)]).toEqual([51, 102]);
});

it('another ratio is another model of the same compute', () => {
  const { N, D } = ratioRule(1e23, 100);
  expect([off(D / N, 100) < POWERS, off(6 * N * D, 1e23) < POWERS]).toEqual([true, true]);
});

/** Worked out outside the project from Kaplan et al. 2020, Table 6: 100 PF-days. */
it("Kaplan's rule has its printed size", () => {
  const printed = '3.749241e10';
  expect(Math.abs(sizeRule(100 * PF_DAY, KAPLAN).N - Number(printed))).toBeLessThanOrEqual(halfDigit(printed));
});

/** Hoffmann et al. 2022, §D.4, print 4.68e9 parameters for 1e21 FLOPs, half of which are C_min. */
it('is read as Hoffmann et al. read it', () => {
  const { N, D } = sizeRule(1e21, { ...KAPLAN, share: 0.5 });
  expect(Math.abs(N - 4.68e9)).toBeLessThan(halfDigit('4.68e9'));
  expect(Math.abs(sizeRule(1e21, KAPLAN).N - 4.68e9)).toBeGreaterThan(halfDigit('4.68e9'));
  expect(off(6 * N * D, 1e21)).toBeLessThan(POWERS);
});

refused([
  ['compute', () => ratioRule(0), 'expected positive training FLOPs such as 1e21, got 0.'],
  ['ratio', () => ratioRule(1e21, -1), 'expected positive tokens a parameter such as 20, got -1.'],
  ['compute', () => sizeRule(NaN, KAPLAN), 'expected positive training FLOPs such as 1e21, got NaN.'],
  ['unit', () => sizeRule(1e21, { ...KAPLAN, unit: 0 }), 'expected positive FLOPs such as 8.64e19, got 0.'],
  ['share', () => sizeRule(1e21, { ...KAPLAN, share: 2 }), 'expected a share of the training FLOPs above 0 and at most 1, got 2. Write 40 % as 0.4.'],
  ['coefficient', () => sizeRule(1e21, { ...KAPLAN, coefficient: 0 }), 'expected positive parameters such as 1.3e9, got 0.'],
]);
