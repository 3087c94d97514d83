import { describe, expect, it } from 'vitest';
import { bestOfK, passAtK, passOf, sampleCounts, SPARSE } from '../../src/plan/pass.ts';
import { worst } from '../support/close.ts';
import { refused } from './refusals.ts';

/** 1 − C(n − c, k)/C(n, k) in whole numbers, as a fraction of 10^18. */
function exactly(n: number, c: number, k: number): number {
  let [above, below] = [1n, 1n];
  for (let i = 0; i < k; i++) {
    above *= BigInt(n - c - i);
    below *= BigInt(n - i);
  }
  return Number(((below - above) * 10n ** 18n) / below) / 1e18;
}

describe('pass@k', () => {
  const CASES = [[1, 1, 1], [10, 0, 3], [10, 10, 1], [10, 3, 4], [200, 1, 100], [200, 100, 1], [5000, 37, 400], [5000, 400, 37], [100_000, 40_000, 3]] as const;

  it.each(CASES)('of %d samples, %d right, for k = %d', (n, c, k) => {
    // min(c, k) logarithms of order one or less are summed; the fraction is cut at 1e-18.
    expect(worst([passAtK({ n, c }, k)], [exactly(n, c, k)], [4 * Math.min(c, k) * Number.EPSILON + 2e-16]).ratio).toBeLessThanOrEqual(1);
  });

  it('is not what c/n of independent samples would be', () => {
    expect(passAtK({ n: 10, c: 3 }, 4) - (1 - 0.7 ** 4)).toBeGreaterThan(0.05);
  });

  it('is c/n for one sample, symmetric in c and k, and 1 where fewer than k are wrong', () => {
    expect(passOf(7, 3, 1)).toBeCloseTo(3 / 7, 15);
    expect(passOf(1000, 20, 300)).toBe(passOf(1000, 300, 20));
    expect([passOf(10, 3, 7) < 1, passOf(10, 3, 8), passOf(1e9, 0, 1e6)]).toEqual([true, 1, 0]);
  });

  it('is unbiased: over all draws of n samples its mean is the chance of k', () => {
    const [n, k, p] = [8, 3, 0.23];
    let [mean, chance] = [0, (1 - p) ** n];
    for (let c = 0; c <= n; c++) {
      mean += chance * passOf(n, c, k);
      chance *= ((n - c) / (c + 1)) * (p / (1 - p));
    }
    expect(mean).toBeCloseTo(1 - (1 - p) ** k, 14);
  });

  it('a large n costs no more than the smaller of c and k, and loses nothing', () => {
    // 1 − (1 − 5/n)(1 − 5/(n − 1)) of n = 1e12.
    expect(worst([passOf(1e12, 2, 5)], [1e-11], [1e-11 * 1e-11]).ratio).toBeLessThan(1);
  });
});

describe('the best of k', () => {
  /** All ways in which k samples can be right or wrong, accepted or not. */
  function enumerated(p: number, k: number, t: number, f: number): number {
    const kinds = [[p * t, true, true], [p * (1 - t), true, false], [(1 - p) * f, false, true], [(1 - p) * (1 - f), false, false]] as const;
    const walk = (left: number, chance: number, right: number, accepted: number, good: number): number => {
      if (left === 0) return chance * (accepted > 0 ? good / accepted : right / k);
      return kinds.reduce((sum, [share, isRight, isAccepted]) =>
        sum + walk(left - 1, chance * share, right + Number(isRight), accepted + Number(isAccepted), good + Number(isRight && isAccepted)), 0);
    };
    return walk(k, 1, 0, 0, 0);
  }

  it.each([[0.2, 3, 0.9, 0.1], [0.05, 5, 0.6, 0.3], [0.7, 4, 0.2, 0.8], [0.3, 3, 0, 0.5], [0.3, 3, 1, 0]])('p = %d, k = %d, a verifier of %d and %d', (p, k, truePositive, falsePositive) => {
    expect(bestOfK(p, k, { truePositive, falsePositive })).toBeCloseTo(enumerated(p, k, truePositive, falsePositive), 13);
    expect(Math.abs(bestOfK(p, k + 1, { truePositive, falsePositive }) - enumerated(p, k, truePositive, falsePositive))).toBeGreaterThan(1e-3);
  });

  it('is a right one among k where the verifier is never wrong, and any where it knows nothing', () => {
    expect(bestOfK(0.1, 20, { truePositive: 1, falsePositive: 0 })).toBeCloseTo(1 - 0.9 ** 20, 14);
    for (const rate of [0, 0.4, 1]) expect(bestOfK(0.1, 20, { truePositive: rate, falsePositive: rate })).toBeCloseTo(0.1, 14);
  });

  it('goes to the precision of the verifier', () => {
    const verifier = { truePositive: 0.9, falsePositive: 0.05 };
    const plateau = bestOfK(0.2, Infinity, verifier);
    expect(plateau).toBeCloseTo((0.2 * 0.9) / (0.2 * 0.9 + 0.8 * 0.05), 14);
    expect(bestOfK(0.2, 1000, verifier)).toBeCloseTo(plateau, 14);
    expect([bestOfK(0, 5, verifier), bestOfK(1, 5, verifier)]).toEqual([0, expect.closeTo(1, 14)]);
  });
});

it('numbers of samples are round, with both ends', () => {
  expect(sampleCounts(30, SPARSE)).toEqual([1, 2, 5, 10, 20, 30]);
  expect(sampleCounts(100)).toEqual([1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100]);
  expect([sampleCounts(1), sampleCounts(2)]).toEqual([[1], [1, 2]]);
});

const HALF = { truePositive: 0.5, falsePositive: 0.5 };
refused([
  ['n', () => passAtK({ n: 0, c: 0 }, 1), 'expected a whole number of samples, 1 or more, got 0.'],
  ['c', () => passAtK({ n: 5, c: 6 }, 1), 'expected a whole number of right samples from 0 to 5, got 6.'],
  ['k', () => passAtK({ n: 5, c: 2 }, 1.5), 'expected a whole number of samples, 1 or more, got 1.5.'],
  ['k', () => passAtK({ n: 5, c: 2 }, 6), 'expected at most the 5 samples that there are, got 6. Fit the coverage to go beyond.'],
  ['p', () => bestOfK(NaN, 1, HALF), 'expected a share of right samples from 0 to 1, got NaN. Write 40 % as 0.4.'],
  ['truePositive', () => bestOfK(0.1, 1, { ...HALF, truePositive: 2 }), 'expected a share of right samples that are accepted from 0 to 1, got 2. Write 40 % as 0.4.'],
  ['falsePositive', () => bestOfK(0.1, 1, { ...HALF, falsePositive: -1 }), 'expected a share of wrong samples that are accepted from 0 to 1, got -1. Write 40 % as 0.4.'],
  ['k', () => bestOfK(0.1, 0, HALF), 'expected a whole number of samples, 1 or more, got 0.'],
]);
