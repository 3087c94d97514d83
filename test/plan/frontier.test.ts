import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import type { Law } from '../../src/laws/law.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { checkModels, frontier, frontierExponents, predictLoss, predictLosses } from '../../src/plan/frontier.ts';
import type { Model } from '../../src/types.ts';
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
      new InputError(`law: expected one of ${lawIds.join(', ')}, got "kaplan9".`));
  });
});

describe('models that a law is to predict', () => {
  const power = lawById('power');
  it.each<[Law, Model, string]>([
    [power, { N: 1e9, D: 1e10 }, 'expected a model that says x, which law power reads, got N=1.00e9,D=1.00e10. Add x=1e9, say.'],
    [power, { x: 0 }, 'expected the variable above 0, got x=0. Law power takes the logarithm of it.'],
    [lawById('chinchilla'), { N: 1e9 }, 'expected a model that says D (training tokens), which law chinchilla reads, got N=1.00e9. Add D=1.4T, say.'],
    [lawById('chinchilla'), { N: 1e9, D: 1e10, G: 3 }, 'expected what law chinchilla reads (N, D), got N=1.00e9,D=1.00e10,G=3. Leave out G, or fit a law that reads it.'],
    [lawById('sparsity'), { N: 1e9, D: 1e10, S: 1 }, 'expected share of the parameters that a token uses above 0, got N=1.00e9,D=1.00e10,S=1. Law sparsity takes the logarithm of it.'],
  ])('%#', (law, model, message) => {
    expect(() => checkModels(law, [model])).toThrow(new InputError(`predict: ${message}`));
  });

  it('say what the law reads; the rest is as usual', () => {
    expect(() => checkModels(lawById('moe'), [{ N: 1e9, D: 1e10 }, { N: 1e9, D: 1e10, G: 4 }])).not.toThrow();
    expect(() => checkModels(power, [{ x: 3 }])).not.toThrow();
  });
});

describe('the losses of a table', () => {
  const [N, D] = [Float64Array.of(7e7, 1e9, 7e10), Float64Array.of(1e9, 3e10, 1.4e12)];
  const columns = { N, D, C: N.map((size, i) => 6 * size * D[i]!), U: Float64Array.of(5e8, 3e10, NaN) };
  const DECAY = { E: 1.69, A: 406, B: 410, alpha: 0.34, beta: 0.28, R_D: 15, R_N: 5 };

  it.each([['chinchilla', LAW], ['data-constrained', DECAY]] as const)('%s: are those of its runs one by one', (law, params) => {
    const natural = Object.fromEntries(lawById(law).params.map((name) => [name, (params as Record<string, number>)[name] ?? 1]));
    const one = Array.from(N, (_, i) => predictLoss(law, natural, { N: N[i]!, D: D[i]!, ...(columns.U[i]! > 0 && { U: columns.U[i]! }) }));
    expect(new Set(one).size).toBe(3);
    expect(Array.from(predictLosses(law, natural, columns))).toEqual(one);
  });
});
