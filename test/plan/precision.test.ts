import { describe, expect, it } from 'vitest';
import { minimise } from '../../src/math/minimise.ts';
import {
  bestBits, bestBitsOfSize, effectiveShare, optimumAtBits, quantisingLoss, tokensBeforeHarm,
} from '../../src/plan/precision.ts';
import { optimumAt } from '../../src/plan/terms.ts';
import { halfDigit } from '../support/published.ts';
import { refused } from './refusals.ts';
import { lossBy, off, POWERS, SARDANA } from './sardana.ts';

/** γ of Kumar et al. 2024, arXiv:2411.04330, as others quote them: only what follows from them is compared. */
const SCALES = { weights: 2.6745, activations: 2.2102, cache: 0.9578 };
const QUANTISING = { scale: 0.06, tokens: 0.5, parameters: 0.34, bits: 0.6 };
const alike = (bits: number) => ({ weights: bits, activations: bits, cache: bits });

describe('what is left of the parameters', () => {
  /** Worked out outside the project from these γ. */
  it.each([[2, '.5266'], [3, '.6743'], [4, '.7759'], [6, '.8939'], [8, '.9498'], [16, '.9975']])('with weights of %i bits', (weights, printed) => {
    expect(Math.abs(effectiveShare(SCALES, { ...alike(Infinity), weights }) - Number(printed))).toBeLessThanOrEqual(halfDigit(printed));
  });

  it.each([[4, '.6389'], [6, '.8331'], [8, '.9241'], [16, '.9968']])('with %i bits for all', (bits, printed) => {
    expect(Math.abs(effectiveShare(SCALES, alike(bits)) - Number(printed))).toBeLessThanOrEqual(halfDigit(printed));
  });

  it('is all at infinite width, or where γ is 0', () => {
    expect([effectiveShare(SCALES, alike(Infinity)), effectiveShare({ weights: 0, activations: 0, cache: 0 }, alike(2))]).toEqual([1, 1]);
  });
});

/** The law, written again with N_eff, and D from the cost. */
function lossAtBits(N: number, C: number, bits: number): number {
  const share = (1 - Math.exp(-bits / SCALES.weights)) * (1 - Math.exp(-bits / SCALES.activations)) * (1 - Math.exp(-bits / SCALES.cache));
  return lossBy(SARDANA, { N: N * share, D: (16 * C) / (6 * N * bits) });
}

describe('at one bit width', () => {
  it('16 bits that lose nothing are the frontier', () => {
    const { N, D } = optimumAt(SARDANA, 1e22)!;
    const plan = optimumAtBits(SARDANA, { weights: 0, activations: 0, cache: 0 }, 1e22, 16)!;
    expect([off(plan.N, N) < POWERS, off(plan.D, D) < POWERS, plan.share, plan.C, plan.bits]).toEqual([true, true, 1, 1e22, 16]);
  });

  it.each([3, 8, 16])('no size is better at %i bits', (bits) => {
    const plan = optimumAtBits(SARDANA, SCALES, 1e22, bits)!;
    expect(off(plan.loss, lossAtBits(plan.N, 1e22, bits))).toBeLessThan(POWERS);
    expect(off((6 / 16) * plan.N * plan.D * bits, 1e22)).toBeLessThan(POWERS);
    for (const step of [0.999, 1.001]) expect(lossAtBits(plan.N * step, 1e22, bits)).toBeGreaterThan(plan.loss);
  });
});

describe('the best bit width', () => {
  const bits = bestBits(SCALES)!;

  it.each([1e19, 1e24])('with its best size beats the widths beside it, at %d FLOPs', (C) => {
    const { loss } = optimumAtBits(SARDANA, SCALES, C, bits)!;
    for (const step of [0.99, 1.01]) expect(optimumAtBits(SARDANA, SCALES, C, bits * step)!.loss).toBeGreaterThan(loss);
  });

  it('of three tensors alike is 1.9038 γ: e^z = 1 + 3z', () => {
    const z = bestBits(alike(2))! / 2;
    expect(off(Math.exp(z), 1 + 3 * z)).toBeLessThan(POWERS);
    expect(Math.abs(z - 1.9038)).toBeLessThan(5e-5);
  });

  it('of one tensor alone there is none: fewer bits are always better', () => {
    expect(bestBits({ ...SCALES, activations: 0, cache: 0 })).toBeUndefined();
  });

  it.each([[1e8, 1e19], [1e9, 1e21], [1e10, 1e22]])('of %d parameters for %d FLOPs is the lowest of the curve', (N, C) => {
    const plan = bestBitsOfSize(SARDANA, SCALES, N, C)!;
    expect(off(plan.loss, lossAtBits(N, C, plan.bits))).toBeLessThan(POWERS);
    // The curve is flat there: its rounding, 1e-16, hides 1e-8 and more of log P.
    const { x } = minimise((logP) => lossAtBits(N, C, Math.exp(logP)), Math.log(0.1), Math.log(100));
    expect(Math.abs(Math.log(plan.bits) - x)).toBeLessThan(1e-6);
    expect(off((6 / 16) * plan.N * plan.D * plan.bits, C)).toBeLessThan(POWERS);
  });

  it('of a size that is trained on 132 and 251 tokens a parameter is 7 and 8 bits, by the law quoted with these γ', () => {
    const law = { E: 2.7648, A: 4299, B: 18060, alpha: 0.4965, beta: 0.4965 };
    // The tokens a parameter are rounded to three digits: by the condition of the header, α times that much of the width's slope, below 0.01.
    for (const [ratio, width] of [[132, 7], [251, 8]]) {
      const plan = bestBitsOfSize(law, SCALES, 1e8, (6 / 16) * 1e8 * ratio * 1e8 * width)!;
      expect(Math.abs(plan.bits - width)).toBeLessThan(0.01);
    }
    expect([7, 8].map((width) => (width / bits).toFixed(1))).toEqual(['2.0', '2.3']);
  });

  it('of a size rises with the compute', () => {
    const widths = [1e20, 1e22, 1e24].map((C) => bestBitsOfSize(SARDANA, SCALES, 1e9, C)!.bits);
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    expect(widths[2] - widths[0]).toBeGreaterThan(1);
  });
});

describe('quantising after training', () => {
  it('is the formula', () => {
    expect(off(quantisingLoss(QUANTISING, { N: 1e9, D: 1e11 }, 4), 0.06 * (Math.sqrt(1e11) / 1e9 ** 0.34) * Math.exp(-4 / 0.6))).toBeLessThan(POWERS);
    expect(quantisingLoss(QUANTISING, { N: 1e9, D: 1e11 }, Infinity)).toBe(0);
  });

  it('harms from the tokens on where what it adds outweighs what they take away', () => {
    const D = tokensBeforeHarm(SARDANA, QUANTISING, 1e9, 4);
    const total = (tokens: number) => lossBy(SARDANA, { N: 1e9, D: tokens }) + quantisingLoss(QUANTISING, { N: 1e9, D: tokens }, 4);
    for (const step of [0.999, 1.001]) expect(total(D * step)).toBeGreaterThan(total(D));
    expect(tokensBeforeHarm(SARDANA, QUANTISING, 1e9, 5)).toBeGreaterThan(D);
  });
});

it('there is none of a law without a frontier', () => {
  const flat = { ...SARDANA, alpha: -0.1 };
  expect([optimumAtBits(flat, SCALES, 1e21, 8), bestBitsOfSize(flat, SCALES, 1e9, 1e21)]).toEqual([undefined, undefined]);
});

refused([
  ['bits', () => effectiveShare(SCALES, { ...alike(8), cache: 0 }), 'expected positive bits such as 8, got 0.'],
  ['weights', () => effectiveShare({ ...SCALES, weights: -1 }, alike(8)), 'expected bits, 0 or more, got -1.'],
  ['cache', () => bestBits({ ...SCALES, cache: NaN }), 'expected bits, 0 or more, got NaN.'],
  ['compute', () => optimumAtBits(SARDANA, SCALES, 0, 8), 'expected positive training FLOPs such as 1e21, got 0.'],
  ['N', () => bestBitsOfSize(SARDANA, SCALES, -1, 1e21), 'expected positive parameters such as 7e9, got -1.'],
  ['D', () => quantisingLoss(QUANTISING, { N: 1, D: 0 }, 4), 'expected positive training tokens such as 1e12, got 0.'],
  ['N', () => tokensBeforeHarm(SARDANA, QUANTISING, NaN, 4), 'expected positive parameters such as 7e9, got NaN.'],
]);
