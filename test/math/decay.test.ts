/** The worth of repetition: the paper's numbers, its derivatives, and no cancellation where repetitions are few. */
import { describe, expect, it } from 'vitest';
import { decay, saturatingSlope, saturatingWorth } from '../../src/math/decay.ts';

function of(t: number, g: number): Float64Array {
  const out = new Float64Array(6);
  decay(t, g, out);
  return out;
}

/** Muennighoff et al.'s R_D*, and D'/U by epochs in the reference. */
const RD = 15.387756;
it.each([[1, 1], [2, 1.9682], [4, 3.7257], [8, 6.6241], [16, 10.5825], [40, 15.1675], [100, 16.3630]])('of %d epochs', (epochs, worth) => {
  const got = Math.exp(of(Math.log(epochs), Math.log(RD))[0]);
  expect(Math.abs(got - worth)).toBeLessThan(6e-5); // four printed decimals
  expect(Math.abs(Math.exp(of(Math.log(epochs), Math.log(RD * 1.01))[0]) - worth) > 6e-5).toBe(epochs > 1);
});

describe('derivatives', () => {
  const h = 1e-4;
  const points = [0.01, 0.1, 0.5, 1, 2, 4, 6].flatMap((t) => [-2, 0, 1, 3, 6, 9].map((g) => [t, g] as const));
  it.each(points)('at t = %d, g = %d', (t, g) => {
    const got = of(t, g);
    const along = (k: number, step: readonly [number, number]) => (of(t + step[0] * h, g + step[1] * h)[k] - of(t - step[0] * h, g - step[1] * h)[k]) / (2 * h);
    const want = [along(0, [1, 0]), along(0, [0, 1]), along(1, [1, 0]), along(1, [0, 1]), along(2, [0, 1])];
    // A central difference errs by h²/6 of a third derivative, here up to (e^t/ρ)³ of a first, and by the rounding over h.
    const steep = Math.max(1, Math.exp(t - g)) ** 3;
    want.forEach((value, k) => expect(Math.abs(got[k + 1] - value), `derivative ${k + 1}`).toBeLessThan(1e-8 * steep + 1e-11));
  });
});

it('does not cancel where ρ is large: F is t less R²/(2ρ·eᵗ), and F_g as much, to second order', () => {
  for (const t of [1e-3, 0.1, 1]) {
    const [rho, R] = [1e8, Math.expm1(t)];
    const gone = R ** 2 / (2 * rho * Math.exp(t));
    const [value, , along] = of(t, Math.log(rho));
    expect(Math.abs(along / gone - 1)).toBeLessThan(2 * R / rho + 1e-14);
    expect(Math.abs(t - value - gone)).toBeLessThan(gone * R / rho + 4e-16);
  }
});

it('stays finite however many repetitions there are', () => {
  expect([...of(700, -2), ...of(700, 30)].every(Number.isFinite)).toBe(true);
});

describe('a unit that is repeated', () => {
  const CONSTANT = 15;

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
});
