/**
 * Tolerances: Cholesky and substitution are backward stable (Higham 2002, Theorems 10.3 and 10.4). With unit
 * roundoff u, |LLᵀ − A| ≤ (n + 1)u|L||Lᵀ| and |Ax − b| ≤ (3n + 1)u|L||Lᵀ||x| to first order, and by Cauchy and
 * Schwarz (|L||Lᵀ|)ᵢⱼ ≤ √(aᵢᵢaⱼⱼ). The check multiplies out in float64 itself: another n roundings.
 */
import { describe, expect, it } from 'vitest';
import { choleskyDamped, choleskySolve, packedIndex, packedLength } from '../../src/math/packed.ts';
import { uniforms } from '../../src/math/philox.ts';
import { worst } from '../support/close.ts';

const U = 2 ** -53;
const at = (matrix: Float64Array, i: number, j: number) => matrix[i < j ? packedIndex(j, i) : packedIndex(i, j)];

/** Sums of squares of n + 2 random rows, columns scaled from 1 to 10⁻³: positive definite. */
function randomDefinite(order: number): Float64Array {
  const uniform = uniforms(3, 52, order);
  const rows = Array.from({ length: order + 2 }, () =>
    Float64Array.from({ length: order }, (_, j) => (2 * uniform() - 1) * 10 ** (-3 * j / order)));
  const matrix = new Float64Array(packedLength(order));
  for (let i = 0; i < order; i++) for (let j = 0; j <= i; j++) {
    matrix[packedIndex(i, j)] = rows.reduce((sum, row) => sum + row[i] * row[j], 0);
  }
  return matrix;
}

const diagonal = (matrix: Float64Array, order: number) =>
  Float64Array.from({ length: order }, (_, i) => at(matrix, i, i));

it('packs the lower triangle by rows', () => {
  const places: number[] = [];
  for (let i = 0; i < 5; i++) for (let j = 0; j <= i; j++) places.push(packedIndex(i, j));
  expect(places).toEqual(Array.from({ length: 15 }, (_, k) => k));
  expect([0, 1, 2, 5].map(packedLength)).toEqual([0, 1, 3, 15]);
});

describe.each([1, 2, 3, 5, 8])('a random positive definite matrix of order %i', (order) => {
  const matrix = randomDefinite(order);
  const scale = diagonal(matrix, order);
  const factor = new Float64Array(matrix.length);
  const rhs = Float64Array.from({ length: order }, (_, i) => (-1) ** i * (i + 1));

  const product = (lower: Float64Array, i: number, j: number) => {
    let sum = 0;
    for (let k = 0; k <= Math.min(i, j); k++) sum += lower[packedIndex(i, k)] * lower[packedIndex(j, k)];
    return sum;
  };

  it('is the product of its factor', () => {
    expect(choleskyDamped(matrix, scale, 0, 0, factor)).toBe(true);
    for (let i = 0; i < order; i++) for (let j = 0; j <= i; j++) {
      const tolerance = (2 * order + 2) * U * Math.sqrt(scale[i] * scale[j]);
      expect(Math.abs(product(factor, i, j) - at(matrix, i, j))).toBeLessThanOrEqual(tolerance);
    }
  });

  it('is solved to the rounding, also in place; another damping would be noticed', () => {
    const solve = (damping: number) => {
      expect(choleskyDamped(matrix, scale, damping, 0, factor)).toBe(true);
      const x = new Float64Array(order);
      choleskySolve(factor, rhs, x);
      const inPlace = rhs.slice();
      choleskySolve(factor, inPlace, inPlace);
      expect(inPlace).toEqual(x);
      return x;
    };
    const residual = (x: Float64Array, damping: number) => {
      const got = rhs.map((_, i) =>
        x.reduce((sum, value, j) => sum + (at(matrix, i, j) + (i === j ? damping * scale[i] : 0)) * value, 0));
      const size = rhs.map((_, i) =>
        x.reduce((sum, value, j) => sum + (1 + damping) * Math.sqrt(scale[i] * scale[j]) * Math.abs(value), 0));
      return worst(got, rhs, size.map((value) => (4 * order + 4) * U * value)).ratio;
    };
    expect(residual(solve(0), 0)).toBeLessThan(1);
    expect(residual(solve(0.5), 0.5)).toBeLessThan(1);
    expect(residual(solve(0.5), 0)).toBeGreaterThan(1);
  });

  it('damped is the matrix with damping·scale on its diagonal', () => {
    const sum = matrix.slice();
    for (let i = 0; i < order; i++) sum[packedIndex(i, i)] += 0.3 * (i + 1);
    const plain = new Float64Array(matrix.length);
    choleskyDamped(sum, scale, 0, 0, plain);
    choleskyDamped(matrix, scale.map((_, i) => i + 1), 0.3, 0, factor);
    expect(factor).toEqual(plain);
  });
});

describe('a factor is refused', () => {
  const ones = Float64Array.of(1, 1);
  const factored = (matrix: number[], damping = 0, floor = 0) =>
    choleskyDamped(Float64Array.from(matrix), ones, damping, floor, new Float64Array(3));

  it.each([
    ['an indefinite matrix', [1, 2, 1]],
    ['a negative one', [-1, 0, 1]],
    ['a singular one', [1, 1, 1]],
    ['zero', [0, 0, 0]],
    ['one with NaN', [1, NaN, 1]],
    ['one with NaN on the diagonal', [NaN, 0, 1]],
  ])('of %s', (_, matrix) => {
    expect(factored(matrix)).toBe(false);
  });

  it('until the damping makes it definite: eigenvalues 3 and −1 want more than 1', () => {
    expect(factored([1, 2, 1], 0.99)).toBe(false);
    expect(factored([1, 2, 1], 1.01)).toBe(true);
  });

  it('where a pivot is not above floor·scale', () => {
    expect(factored([1, 0, 1e-8], 0, 1e-7)).toBe(false);
    expect(factored([1, 0, 1e-7], 0, 1e-7)).toBe(false);
    expect(factored([1, 0, 1e-6], 0, 1e-7)).toBe(true);
  });
});
