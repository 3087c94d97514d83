import { describe, expect, it } from 'vitest';
import { flatness } from '../../src/plan/flatness.ts';
import { penaltyOf, sizeReachingAtRatio, spanOfLoss } from '../../src/plan/overtraining.ts';
import { ratioRule } from '../../src/plan/rules.ts';
import type { TwoTerms } from '../../src/laws/law.ts';
import { optimumAt, optimumReaching, tokensReaching } from '../../src/plan/terms.ts';
import { refused } from './refusals.ts';
import { lossBy, off, POWERS, SARDANA } from './sardana.ts';

const LAWS: readonly [string, TwoTerms][] = [['a sum of terms', SARDANA], ['a power of it', { ...SARDANA, gamma: 0.7 }]];
const C = 1e23;

describe.each(LAWS)('%s', (_, law) => {
  const best = optimumAt(law, C)!;
  const written = (size: { readonly N: number; readonly D: number }) => lossBy(law, size);

  it('the frontier itself has no penalty', () => {
    const { excess, overhead, ratio } = penaltyOf(law, best)!;
    expect([excess < POWERS, overhead < 100 * POWERS, ratio]).toEqual([true, true, best.D / best.N]);
  });

  it.each([1, 20, 1875])('a model of ratio %d has the loss of the optimum with less compute', (ratio) => {
    const size = ratioRule(C, ratio);
    const penalty = penaltyOf(law, size)!;
    expect(off(penalty.loss, written(size))).toBeLessThan(POWERS);
    expect(off((1 + penalty.excess) * best.loss, penalty.loss)).toBeLessThan(POWERS);
    expect(off(optimumAt(law, C / (1 + penalty.overhead))?.loss, penalty.loss)).toBeLessThan(100 * POWERS);
    expect([penalty.sameLoss.C < C, off(penalty.sameCompute.C, C) < POWERS]).toEqual([true, true]);
  });

  it.each([0.01, 1, 20, 1875, 1e6])('reaches a loss at ratio %d', (ratio) => {
    const size = sizeReachingAtRatio(law, best.loss, ratio)!;
    expect([off(size.D / size.N, ratio) < POWERS, off(written(size), best.loss) < POWERS]).toEqual([true, true]);
  });

  it.each([1e-6, 0.001, 0.01, 0.3, 3])('keeps the loss within %d of the best at one compute, just', (excess) => {
    const { smallest, largest } = spanOfLoss(law, C, excess)!;
    for (const size of [smallest, largest]) {
      expect(off(6 * size.N * size.D, C)).toBeLessThan(POWERS);
      // Beside e, which is rounded with the loss.
      expect(Math.abs(written(size) / best.loss - 1 - excess)).toBeLessThan(POWERS * (1 + excess));
    }
    expect([smallest.N < best.N, largest.N > best.N]).toEqual([true, true]);
  });
});

it('is the flatness of the law, found another way', () => {
  const [low, high] = flatness('chinchilla', SARDANA, C, 0.01).N;
  const { smallest, largest } = spanOfLoss(SARDANA, C, 0.01)!;
  // Bisection ends where the loss is rounded: 1e-16 over a slope of 1e-2.
  expect([off(smallest.N, low) < 1e-12, off(largest.N, high) < 1e-12]).toEqual([true, true]);
});

/** de Vries 2023: k_D = (1 − (k^−α − 1)·(A/N^α)/(B/D^β))^(−1/β), and A/N^α : B/D^β is β : α on the frontier. */
describe('"Go smol or go home"', () => {
  const { alpha, beta } = SARDANA;
  const loss = optimumAt(SARDANA, C)!.loss;
  const { N, D } = optimumReaching(SARDANA, loss)!;
  const factor = (k: number) => tokensReaching(SARDANA, loss, k * N) / D;

  it.each([0.25, 0.5, 0.75, 2])('at %d of the optimal size', (k) => {
    const closed = (1 - (k ** -alpha - 1) * (beta / alpha)) ** (-1 / beta);
    expect(off(factor(k), closed)).toBeLessThan(1e-11);
  });

  it('about 30 % of it takes about twice the compute, and there is a size too small for any', () => {
    expect(Math.abs(0.3 * factor(0.3) - 2)).toBeLessThan(0.1);
    // Where k^−α − 1 = α/β, at k = 0.0977.
    const critical = (1 + alpha / beta) ** (-1 / alpha);
    expect([factor(0.999 * critical), factor(1.001 * critical) < Infinity]).toEqual([Infinity, true]);
  });

  it('is the overhead of the model', () => {
    expect(off(penaltyOf(SARDANA, { N: 0.5 * N, D: factor(0.5) * D })!.overhead, 0.5 * factor(0.5) - 1)).toBeLessThan(1e-10);
  });
});

it('there is none of a law without a frontier, or of a loss that is not reached', () => {
  const flat = { ...SARDANA, beta: 0 };
  expect([
    penaltyOf(flat, { N: 1e9, D: 1e9 }), spanOfLoss(flat, C, 0.1), sizeReachingAtRatio(flat, 2.1, 20), sizeReachingAtRatio(SARDANA, 1.69, 20),
  ].every((answer) => answer === undefined)).toBe(true);
});

refused([
  ['N', () => penaltyOf(SARDANA, { N: 0, D: 1 }), 'expected positive parameters such as 7e9, got 0.'],
  ['D', () => penaltyOf(SARDANA, { N: 1, D: NaN }), 'expected positive training tokens such as 1e12, got NaN.'],
  ['loss', () => sizeReachingAtRatio(SARDANA, -1, 20), 'expected positive nats per token such as 2.1, got -1.'],
  ['ratio', () => sizeReachingAtRatio(SARDANA, 2, 0), 'expected positive tokens a parameter such as 20, got 0.'],
  ['compute', () => spanOfLoss(SARDANA, 0, 0.1), 'expected positive training FLOPs such as 1e21, got 0.'],
  ['excess', () => spanOfLoss(SARDANA, C, 0), 'expected positive share of the best loss such as 0.01, got 0.'],
]);
