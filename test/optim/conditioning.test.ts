import { describe, expect, it } from 'vitest';
import { batchOf } from '../../src/fit/batch.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { conditionNumber } from '../../src/optim/conditioning.ts';
import type { Law } from '../../src/laws/law.ts';
import { grid, NATURAL, problemCase, sweepCase } from '../support/cases.ts';

const { problem, truth } = problemCase();
const condition = conditionNumber(problem, truth);
// Eigenvalues err by some u of the largest, 5: relative to the smallest, 50u times the condition number.
const resolved = 50 * 2 ** -53 * condition;

/** The condition number of a law where N is counted in another unit. */
function inUnitsOf(unit: number): number {
  const sweep = sweepCase();
  const columns = { ...sweep.columns, N: sweep.columns.N.map((count) => count * unit) };
  const batch = batchOf({ ...sweep, columns }, chinchilla);
  const [E, A, B, alpha, beta] = NATURAL;
  return conditionNumber(batch, chinchilla.toWorking([E, A * unit ** alpha, B, alpha, beta], batch.centre));
}

describe('the condition number', () => {
  it('is between 1 and 1e5 for a crossed design', () => {
    expect(condition).toBeGreaterThan(1);
    expect(condition).toBeLessThan(1e5);
  });

  it.each([1e-3, 1e3, 1e9])('does not change with N in units of %d', (unit) => {
    // log N is rounded to 20u, and a change of the inputs by that moves the eigenvalues by no more.
    expect(Math.abs(inUnitsOf(unit) / condition - 1)).toBeLessThan(20 * resolved);
  });

  it('does not change with the units of a parameter', () => {
    const law: Law = {
      ...chinchilla,
      predict(x, inputs, prediction, jacobian) {
        chinchilla.predict(x, inputs, prediction, jacobian);
        jacobian[3].forEach((slope, i) => { jacobian[3][i] = slope / 1024; }); // exact
      },
    };
    expect(Math.abs(conditionNumber({ ...problem, law }, truth) / condition - 1)).toBeLessThan(resolved);
  });

  it('would, without centring: a is then tied to alpha', () => {
    const sweep = sweepCase();
    const inputs = [sweep.columns.N, sweep.columns.D].map((column) => column.map(Math.log));
    const raw = conditionNumber({ ...problem, inputs }, chinchilla.toWorking(NATURAL, [0, 0]));
    expect(raw).toBeGreaterThan(10 * condition);
  });

  it('does not change with all weights, and does with some', () => {
    const weighted = (weight: (i: number) => number) =>
      conditionNumber({ ...problem, weight: problem.weight.map((_, i) => weight(i)) }, truth);
    expect(Math.abs(weighted(() => 7) / condition - 1)).toBeLessThan(20 * resolved);
    expect(Math.abs(weighted((i) => (i < 50 ? 7 : 1)) / condition - 1)).toBeGreaterThan(1e-3);
  });

  it('of points of weight 0 is that of the points without them', () => {
    const half = (column: Float64Array) => column.subarray(0, 50);
    const [logLoss, weight] = [problem.logLoss, problem.weight].map(half);
    const without = { ...problem, inputs: problem.inputs.map(half), logLoss, weight };
    const zeroed = { ...problem, weight: problem.weight.map((w, i) => (i < 50 ? w : 0)) };
    const want = conditionNumber(without, truth);
    expect(Math.abs(conditionNumber(zeroed, truth) / want - 1)).toBeLessThan(50 * 2 ** -53 * want);
  });

  it.each([['A', 1], ['B', 2], ['E', 0]])('is infinite where %s has vanished', (_, j) => {
    expect(conditionNumber(problem, truth.with(j, -1000))).toBe(Infinity);
  });

  it('is above 1e8 where D = 20N in every run, though the exponents differ', () => {
    const sizes = grid().map(({ N }) => ({ N, D: 20 * N }));
    const { problem: diagonal, truth: law } = problemCase({ sizes });
    expect(conditionNumber(diagonal, law)).toBeGreaterThan(1e8);
  });

  it('is infinite, or beyond what float64 tells from it, where the exponents are equal too', () => {
    const sizes = grid().map(({ N }) => ({ N, D: 20 * N }));
    const { problem: diagonal, truth: law } = problemCase({ sizes });
    expect(conditionNumber(diagonal, law.with(4, law[3]))).toBeGreaterThan(1e14);
  });
});
