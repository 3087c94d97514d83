import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { frontier, frontierExponents, predictLoss } from '../../src/plan/frontier.ts';
import { LAW, lossOf } from '../support/cases.ts';
import { FRONTIERS, halfDigit } from '../support/published.ts';

describe.each(FRONTIERS)('with the constants of $name', ({ params, constants, rows }) => {
  it('has the published points, to every printed digit', () => {
    const points = frontier('chinchilla', params, rows.map(([C]) => C));
    points.forEach(({ C, N, D, loss }, k) => {
      const [budget, ...printed] = rows[k];
      expect(C).toBe(budget);
      [N, D, loss].forEach((value, column) => {
        const text = printed[column];
        expect(Math.abs(value - Number(text)), `${C}: ${value}`).toBeLessThanOrEqual(halfDigit(text));
      });
    });
  });

  it('has the published exponents', () => {
    const { a, b } = frontierExponents('chinchilla', params);
    expect(Math.abs(a - Number(constants[0]))).toBeLessThanOrEqual(halfDigit(constants[0]));
    expect(a + b).toBeCloseTo(1, 15);
  });
});

it('keeps the order of the budgets, and of none there is nothing', () => {
  expect(frontier('chinchilla', LAW, [1e21, 1e19, 1e20]).map(({ C }) => C)).toEqual([1e21, 1e19, 1e20]);
  expect(frontier('chinchilla', LAW, [])).toEqual([]);
});

it('predicts E + A/N^α + B/D^β, whatever the order of the names', () => {
  const { beta, ...rest } = LAW;
  for (const size of [{ N: 7e7, D: 1e9 }, { N: 7e10, D: 1.4e12 }, { N: 1, D: 1 }]) {
    // Logs of A and N near 30 are rounded to 30u each.
    const error = Math.abs(predictLoss('chinchilla', { beta, ...rest }, size) / lossOf(size) - 1);
    expect(error).toBeLessThan(100 * 2 ** -53);
  }
  const chinchilla = predictLoss('chinchilla', LAW, { N: 7e10, D: 1.4e12 });
  expect(predictLoss('chinchilla', LAW, { N: 1.4e12, D: 7e10 })).not.toBe(chinchilla);
});

describe('is refused', () => {
  it.each([0, -1e21, NaN, Infinity])('a budget of %d', (budget) => {
    expect(() => frontier('chinchilla', LAW, [1e20, budget])).toThrow(
      new InputError(`budget: expected positive training FLOPs such as 1e21, got ${budget}.`));
  });

  it.each([undefined, NaN, Infinity])('a parameter that is %j', (beta) => {
    const params = { ...LAW, beta: beta as number };
    const refusal = new InputError(
      `params: expected a finite beta of law chinchilla, got ${beta}. It has E, A, B, alpha, beta.`);
    expect(() => frontier('chinchilla', params, [1e20])).toThrow(refusal);
    expect(() => frontierExponents('chinchilla', params)).toThrow(refusal);
    expect(() => predictLoss('chinchilla', params, { N: 1e9, D: 1e9 })).toThrow(refusal);
  });

  it('a law that is unknown', () => {
    expect(() => frontier('kaplan9', LAW, [1e20])).toThrow(
      new InputError('law: expected one of chinchilla, chinchilla-allocation, chinchilla-tied, chinchilla-gamma, kaplan, got "kaplan9".'));
  });
});
