/**
 * The GPU on real sweeps whose minima are known to 1e-9 (reference/optima.json): in float32 before any polish, and
 * the whole fit after it. The data are not part of the project: without them these tests are skipped.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import type { Device } from '../../src/backend/gpu/device.ts';
import { gpuBackend } from '../../src/backend/gpu/gpu.ts';
import { schedule } from '../../src/backend/schedule.ts';
import { filterSweep } from '../../src/data/filter.ts';
import { batchOf } from '../../src/fit/batch.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { startsFor } from '../../src/fit/starts.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { sizeLawIds } from '../support/laws.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { readSweepFrom } from '../../src/sources.ts';
import type { Sweep } from '../../src/types.ts';
import { openTestDevice } from '../parity/gpu.ts';

const shared = new URL('../../../shared/', import.meta.url);
const optima = new URL('reference/optima.json', shared);
const present = existsSync(optima);
const device = present ? await openTestDevice() : '';

interface Optimum { data: string; points: number; delta: number; objective: number; E: number; A: number; B: number; alpha: number; beta: number }

const cases: Optimum[] = present ? JSON.parse(readFileSync(optima, 'utf8')).optima : [];

describe.skipIf(typeof device === 'string')(`GPU on real sweeps${present ? '' : ' (SKIPPED: no ../shared/data)'}`, () => {
  const gpu = gpuBackend(device as Device);

  it.each(cases)('$data, δ = $delta: the known minimum after the polish, from nearly every start', async (known) => {
    const { params, objective, certificate } = await fitOn(gpu, await sweepOf(known), { delta: known.delta });
    expect(objective).toBeLessThanOrEqual(known.objective * (1 + 1e-9));
    for (const name of ['E', 'A', 'B', 'alpha', 'beta'] as const) expect(Math.abs(params[name] / known[name] - 1)).toBeLessThan(1e-6);
    expect(certificate.startsAgreeing).toBeGreaterThanOrEqual(0.97 * certificate.starts);
    expect(certificate.verdict).toBe('pass');
  });

  it.each(sizeLawIds)('on 240 points of Epoch, %s: the minimum that float64 finds, from every start', async (law) => {
    const sweep = await sweepOf(cases.find(({ points }) => points === 240) as Optimum);
    const [got, want] = [await fitOn(gpu, sweep, { law }), await fitOn(cpuBackend(1), sweep, { law, starts: 8 })];
    expect(Math.abs(got.objective / want.objective - 1)).toBeLessThan(1e-9);
    expect(got.certificate).toMatchObject({ verdict: 'pass', starts: 32, startsAgreeing: 32 });
  });

  it('on 240 points of Epoch: float32 ends within 1e-5 of the objective and 2 % of the standard errors', async () => {
    const known = cases.find(({ points }) => points === 240) as Optimum;
    const errors = { E: 0.0257, A: 124.5, B: 1312, alpha: 0.0154, beta: 0.0206 }; // of 4000 resamples, reference/NUMBERS.md
    const batch = batchOf(await sweepOf(known), chinchilla);
    const ends = await gpu.descend(batch, startsFor(batch, 'auto', 1), schedule(1e-3, gpu.tolerance));
    let converged = 0;
    ends.termination.forEach((code, f) => {
      if (!['converged', 'stalled'].includes(TERMINATIONS[code])) return;
      converged++;
      expect(Math.abs(ends.objective[f] / known.objective - 1)).toBeLessThan(1e-5);
      const natural = chinchilla.toNatural(ends.x.subarray(5 * f, 5 * f + 5), batch.centre);
      chinchilla.params.forEach((name, j) => {
        const key = name as keyof typeof errors;
        expect(Math.abs(natural[j] - known[key]) / errors[key]).toBeLessThan(0.02);
      });
    });
    expect(converged).toBeGreaterThanOrEqual(31);
  });
});

async function sweepOf({ data }: Optimum): Promise<Sweep> {
  const [file] = data.split(/ without |, /);
  const sweep = await readSweepFrom(decodeURIComponent(new URL(`data/${file}`, shared).pathname));
  return filterSweep(sweep, { dropHighest: data.includes('without its 5 highest') ? 5 : 0 });
}
