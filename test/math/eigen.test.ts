/** Tolerances: Jacobi rotations are backward stable, so that no eigenvalue errs by more than c·n·u‖A‖; c = 10. */
import { describe, expect, it } from 'vitest';
import { symmetricEigenvalues } from '../../src/math/eigen.ts';
import { packedIndex, packedLength } from '../../src/math/packed.ts';
import { uniforms } from '../../src/math/philox.ts';
import { worst } from '../support/close.ts';

const error = (order: number, norm: number) => 10 * order * 2 ** -53 * norm;

function packedFrom(order: number, element: (i: number, j: number) => number): Float64Array {
  const packed = new Float64Array(packedLength(order));
  for (let i = 0; i < order; i++) for (let j = 0; j <= i; j++) packed[packedIndex(i, j)] = element(i, j);
  return packed;
}

/** How many eigenvalues lie below the shift: negative pivots of A − shift·I, by Sylvester's law of inertia. */
function countBelow(packed: Float64Array, order: number, shift: number): number {
  const a = Array.from({ length: order }, (_, i) => Array.from({ length: order }, (__, j) =>
    packed[packedIndex(Math.max(i, j), Math.min(i, j))] - (i === j ? shift : 0)));
  let negative = 0;
  for (let k = 0; k < order; k++) {
    if (a[k][k] < 0) negative++;
    for (let i = k + 1; i < order; i++) {
      const ratio = a[i][k] / a[k][k];
      for (let j = k; j < order; j++) a[i][j] -= ratio * a[k][j];
    }
  }
  return negative;
}

it.each([
  ['of one number', 1, [-4], [-4]],
  ['of zero', 3, [0, 0, 0, 0, 0, 0], [0, 0, 0]],
  ['of a diagonal, ascending', 3, [3, 0, -1, 0, 0, 2], [-1, 2, 3]],
  ['with a double one', 3, [2, 1, 2, 1, 1, 2], [1, 1, 4]],
])('are right %s', (_, order, packed, want) => {
  const got = symmetricEigenvalues(Float64Array.from(packed), order);
  expect(worst(got, want, want.map(() => error(order, 4))).ratio).toBeLessThan(1);
});

it.each([2, 5, 10])('of the second difference of order %i are 2 − 2cos(kπ/(n + 1))', (order) => {
  const matrix = packedFrom(order, (i, j) => (i === j ? 2 : i === j + 1 ? -1 : 0));
  const want = Array.from({ length: order }, (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (order + 1)));
  const { ratio, where } = worst(symmetricEigenvalues(matrix, order), want, want.map(() => error(order, 4)));
  expect(ratio, where).toBeLessThan(1);
});

it('give the condition number of the Hilbert matrix of order 5, 476607.25024', () => {
  const eigenvalues = symmetricEigenvalues(packedFrom(5, (i, j) => 1 / (i + j + 1)), 5);
  const condition = eigenvalues[4] / eigenvalues[0];
  // The smallest errs by 10nu‖A‖, which is 10nu·condition of itself; half a unit of the printed digits beside it.
  expect(Math.abs(condition - 476607.25024)).toBeLessThan(error(5, 1) * condition ** 2 + 5e-6);
});

describe.each([2, 3, 5, 8])('of a random symmetric matrix of order %i', (order) => {
  const uniform = uniforms(4, 53, order);
  const matrix = packedFrom(order, () => 2 * uniform() - 1);
  const eigenvalues = symmetricEigenvalues(matrix, order);
  const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);
  const squares = sum(matrix.map((value) => 2 * value ** 2))
    - sum(Array.from({ length: order }, (_, i) => matrix[packedIndex(i, i)] ** 2));
  const norm = Math.sqrt(squares);

  it('sum to the trace, and their squares to those of the elements', () => {
    const trace = sum(Array.from({ length: order }, (_, i) => matrix[packedIndex(i, i)]));
    expect(Math.abs(sum(eigenvalues) - trace)).toBeLessThan(order * error(order, norm));
    const got = sum(eigenvalues.map((value) => value ** 2));
    expect(Math.abs(got - squares)).toBeLessThan(2 * norm * order * error(order, norm));
  });

  it('are where the inertia of A − λI changes; 1e-9 beside them it does not', () => {
    eigenvalues.forEach((value, k) => {
      const tolerance = 1e-12 * norm; // above the error of Jacobi; elimination without pivoting adds its growth
      expect(countBelow(matrix, order, value - tolerance)).toBe(k);
      expect(countBelow(matrix, order, value + tolerance)).toBe(k + 1);
      expect(countBelow(matrix, order, value + 1e-9 - tolerance)).toBe(k + 1);
    });
  });
});
