/** The law of routed language models: with its published constants, and its limits. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { InputError } from '../../src/errors.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { moeExperts as law } from '../../src/laws/moe-experts.ts';
import { CUTOFF, ROUTING } from '../../src/paper/clark.ts';
import { routedLoss } from '../../src/plan/experts.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import { sweepOfLaw } from '../support/laws.ts';

const U = 2 ** -53;
const EXPERTS = [1, 2, 8, 64, 512];

describe.each(['S-BASE', 'RL-R', 'HASH'] as const)('with the constants of %s', (name) => {
  const { a, b, c, d, start: E_start, most: E_max } = ROUTING[name];
  const params = { a, b, c, d, E_start, E_max };
  const lossOf = (N: number, experts: number) => predictLoss('moe-experts', params, { N, experts });

  it('is log L = a·log N + b·log Ê + c·log N·log Ê + d', () => {
    for (const N of [1e7, 1.3e9, 1e11]) for (const experts of EXPERTS) {
      // Sums of logs of up to 5.
      expect(Math.abs(lossOf(N, experts) / routedLoss(ROUTING[name], N, experts) - 1)).toBeLessThan(200 * U);
    }
    expect(Math.abs(lossOf(1.3e9, 8) / routedLoss({ ...ROUTING[name], start: 1.01 * E_start }, 1.3e9, 8) - 1)).toBeGreaterThan(1e-6);
  });

  it('counts one expert as E_start, and as many as there can be as E_max', () => {
    const plain = (N: number, counted: number) => 10 ** (a * Math.log10(N) + b * Math.log10(counted) + c * Math.log10(N) * Math.log10(counted) + d);
    expect(Math.abs(lossOf(1e9, 1) / plain(1e9, E_start) - 1)).toBeLessThan(200 * U);
    // Ê falls short of E_max by its square over the experts.
    expect(Math.abs(lossOf(1e9, 1e12) / plain(1e9, E_max) - 1)).toBeLessThan(1e-8);
    expect(Math.abs(lossOf(1e9, 1e4) / plain(1e9, E_max) - 1)).toBeGreaterThan(1e-5);
  });

  it('has more experts help below the cut-off, and harm above it', () => {
    const cutoff = 10 ** (-b / c);
    const gain = (N: number) => Math.log(lossOf(N, 2) / lossOf(N, 512));
    expect([gain(0.99 * cutoff) > 0, gain(1.01 * cutoff) < 0]).toEqual([true, true]);
    expect(Math.abs(gain(cutoff))).toBeLessThan(200 * U);
    // What b and c, printed to three decimals, leave open.
    const [least, most] = [(-b - 0.0005) / (c + 0.0005), (-b + 0.0005) / (c - 0.0005)];
    const within = (N: number) => Math.log10(N) > least && Math.log10(N) < most;
    expect([within(CUTOFF[name]), within(CUTOFF[name] / 20)]).toEqual([true, false]);
  });
});

it('takes a log of 80 where E_start is not below E_max, and finite slopes', () => {
  const inputs = [Float64Array.of(0.5), Float64Array.of(3)];
  for (const [m, n] of [[3, 3], [6, 1]] as const) {
    const [prediction, jacobian] = [new Float64Array(1), law.params.map(() => new Float64Array(1))];
    law.predict([-0.1, -0.1, 0.01, 1, m, n], inputs, prediction, jacobian);
    expect(Math.log(prediction[0]!)).toBeCloseTo(80, 10);
    expect(jacobian.every(([slope]) => Number.isFinite(slope))).toBe(true);
  }
});

it('reads no D, and refuses a table without experts', async () => {
  expect(law.inputs).not.toContain('D');
  expect(law).not.toHaveProperty('frontier');
  const { columns: { experts: _, ...columns }, ...rest } = sweepOfLaw('moe-experts');
  await expect(fitOn(cpuBackend(1), { ...rest, columns }, { law: 'moe-experts' })).rejects.toThrow(new InputError(
    'case: expected a column for experts (in a layer), which law moe-experts reads, got none. Name it: --columns experts=NAME, ' +
    'in code { columns: { experts: \'NAME\' } }. Or hold what it determines by --fix: then experts is 1 in every run.'));
});

it.each([
  [-0.1, 2, 300, []], [0, 2, 300, ['a >= 0']], [NaN, 300, 300, ['a >= 0', 'E_start >= E_max']], [-0.1, 2, NaN, ['E_start >= E_max']],
])('a %d, E_start %d and E_max %d break the bounds %j', (a, start, most, broken) => {
  expect(law.brokenBounds([a, -0.1, 0.01, 1, start, most])).toEqual(broken);
});
