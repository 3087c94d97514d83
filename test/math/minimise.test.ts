import { describe, expect, it } from 'vitest';
import { localMinima, minimise } from '../../src/math/minimise.ts';

const steps = (low: number, high: number, count: number) => Array.from({ length: count + 1 }, (_, k) => low + ((high - low) * k) / count);

describe('golden section', () => {
  it('finds a kink to the tolerance it is given', () => {
    const kink = (x: number) => 3 + Math.abs(x - Math.LN2);
    for (const tolerance of [1e-3, 1e-9, 1e-12]) {
      const { x, value } = minimise(kink, -5, 4, tolerance);
      expect(Math.abs(x - Math.LN2)).toBeLessThanOrEqual(tolerance);
      expect(value).toBe(kink(x));
    }
    expect(Math.abs(minimise(kink, -5, 4, 1).x - Math.LN2)).toBeGreaterThan(1e-3);
  });

  it('finds a smooth minimum as far as rounding tells: about the root of 2⁻⁵³', () => {
    const { x } = minimise((at) => 1 + (at - 2) ** 2, -10, 7, 1e-12);
    expect(Math.abs(x - 2)).toBeLessThan(4 * Math.sqrt(2 ** -53));
  });

  it('goes to the end towards which f falls', () => {
    expect(minimise((x) => x, 2, 3).x).toBeCloseTo(2, 8);
    expect(minimise((x) => -x, 2, 3).x).toBeCloseTo(3, 8);
  });

  it('ends where the bracket is as narrow as float64 allows, also at a tolerance of zero', () => {
    const { x } = minimise((at) => Math.abs(at - Math.PI), 3, 4, 0);
    expect(Math.abs(x - Math.PI)).toBeLessThan(1e-15);
    expect(minimise((at) => at, 1, 1)).toEqual({ x: 1, value: 1 });
  });
});

describe('local minima over a grid', () => {
  const waves = (x: number) => Math.cos(x) + x / 100;
  // cos x + x/100 is lowest where sin x = 0.01: at π − arcsin 0.01 + 2πk.
  const known = [0, 1, 2].map((k) => Math.PI - Math.asin(0.01) + 2 * Math.PI * k);

  it('finds each, lowest first', () => {
    const found = localMinima(waves, steps(0, 18, 40));
    expect(found.length).toBe(3);
    found.forEach(({ x }, k) => { expect(Math.abs(x - known[k])).toBeLessThan(1e-7); });
    expect(found.map(({ value }) => value)).toEqual(found.map(({ value }) => value).toSorted((a, b) => a - b));
    expect(localMinima((x) => waves(-x), steps(-18, 0, 40)).map(({ x }) => -x)[0]).toBeCloseTo(known[0], 6);
  });

  it('misses what a coarse grid hides, and has none where f only falls', () => {
    expect(localMinima(waves, steps(0, 18, 3)).length).toBeLessThan(3);
    expect(localMinima((x) => -x, steps(0, 1, 10))).toEqual([]);
  });

  it('counts a flat bottom once', () => {
    expect(localMinima((x) => Math.max(1, Math.abs(x)), steps(-3, 3, 12)).length).toBe(1);
  });
});
