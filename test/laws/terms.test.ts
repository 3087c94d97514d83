/** Laws of two power terms: what plans are made of is the law itself, and its frontier. */
import { describe, expect, it } from 'vitest';
import type { TwoTerms } from '../../src/laws/law.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { frontierOf, predictLoss } from '../../src/plan/frontier.ts';
import { lossOf, optimumAt } from '../../src/plan/terms.ts';
import { typical, typicalParams } from '../support/laws.ts';

const LAWS = lawIds.map(lawById).filter(({ terms }) => terms !== undefined);
/** A power of a number near exp 30 to an exponent near 1 is rounded to 100u or so, and Kaplan's A is one of those. */
const ROUNDED = 1e-12;
const off = (value: number | undefined, expected: number) => Math.abs(Number(value) / expected - 1);

it('the laws of N and D that have two terms', () => {
  expect(LAWS.map(({ id }) => id)).toEqual(expect.arrayContaining(['chinchilla', 'chinchilla-allocation', 'chinchilla-tied', 'chinchilla-gamma', 'kaplan']));
});

describe.each(LAWS.map((law) => [law.id, law] as const))('the law %s', (id, law) => {
  const natural = typical(law);
  const terms = law.terms!(natural);

  it.each([[1e8, 2e9], [7e10, 1.4e12], [1e12, 1e10]])('has the loss of its terms at N = %d, D = %d', (N, D) => {
    const loss = predictLoss(id, typicalParams(law), { N, D });
    expect(off(lossOf(terms, { N, D }), loss)).toBeLessThan(ROUNDED);
    for (const name of ['A', 'B', 'alpha', 'beta'] as const satisfies readonly (keyof TwoTerms)[]) {
      expect(off(lossOf({ ...terms, [name]: terms[name] * 1.001 }, { N, D }), loss)).toBeGreaterThan(100 * ROUNDED);
    }
  });

  it.each([1e18, 1e24])('has the frontier of its terms at %d FLOPs', (C) => {
    const { N, D } = frontierOf(law).allocate(natural, C);
    const optimum = optimumAt(terms, C);
    expect(off(optimum?.N, N)).toBeLessThan(ROUNDED);
    expect(off(optimum?.D, D)).toBeLessThan(ROUNDED);
    expect(off(optimumAt({ ...terms, alpha: terms.alpha * 1.001 }, C)?.N, N)).toBeGreaterThan(100 * ROUNDED);
  });
});
