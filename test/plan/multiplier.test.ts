import { describe, expect, it } from 'vitest';
import { computeMultiplierAt, computeMultiplierAtLoss, tokenMultiplier } from '../../src/plan/multiplier.ts';
import { optimumAt } from '../../src/plan/terms.ts';
import { FRONTIERS } from '../support/published.ts';
import { refused } from './refusals.ts';
import { lossBy, off, POWERS, SARDANA } from './sardana.ts';

/** One token does what three of the base do. */
const THREEFOLD = { ...SARDANA, B: SARDANA.B / 3 ** SARDANA.beta };
const [, HOFFMANN, BESIROGLU] = FRONTIERS.map(({ params }) => params);

it.each([[1e9, 2e10], [7e10, 1e13]])('data three times as good are so at %d parameters on %d tokens', (N, D) => {
  expect(off(tokenMultiplier(THREEFOLD, SARDANA, { N, D }), 3)).toBeLessThan(100 * POWERS);
  expect(off(tokenMultiplier(SARDANA, THREEFOLD, { N, D }), 1 / 3)).toBeLessThan(100 * POWERS);
});

it('base tokens many times as many have the same loss', () => {
  const size = { N: 1e10, D: 2e11 };
  const factor = tokenMultiplier(HOFFMANN, BESIROGLU, size);
  expect(off(lossBy(BESIROGLU, { N: size.N, D: factor * size.D }), lossBy(HOFFMANN, size))).toBeLessThan(POWERS);
  expect(Math.abs(factor - 1)).toBeGreaterThan(0.1);
});

it('no number of base tokens does what the floor of the base forbids', () => {
  expect(tokenMultiplier({ ...SARDANA, E: 1.2 }, SARDANA, { N: 1e11, D: 1e13 })).toBe(Infinity);
});

describe('compute', () => {
  it('is multiplied alike at each loss where laws have equal exponents and floors: by 3 to the exponent of D', () => {
    const { alpha, beta } = SARDANA;
    for (const loss of [3, 2.2, 1.8]) {
      const { factor, base, other } = computeMultiplierAtLoss(THREEFOLD, SARDANA, loss)!;
      // K = A·G^−α + B·G^β goes with B to the power α/(α + β), and C with K to the power 1/γ: together B^(1/β).
      expect(off(factor, 3)).toBeLessThan(100 * POWERS);
      expect([off(base.loss, loss) < POWERS, off(other.loss, loss) < POWERS, off(base.C / other.C, factor) < POWERS]).toEqual([true, true, true]);
    }
    expect(alpha).not.toBe(beta);
  });

  it('is multiplied at a compute as at the loss that it has', () => {
    const { loss } = optimumAt(HOFFMANN, 1e22)!;
    const [one, two] = [computeMultiplierAt(HOFFMANN, BESIROGLU, 1e22)!, computeMultiplierAtLoss(HOFFMANN, BESIROGLU, loss)!];
    expect([off(one.other.C, 1e22) < POWERS, off(one.factor, two.factor) < 100 * POWERS]).toEqual([true, true]);
    expect(off(optimumAt(BESIROGLU, one.factor * 1e22)?.loss, loss)).toBeLessThan(POWERS);
    expect(computeMultiplierAt(HOFFMANN, BESIROGLU, 1e25)!.factor).not.toBeCloseTo(one.factor, 1);
  });

  it('has no multiplier where one law does not reach the loss', () => {
    expect([computeMultiplierAtLoss(HOFFMANN, BESIROGLU, 1.75), computeMultiplierAt(HOFFMANN, BESIROGLU, 1e30)]).toEqual([undefined, undefined]);
    expect(computeMultiplierAt({ ...SARDANA, beta: 0 }, SARDANA, 1e22)).toBeUndefined();
  });
});

refused([
  ['N', () => tokenMultiplier(SARDANA, SARDANA, { N: 0, D: 1 }), 'expected positive parameters such as 7e9, got 0.'],
  ['D', () => tokenMultiplier(SARDANA, SARDANA, { N: 1, D: -1 }), 'expected positive training tokens such as 1e12, got -1.'],
  ['loss', () => computeMultiplierAtLoss(SARDANA, SARDANA, NaN), 'expected positive nats per token such as 2.1, got NaN.'],
  ['compute', () => computeMultiplierAt(SARDANA, SARDANA, 0), 'expected positive training FLOPs such as 1e21, got 0.'],
]);
