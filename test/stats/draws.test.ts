/** Draws from the sandwich: moments of a multivariate Student's t, and that they are pure. */
import { expect, it } from 'vitest';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { choleskyDamped, choleskySolve, packedIndex } from '../../src/math/packed.ts';
import { polish } from '../../src/optim/polish.ts';
import { sandwichDraws } from '../../src/stats/draws.ts';
import { sandwichCovariance } from '../../src/stats/sandwich.ts';
import { grid, problemCase } from '../support/cases.ts';

const ORDER = 5;
const COUNT = 4000;

/** x, its covariance and the draws in working coordinates, of a sweep with so many of the grid's runs. */
function drawn(runs: number) {
  const { problem, centre, truth } = problemCase({ sizes: grid().filter((_, i) => (i * runs) % 100 < runs) });
  const { x } = polish(problem, truth);
  const natural = sandwichDraws(problem, x, centre, COUNT, 7);
  const points = Array.from({ length: COUNT }, (_, k) => chinchilla.toWorking(natural.subarray(k * ORDER, (k + 1) * ORDER), centre));
  return { x, V: sandwichCovariance(problem, x), points, degrees: problem.logLoss.length - ORDER };
}

/** (p − x)ᵀV⁻¹(p − x)/P of each draw: F with P and ν degrees of freedom. */
function distances({ x, V, points }: ReturnType<typeof drawn>): number[] {
  const factor = V.slice();
  choleskyDamped(V, x.map((_, j) => V[packedIndex(j, j)]!), 0, 0, factor);
  return points.map((point) => {
    const off = point.map((value, j) => value - x[j]!);
    const solved = off.slice();
    choleskySolve(factor, off, solved);
    return off.reduce((sum, value, j) => sum + value * solved[j]!, 0) / ORDER;
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

it.each([[25], [100]])('of %d runs they lie about x as Student\'s t does', (runs) => {
  const all = drawn(runs);
  const nu = all.degrees;
  expect(nu).toBe(runs - ORDER);
  // F(P, ν): mean ν/(ν − 2), variance 2ν²(P + ν − 2)/(P(ν − 2)²(ν − 4)); five standard errors.
  const want = nu / (nu - 2);
  const error = Math.sqrt((2 * nu * nu * (ORDER + nu - 2)) / (ORDER * (nu - 2) ** 2 * (nu - 4)) / COUNT);
  const got = mean(distances(all));
  expect(Math.abs(got - want)).toBeLessThan(5 * error);
  expect(Math.abs(got - 1)).toBeGreaterThan(runs === 25 ? 5 * error : 0); // 1 is the mean of normal draws
});

it('have the covariance V·ν/(ν − 2), sign and all', () => {
  const { x, V, points, degrees } = drawn(100);
  let largest = 0;
  const near = 5 * Math.sqrt(2.2 / COUNT); // the variance of such a product is at most 2 for normal draws, 2.2 for this t
  for (let i = 0; i < ORDER; i++) for (let j = 0; j <= i; j++) {
    const size = Math.sqrt(V[packedIndex(i, i)]! * V[packedIndex(j, j)]!);
    const want = (V[packedIndex(i, j)]! * degrees) / (degrees - 2) / size;
    const got = mean(points.map((point) => (point[i]! - x[i]!) * (point[j]! - x[j]!))) / size;
    expect(Math.abs(got - want)).toBeLessThan(near);
    if (j < i) largest = Math.max(largest, Math.abs(want));
  }
  expect(largest).toBeGreaterThan(2 * near); // draws without correlation would be noticed
});

const { problem, centre, truth } = problemCase();
const { x } = polish(problem, truth);

it('draw k is a pure function of the seed and k', () => {
  const five = sandwichDraws(problem, x, centre, 5, 3);
  expect(sandwichDraws(problem, x, centre, 9, 3).subarray(0, 25)).toEqual(five);
  expect(sandwichDraws(problem, x, centre, 5, 4)).not.toEqual(five);
  expect(five.subarray(0, 5)).not.toEqual(five.subarray(5, 10));
});

it('are NaN where there is no covariance', () => {
  const none = sandwichDraws(problem, x.with(1, -1000), centre, 3, 0);
  expect(none).toEqual(new Float64Array(15).fill(NaN));
});
