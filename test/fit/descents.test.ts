/** How many descents a fit makes: more where few agree, others about the minimum; and what cannot be computed at all. */
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { InputError } from '../../src/errors.ts';
import { fitOn } from '../../src/fit/fit.ts';
import type { FitOptions } from '../../src/types.ts';
import { sweepCase } from '../support/cases.ts';

const cpu = cpuBackend(1);
const sweep = sweepCase();

/** Fits where of each descent's ends only those that `keeps` are as low as they are, and counts the starts of each. */
async function counted(keeps: (k: number, isAbout: boolean) => boolean, options: FitOptions = {}) {
  const counts: number[] = [];
  const spy: Backend = {
    ...cpu,
    descend: async (batch, starts, stages, run) => {
      counts.push(starts.length / 5);
      const ends = await cpu.descend(batch, starts, stages, run);
      return { ...ends, objective: ends.objective.map((value, k) => (keeps(k, stages.length === 2) ? value : 2 * value)) };
    },
  };
  return { counts, fit: await fitOn(spy, sweep, options) };
}

describe('starts', () => {
  it('that agree are enough, and so are those about the minimum that come back to it', async () => {
    const { counts, fit: { certificate, warnings } } = await counted(() => true);
    expect([counts, certificate.starts, certificate.startsAgreeing, warnings]).toEqual([[32, 16], 32, 32, []]);
  });

  it('of which few agree are drawn again, up to four times as many; then that is said', async () => {
    const { counts, fit: { certificate, warnings } } = await counted((k, isAbout) => isAbout || k < 2);
    expect([counts, certificate.starts, certificate.startsAgreeing, certificate.verdict]).toEqual([[32, 32, 64, 16], 128, 6, 'pass']);
    expect(warnings).toEqual(['Only 6 of 128 starts agree on this minimum: it may not be the lowest. Fit with --starts paper, or with more.']);
  });

  it('are drawn again until eight agree', async () => {
    const { counts, fit: { certificate, warnings } } = await counted((k, isAbout) => isAbout || k < 4);
    expect([counts, certificate.startsAgreeing, warnings]).toEqual([[32, 32, 16], 8, []]);
  });

  it('of which there are as many as were asked for stay so many, and are told of too', async () => {
    const few = await counted((k, isAbout) => isAbout || k < 3, { starts: 16 });
    expect([few.counts, few.fit.warnings]).toEqual([[16, 16], ['Only 3 of 16 starts agree on this minimum: it may not be the lowest. Fit with --starts paper, or with more.']]);
    const quarter = await counted((k, isAbout) => isAbout || k < 4, { starts: 16 });
    expect(quarter.fit.warnings).toEqual([]);
  });
});

describe('starts about the minimum', () => {
  it('that end elsewhere count, and more are made', async () => {
    const { counts, fit: { certificate } } = await counted((k, isAbout) => !isAbout || k > 0);
    expect([counts, certificate.starts, certificate.startsAgreeing]).toEqual([[32, 16, 16, 16, 16], 96, 92]);
  });

  it('are not needed for least squares, which have no creases, nor where there is one start', async () => {
    expect((await counted(() => true, { loss: 'squares-log' })).counts).toEqual([32]);
    expect((await counted(() => true, { starts: 1 })).counts).toEqual([1]);
  });
});

it.each<[FitOptions, string]>([
  [{ fix: { alpha: 1e9 } }, 'fix: expected values that law chinchilla can be computed with on these runs, got alpha = 1000000000. Leave alpha free to see where the runs put it.'],
  [{ fix: { E: 1.7, beta: 50 } }, 'fix: expected values that law chinchilla can be computed with on these runs, got beta = 50. Leave beta free to see where the runs put it.'],
  [{ bounds: { beta: [300, 400] } }, 'bounds: expected values that law chinchilla can be computed with on these runs, got beta from 300 to 400. Leave beta free to see where the runs put it.'],
])('%j is beyond what can be computed, and that is no fault of the runs', async (options, message) => {
  await expect(fitOn(cpu, sweep, options)).rejects.toThrow(new InputError(message));
});
