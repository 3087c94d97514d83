/** Draws from two words: their distributions, against exact ones. */
import { describe, expect, it } from 'vitest';
import { normal, student } from '../../src/math/normal.ts';
import { philox4x32 } from '../../src/math/philox.ts';

const COUNT = 20_000;
const draws = (of: (first: number, second: number) => number) =>
  Float64Array.from({ length: COUNT }, (_, i) => {
    const [first, second] = philox4x32([i, 0, 77, 0], [5, 0]);
    return of(first, second);
  }).toSorted();

/** Largest distance between the empirical distribution and an exact one (Kolmogorov and Smirnov). */
function distance(ascending: Float64Array, distribution: (x: number) => number): number {
  return ascending.reduce((most, x, i) => {
    const p = distribution(x);
    return Math.max(most, Math.abs(p - i / COUNT), Math.abs(p - (i + 1) / COUNT));
  }, 0);
}

/** The distance exceeds this once in 1e5 samples. */
const LIMIT = Math.sqrt(-Math.log(1e-5 / 2) / 2 / COUNT);

/** Student's t in closed form for 1, 2 and 4 degrees of freedom. */
const STUDENT: Readonly<Record<number, (x: number) => number>> = {
  1: (x) => 0.5 + Math.atan(x) / Math.PI,
  2: (x) => 0.5 + x / (2 * Math.sqrt(2 + x * x)),
  4: (x) => {
    const s = x / Math.sqrt(4 + x * x);
    return 0.5 + 0.75 * (s - (s * s * s) / 3);
  },
};

describe('Student\'s t', () => {
  it.each([1, 2, 4])('with %d degrees of freedom has its distribution', (degrees) => {
    expect(distance(draws((a, b) => student(a, b, degrees)), STUDENT[degrees]!)).toBeLessThan(LIMIT);
  });

  it('is not that of other degrees of freedom, nor normal', () => {
    expect(distance(draws((a, b) => student(a, b, 2)), STUDENT[4]!)).toBeGreaterThan(LIMIT);
    expect(distance(draws(normal), STUDENT[4]!)).toBeGreaterThan(LIMIT);
  });

  it('tends to the normal draw of the same words', () => {
    const [first, second] = philox4x32([1, 2, 3, 4], [5, 6]);
    // The difference is of order z^3/(4 degrees).
    expect(student(first, second, 1e9)).toBeCloseTo(normal(first, second), 7);
    expect(student(first, second, 1)).not.toBeCloseTo(normal(first, second), 2);
  });
});

describe('the ends of the words', () => {
  it.each([0, 2 ** 32 - 1])('give finite draws: %d', (word) => {
    expect([normal(word, 0), normal(word, word), student(word, 0, 0.5)].every(Number.isFinite)).toBe(true);
  });
});
