import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { batchOf } from '../../src/fit/batch.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import type { Sweep } from '../../src/types.ts';
import { sweepCase } from '../support/cases.ts';

const sweep = sweepCase();
const small = (count: number): Sweep =>
  sweepCase({ sizes: Array.from({ length: count }, (_, i) => ({ N: 1e8 * (i + 1), D: 1e9 * (i % 2 + 1) })) });

describe('a batch', () => {
  const batch = batchOf(sweep, chinchilla);

  it('has the logs of N and D, centred, and of the losses', () => {
    const { N, D } = sweep.columns;
    batch.inputs.forEach((column, k) => {
      // A mean of 100 logs near 20 is rounded to 100u of 20 at most: its centred column sums to 100 of that.
      expect(Math.abs(column.reduce((sum, value) => sum + value, 0))).toBeLessThan(100 * 100 * 20 * 2 ** -53);
      const count = [N, D][k];
      const back = column.map((value) => Math.exp(value + batch.centre[k]));
      back.forEach((value, i) => expect(Math.abs(value / count[i] - 1)).toBeLessThan(100 * 2 ** -53));
    });
    expect(Math.exp(batch.logLoss[3])).toBeCloseTo(sweep.loss[3], 12);
    expect(batch).toMatchObject({ points: 100, replicates: 1, law: chinchilla });
  });

  it('has the weights of the sweep', () => {
    const weight = sweep.weight.map((_, i) => i % 4);
    expect(batchOf({ ...sweep, weight }, chinchilla).weight).toEqual(weight);
  });

  it('may have as few runs as the law has parameters', () => {
    expect(batchOf(small(5), chinchilla).points).toBe(5);
  });
});

describe('a sweep is refused', () => {
  const batch = (wrong: Sweep) => () => batchOf(wrong, chinchilla);

  it('with fewer runs than parameters', () => {
    expect(batch(small(4))).toThrow(new InputError(
      'case: expected at least 5 runs, one for each parameter of chinchilla (E, A, B, alpha, beta), got 4. ' +
        'Add runs, or relax the filters.'));
  });

  it('with fewer runs of weight above 0', () => {
    const weight = sweep.weight.map((_, i) => (i < 3 ? 1 : 0));
    expect(batch({ ...sweep, weight })).toThrow(new InputError(
      'case: expected at least 5 runs, one for each parameter of chinchilla (E, A, B, alpha, beta), got 3. ' +
        'Runs of weight 0 do not count. Add runs, or relax the filters.'));
  });

  it('that is only planned', () => {
    expect(batch({ ...sweep, loss: sweep.loss.map(() => NaN) })).toThrow(new InputError(
      'case, loss: expected a positive loss of every run, got a table of planned runs. ' +
        'Fit one that has losses, or simulate this one.'));
  });

  it('with one N', () => {
    expect(batch(sweepCase({ sizes: [1, 2, 3, 4, 5].map((k) => ({ N: 7e7, D: k * 1e9 })) }))).toThrow(new InputError(
      'case, N: expected at least two different values, got 70000000 in every run. ' +
        'Without variation in N its term cannot be told from E; add runs at another N.'));
  });

  it('with one D, but for runs of weight 0', () => {
    const sizes = [1, 2, 3, 4, 5, 6].map((k) => ({ N: k * 1e8, D: k < 6 ? 2e9 : 3e9 }));
    const weight = Float64Array.of(1, 1, 1, 1, 1, 0);
    expect(batch({ ...sweepCase({ sizes }), weight })).toThrow(new InputError(
      'case, D: expected at least two different values, got 2000000000 in every run. ' +
        'Without variation in D its term cannot be told from E; add runs at another D.'));
  });
});
