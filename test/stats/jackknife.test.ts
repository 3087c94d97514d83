/** Standard error and acceleration in closed form, and what is left out. */
import { describe, expect, it } from 'vitest';
import { batchOf } from '../../src/fit/batch.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { acceleration, groupsToLeaveOut, jackknifeError } from '../../src/stats/jackknife.ts';
import { sweepCase } from '../support/cases.ts';
import { SPATIAL, varianceOf, withoutEach } from './spatial.ts';

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

it('of a mean: s/√n, and its skewness over 6√n', () => {
  const n = SPATIAL.length;
  const variance = varianceOf(SPATIAL);
  expect(jackknifeError(withoutEach(meanOf))).toBeCloseTo(Math.sqrt(variance / (n - 1)), 12);
  const skewness = meanOf(SPATIAL.map((value) => (value - meanOf(SPATIAL)) ** 3)) / variance ** 1.5;
  expect(skewness).toBeLessThan(-0.3); // so that its sign is told
  expect(acceleration(withoutEach(meanOf))).toBeCloseTo(skewness / (6 * Math.sqrt(n)), 12);
});

it('acceleration of a variance: 0.061, Efron and Tibshirani 1993, §14.3', () => {
  expect(acceleration(withoutEach(varianceOf)).toFixed(3)).toBe('0.061');
  expect(acceleration(withoutEach((values) => 5 - 2 * varianceOf(values))).toFixed(3)).toBe('-0.061');
});

it('nothing changes: 0; no values: NaN', () => {
  const same = Float64Array.of(2, 2, 2);
  expect([jackknifeError(same), acceleration(same)]).toEqual([0, 0]);
  expect([jackknifeError(new Float64Array()), acceleration(new Float64Array())]).toEqual([NaN, NaN]);
});

describe('what is left out', () => {
  const sizes = [1e8, 1e8, 2e8, 2e8, 4e8, 4e8, 8e8].map((N, i) => ({ N, D: 1e10 * (1 + (i % 4)) }));
  const sweep = sweepCase({ sizes });
  const base = (weight = sweep.weight) => batchOf({ ...sweep, weight }, chinchilla);
  const clusters = (cluster: readonly string[]) => ({ kind: 'cluster', cluster }) as const;

  it('each run that has weight, once', () => {
    expect(groupsToLeaveOut(sweep, base(), {}).members).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => [i]));
    const { groups, group, members } = groupsToLeaveOut(sweep, base(sweep.weight.with(2, 0)), { kind: 'wild' });
    expect([groups, members]).toEqual([6, [0, 1, 3, 4, 5, 6].map((i) => [i])]);
    members.forEach(([i], g) => expect(group[i!]).toBe(g));
  });

  it('each cluster that has a run of weight, whole', () => {
    const more = sweepCase({ sizes: [...sizes, ...sizes.slice(0, 3)] });
    const weight = more.weight.with(0, 0).with(3, 0);
    const cluster = ['b', 'a', 'b', 'c', 'a', 'd', 'd', 'e', 'f', 'f'];
    const { groups, group, members } = groupsToLeaveOut(more, batchOf({ ...more, weight }, chinchilla), clusters(cluster));
    expect([groups, members]).toEqual([5, [[1, 4], [2], [5, 6], [7], [8, 9]]]);
    members.forEach((runs, g) => runs.forEach((i) => expect(group[i]).toBe(g)));
  });

  it.each([
    [sweep.weight.with(0, 0).with(2, 0), {}, 'line 3: expected at least 5 runs beside it, one for each parameter of chinchilla, got 4. ' +
      'Add runs, so that it can be left out.'],
    [sweep.weight, clusters(['a', 'a', 'a', 'b', 'c', 'd', 'e']), 'cluster "a": expected at least 5 runs beside it, ' +
      'one for each parameter of chinchilla, got 4. Add runs, so that it can be left out.'],
  ])('too few others are refused', (weight, options, message) => {
    expect(() => groupsToLeaveOut(sweep, base(weight), options)).toThrow(message);
  });

  it('others of one size are refused', () => {
    const narrow = sweepCase({ sizes: sizes.map(({ D }, i) => ({ N: i === 3 ? 2e8 : 1e8, D })) });
    expect(() => groupsToLeaveOut(narrow, batchOf(narrow, chinchilla), {})).toThrow(
      'line 5: expected at least two different values of N beside it, got 100000000 in every run. Add runs at another N, so that it can be left out.');
  });
});
