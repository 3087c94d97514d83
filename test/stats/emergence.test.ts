/** Losses of a law under each ruler: those of its frontier, or of models that are given. */
import { describe, expect, it } from 'vitest';
import { EQ10 } from '../../src/paper/hoffmann.ts';
import { frontier } from '../../src/plan/frontier.ts';
import { rulerAt, type Ruler } from '../../src/plan/rulers.ts';
import { emergenceOf } from '../../src/stats/emergence.ts';
import { worst } from '../support/close.ts';
import { refused } from '../plan/refusals.ts';

const BASIS = { law: 'chinchilla', params: { ...EQ10 } };
const budgets = [1e18, 1e20, 1e22, 1e24];
const RULERS: readonly Ruler[] = [
  { kind: 'loss' }, { kind: 'exact-match', tokens: 5 }, { kind: 'multiple-choice', options: 4 }, { kind: 'error', epsilon: 0.85, kappa: 2.08, gamma: 0.756 },
];
/** Powers with exponents of log(C/6), some 50. */
const ROUNDING = 1e-12;

describe('along the frontier', () => {
  const { points, readings } = emergenceOf({ ...BASIS, ranges: { C: [1e19, 1e21] } }, { scale: { budgets }, rulers: RULERS, items: 1000 });
  const optima = frontier('chinchilla', EQ10, budgets);

  it('losses are those of the optima', () => {
    expect(worst(points.map(({ loss }) => loss), optima.map(({ loss }) => loss), optima.map(() => ROUNDING)).ratio).toBeLessThan(1);
    expect(worst(points.map(({ N }) => N), optima.map(({ N }) => N), optima.map(({ N }) => N * ROUNDING)).ratio).toBeLessThan(1);
    expect(points.map(({ beyond }) => beyond)).toEqual([expect.closeTo(10, 9), 1, expect.closeTo(10, 9), expect.closeTo(1000, 6)]);
  });

  it('readings are of these losses', () => {
    for (const { ruler, values } of readings) expect(values.map(({ value }) => value)).toEqual(points.map(({ loss }) => rulerAt(ruler, loss)));
  });

  it('a test of so many items is told of shares alone', () => {
    expect(readings.map(({ resolution }) => resolution?.length)).toEqual([undefined, 4, undefined, undefined]);
    expect(readings[1]!.resolution![0]!.zero).toBeCloseTo((1 - readings[1]!.values[0]!.value) ** 1000, 12);
  });
});

describe('a task of its own floor', () => {
  const [own, other] = [undefined, 0].map((floor) => emergenceOf(BASIS, { scale: { budgets }, rulers: RULERS, ...(floor !== undefined && { floor }) }));

  it('has the loss above E', () => {
    for (const [k, { loss }] of other!.points.entries()) expect(loss).toBeCloseTo(own!.points[k]!.loss - EQ10.E, 14);
    expect([own!.readings[2]!.shape, other!.readings[2]!.shape]).toEqual(['flat', 'jump']);
  });

  it('leaves the downstream error, which is of the law\'s own loss', () => {
    expect(other!.readings[3]).toEqual(own!.readings[3]);
    expect(other!.readings[1]).not.toEqual(own!.readings[1]);
  });
});

it('models that are given are read as they are', () => {
  const models = [1e8, 1e9, 1e10].map((N) => ({ N, D: 20 * N }));
  const { points } = emergenceOf(BASIS, { scale: { models }, rulers: RULERS });
  const { E, A, B, alpha, beta } = EQ10;
  expect(points.map(({ N, D, C }) => [N, D, C])).toEqual(models.map(({ N, D }) => [N, D, 6 * N * D]));
  expect(points[2]!.loss).toBeCloseTo(E + A / 1e10 ** alpha + B / 2e11 ** beta, 14);
});

it('a law without an optimum has no reading', () => {
  const { points, readings } = emergenceOf({ law: 'chinchilla', params: { ...EQ10, beta: -0.1 } }, { scale: { budgets }, rulers: RULERS, items: 10 });
  expect([points[0]!.N, readings[0]!.values[0], readings[0]!.score, readings[1]!.resolution]).toEqual([NaN, { value: NaN }, { value: NaN }, undefined]);
});

const rulers = RULERS;
refused([
  ['budgets', () => emergenceOf(BASIS, { scale: { budgets: [1e20, 1e21] }, rulers }), 'expected at least three, to have two steps to compare, got 2.'],
  ['budgets', () => emergenceOf(BASIS, { scale: { budgets: [1e20, 1e22, 1e21] }, rulers }), 'expected rising ones, got 1e+21 after 1e+22. Sort them, each once.'],
  ['sizes', () => emergenceOf(BASIS, { scale: { models: [1, 2, 2].map((N) => ({ N, D: 1 })) }, rulers }), 'expected rising ones, got 2 after 2. Sort them, each once.'],
  ['trainTokens', () => emergenceOf(BASIS, { scale: { models: [1, 2, 3].map((N) => ({ N, D: NaN })) }, rulers }), 'expected positive training tokens such as 1e12, got NaN.'],
  ['floor', () => emergenceOf(BASIS, { scale: { budgets }, rulers, floor: -1 }), 'expected nats per token such as 0, 0 or more, got -1.'],
  ['items', () => emergenceOf(BASIS, { scale: { budgets }, rulers, items: 0.5 }), 'expected a whole number of items of a test, 1 or more, got 0.5.'],
]);
