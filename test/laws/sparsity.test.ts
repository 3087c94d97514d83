/** The law of sparse mixtures of experts: with its published constants, and where it is one of fewer terms. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { InputError } from '../../src/errors.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { sparsity as law } from '../../src/laws/sparsity.ts';
import { SPARSITY } from '../../src/paper/abnar.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import { sparseLoss } from '../../src/plan/sparsity.ts';
import { sweepOfLaw } from '../support/laws.ts';

const U = 2 ** -53;
const { a, b, c, d, e, alpha, beta, lambda, delta, gamma } = SPARSITY;
const PARAMS = { E: e, A: a, B: b, alpha, beta, C: c, lambda, G: d, delta, gamma };
const SIZES = [{ N: 1e8, D: 2e9 }, { N: 1e10, D: 1e11 }, { N: 1e12, D: 1e13 }];

describe.each(SIZES)('with the published constants, of N = $N on D = $D', (size) => {
  const lossOf = (S: number, params = PARAMS) => predictLoss('sparsity', params, { ...size, S });

  it.each([0, 0.5, 0.98])('is as src/plan/sparsity.ts says at S = %d', (S) => {
    // Powers of numbers near exp 30.
    expect(Math.abs(lossOf(S) / sparseLoss(SPARSITY, size, S) - 1)).toBeLessThan(200 * U);
    expect(Math.abs(lossOf(S, { ...PARAMS, lambda: -lambda }) / sparseLoss(SPARSITY, size, S) - 1) > 1e-3).toBe(S > 0);
  });

  it('at S = 0, and of a model that says none, has C in E and two terms of N', () => {
    const dense = e + c + a / size.N ** alpha + d / size.N ** gamma + b / size.D ** beta;
    expect(Math.abs(lossOf(0) / dense - 1)).toBeLessThan(200 * U);
    expect(predictLoss('sparsity', PARAMS, size)).toBe(lossOf(0));
  });

  it('at S = 0, where the exponents of N are one, is Chinchilla\'s with A + G and E + C', () => {
    const theirs = predictLoss('chinchilla', { E: e + c, A: a + d, B: b, alpha, beta }, size);
    expect(Math.abs(lossOf(0, { ...PARAMS, gamma: alpha }) / theirs - 1)).toBeLessThan(200 * U);
    expect(Math.abs(lossOf(0.1, { ...PARAMS, gamma: alpha }) / theirs - 1)).toBeGreaterThan(1e-4);
  });
});

it('has slopes of Chinchilla\'s where the terms of sparsity are nothing', () => {
  const inputs = [-1, 2, 0.5].map((log) => Float64Array.of(log));
  const x = [0.5, -1, -0.5, 0.4, 0.3];
  const evaluate = (of: typeof law | typeof chinchilla, at: readonly number[]) => {
    const jacobian = of.params.map(() => new Float64Array(1));
    of.predict(at, inputs, new Float64Array(1), jacobian);
    return jacobian.map(([slope]) => slope!);
  };
  const ours = evaluate(law, [...x, -800, -0.2, -800, 0.2, 0.2]);
  expect(ours.slice(0, 5)).toEqual(evaluate(chinchilla, x));
  expect(ours.slice(5).map(Math.abs)).toEqual([0, 0, 0, 0, 0]);
});

it('has λ and δ of either sign, and no frontier', () => {
  const natural = law.params.map((name) => PARAMS[name as keyof typeof PARAMS]);
  expect(law.brokenBounds(natural)).toEqual([]);
  expect(law.brokenBounds(natural.with(6, 0.2).with(8, -0.1))).toEqual([]);
  expect(law.brokenBounds(natural.with(3, 0).with(9, NaN))).toEqual(['alpha <= 0', 'gamma <= 0']);
  expect(law).not.toHaveProperty('frontier');
  expect(law).not.toHaveProperty('terms');
});

it('finds a λ above 0 too', async () => {
  const { columns, loss, ...rest } = sweepOfLaw('sparsity', 0);
  const truth = { ...PARAMS, C: 0.05, lambda: 0.5, alpha: 0.9, A: 3e7 };
  const opposite = { ...rest, columns, loss: loss.map((_, i) => predictLoss('sparsity', truth, { N: columns.N[i]!, D: columns.D[i]!, S: columns.S![i]! })) };
  const { params } = await fitOn(cpuBackend(1), opposite, { law: 'sparsity' });
  expect(Math.abs(params.lambda! / 0.5 - 1)).toBeLessThan(1e-6);
});

it('refuses a table without sparsity', async () => {
  const { columns: { S: _, ...columns }, ...rest } = sweepOfLaw('sparsity');
  await expect(fitOn(cpuBackend(1), { ...rest, columns }, { law: 'sparsity' })).rejects.toThrow(new InputError(
    'case: expected a column for S (sparsity), which law sparsity reads, got none. Name it: --columns S=NAME, ' +
    'in code { columns: { S: \'NAME\' } }. Or hold what it determines by --fix: then 1 - S is 1 in every run.'));
});
