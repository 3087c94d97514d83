import { describe, expect, it } from 'vitest';
import { smoothMax } from '../../src/math/smooth-max.ts';
import { worst } from '../support/close.ts';

const U = 2 ** -53;

/** [m, ∂m/∂p, ∂m/∂q, ∂m/∂γ] */
function at(p: number, q: number, gamma: number): number[] {
  const out = new Float64Array(4).fill(NaN);
  smoothMax(p, q, gamma, out);
  return [...out];
}

const CASES = [[0, 0, 1], [1.5, -0.5, 0.3], [-2, 1, 2], [3, 3.2, 0.1], [0.7, 0.7, 5], [-1, -4, 0.5]] as const;

describe.each(CASES)('of %d and %d at γ = %d', (p, q, gamma) => {
  const [m, s, t, h] = at(p, q, gamma) as [number, number, number, number];

  it('is γ·log(exp(p/γ) + exp(q/γ))', () => {
    // The arguments of exp are below 40, so that its values are off by 40u, and the log as much, times γ.
    expect(Math.abs(m - gamma * Math.log(Math.exp(p / gamma) + Math.exp(q / gamma)))).toBeLessThan(100 * U * (1 + gamma) * (1 + Math.abs(m)));
    expect(m).toBeGreaterThanOrEqual(Math.max(p, q));
  });

  it('has the slopes of central differences, and the entropy of its weights along γ', () => {
    const step = 1e-5;
    const slopes = [0, 1, 2].map((k) => {
      const [up, down] = [step, -step].map((move) => {
        const x: [number, number, number] = [p, q, gamma];
        x[k]! += move;
        return at(...x)[0]!;
      });
      return (up! - down!) / (2 * step);
    });
    // The third derivatives are below (1 + |p − q|/γ)³/γ², here 3e4; h²/6 of them, and 10u of m over h.
    const tolerance = (step ** 2 / 6) * 3e4 + (10 * U * (1 + Math.abs(m))) / step;
    expect(worst([s, t, h], slopes, [tolerance, tolerance, tolerance]).ratio).toBeLessThan(1);
    expect(worst([t, s, h], slopes, [tolerance, tolerance, tolerance]).ratio > 1e3).toBe(p !== q); // exchanged, they are others
    expect(Math.abs(h + s * Math.log(s) + t * Math.log(t))).toBeLessThan(100 * U);
    expect(Math.abs(s + t - 1)).toBeLessThan(4 * U);
  });
});

it('is the same with p and q exchanged', () => {
  const [m, s, t, h] = at(0.3, -0.9, 0.2);
  expect(at(-0.9, 0.3, 0.2)).toEqual([m, t, s, h]);
});

it.each([[1000, -1000, 0.1], [1, -1, 1e-300], [5, 4, 1e-320]])('is the larger one where the other is nothing: %d, %d at γ = %d', (p, q, gamma) => {
  expect(at(p, q, gamma)).toEqual([p, 1, 0, 0]);
  expect(at(q, p, gamma)).toEqual([p, 0, 1, 0]);
});
