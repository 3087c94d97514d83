import { describe, expect, it } from 'vitest';
import { localMinima } from '../../src/math/minimise.ts';
import { C4_ONE_EPOCH } from '../../src/paper/muennighoff.ts';
import { bestConstrained, constrainedModel, sizeForTokens, valueOfEpochs } from '../../src/plan/repetition.ts';
import { optimumAt } from '../../src/plan/terms.ts';
import { halfDigit } from '../support/published.ts';
import { refused } from './refusals.ts';
import { lossBy, off, POWERS, SARDANA } from './sardana.ts';

/** R_D* and R_N* of Muennighoff et al. 2023, arXiv:2305.16264, unrounded as in the authors' code. */
const DECAY = { tokens: 15.387756, parameters: 5.309743 };
const U = 25e9;

/** The authors' own function of N, D and unique tokens, at two models of 9.2e21 FLOPs. */
it.each([[6.34e9, 242e9, 2.225_644_088_998_447_7], [8.67e9, 178e9, 2.226_963_407_508_786_7]])('%d parameters on %d tokens have the published loss', (N, D, loss) => {
  expect(off(constrainedModel(C4_ONE_EPOCH, DECAY, { N, D }, U)?.loss, loss)).toBeLessThan(POWERS);
  expect(off(constrainedModel(C4_ONE_EPOCH, { ...DECAY, tokens: 15.4 }, { N, D }, U)?.loss, loss)).toBeGreaterThan(POWERS);
});

/** D'/U by epochs, and what is left of the value of fresh tokens, per cent; worked out outside the project from the constants. */
it.each([
  [1, '1.0000', '100.0'], [2, '1.9682', '98.4'], [4, '3.7257', '93.1'], [8, '6.6241', '82.8'], [16, '10.5825', '66.1'], [40, '15.1675', '37.9'],
  [100, '16.3630', '16.4'],
])('%i epochs are worth %s fresh ones', (epochs, fresh, percent) => {
  const value = valueOfEpochs(epochs, DECAY.tokens);
  expect(Math.abs(value.fresh - Number(fresh))).toBeLessThanOrEqual(halfDigit(fresh));
  expect(Math.abs(100 * value.share - Number(percent))).toBeLessThanOrEqual(halfDigit(percent));
});

it('ever more epochs are worth 1 + R_D*, each less than the last', () => {
  expect(off(valueOfEpochs(1e4, DECAY.tokens).fresh, 1 + DECAY.tokens)).toBeLessThan(POWERS);
  const { marginal } = valueOfEpochs(4, DECAY.tokens);
  const [before, after] = [4 - 1e-4, 4 + 1e-4].map((epochs) => valueOfEpochs(epochs, DECAY.tokens).fresh);
  // A central difference: its error is the third derivative, marginal/R², times 1e-8/6, and rounding of 4 over 2e-4.
  expect(Math.abs((after - before) / 2e-4 - marginal)).toBeLessThan(1e-10);
  expect(valueOfEpochs(0.5, DECAY.tokens)).toEqual({ fresh: 0.5, share: 1, marginal: 1 });
});

describe.each([['equal exponents', C4_ONE_EPOCH], ['others', SARDANA]])('with %s', (_, law) => {
  it('is the law itself within one epoch, where N has no more than it can use', () => {
    const { N, D } = optimumAt(law, 1e20)!;
    for (const size of [{ N, D }, { N: N / 3, D }]) {
      const model = constrainedModel(law, DECAY, size, 2 * D)!;
      // Equal to what D calls for but for rounding, N may come out a little above it.
      expect(off(model.loss, lossBy(law, size))).toBeLessThan(POWERS);
      expect([model.epochs, model.effective.D]).toEqual([0.5, D]);
    }
  });

  it('parameters beyond what the tokens that are used call for are worth less', () => {
    const { N, D } = optimumAt(law, 1e20)!;
    const [fewer, more] = [0.99, 1.01].map((factor) => constrainedModel(law, DECAY, { N: factor * N, D }, 2 * D)!);
    expect([fewer.effective.N === fewer.N, more.effective.N < more.N]).toEqual([true, true]);
    expect(more.loss).toBeGreaterThan(lossBy(law, more));
    // Of 1 % too many all but half of 0.01²/R_N* are left.
    expect(Math.abs(more.effective.N / N - 1.01 + 0.01 ** 2 / (2 * DECAY.parameters))).toBeLessThan(1e-7);
  });

  it('is the frontier as long as the tokens last', () => {
    const optimum = optimumAt(law, 1e19)!;
    expect(off(bestConstrained(law, DECAY, 1e19, U)?.N, optimum.N)).toBeLessThan(POWERS);
    expect(bestConstrained(law, DECAY, 1e19, U)!.epochs).toBeLessThan(1);
  });

  it.each([3e21, 9.2e21, 1e24])('no size is better for %d FLOPs', (C) => {
    const best = bestConstrained(law, DECAY, C, U)!;
    const lossAt = (logN: number) => constrainedModel(law, DECAY, { N: Math.exp(logN), D: C / (6 * Math.exp(logN)) }, U)!.loss;
    const grid = Array.from({ length: 300 }, (__, k) => Math.log(best.N) + 12 * (k / 299 - 0.48));
    const minima = localMinima(lossAt, grid);
    expect(minima).toHaveLength(1);
    expect(best.loss).toBeLessThanOrEqual(minima[0].value * (1 + POWERS));
    // Golden section tells the flat bottom apart to the root of the rounding, over a curvature that falls with what is to gain.
    expect(Math.abs(minima[0].x - Math.log(best.N))).toBeLessThan(1e-4);
    expect([off(best.C, C) < POWERS, best.epochs > 1, off(best.epochs, best.D / U) < POWERS]).toEqual([true, true, true]);
  });

  it('data that run out are worth a larger loss, and fewer parameters than the frontier has', () => {
    const [free, bound] = [optimumAt(law, 1e24)!, bestConstrained(law, DECAY, 1e24, U)!];
    expect([bound.loss > free.loss, bound.N < free.N]).toEqual([true, true]);
    expect(bestConstrained(law, DECAY, 1e24, 2 * U)!.loss).toBeLessThan(bound.loss);
  });
});

it('the size for so many tokens is where the two terms fall alike', () => {
  const { A, B, alpha, beta } = SARDANA;
  const falls = (N: number, D: number) => (alpha * A * N ** -alpha) / (beta * B * D ** -beta);
  const N = sizeForTokens(SARDANA, 1e11);
  expect(off(falls(N, 1e11), 1)).toBeLessThan(POWERS);
  expect(off(falls(N * 1.01, 1e11), 1)).toBeGreaterThan(1e-3);
});

it('there is none of a law without a frontier', () => {
  const flat = { ...SARDANA, alpha: 0 };
  expect([bestConstrained(flat, DECAY, 1e24, U), constrainedModel(flat, DECAY, { N: 1, D: 1 }, U)]).toEqual([undefined, undefined]);
});

refused([
  ['epochs', () => valueOfEpochs(0, 15), 'expected positive epochs such as 4, got 0.'],
  ['decay', () => valueOfEpochs(4, -1), 'expected positive repetitions such as 15, got -1.'],
  ['N', () => constrainedModel(SARDANA, DECAY, { N: 0, D: 1 }, U), 'expected positive parameters such as 7e9, got 0.'],
  ['D', () => constrainedModel(SARDANA, DECAY, { N: 1, D: NaN }, U), 'expected positive training tokens such as 1e12, got NaN.'],
  ['unique', () => bestConstrained(SARDANA, DECAY, 1e21, 0), 'expected positive tokens such as 1e11, got 0.'],
  ['compute', () => bestConstrained(SARDANA, DECAY, 0, U), 'expected positive training FLOPs such as 1e21, got 0.'],
  ['tokens', () => bestConstrained(SARDANA, { ...DECAY, tokens: 0 }, 1e21, U), 'expected positive repetitions such as 15, got 0.'],
  ['parameters', () => constrainedModel(SARDANA, { ...DECAY, parameters: NaN }, { N: 1, D: 1 }, U), 'expected positive repetitions such as 5, got NaN.'],
]);
