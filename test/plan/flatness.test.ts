import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { flatness } from '../../src/plan/flatness.ts';
import { frontier } from '../../src/plan/frontier.ts';
import { LAW } from '../support/cases.ts';
import { FRONTIERS } from '../support/published.ts';

const BUDGETS = [1e19, 5.76e23, 1e27];

/** The law, written again, at fixed C. */
function lossAt({ E, A, B, alpha, beta }: typeof LAW, C: number, N: number): number {
  return E + A / N ** alpha + B / (C / (6 * N)) ** beta;
}

describe.each(FRONTIERS)('with the constants of $name', ({ params }) => {
  const law = params as typeof LAW;

  it.each([0.001, 0.01, 0.3])('the loss is %d above the best one at both ends, to 1e-9 in N', (excess) => {
    for (const C of BUDGETS) {
      const [{ N: best }] = frontier('chinchilla', law, [C]);
      const limit = (1 + excess) * lossAt(law, C, best);
      const { N: [low, high] } = flatness('chinchilla', law, C, excess);
      // The loss changes by 1e-3 or more of what N does there, 1e-12, and is rounded to a few 1e-16.
      for (const [end, outward] of [[low, 1 - 1e-9], [high, 1 + 1e-9]]) {
        expect(lossAt(law, C, end / outward)).toBeLessThan(limit);
        expect(lossAt(law, C, end * outward)).toBeGreaterThan(limit);
      }
      expect([low < best, best < high]).toEqual([true, true]);
    }
  });

  it('is about N_opt·exp(±√(2x/κ)) where little is given up', () => {
    const { E: _, A, alpha, beta } = law;
    for (const C of BUDGETS) {
      const [{ N: best, loss }] = frontier('chinchilla', law, [C]);
      const reach = Math.sqrt((2e-8 * loss) / (alpha * (alpha + beta) * A * best ** -alpha));
      const { N: [low, high] } = flatness('chinchilla', law, C, 1e-8);
      // The next term of log N is smaller by the reach, 1e-3, times the exponents.
      expect(Math.abs(Math.log(high / best) / reach - 1)).toBeLessThan(1e-3);
      expect(Math.abs(Math.log(best / low) / reach - 1)).toBeLessThan(1e-3);
    }
  });
});

it('has the tokens that the compute leaves', () => {
  const { N, D } = flatness('chinchilla', LAW, 1e23, 0.01);
  expect(D).toEqual([1e23 / (6 * N[1]), 1e23 / (6 * N[0])]);
  expect(D[0]).toBeLessThan(D[1]);
});

it('is wider where more is given up', () => {
  const [narrow, wide] = [0.001, 0.01].map((excess) => flatness('chinchilla', LAW, 1e23, excess).N);
  expect([wide[0] < narrow[0], narrow[1] < wide[1]]).toEqual([true, true]);
});

it('is the same by the law that has the exponent as a parameter', () => {
  const { E, A, B, alpha, beta } = LAW;
  const other = flatness('chinchilla-allocation', { E, A, B, a: beta / (alpha + beta), s: alpha + beta }, 1e23, 0.001);
  const one = flatness('chinchilla', LAW, 1e23, 0.001);
  for (const k of [0, 1]) expect(Math.abs(other.N[k] / one.N[k] - 1)).toBeLessThan(1e-9);
});

it('has no end where the loss stays that low for all smaller models, or all larger ones', () => {
  const small = flatness('chinchilla', { E: 1.7, A: 1, B: 400, alpha: 1e-5, beta: 0.3 }, 1e24, 0.01);
  expect([small.N[0], small.D[1]]).toEqual([0, Infinity]);
  expect([small.N[1] < Infinity, small.D[0] > 0]).toEqual([true, true]);
  const large = flatness('chinchilla', { E: 1.7, A: 400, B: 1, alpha: 0.3, beta: 1e-5 }, 1e24, 0.01);
  expect([large.N[1], large.D[0]]).toEqual([Infinity, 0]);
  expect([large.N[0] > 0, large.D[1] < Infinity]).toEqual([true, true]);
});

describe('is refused', () => {
  it.each([0, -0.01, NaN, Infinity])('an excess of %d', (excess) => {
    expect(() => flatness('chinchilla', LAW, 1e23, excess)).toThrow(
      new InputError(`excess: expected a positive share of the best loss such as 0.001, got ${excess}.`));
  });

  it('a compute that is not positive', () => {
    expect(() => flatness('chinchilla', LAW, -1, 0.01)).toThrow(
      new InputError('budget: expected positive training FLOPs such as 1e21, got -1.'));
  });

  it('a law without an optimum', () => {
    expect(() => flatness('chinchilla', { ...LAW, alpha: -0.1, beta: 0 }, 1e23, 0.01)).toThrow(
      new InputError('params: expected a law with an optimal size at each compute, got alpha <= 0 and beta <= 0. Fit again, with more runs.'));
  });

  it('an optimum beyond all numbers', () => {
    expect(() => flatness('chinchilla', { ...LAW, A: 1e300, alpha: 1e-3, beta: 1e-3 }, 1e23, 0.01)).toThrow(
      new InputError('params: expected an optimal size that is a number, got Infinity parameters. Fit again, with more runs.'));
  });
});
