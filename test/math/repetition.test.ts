import { describe, expect, it } from 'vitest';
import { effectiveCount, saturatingSlope, saturatingWorth, sizeForTokens } from '../../src/math/repetition.ts';

const CONSTANT = 15;

describe('a unit that is repeated', () => {
  it('is worth what its slope adds up to, from one on', () => {
    expect([saturatingWorth(0, CONSTANT), saturatingSlope(0, CONSTANT)]).toEqual([1, 1]);
    // Simpson's rule in 200 steps of 0.1: its error is at most 20·0.1⁴/(180·15⁴) = 2.2e-10.
    const steps = Array.from({ length: 201 }, (_, k) => (k === 0 || k === 200 ? 1 : k % 2 === 0 ? 2 : 4) * saturatingSlope(k / 10, CONSTANT));
    const integral = steps.reduce((sum, value) => sum + value, 0) * (0.1 / 3);
    expect(Math.abs(1 + integral - saturatingWorth(20, CONSTANT))).toBeLessThan(2.3e-10);
    expect(Math.abs(1 + integral - saturatingWorth(20, CONSTANT + 1e-6))).toBeGreaterThan(1e-8);
  });

  it('is never worth more than one and the constant', () => {
    expect(saturatingWorth(1e6, CONSTANT)).toBe(1 + CONSTANT);
  });

  it('counts fully as long as it is not', () => {
    expect([effectiveCount(5e9, 1e10, CONSTANT), effectiveCount(1e10, 1e10, CONSTANT)]).toEqual([5e9, 1e10]);
    expect(effectiveCount(4e10, 1e10, CONSTANT)).toBe(1e10 * saturatingWorth(3, CONSTANT));
  });
});

it('the size for so many tokens is where the two terms fall alike', () => {
  const [A, B, alpha, beta] = [400, 2000, 0.35, 0.37];
  const falls = (N: number, D: number) => (alpha * A * N ** -alpha) / (beta * B * D ** -beta);
  const N = sizeForTokens({ A, B, alpha, beta }, 1e11);
  expect(Math.abs(falls(N, 1e11) - 1)).toBeLessThan(1e-13);
  expect(Math.abs(falls(N * 1.01, 1e11) - 1)).toBeGreaterThan(1e-3);
});
