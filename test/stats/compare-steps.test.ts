/** Steps of a rollout: which runs are fitted and which are held out. */
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { checkSteps, fittedAt, rolloutSteps } from '../../src/stats/compare-steps.ts';
import type { Sweep } from '../../src/types.ts';
import { sweepCase } from '../support/cases.ts';

/** Runs of these FLOPs, in this order. */
function runsOf(C: readonly number[], weight = C.map(() => 1)): Sweep {
  const sizes = C.map((flops, i) => ({ N: 1e8 * (1 + (i % 5)), D: flops / (6e8 * (1 + (i % 5))) }));
  return { ...sweepCase({ sizes }), weight: Float64Array.from(weight) };
}

describe('by quantiles', () => {
  it('parts of equal counts, whatever the order of the runs', () => {
    const sweep = runsOf([8e18, 1e18, 3e18, 7e18, 2e18, 6e18, 4e18, 5e18]);
    const C = [...sweep.columns.C].toSorted((a, b) => a - b);
    expect(rolloutSteps(sweep, 3).map(({ beyond: _beyond, ...step }) => step)).toEqual([
      { C: C[1], fitted: 2, heldOut: 6 }, { C: C[3], fitted: 4, heldOut: 4 }, { C: C[5], fitted: 6, heldOut: 2 },
    ]);
    expect(rolloutSteps(sweep, 0)).toEqual([]);
  });

  it('how far beyond the runs that are fitted the others lie, at either end', () => {
    const sweep = sweepCase({ sizes: [{ N: 1e9, D: 1e9 }, { N: 2e9, D: 1e9 }, { N: 5e8, D: 8e10 }, { N: 8e9, D: 1e10 }] });
    const [first, , last] = rolloutSteps(sweep, 3);
    expect(first!.beyond).toEqual({ N: 8, D: 80, C: 80 }); // of 1B runs on 1B tokens alone
    expect(last!.beyond).toEqual({ N: 4, D: 1, C: expect.closeTo(2, 12) as number });
    const unknown = { ...sweep, columns: { ...sweep.columns, D: sweep.columns.D.map(() => NaN) } };
    expect(rolloutSteps(unknown, 1)[0]!.beyond.D).toBeNaN();
  });

  it('runs of one C are not parted, and the last ones are always held out', () => {
    const sweep = runsOf([1e18, 1e18, 1e18, 1e18, 1e18, 2e18]);
    const [low] = sweep.columns.C.toSorted();
    expect(rolloutSteps(sweep, 4).map(({ fitted, heldOut }) => [fitted, heldOut])).toEqual([[5, 1]]);
    expect(rolloutSteps(sweep, 4)[0]!.C / low! - 1).toBeLessThan(1e-12); // C is 6·N·D again, to rounding
    expect(rolloutSteps(runsOf([1e18, 1e18, 1e18]), 4)).toEqual([]);
  });

  it('runs without weight are in none', () => {
    const sweep = runsOf([1e18, 2e18, 3e18, 4e18, 5e18], [1, 0, 1, 1, 1]);
    const [step] = rolloutSteps(sweep, 1);
    expect([step!.fitted, step!.heldOut]).toEqual([2, 2]);
    expect([...fittedAt(sweep, step!).weight]).toEqual([1, 0, 1, 0, 0]);
    expect([...sweep.weight]).toEqual([1, 0, 1, 1, 1]);
  });

  it('without a known compute there are none', () => {
    const sweep = runsOf([1e18, 2e18, 3e18]);
    expect(rolloutSteps({ ...sweep, columns: { ...sweep.columns, C: sweep.columns.C.fill(NaN) } }, 2)).toEqual([]);
  });
});

it('by slices: one step between each two, runs between them go to the nearer', () => {
  const jitter = [0.99, 1, 1.01, 1.02, 0.98];
  const sweep = runsOf([...[1e19, 1e20, 1e21].flatMap((C) => jitter.map((factor) => C * factor)), 2e19, 7e19]);
  expect(rolloutSteps(sweep, 'slices').map(({ fitted, heldOut }) => [fitted, heldOut])).toEqual([[6, 11], [12, 5]]);
});

it.each([[-1, '-1'], [1.5, '1.5'], [101, '101'], ['runs' as 'slices', '"runs"']])('%s steps are refused', (steps, got) => {
  expect(() => { checkSteps(steps); }).toThrow(new InputError(`steps: expected a whole number from 0 to 100 or "slices", got ${got}.`));
});
