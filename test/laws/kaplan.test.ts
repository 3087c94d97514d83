/** Kaplan's law: the losses that its published constants give, its limits, and its frontier. */
import { describe, expect, it } from 'vitest';
import { kaplan as law } from '../../src/laws/kaplan.ts';
import { uniforms } from '../../src/math/philox.ts';
import { JOINT, LAWS } from '../../src/paper/kaplan.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import { worst } from '../support/close.ts';
import { halfDigit } from '../support/published.ts';

const U = 2 ** -53;
const CENTRE = [20.5, 23.5]; // with few bits, so that centring and back is exact
const { N: OF_N, D: OF_D } = JOINT;
const NATURAL: readonly number[] = [OF_N.scale, OF_D.scale, OF_N.exponent, OF_D.exponent];

function lossOf([N_c, D_c, alpha_N, alpha_D]: readonly number[], N: number, D: number): number {
  return predictLoss('kaplan', { N_c, D_c, alpha_N, alpha_D } as Record<string, number>, { N, D });
}

/** Worked out outside the project from Kaplan et al. 2020, Eq. 1.5 and Table 2, to the digits printed here. */
describe.each([
  [1e8, 1e9, '2.956734'], [1e9, 2.3e10, '2.367307'], [1.5e9, 2.3e10, '2.310064'],
])('of %d parameters on %d tokens', (N, D, loss) => {
  it(`is ${loss}`, () => {
    expect(Math.abs(lossOf(NATURAL, N, D) - Number(loss))).toBeLessThanOrEqual(halfDigit(loss));
    expect(Math.abs(lossOf(NATURAL.with(2, 0.077), N, D) - Number(loss))).toBeGreaterThan(1e-3);
  });

  it('is [(N_c/N)^(α_N/α_D) + D_c/D]^α_D', () => {
    const formula = ((OF_N.scale / N) ** (OF_N.exponent / OF_D.exponent) + OF_D.scale / D) ** OF_D.exponent;
    expect(Math.abs(lossOf(NATURAL, N, D) / formula - 1)).toBeLessThan(200 * U);
  });
});

/** L(N) and L(D) alone, with the constants of Table 5: the same source. */
describe('where the other is without limit, is', () => {
  it.each([[1e6, '4.015880'], [1e8, '2.829963'], [1.5e9, '2.303551'], [1e12, '1.405338']])('L(N) of %d parameters', (N, loss) => {
    const alone = [LAWS.N.scale, 1e13, LAWS.N.exponent, 0.1];
    expect(Math.abs(lossOf(alone, N, 1e40) - Number(loss))).toBeLessThanOrEqual(halfDigit(loss));
    expect(Math.abs(lossOf(alone, N, 1e8) - Number(loss))).toBeGreaterThan(1e-3);
  });

  it.each([[2.2e7, '4.046199'], [1e9, '2.815642'], [2.3e10, '2.090322']])('L(D) of %d tokens', (D, loss) => {
    const alone = [1e13, LAWS.D.scale, 0.1, LAWS.D.exponent];
    expect(Math.abs(lossOf(alone, 1e40, D) - Number(loss))).toBeLessThanOrEqual(halfDigit(loss));
    expect(Math.abs(lossOf(alone, 1e8, D) - Number(loss))).toBeGreaterThan(1e-3);
  });
});

describe('coordinates', () => {
  it('p and q are the logs of what size or tokens alone would leave at the centre', () => {
    const x = law.toWorking(NATURAL, CENTRE);
    const want = [
      Math.log((OF_N.scale / Math.exp(CENTRE[0]!)) ** OF_N.exponent), Math.log((OF_D.scale / Math.exp(CENTRE[1]!)) ** OF_D.exponent),
      OF_N.exponent, Math.log(OF_D.exponent),
    ];
    expect(worst(x, want, want.map((value) => 100 * U * Math.abs(value))).ratio).toBeLessThan(1);
  });

  it('the grid of starts has scales from exp 15 to exp 40 and exponents from 0.05 to 0.8, once each', () => {
    const grid = law.paperStarts(CENTRE).map((start) => law.toNatural(start, CENTRE));
    expect(grid.length).toBe(6 * 6 * 5 * 5);
    const values = [0, 1, 2, 3].map((j) => [...new Set(grid.map((start) => (j < 2 ? Math.log(start[j]!) : start[j]!).toFixed(6)))].map(Number));
    const exponents = [0.05, 0.1, 0.2, 0.4, 0.8];
    expect(values).toEqual([[15, 20, 25, 30, 35, 40], [15, 20, 25, 30, 35, 40], exponents, exponents]);
  });

  it('a drawn start leaves 0.6 to 1.2 of the lowest loss by size or tokens alone, with exponents from 0.02 to 0.4', () => {
    const starts = Array.from({ length: 500 }, (_, k) => law.drawStart(2, uniforms(1, 1, k)));
    const columns = [0, 1, 2, 3].map((j) => starts.map((start) => (j === 2 ? start[j]! : Math.exp(start[j]!))));
    const ends = [[1.2, 2.4], [1.2, 2.4], [0.02, 0.4], [0.02, 0.4]] as const;
    columns.forEach((column, j) => {
      const [low, high] = ends[j]!;
      const shares = column.map((value) => (value - low) / (high - low));
      expect([Math.min(...shares) > -1e-12, Math.max(...shares) < 1 + 1e-12]).toEqual([true, true]);
      // The mean of 500 uniform numbers is off by 1/√6000 or so.
      expect(Math.abs(shares.reduce((sum, share) => sum + share / 500, 0) - 0.5)).toBeLessThan(5 / Math.sqrt(6000));
    });
  });
});

it.each([
  [0.08, 0.1, []], [0, 0.1, ['alpha_N <= 0']], [0.08, -1, ['alpha_D <= 0']], [NaN, NaN, ['alpha_N <= 0', 'alpha_D <= 0']],
])('alpha_N %d and alpha_D %d break the bounds %j', (alphaN, alphaD, broken) => {
  expect(law.brokenBounds([1e13, 1e13, alphaN, alphaD])).toEqual(broken);
});

describe.each([1e18, 5.76e23, 1e28])('the frontier at %d FLOPs', (C) => {
  const { N, D } = law.frontier.allocate(NATURAL, C);

  it('has terms in the bracket as α_N to α_D, on C = 6ND', () => {
    const [size, data] = [(OF_N.scale / N) ** (OF_N.exponent / OF_D.exponent), OF_D.scale / D];
    // Powers of numbers near exp 60.
    expect(Math.abs((data / size) * (OF_D.exponent / OF_N.exponent) - 1)).toBeLessThan(1000 * U);
    expect(Math.abs((6 * N * D) / C - 1)).toBeLessThan(1000 * U);
  });

  it('is where the loss is lowest', () => {
    const lossAt = (size: number) => lossOf(NATURAL, size, C / (6 * size));
    for (const factor of [0.5, 0.9, 0.99, 1.01, 1.1, 2]) expect(lossAt(factor * N)).toBeGreaterThan(lossAt(N));
  });

  it('grows as N ∝ C^(α_D/(α_N + α_D))', () => {
    const { a, b } = law.frontier.exponents(NATURAL);
    expect(a).toBe(0.103 / (0.076 + 0.103));
    expect(Math.abs(a + b - 1)).toBeLessThan(2 * U);
    const far = law.frontier.allocate(NATURAL, 1e4 * C);
    expect(Math.abs(Math.log(far.N / N) / Math.log(1e4) - a)).toBeLessThan(1000 * U);
  });
});
