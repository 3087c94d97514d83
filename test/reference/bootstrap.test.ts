/**
 * Epoch's bootstrap of their 240 points: the 4000 resamples that they drew (numpy, seed 42), whose minima are known
 * (seed42_exact_optima.csv), against both backends. The data are not part of the project: without them these tests
 * are skipped.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import type { Device } from '../../src/backend/gpu/device.ts';
import { gpuBackend } from '../../src/backend/gpu/gpu.ts';
import { filterSweep } from '../../src/data/filter.ts';
import { batchOf } from '../../src/fit/batch.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { objective, workspace } from '../../src/optim/objective.ts';
import { readSweepFrom } from '../../src/sources.ts';
import { fitResamples } from '../../src/stats/bootstrap.ts';
import type { Replicates } from '../../src/stats/fits.ts';
import { summarise } from '../../src/stats/summary.ts';
import type { Sweep } from '../../src/types.ts';
import { openTestDevice } from '../parity/gpu.ts';
import { halfDigit } from '../support/published.ts';

const folder = new URL('../../../shared/data/epoch/', import.meta.url);
const path = (name: string) => decodeURIComponent(new URL(name, folder).pathname);
const present = existsSync(path('seed42_counts_u8_4000x245.bin'));
const device = present ? await openTestDevice() : '';

const DELTA = 1e-3;
const ROWS = 245;
const REPLICATES = 4000;

/** Standard deviation over the resamples, and quantiles 2.5 % and 97.5 %; as printed, from scipy's minima. */
const PRINTED: Readonly<Record<string, readonly [error: string, low: string, high: string]>> = {
  A: ['124.475', '286.085', '743.610'],
  B: ['1312.118', '1042.366', '5810.359'],
  E: ['0.0256773', '1.769350', '1.871228'],
  alpha: ['0.0153961', '0.316823', '0.373283'],
  beta: ['0.0206287', '0.331261', '0.415375'],
};

interface Epoch {
  readonly sweep: Sweep;
  /** [resamples][runs kept] */
  readonly counts: Uint8Array;
  /** Known minima by natural parameter, [resamples][P]. */
  readonly minima: Float64Array;
}

describe.skipIf(!present)(`Epoch's resamples${present ? '' : ' (SKIPPED: no ../shared/data)'}`, async () => {
  const epoch = present ? await readEpoch() : undefined as never;
  const backends: [string, number, Backend | undefined][] = [
    ['CPU, float64', 1e-5, cpuBackend(1)],
    ['GPU, float32', 1e-3, present && typeof device !== 'string' ? gpuBackend(device as Device) : undefined],
  ];

  describe.each(backends)('%s', (_, tolerance, backend) => {
    it.skipIf(!backend)('every minimum, the standard errors and the intervals', async () => {
      const { sweep, counts, minima } = epoch;
      const fit = await fitOn(backend as Backend, sweep, { starts: 8 });
      const options = { kind: 'counts', counts } as const;
      const all = await fitResamples(backend as Backend, sweep, fit, options);
      const found = objectives(epoch, all.natural);
      const known = objectives(epoch, minima);
      const above = found.map((value, r) => value / known[r] - 1);
      expect(above.filter((share) => share <= 1e-4).length).toBeGreaterThanOrEqual(0.999 * REPLICATES);
      expect(Math.min(...above)).toBeGreaterThan(-1e-9);

      const { failed, replicates, standardErrors, intervals } = summarise(fit, all, options);
      expect([replicates, failed]).toEqual([REPLICATES, {}]);
      const off: string[] = [];
      for (const [name, printed] of Object.entries(PRINTED)) {
        [standardErrors[name], ...intervals[name]].forEach((got, k) => {
          const want = Number(printed[k]);
          const allowed = tolerance * want + halfDigit(printed[k]);
          if (Math.abs(got - want) <= allowed) return;
          off.push(`${name}[${k}]: got ${got}, want ${want} ± ${allowed.toPrecision(2)}`);
        });
      }
      expect(off).toEqual([]);
    });
  });
});

async function readEpoch(): Promise<Epoch> {
  const table = await readSweepFrom(path('svg_extracted_data.csv'));
  const sweep = filterSweep(table, { dropHighest: 5 });
  const kept = Array.from(sweep.lines, (line) => table.lines.indexOf(line));
  const raw = readFileSync(path('seed42_counts_u8_4000x245.bin'));
  const counts = Uint8Array.from({ length: REPLICATES * kept.length }, (_, k) =>
    raw[Math.floor(k / kept.length) * ROWS + kept[k % kept.length]]);
  const [header, ...lines] = readFileSync(path('seed42_exact_optima.csv'), 'utf8').trim().split('\n');
  expect([header, lines.length, raw.length]).toEqual(['a,b,e,alpha,beta', REPLICATES, REPLICATES * ROWS]);
  const minima = Float64Array.from(lines.flatMap((line) => {
    const [a, b, e, alpha, beta] = line.split(',').map(Number);
    return [Math.exp(e), Math.exp(a), Math.exp(b), alpha, beta];
  }));
  return { sweep, counts, minima };
}

/** Of each resample at its own parameters, in float64. */
function objectives({ sweep, counts }: Epoch, natural: Replicates['natural']): Float64Array {
  const { law, inputs, logLoss, loss, centre, points } = batchOf(sweep, chinchilla);
  const work = workspace({ law, inputs, logLoss, loss, weight: sweep.weight });
  return Float64Array.from({ length: REPLICATES }, (_, r) => {
    const weight = Float64Array.from(counts.subarray(r * points, (r + 1) * points));
    const x = law.toWorking(natural.subarray(5 * r, 5 * r + 5), centre);
    return objective({ law, inputs, logLoss, weight, loss, delta: DELTA }, x, work);
  });
}
