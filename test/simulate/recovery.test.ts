/** Bias, spread, RMSE and coverage of numbers whose answers are known, and their Monte-Carlo errors. */
import { describe, expect, it } from 'vitest';
import { normals, uniforms } from '../../src/math/philox.ts';
import { Coverage, recoveryOf } from '../../src/simulate/recovery.ts';

it('is what it says on three numbers', () => {
  const { mean, bias, spread, rmse, coverage } = recoveryOf(Float64Array.of(1, 2, 6), 2, 'x', {});
  expect(mean).toBe(3);
  expect(bias.value).toBe(1);
  expect(bias.error).toBeCloseTo(Math.sqrt(7 / 3), 12); // variance (4 + 1 + 9)/2
  expect(spread.value).toBeCloseTo(Math.sqrt(7), 12);
  expect(rmse.value).toBeCloseTo(Math.sqrt(17 / 3), 12);
  expect(coverage).toEqual({});
});

it('gives errors that are those over many simulations', () => {
  const draw = normals(uniforms(3, 90, 0));
  const all = Array.from({ length: 400 }, () => recoveryOf(Float64Array.from({ length: 200 }, () => 1 + 2 * draw()), 0, 'x', {}));
  for (const figure of ['bias', 'spread', 'rmse'] as const) {
    const values = all.map((found) => found[figure].value);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const actual = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    const claimed = all.reduce((sum, found) => sum + found[figure].error, 0) / all.length;
    expect(Math.abs(claimed / actual - 1)).toBeLessThan(5 / Math.sqrt(2 * 400)); // of a standard deviation from 400
  }
});

it('is not finite where there is nothing to go by', () => {
  expect(recoveryOf(new Float64Array(0), 1, 'x', {}).mean).toBeNaN();
  expect(recoveryOf(Float64Array.of(1), 1, 'x', {}).spread.value).toBeNaN();
});

describe('coverage', () => {
  const coverage = new Coverage();
  for (const [low, high] of [[0, 2], [1, 2], [1.5, 2], [NaN, NaN]] as const) coverage.note({ x: 1 }, { x: [low, high] });

  it('counts intervals that hold the truth, ends included, and none that are NaN', () => {
    expect(coverage.of('x').value).toBe(0.5);
    expect(coverage.of('x').error).toBeCloseTo(0.25, 12);
  });

  it('is never without error', () => {
    const all = new Coverage();
    for (let k = 0; k < 20; k++) all.note({ x: 1 }, { x: [0, 2] });
    expect(all.of('x')).toEqual({ value: 1, error: expect.any(Number) });
    expect(all.of('x').error).toBeGreaterThan(0.01);
  });
});
