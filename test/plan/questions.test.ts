/** Questions of a plan: the numbers of the functions that they are made of, under their names. */
import { describe, expect, it } from 'vitest';
import type { TwoTerms } from '../../src/laws/law.ts';
import { penaltyOf, sizeReachingAtRatio, spanOfLoss } from '../../src/plan/overtraining.ts';
import {
  asideWith, flatnessAt, inProportion, optimumFor, optimumWith, penaltyFor, repetitionAt, servingFor, type Question,
} from '../../src/plan/questions.ts';
import { bestConstrained } from '../../src/plan/repetition.ts';
import { flopsPerParameter, leastTotalCost } from '../../src/plan/serving.ts';
import { lossOf, optimumAt, optimumReaching, tokensReaching } from '../../src/plan/terms.ts';
import { off, POWERS, SARDANA } from './sardana.ts';

/** The numbers by name; a name without a number, or a number without a name, would be NaN or undefined. */
function ask<Name extends string>({ names, write }: Question<Name>, law: TwoTerms = SARDANA): Record<Name, number> {
  const numbers = new Float64Array(names.length).fill(NaN);
  write(law, numbers);
  return Object.fromEntries(names.map((name, k) => [name, numbers[k]])) as Record<Name, number>;
}

const COST = flopsPerParameter({ inputTokens: 1e12, outputTokens: 1e12 });
const DECAY = { tokens: 15, parameters: 5 };

it('the optimum for a compute', () => {
  const { N, D, loss } = optimumAt(SARDANA, 1e23)!;
  expect(ask(optimumFor(1e23))).toEqual({ N, D, tokensPerParameter: D / N, loss });
});

it('the sizes that are nearly as good', () => {
  const { smallest, largest } = spanOfLoss(SARDANA, 1e23, 0.01)!;
  expect(ask(flatnessAt(1e23, 0.01))).toEqual({ smallest: smallest.N, largest: largest.N });
});

it('a model beside the frontier', () => {
  const { loss, excess, overhead } = penaltyOf(SARDANA, { N: 8e9, D: 1.5e13 })!;
  expect(ask(penaltyFor({ N: 8e9, D: 1.5e13 }))).toEqual({ loss, excess, overhead });
});

it('the least compute for a loss', () => {
  const { N, D } = optimumReaching(SARDANA, 2)!;
  expect(ask(optimumWith(2))).toEqual({ C: 6 * N * D, N, D, tokensPerParameter: D / N });
});

describe('a model beside the frontier with a loss', () => {
  const least = optimumReaching(SARDANA, 2)!.C;

  it('by its tokens a parameter', () => {
    const { N, D } = sizeReachingAtRatio(SARDANA, 2, 200)!;
    expect(ask(asideWith(2, { ratio: 200 }))).toEqual({ C: 6 * N * D, N, D, tokensPerParameter: D / N, overhead: (6 * N * D) / least - 1 });
  });

  it('by its size', () => {
    const N = 0.7 * optimumReaching(SARDANA, 2)!.N;
    const { C, D, overhead } = ask(asideWith(2, { N }));
    expect([D, C]).toEqual([tokensReaching(SARDANA, 2, N), 6 * N * D]);
    expect(off(lossOf(SARDANA, { N, D }), 2)).toBeLessThan(10 * POWERS);
    expect(off(overhead, C / least - 1)).toBeLessThan(10 * POWERS);
    expect(overhead).toBeGreaterThan(0.01);
  });

  it('by a size that never has it', () => {
    expect(ask(asideWith(2, { N: 1e8 }))).toEqual({ C: NaN, N: NaN, D: NaN, tokensPerParameter: NaN, overhead: NaN });
  });
});

it('the least total cost, for a loss and for that of a compute', () => {
  const { best, computeOptimal, saving } = leastTotalCost(SARDANA, 2, COST)!;
  const expected = {
    N: best.N, D: best.D, tokensPerParameter: best.D / best.N, training: best.training, serving: best.serving, total: best.total,
    optimalTraining: computeOptimal.training, optimalServing: computeOptimal.serving, optimalTotal: computeOptimal.total, saving,
  };
  expect(ask(servingFor({ loss: 2 }, COST))).toEqual(expected);
  expect(ask(servingFor({ loss: 2.1 }, COST)).N).not.toBe(best.N);
  const compute = optimumReaching(SARDANA, 2)!.C;
  // The loss of the optimum comes back to rounding, which the flat frontier turns into 1/0.15 times as much of N.
  expect(off(ask(servingFor({ compute }, COST)).N, best.N)).toBeLessThan(100 * POWERS);
});

it('training with repeated tokens', () => {
  const { N, D, epochs, loss } = bestConstrained(SARDANA, DECAY, 1e23, 1e11)!;
  expect(ask(repetitionAt(1e23, 1e11, DECAY))).toEqual({ N, D, epochs, loss, excess: loss / optimumAt(SARDANA, 1e23)!.loss - 1 });
  expect(ask(repetitionAt(1e23, 1e15, DECAY)).excess).toBe(0);
});

it('what grows with the compute', () => {
  const { C } = optimumReaching(SARDANA, 2)!;
  expect(ask(inProportion(2, { hours: 1e-20, money: 2.5 }))).toEqual({ hours: C * 1e-20, money: C * 2.5 });
});

it.each<[string, Question]>([
  ['its compute', optimumWith(1.69)], ['a ratio', asideWith(1.5, { ratio: 20 })], ['a cost', servingFor({ loss: 1.69 }, COST)],
  ['hours', inProportion(1.69, { hours: 1 })],
])('a loss that is not reached has no number: %s', (_, question) => {
  expect(new Set(Object.values(ask(question)))).toEqual(new Set([NaN]));
});

it('a law whose loss is no number has no cost', () => {
  expect(ask(servingFor({ compute: 1e23 }, COST), { ...SARDANA, A: 1e300, alpha: 1e-3, beta: 1e-3 }).N).toBeNaN();
});
