import { describe, expect, it } from 'vitest';
import { minimise } from '../../src/math/minimise.ts';
import { betweenFailures, dalyInterval, goodputOf, youngInterval } from '../../src/plan/failures.ts';
import { refused } from './refusals.ts';
import { off } from './sardana.ts';

const ROUNDING = 16 * 2 ** -53;

/** Daly 2006, captions of Figures 3 to 5: minutes between failures, and the interval for a checkpoint of 5 minutes, as printed. */
it.each([[24 * 60, '117'], [6 * 60, '57'], [15, '9.1']])('%i minutes between failures want a checkpoint each %s', (between, printed) => {
  const half = printed.includes('.') ? 0.05 : 0.5;
  expect(Math.abs(dalyInterval({ between, checkpoint: 5 }) - Number(printed))).toBeLessThanOrEqual(half);
  expect(Math.abs(youngInterval({ between, checkpoint: 5 }) - Number(printed))).toBeGreaterThan(half);
});

it("Young's is √(2δM), and Daly's no more than M", () => {
  expect(off(youngInterval({ between: 8, checkpoint: 1 }), 4)).toBeLessThan(ROUNDING);
  expect([2, 3, 100].map((checkpoint) => dalyInterval({ between: 1, checkpoint }))).toEqual([1, 1, 1]);
});

describe.each([1e-4, 1e-3, 0.01, 0.1, 0.5, 1, 2, 3])('with checkpoints of %d of the time between failures', (checkpoint) => {
  const failures = { between: 1, checkpoint, restart: 0.01 };
  const best = -minimise((log) => -goodputOf({ ...failures, interval: Math.exp(log) }).goodput, -15, 5).value;

  it("Daly's interval is within 0.2 % of the best goodput, Young's within 0.5 % up to a tenth", () => {
    const [daly, young] = [dalyInterval, youngInterval].map((rule) => goodputOf({ ...failures, interval: rule(failures) }).goodput);
    expect([daly <= best * (1 + ROUNDING), daly > 0.998 * best]).toEqual([true, true]);
    expect(young > 0.995 * best).toBe(checkpoint <= 0.1);
  });

  it('is what it is by default', () => {
    expect(goodputOf(failures)).toEqual(goodputOf({ ...failures, interval: dalyInterval(failures) }));
  });
});

/** Each segment of τ + δ succeeds with probability e^−(τ+δ)/M; the mean time of one, with restarts, is a geometric sum. */
it('is training time over the mean time of segments that may fail', () => {
  const [M, delta, R, tau] = [5, 0.3, 0.2, 1.7];
  const q = 1 - Math.exp(-(tau + delta) / M);
  const lostInFailure = M - ((1 - q) * (tau + delta)) / q;
  // A restart of R may fail too: on average M·(e^(R/M) − 1) until one does not.
  const mean = tau + delta + (q / (1 - q)) * (lostInFailure + M * Math.expm1(R / M));
  expect(off(goodputOf({ between: M, checkpoint: delta, restart: R, interval: tau }).goodput, tau / mean)).toBeLessThan(100 * ROUNDING);
});

/** Loosely, as others quote Grattafiori et al. 2024, arXiv:2407.21783: 419 failures in 54 days of 16,384 devices, over 90 % of the time effective. */
it('Llama 3 could have been as effective as it says', () => {
  const between = (54 * 24) / 419;
  expect(goodputOf({ between, checkpoint: 0.005, restart: 0.1 }).goodput).toBeGreaterThan(0.9);
  expect(goodputOf({ between, checkpoint: 0.05, restart: 0.25 }).goodput).toBeLessThan(0.9);
  expect(off(betweenFailures(between * 16_384, 16_384), between)).toBeLessThan(ROUNDING);
});

const failures = { between: 3, checkpoint: 0.05 };
refused([
  ['ofOneDevice', () => betweenFailures(0, 8), 'expected positive time between failures of a device such as 50000 hours, got 0.'],
  ['devices', () => betweenFailures(5e4, 1.5), 'expected a whole number of devices, 1 or more, got 1.5.'],
  ['between', () => dalyInterval({ ...failures, between: -1 }), 'expected positive time between failures such as 3 hours, got -1.'],
  ['checkpoint', () => youngInterval({ ...failures, checkpoint: 0 }), 'expected positive time of a checkpoint such as 0.05 hours, got 0.'],
  ['restart', () => goodputOf({ ...failures, restart: NaN }), 'expected time, 0 or more, got NaN.'],
  ['interval', () => goodputOf({ ...failures, interval: 0 }), 'expected positive time between checkpoints, got 0.'],
]);
