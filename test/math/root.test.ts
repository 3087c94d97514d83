import { describe, expect, it } from 'vitest';
import { convexRoot, root } from '../../src/math/root.ts';

const U = 2 ** -53;

/** Calls of f on the way to its root. */
function counted(f: (x: number) => number): { f: (x: number) => number; calls: () => number } {
  let calls = 0;
  return { f: (x) => { calls++; return f(x); }, calls: () => calls };
}

describe('root', () => {
  it.each<[what: string, f: (x: number) => number, low: number, high: number, expected: number]>([
    ['x² − 2', (x) => x * x - 2, 0, 2, Math.SQRT2],
    ['cos x − x', (x) => Math.cos(x) - x, 0, 1, 0.739_085_133_215_160_6],
    ['e^x − 1e100', (x) => Math.exp(x) - 1e100, -700, 700, 100 * Math.LN10],
    ['e^(−0.15x) − 1e-9', (x) => Math.exp(-0.15 * x) - 1e-9, -700, 700, (9 * Math.LN10) / 0.15],
    ['x − 1e-300', (x) => x - 1e-300, -1, 1, 1e-300],
    ['1/x − 3, from the right', (x) => 1 / x - 3, 10, 0.1, 1 / 3],
  ])('of %s to the rounding of x, in few calls', (_, f, low, high, expected) => {
    const { f: g, calls } = counted(f);
    // The bracket ends within 4u of the root; f itself tells x apart to a few u where its slope is of its own size.
    expect(Math.abs(root(g, low, high) / expected - 1)).toBeLessThan(16 * U);
    expect(calls()).toBeLessThan(25);
  });

  it('is an end that is one', () => {
    expect([root((x) => x, 0, 1), root((x) => x - 1, 0, 1)]).toEqual([0, 1]);
  });

  it('is where a step crosses, found by halving', () => {
    const { f, calls } = counted((x) => (x < 0.3 ? -1 : 1));
    expect(Math.abs(root(f, 0, 1) - 0.3)).toBeLessThan(4 * U);
    expect(calls()).toBeLessThan(2 * 53 + 4);
  });

  it.each<[what: string, f: (x: number) => number]>([
    ['both ends above', (x) => x ** 2 + 1], ['both ends below', () => -1e-300], ['no number at an end', (x) => Math.log(x)],
  ])('of %s there is none', (_, f) => {
    expect(root(f, -1, 1)).toBeNaN();
  });
});

describe('convexRoot', () => {
  // Two exponentials, with a root on either side of the minimum.
  const f = (x: number) => ({ value: Math.exp(-x) + Math.exp(0.3 * x) - 30, slope: -Math.exp(-x) + 0.3 * Math.exp(0.3 * x) });

  it.each([-20, 60])('comes from %d to the root on that side', (start) => {
    const x = convexRoot(f, start);
    expect(Math.sign(x)).toBe(Math.sign(start));
    // There f is rounded to a few u of its terms, 30, and has a slope of 9 or more.
    expect(Math.abs(f(x).value)).toBeLessThan(8 * 30 * U);
    expect(Math.abs(f(x + 1e-12).value)).toBeGreaterThan(8 * 30 * U);
  });

  it('only ever comes nearer, from one side', () => {
    for (let start = 12; start < 62; start += 0.5) {
      const path: number[] = [];
      convexRoot((x) => { path.push(x); return f(x); }, start);
      expect(path.length).toBeLessThan(30);
      expect(path).toEqual(path.toSorted((a, b) => b - a));
    }
  });

  it('of a line it is one step', () => {
    expect(convexRoot((x) => ({ value: 3 - x, slope: -1 }), 0)).toBe(3);
  });

  it('is no number where f is none', () => {
    expect(convexRoot(() => ({ value: NaN, slope: 1 }), 0)).toBeNaN();
    expect(convexRoot(() => ({ value: 1, slope: 0 }), 0)).toBe(-Infinity);
  });
});
