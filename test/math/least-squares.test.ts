/**
 * Tolerances: with unit roundoff u, the computed x is the exact one of data that differ by c·u relative in each column,
 * c a small multiple of n·P (Björck and Paige 1992, §3). So x differs by about c·u·κ of its size, where the residual is
 * small, and orthogonality of the residual to a column is off by c·u of the product of their norms.
 */
import { describe, expect, it } from 'vitest';
import { dot } from '../../src/math/dot.ts';
import { leastSquares } from '../../src/math/least-squares.ts';
import { uniforms } from '../../src/math/philox.ts';

const U = 2 ** -53;

function randomColumns(rows: number, order: number, seed: number): Float64Array[] {
  const uniform = uniforms(seed, 11, rows);
  return Array.from({ length: order }, () => Float64Array.from({ length: rows }, () => 2 * uniform() - 1));
}

const combine = (columns: readonly Float64Array[], x: ArrayLike<number>) =>
  columns[0].map((_, i) => columns.reduce((sum, column, j) => sum + column[i] * x[j], 0));

const norm = (v: Float64Array) => Math.sqrt(dot(v, v));

/** Largest cosine between the residual and a column, in units of what rounding allows. */
function tilt(columns: readonly Float64Array[], y: Float64Array, x: ArrayLike<number>): number {
  const residual = y.map((value, i) => value - combine(columns, x)[i]);
  const allowed = 10 * y.length * columns.length * U * norm(y);
  return Math.max(...columns.map((column) => Math.abs(dot(residual, column)) / (norm(column) * allowed)));
}

describe.each([[3, 3], [5, 3], [40, 5]])('%i rows, %i columns', (rows, order) => {
  const columns = randomColumns(rows, order, 7);
  const [noise] = randomColumns(rows, 1, 8);

  it('gives back what y was made from', () => {
    const truth = Float64Array.from({ length: order }, (_, j) => (-2) ** j);
    const { x, residual } = leastSquares(columns, combine(columns, truth));
    // Random columns in [−1, 1]: condition numbers here are below 100.
    x.forEach((value, j) => { expect(Math.abs(value / truth[j] - 1)).toBeLessThan(100 * 10 * rows * order * U); });
    expect(Math.sqrt(residual)).toBeLessThan(10 * rows * order * U * norm(combine(columns, truth)));
  });

  it('leaves a residual at a right angle to every column; a nudged solution does not', () => {
    const { x, residual } = leastSquares(columns, noise);
    expect(tilt(columns, noise, x)).toBeLessThan(1);
    expect(tilt(columns, noise, x.map((value) => value * (1 + 1e-9)))).toBeGreaterThan(1);
    const rest = noise.map((value, i) => value - combine(columns, x)[i]);
    expect(Math.abs(residual - dot(rest, rest))).toBeLessThan(10 * rows * order * U * dot(noise, noise));
  });

  it('does not depend on the scale of a column, here by powers of two, which do not round', () => {
    const { x } = leastSquares(columns, noise);
    const scaled = leastSquares(columns.map((column, j) => column.map((value) => value * 2 ** (40 * j))), noise);
    expect(scaled.x).toEqual(x.map((value, j) => value * 2 ** (-40 * j)));
  });
});

it('is the line through four points that a hand finds: y = 3.5 + 1.4·x, Σr² = 4.2', () => {
  const [one, x] = [Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 2, 3, 4)];
  const fit = leastSquares([one, x], Float64Array.of(6, 5, 7, 10));
  expect(fit.x[0]).toBeCloseTo(3.5, 12);
  expect(fit.x[1]).toBeCloseTo(1.4, 12);
  expect(fit.residual).toBeCloseTo(4.2, 12);
});

it('keeps what normal equations lose: 1 and 1 + 1e-9·i differ by less than the root of the roundoff', () => {
  const one = new Float64Array(6).fill(1);
  const near = Float64Array.from({ length: 6 }, (_, i) => 1 + 1e-9 * i);
  const { x } = leastSquares([one, near], combine([one, near], [2, 3]));
  // κ is about 2e9: nine of the sixteen digits are gone, not all.
  expect(Math.abs(x[1] / 3 - 1)).toBeLessThan(2e9 * 120 * U);
});

describe('no solution', () => {
  const [a, b] = randomColumns(5, 2, 9);
  it.each([
    ['two columns that are one', [a, a.map((value) => 3 * value)]],
    ['three that span a plane', [a, b, a.map((value, i) => value - 2 * b[i])]],
    ['a column of zeros', [a, new Float64Array(5)]],
    ['a NaN', [a, b.map((value, i) => (i === 2 ? NaN : value))]],
    ['more columns than rows', [...randomColumns(2, 3, 9)]],
  ])('is NaN: %s', (_, columns) => {
    const { x, residual } = leastSquares(columns, columns[0]);
    expect([...x, residual].every(Number.isNaN)).toBe(true);
  });

  it('and inputs are left as they were', () => {
    const before = [a.slice(), b.slice()];
    leastSquares([a], b);
    expect([a, b]).toEqual(before);
  });
});
