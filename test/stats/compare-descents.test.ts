/** Drawn starts of resamples: they find what the warm start missed, and stop where descents agree. */
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { stagesOf } from '../../src/backend/schedule.ts';
import { batchFor } from '../../src/fit/batch.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { startsFor } from '../../src/fit/starts.ts';
import { passesOf } from '../../src/stats/bootstrap.ts';
import { settleBy } from '../../src/stats/compare-descents.ts';
import { fitReplicates } from '../../src/stats/fits.ts';
import { resampling } from '../../src/stats/replicates.ts';
import { sweepOfLaw } from '../support/laws.ts';

const inner = cpuBackend(1);
const REPLICATES = 6;
const ORDER = 4;
const sweep = sweepOfLaw('kaplan', 0.01, 3);
const fit = await fitOn(inner, sweep, { law: 'kaplan', starts: 8 });
const base = batchFor(sweep, fit);
const make = resampling(base, new Float64Array(base.points), { kind: 'pairs', seed: 4 });
const warm = await fitReplicates(inner, make, REPLICATES, passesOf(inner, base, fit, { extraStarts: 0 }), 'bootstrap');
const drawn = { starts: startsFor(base, 8, 4), stages: stagesOf(base.loss, inner.tolerance) };

/** What is found, and how many resamples each round descended. */
async function settled(known: typeof warm, at: Backend = inner) {
  const rounds: number[] = [];
  const counting: Backend = { ...at, async descend(...args) { rounds.push(args[0].replicates); return at.descend(...args); } };
  return { best: await settleBy(counting, make, known, drawn, {}), rounds };
}

/** The first of two resamples ends higher than it should, somewhere else. */
const missed = {
  ...warm,
  objective: warm.objective.map((value, r) => (r === 1 ? 1.5 * value : value)),
  natural: warm.natural.map((value, k) => (Math.floor(k / ORDER) === 1 ? 1.1 * value : value)),
};

describe('settleBy', () => {
  it('two more descents that agree with the warm one are enough', async () => {
    const { best, rounds } = await settled(warm);
    expect(rounds).toEqual([REPLICATES, REPLICATES]);
    best.objective.forEach((value, r) => { expect(Math.abs(value / warm.objective[r]! - 1)).toBeLessThan(1e-6); }); // minima of one resample, to the last step's promise
  });

  it('a resample that the warm start missed is found, and is descended until three agree there', async () => {
    const { best, rounds } = await settled(missed);
    expect(rounds).toEqual([REPLICATES, REPLICATES, 1]);
    expect(Math.abs(best.objective[1]! / warm.objective[1]! - 1)).toBeLessThan(1e-6);
    const own = (natural: Float64Array) => [...natural.subarray(ORDER, 2 * ORDER)];
    own(best.natural).forEach((value, j) => { expect(Math.abs(value / own(warm.natural)[j]! - 1)).toBeLessThan(1e-2); }); // 1.1 away before
  });

  it('one that is not finite is replaced; where no descents agree, all starts are made', async () => {
    const { best } = await settled({ ...warm, objective: warm.objective.map((value, r) => (r === 2 ? NaN : value)) });
    expect(Math.abs(best.objective[2]! / warm.objective[2]! - 1)).toBeLessThan(1e-6);
    const never = { ...warm, objective: warm.objective.map((value) => value / 2) }; // lower than there is
    const { best: kept, rounds } = await settled(never);
    expect([rounds, kept.objective]).toEqual([Array(8).fill(REPLICATES), never.objective]);
  });
});
