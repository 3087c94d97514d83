import { describe, expect, it } from 'vitest';
import { schedule, warmSchedule } from '../../src/backend/schedule.ts';
import { InputError } from '../../src/errors.ts';

describe('the thresholds', () => {
  it.each([
    [1e-3, [1, 0.1, 0.01, 3e-3, 1e-3]],
    [1e-4, [1, 0.1, 0.01, 1e-3, 3e-4, 1e-4]],
    [3e-3, [0.3, 0.03, 9e-3, 3e-3]],
    [0.1, [1, 0.3, 0.1]],
    [0.5, [1.5, 0.5]],
    [10, [30, 10]],
  ])('to δ = %d fall from about one nat', (delta, want) => {
    const thresholds = schedule(delta, 1e-12).map((stage) => stage.delta);
    expect(thresholds.map((value) => Number(value.toPrecision(12)))).toEqual(want);
  });

  it('end at δ exactly: the objective is that of the last', () => {
    for (const delta of [1e-3, 0.0123, 7]) expect(schedule(delta, 1e-6).at(-1)?.delta).toBe(delta);
  });
});

it('resolves only the last stage as far as the arithmetic does', () => {
  expect(schedule(1e-3, 1e-6).map(({ tolerance, steps }) => [tolerance, steps])).toEqual([
    [1e-3, 60], [1e-3, 60], [1e-5, 60], [1e-5, 60], [1e-6, 300],
  ]);
});

it.each([0, -1e-3, NaN, Infinity])('refuses δ = %d', (delta) => {
  expect(() => schedule(delta, 1e-12)).toThrow(
    new InputError(`delta: expected a positive Huber threshold in nats such as 1e-3, got ${delta}.`),
  );
});

it('from near by takes the last two stages', () => {
  expect(warmSchedule(1e-3, 1e-12)).toEqual(schedule(1e-3, 1e-12).slice(-2));
});
