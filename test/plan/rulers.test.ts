import { describe, expect, it } from 'vitest';
import { emergenceScore, readingsOf, resolutionOf, rulerAt, shapeOf, type Ruler } from '../../src/plan/rulers.ts';
import { halfDigit } from '../support/published.ts';
import { worst } from '../support/close.ts';
import { refused } from './refusals.ts';

/** A logarithm and an exponential of numbers of order one, and a power: a few roundings. */
const ROUNDING = 32 * Number.EPSILON;
const exact = (tokens: number): Ruler => ({ kind: 'exact-match', tokens });

describe('exact match', () => {
  /** p^5 of p, to the digits of the source. */
  const POWERS = [[0.3, '.00243'], [0.45, '.018453'], [0.6, '.07776'], [0.8, '.32768'], [0.92, '.659082']] as const;

  it.each(POWERS)('of five tokens, each right with probability %d, is %s', (p, printed) => {
    expect(Math.abs(rulerAt(exact(5), -Math.log(p)) - Number(printed))).toBeLessThanOrEqual(halfDigit(printed) + ROUNDING);
    expect(Math.abs(rulerAt(exact(4), -Math.log(p)) - Number(printed))).toBeGreaterThan(halfDigit(printed));
  });

  it('of one token is the per-token accuracy', () => {
    expect(rulerAt(exact(1), 2.3)).toBe(rulerAt({ kind: 'token-accuracy' }, 2.3));
  });
});

describe('the other rulers', () => {
  const p = 0.37;
  const loss = -Math.log(p);

  it('edit distance counts the tokens that are wrong', () => {
    expect(rulerAt({ kind: 'edit-distance', tokens: 7 }, loss)).toBeCloseTo(7 * (1 - p), 14);
  });

  it.each([2, 4, 10])('the Brier score is the squared error of the probabilities of %d options, summed', (options) => {
    const others = Array.from({ length: options - 1 }, () => (1 - p) / (options - 1));
    const sum = others.reduce((total, share) => total + share ** 2, (1 - p) ** 2);
    expect(rulerAt({ kind: 'brier', options }, loss)).toBeCloseTo(sum, 14);
  });

  it('multiple choice is a step where the right option is no longer the likeliest', () => {
    const choice = (share: number) => rulerAt({ kind: 'multiple-choice', options: 4 }, -Math.log(share));
    expect([choice(0.2499), choice(0.25), choice(0.2501)]).toEqual([0, 0.5, 1]);
  });

  it('the downstream error is 1 − perplexity^−γ where ε = κ = 1', () => {
    expect(rulerAt({ kind: 'error', epsilon: 1, kappa: 1, gamma: 0.7 }, loss)).toBeCloseTo(1 - Math.exp(loss) ** -0.7, 14);
    expect(rulerAt({ kind: 'error', epsilon: 0.85, kappa: 2.08, gamma: 0.756 }, Infinity)).toBe(0.85);
  });
});

describe('the emergence score', () => {
  it('is the number of steps where they are equal, with the sign of the way', () => {
    const line = Array.from({ length: 9 }, (_, k) => 3 + 0.5 * k);
    expect([emergenceScore(line), emergenceScore(line.toReversed())]).toEqual([8, -8]);
  });

  it('is the range over the root of the median squared step', () => {
    expect(emergenceScore([0, 1, 3, 3.5])).toBe(3.5); // squares 0.25, 1, 4
    expect(worst([emergenceScore([0, 1, 3])], [3 / Math.sqrt(2.5)], [ROUNDING]).ratio).toBeLessThan(1); // squares 1, 4: their mean
  });

  it('is infinite where more than half of the steps are nothing, and 0 where all are', () => {
    expect([emergenceScore([0, 0, 0, 1]), emergenceScore([2, 2, 2]), emergenceScore([1]), emergenceScore([1, NaN, 2])]).toEqual([Infinity, 0, NaN, NaN]);
  });

  it.each([[0, 'flat'], [NaN, 'flat'], [15.9, 'smooth'], [-15.9, 'smooth'], [16, 'jump'], [Infinity, 'jump']] as const)('%d over eight steps: %s', (score, shape) => {
    expect(shapeOf(score, 9)).toBe(shape);
  });
});

describe('one curve', () => {
  const losses = Array.from({ length: 9 }, (_, k) => 1.7 * 10 ** (-0.15 * k));
  const [loss, token, five, thirty, choice] = readingsOf(
    [{ kind: 'loss' }, { kind: 'token-accuracy' }, exact(5), exact(30), { kind: 'multiple-choice', options: 4 }], losses);

  it('is smooth under one ruler and a jump under another', () => {
    expect([loss, token, five, thirty, choice].map((reading) => reading!.shape)).toEqual(['smooth', 'smooth', 'smooth', 'jump', 'jump']);
  });

  it('gets better under all of them: scores are positive', () => {
    expect([loss, token, thirty, choice].every((reading) => reading!.score > 0)).toBe(true);
    expect(loss!.score).toBe(-emergenceScore(losses));
  });
});

it('a test of n items has the moments of a binomial share', () => {
  const [n, p] = [3, 0.2];
  const choose = [1, 3, 3, 1];
  const chances = choose.map((ways, right) => ways * p ** right * (1 - p) ** (n - right));
  const variance = chances.reduce((sum, chance, right) => sum + chance * (right / n - p) ** 2, 0);
  const { smallest, deviation, zero } = resolutionOf(p, n);
  expect([smallest, deviation, zero]).toEqual([1 / 3, expect.closeTo(Math.sqrt(variance), 14), expect.closeTo(chances[0]!, 14)]);
  expect([resolutionOf(0, 10).zero, resolutionOf(1, 10).zero]).toEqual([1, 0]);
});

refused([
  ['losses', () => readingsOf([{ kind: 'loss' }], [2, 1]), 'expected at least three, to have two steps to compare, got 2.'],
  ['losses', () => readingsOf([{ kind: 'loss' }], [2, 0, 1]), 'expected positive nats per token such as 2.1, got 0.'],
  ['tokens', () => readingsOf([exact(0)], [3, 2, 1]), 'expected a whole number of tokens of an answer, 1 or more, got 0.'],
  ['choices', () => readingsOf([{ kind: 'brier', options: 1 }], [3, 2, 1]), 'expected a whole number of options, 2 or more, got 1.'],
  ['error', () => readingsOf([{ kind: 'error', epsilon: 1, kappa: NaN, gamma: 1 }], [3, 2, 1]), 'expected positive kappa such as 0.85, got NaN.'],
  ['items', () => resolutionOf(0.5, 0), 'expected a whole number of items of a test, 1 or more, got 0.'],
  ['share', () => resolutionOf(1.1, 5), 'expected a share of right answers from 0 to 1, got 1.1.'],
]);
