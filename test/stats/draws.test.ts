/** Draws from the sandwich: moments of a multivariate Student's t, and that they are pure. */
import { expect, it } from 'vitest';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { normals, STREAM, uniforms } from '../../src/math/philox.ts';
import { choleskyDamped, choleskySolve, packedIndex, packedLength } from '../../src/math/packed.ts';
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

/** Student's t in closed form. */
const STUDENT: Readonly<Record<number, (t: number) => number>> = {
  1: (t) => 0.5 + Math.atan(t) / Math.PI,
  2: (t) => 0.5 + t / (2 * Math.sqrt(2 + t * t)),
  3: (t) => 0.5 + (Math.atan(t / Math.sqrt(3)) + (Math.sqrt(3) * t) / (3 + t * t)) / Math.PI,
};

it.each([1, 2, 3])('with %d degrees of freedom alpha has that Student\'s t', (degrees) => {
  const count = 40_000;
  const few = problemCase({ sizes: grid().filter((_, i) => i % 9 === 0).slice(0, ORDER + degrees) });
  const V = sandwichCovariance(few.problem, few.truth);
  const natural = sandwichDraws(few.problem, few.truth, few.centre, count, 7);
  const alpha = Float64Array.from({ length: count }, (_, k) => (natural[k * ORDER + 3]! - few.truth[3]!) / Math.sqrt(V[packedIndex(3, 3)]!)).toSorted();
  const distance = (of: number) => alpha.reduce((most, t, i) =>
    Math.max(most, Math.abs(STUDENT[of]!(t) - i / count), Math.abs(STUDENT[of]!(t) - (i + 1) / count)), 0);
  const limit = Math.sqrt(-Math.log(1e-5 / 2) / 2 / count); // Kolmogorov and Smirnov: exceeded once in 1e5 samples
  for (const of of [1, 2, 3]) expect(distance(of) < limit).toBe(of === degrees);
});

it('the direction of draw k is that of normals from a stream of their own', () => {
  const V = sandwichCovariance(problem, x);
  const factor = new Float64Array(packedLength(ORDER));
  choleskyDamped(V, x.map((_, j) => V[packedIndex(j, j)]!), 0, 0, factor);
  const unit = (v: Float64Array) => v.map((value) => value / Math.hypot(...v));
  const k = 1;
  const drawnAt = chinchilla.toWorking(sandwichDraws(problem, x, centre, 2, 3).subarray(k * ORDER), centre);
  const got = unit(drawnAt.map((value, j) => value - x[j]!));
  const off = (stream: number) => {
    const z = Float64Array.from({ length: ORDER }, normals(uniforms(3, stream, k)));
    const want = unit(z.map((_, i) => z.subarray(0, i + 1).reduce((sum, value, j) => sum + factor[packedIndex(i, j)]! * value, 0)));
    return Math.max(...want.map((value, j) => Math.abs(value - got[j]!)));
  };
  // |Lz| is of order 0.01 and x of order one, to and from natural parameters: some 100 roundings.
  expect(off(STREAM.sandwich)).toBeLessThan(1e-12);
  expect(Object.values(STREAM).filter((stream) => off(stream) < 1e-3)).toEqual([STREAM.sandwich]);
});

it('are NaN where there is no covariance', () => {
  const none = sandwichDraws(problem, x.with(1, -1000), centre, 3, 0);
  expect(none).toEqual(new Float64Array(15).fill(NaN));
});
