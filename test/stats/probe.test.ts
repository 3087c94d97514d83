/** The probe of a bootstrap: finds nothing where the optimum is enough, and calls for more starts where it is not. */
import { describe, expect, it } from 'vitest';
import type { Backend, Batch } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { batchOf } from '../../src/fit/batch.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { gridDesign } from '../../src/simulate/design.ts';
import { syntheticSweep } from '../../src/simulate/recipe.ts';
import { publishedTruth } from '../../src/paper/truths.ts';
import { bootstrapOn, fitResamples } from '../../src/stats/bootstrap.ts';
import { probe } from '../../src/stats/probe.ts';
import { NATURAL, sweepCase } from '../support/cases.ts';

const cpu = cpuBackend(1);

describe('where the optimum is enough', () => {
  it('the resamples start from it alone, and the probe is reported', async () => {
    const sweep = sweepCase();
    const fit = await fitOn(cpu, sweep, { starts: 8 });
    const { starts } = await bootstrapOn(cpu, sweep, fit, { replicates: 40 });
    expect(starts).toEqual({ minima: 1, others: 0, probe: { resamples: 4, starts: 2, lower: 0 } });
    expect((await bootstrapOn(cpu, sweep, fit, { replicates: 4, extraStarts: 0 })).starts).toEqual({ minima: 1, others: 0 });
    expect((await bootstrapOn(cpu, sweep, fit, { replicates: 4, extraStarts: 3 })).starts).toEqual({ minima: 1, others: 3 });
  });
});

describe('where it is not', () => {
  // Nine runs, each with noise of 5 %: a resample may have several minima.
  const design = gridDesign({ sizes: [1e8, 1e9, 1e10], tokens: [2e9, 3e10, 4e11] });
  const sweep = syntheticSweep({ truth: publishedTruth('hoffmann'), design, noise: { sigma: 0.05 }, seed: 3 }, 0);

  it('all resamples get more starts, and most of them a lower minimum or the same', async () => {
    const fit = await fitOn(cpu, sweep);
    const options = { kind: 'parametric', replicates: 400 } as const;
    const alone = await fitResamples(cpu, sweep, fit, { ...options, extraStarts: 0 });
    const got = await fitResamples(cpu, sweep, fit, options);
    expect(got.starts.probe!.lower).toBeGreaterThan(0);
    expect(got.starts.others).toBe(8);
    got.objective.forEach((value, r) => expect(value).toBeLessThanOrEqual(alone.objective[r]! * (1 + 1e-9)));
    expect(got.objective.filter((value, r) => value < alone.objective[r]! * (1 - 1e-4)).length).toBeGreaterThanOrEqual(got.starts.probe!.lower);
  });
});

describe('what is counted', () => {
  const base = batchOf(sweepCase(), chinchilla);
  const pass = { starts: chinchilla.toWorking(NATURAL, base.centre), stages: [] };
  const make = (_first: number, replicates: number): Batch => ({ ...base, replicates });
  /** The first descent ends at 1 in every resample, the second at the objectives and with the ending that are given. */
  const counted = async (objective: number, ending: typeof TERMINATIONS[number]) => {
    const ends = [{ value: 1, code: TERMINATIONS.indexOf('converged') }, { value: objective, code: TERMINATIONS.indexOf(ending) }];
    const backend: Backend = {
      ...cpu,
      descend: async ({ replicates }) => {
        const { value, code } = ends.shift()!;
        return {
          x: new Float64Array(5 * replicates), objective: new Float64Array(replicates).fill(value),
          steps: new Uint32Array(replicates), termination: new Uint8Array(replicates).fill(code),
        };
      },
    };
    return probe(backend, make, 4000, pass, pass, {});
  };

  it('is a lower end, by more than one minimum differs from itself', async () => {
    expect(await counted(0.5, 'converged')).toEqual({ resamples: 32, starts: 1, lower: 32 });
    expect((await counted(0.99995, 'converged')).lower).toBe(0); // AGREE is 1e-4
  });

  it('is no descent that was stopped: it has not ended at the 0 that it holds', async () => {
    expect((await counted(0, 'running')).lower).toBe(0);
    expect((await counted(0, 'converged')).lower).toBe(32);
  });
});
