import { describe, expect, it } from 'vitest';
import { gram, gramByBlocks } from '../../src/math/gram.ts';
import { packedIndex, packedLength } from '../../src/math/packed.ts';
import { uniforms } from '../../src/math/philox.ts';
import { worst } from '../support/close.ts';

type Gram = typeof gram;

function sums(by: Gram, slope: Float64Array, mass: Float64Array, jacobian: readonly Float64Array[]): number[] {
  const gradient = new Float64Array(jacobian.length).fill(NaN); // what was there before must not matter
  const hessian = new Float64Array(packedLength(jacobian.length)).fill(NaN);
  by(slope, mass, jacobian, gradient, hessian);
  return [...gradient, ...hessian];
}

it.each([['gram', gram], ['gramByBlocks', gramByBlocks]])('%s adds two columns as worked out by hand', (_, by) => {
  const got = sums(by, Float64Array.of(1, 2), Float64Array.of(3, 4), [Float64Array.of(1, 2), Float64Array.of(3, 5)]);
  expect(got).toEqual([1 + 4, 3 + 10, 3 + 16, 9 + 40, 27 + 100]);
});

describe.each([1, 4, 7, 101])('five columns of %i', (length) => {
  const uniform = uniforms(2, 51, length);
  const column = (draw: () => number) => Float64Array.from({ length }, draw);
  const whole = () => Math.floor(20 * uniform()) - 9;
  const real = () => 2 * uniform() - 1;

  it('sum in registers to what they sum to by blocks: exactly, in whole numbers', () => {
    const [slope, mass] = [column(whole), column(whole)];
    const jacobian = Array.from({ length: 5 }, () => column(whole));
    expect(sums(gram, slope, mass, jacobian)).toEqual(sums(gramByBlocks, slope, mass, jacobian));
  });

  it('and else to the rounding of the sums; two columns in the wrong order would be noticed', () => {
    const [slope, mass] = [column(real), column(real)];
    const jacobian = Array.from({ length: 5 }, () => column(real));
    const pairs = sums(gramByBlocks, slope, mass, jacobian);
    const size = sums(gramByBlocks, slope.map(Math.abs), mass.map(Math.abs), jacobian.map((c) => c.map(Math.abs)));
    // n additions and two products, in either order: (n + 2)u of the absolute terms on each side.
    const tolerance = size.map((value) => 2 * (length + 2) * 2 ** -53 * value);
    expect(worst(sums(gram, slope, mass, jacobian), pairs, tolerance).ratio).toBeLessThan(1);
    const [c0, c1, c2, c3, c4] = jacobian;
    expect(worst(sums(gram, slope, mass, [c0, c1, c2, c4, c3]), pairs, tolerance).ratio).toBeGreaterThan(1);
  });
});

const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19]; // every product tells its pair

it.each([1, 2, 3, 4, 5, 6, 7, 8])('of %i columns, puts the pair (j, k) where packedIndex says', (order) => {
  // Two points alike: slopes 3 − 1, masses 2 + 5.
  const jacobian = PRIMES.slice(0, order).map((prime) => Float64Array.of(prime, prime));
  for (const by of [gram, gramByBlocks]) {
    const got = sums(by, Float64Array.of(3, -1), Float64Array.of(2, 5), jacobian);
    expect(got.slice(0, order)).toEqual(PRIMES.slice(0, order).map((prime) => 2 * prime));
    for (let j = 0; j < order; j++) for (let k = 0; k <= j; k++) {
      expect(got[order + packedIndex(j, k)]).toBe(7 * PRIMES[j]! * PRIMES[k]!);
    }
  }
});
