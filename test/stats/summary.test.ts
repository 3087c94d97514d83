/** What becomes of replicates that are no ordinary fit: counted, and kept out only of what they cannot say. */
import { expect, it } from 'vitest';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { summarise } from '../../src/stats/summary.ts';
import { FIT } from '../report/fixture.ts';

const ESTIMATE = chinchilla.params.map((name) => FIT.params[name]);
const CONVERGED = TERMINATIONS.indexOf('converged');

/** Replicates at the estimate, E raised by 0.01 from one to the next, with one of them changed. */
function replicates(change: { natural?: number[]; objective?: number; termination?: number } = {}) {
  const rows = Array.from({ length: 9 }, (_, r) => ESTIMATE.map((value, j) => (j === 0 ? value + 0.01 * r : value)));
  if (change.natural) rows[8] = change.natural;
  return {
    natural: Float64Array.from(rows.flat()),
    objective: new Float64Array(9).fill(1e-3).with(8, change.objective ?? 1e-3),
    termination: new Uint8Array(9).fill(CONVERGED).with(8, change.termination ?? CONVERGED),
  };
}

const options = { budgets: [1e21], predict: [{ N: 7e10, D: 1.4e12 }], confidence: 0.5 };

it('ordinary ones are all counted in', () => {
  const { failed, withoutOptimum, intervals, standardErrors } = summarise(FIT, replicates(), options);
  expect([failed, withoutOptimum]).toEqual([{}, 0]);
  expect(intervals.E.map((end) => end - ESTIMATE[0])).toEqual([0.02, 0.06].map((end) => expect.closeTo(end, 12)));
  expect(standardErrors.E).toBeCloseTo(0.01 * Math.sqrt(7.5), 12); // of 0 to 8
});

it('one that is not finite is not taken for the start that it never left', () => {
  const got = summarise(FIT, replicates({ natural: ESTIMATE, objective: Infinity, termination: TERMINATIONS.indexOf('nonfinite') }), options);
  expect(got.failed).toEqual({ nonfinite: 1 });
  expect(got.intervals.E.map((end) => end - ESTIMATE[0])).toEqual([0.0175, 0.0525].map((end) => expect.closeTo(end, 12)));
});

it('one that did not converge is counted, and in the intervals', () => {
  const got = summarise(FIT, replicates({ termination: TERMINATIONS.indexOf('iterations') }), options);
  expect(got.failed).toEqual({ iterations: 1 });
  expect(got.intervals).toEqual(summarise(FIT, replicates(), options).intervals);
});

it('one without an optimum is counted, and in all but the frontier', () => {
  const negative = ESTIMATE.map((value, j) => (j === 4 ? -0.1 : value));
  const got = summarise(FIT, replicates({ natural: negative }), options);
  expect(got.withoutOptimum).toBe(1);
  expect(got.intervals.beta[0]).toBe(ESTIMATE[4]); // the quartile does not reach it, the deviation does
  expect(got.standardErrors.beta).toBeGreaterThan(0.1);
  expect(got.frontier[0].N.every(Number.isFinite)).toBe(true);
});
