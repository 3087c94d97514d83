import { describe, expect, it } from 'vitest';
import type { TwoTerms } from '../../src/laws/law.ts';
import { frontier } from '../../src/plan/frontier.ts';
import { hasFrontier, lossOf, optimumAt, optimumReaching, sizeReaching, sumAt, tokensReaching } from '../../src/plan/terms.ts';
import { FRONTIERS, halfDigit } from '../support/published.ts';
import { lossBy, off, POWERS, SARDANA } from './sardana.ts';

const GAMMA = { ...SARDANA, gamma: 0.7 };

describe.each(FRONTIERS)('with the constants of $name', ({ params, constants, rows }) => {
  it('a loss has the compute, N and D that are published with it', () => {
    const [, , gamma, K] = constants.map(Number);
    for (const [C, N, D, loss] of rows) {
      const point = optimumReaching(params, Number(loss));
      // The loss is printed to 5e-7, which of the reducible part x is so much in C^−γ; C is N·D, whose exponents are positive.
      const spread = halfDigit(loss) / (K * (C / 6) ** -gamma) / gamma;
      expect([off(point?.C, C), off(point?.N, Number(N)), off(point?.D, Number(D))].map((error) => error < 1.01 * spread + 1e-6))
        .toEqual([true, true, true]);
      expect(off(point?.C, C * (1 + 3 * spread))).toBeGreaterThan(1.01 * spread);
    }
  });

  it('is the frontier of the law', () => {
    for (const [C] of rows) {
      const [{ N, D, loss }] = frontier('chinchilla', params, [C]);
      const point = optimumAt(params, C);
      expect([off(point?.N, N), off(point?.D, D), off(point?.loss, loss)].every((error) => error < POWERS)).toBe(true);
    }
  });
});

describe.each<[string, TwoTerms]>([['a sum of terms', SARDANA], ['a power of it', GAMMA]])('%s', (_, law) => {
  it('is the law', () => {
    const size = { N: 3e9, D: 4e10 };
    expect(off(lossOf(law, size), lossBy(law, size))).toBeLessThan(POWERS);
    expect(off(sumAt(law, lossOf(law, size)), SARDANA.A / 3e9 ** SARDANA.alpha + SARDANA.B / 4e10 ** SARDANA.beta)).toBeLessThan(POWERS);
  });

  it('has no better model at the same compute', () => {
    for (const C of [1e18, 1e22, 1e26]) {
      const best = optimumAt(law, C)!;
      expect(off(6 * best.N * best.D, C)).toBeLessThan(POWERS);
      // The loss is flat at the optimum: a step of 1e-3 in log N changes it by 1e-8 or more.
      for (const step of [0.999, 1.001]) expect(lossOf(law, { N: best.N * step, D: best.D / step })).toBeGreaterThan(best.loss);
    }
  });

  it('is the same frontier by compute and by loss', () => {
    const point = optimumAt(law, 1e23)!;
    const other = optimumReaching(law, point.loss);
    expect([off(other?.N, point.N), off(other?.D, point.D), off(other?.C, point.C)].every((error) => error < 100 * POWERS)).toBe(true);
  });

  it('solves for tokens and for parameters', () => {
    const loss = lossOf(law, { N: 5e9, D: 2e11 });
    // The term that is solved for is what is left of x: rounding there is amplified a few times, then by 1/exponent.
    expect(off(tokensReaching(law, loss, 5e9), 2e11)).toBeLessThan(100 * POWERS);
    expect(off(sizeReaching(law, loss, 2e11), 5e9)).toBeLessThan(100 * POWERS);
  });

  it('reaches no loss at its floor or below, and with too few parameters, or tokens, none at all', () => {
    expect([1.69, 1.5, NaN].map((loss) => sumAt(law, loss))).toEqual([NaN, NaN, NaN]);
    expect([1.69, 1.5, NaN].map((loss) => optimumReaching(law, loss))).toEqual([undefined, undefined, undefined]);
    expect([tokensReaching(law, 1.69, 1e12), sizeReaching(law, 1.69, 1e12)]).toEqual([Infinity, Infinity]);
    const loss = lossOf(law, { N: 5e9, D: Infinity });
    expect([tokensReaching(law, loss, 4.99e9), tokensReaching(law, loss, 5.01e9) < Infinity]).toEqual([Infinity, true]);
  });
});

/** With all exponents of Kaplan et al. 2020, arXiv:2001.08361, Table 2; values worked out outside the project. */
it("is Kaplan's law too", () => {
  const kaplan = { E: 0, A: 6.4e13 ** (0.076 / 0.103), alpha: 0.076 / 0.103, B: 1.8e13, beta: 1, gamma: 0.103 };
  for (const [N, D, loss] of [[1e8, 1e9, '2.956734'], [1e9, 2.3e10, '2.367307'], [1.5e9, 2.3e10, '2.310064']] as const) {
    expect(Math.abs(lossOf(kaplan, { N, D }) - Number(loss))).toBeLessThanOrEqual(halfDigit(loss));
  }
});

it.each<[string, Partial<TwoTerms>]>([
  ['alpha', { alpha: 0 }], ['beta', { beta: -0.1 }], ['gamma', { gamma: 0 }], ['A', { A: NaN }], ['B', { B: 0 }], ['E', { E: Infinity }],
])('has no frontier with such a %s', (_, change) => {
  const law = { ...SARDANA, ...change };
  expect([hasFrontier(SARDANA), hasFrontier(law)]).toEqual([true, false]);
  expect([optimumAt(law, 1e21), optimumReaching(law, 2.5)]).toEqual([undefined, undefined]);
});

it('has no optimum that is no number', () => {
  expect(optimumAt({ ...SARDANA, A: 1e300, alpha: 1e-3, beta: 1e-3 }, 1e23)).toBeUndefined();
  expect(optimumReaching(SARDANA, SARDANA.E * (1 + 2 ** -52))).toMatchObject({ loss: SARDANA.E * (1 + 2 ** -52) });
  expect(optimumReaching({ ...SARDANA, alpha: 0.01 }, SARDANA.E * (1 + 2 ** -52))).toBeUndefined();
});
