/**
 * Refits of Epoch's digitised runs by other losses than Huber's, on both backends. The minima were found outside the project
 * (../shared/reference/NUMBERS.md §2, table of refits); the data are not part of it: without them these tests are skipped.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { gpuBackend } from '../../src/backend/gpu/gpu.ts';
import { filterSweep } from '../../src/data/filter.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { readSweepFrom } from '../../src/sources.ts';
import type { LossId } from '../../src/types.ts';
import { openTestDevice } from '../parity/gpu.ts';

const DATA = fileURLToPath(new URL('../../../shared/data/epoch/svg_extracted_data.csv', import.meta.url));
const missing = !existsSync(DATA);
if (missing) console.warn(`Reference tests of losses skipped: no ${DATA}.`);
const device = missing ? '' : await openTestDevice();

interface Refit {
  readonly loss: LossId;
  readonly points: 240 | 245;
  /** Σ |r|, or Σ r². */
  readonly objective: number;
  readonly A: number;
  readonly B: number;
  readonly E: number;
  readonly alpha: number;
  readonly beta: number;
}

const REFITS: readonly Refit[] = [
  { loss: 'absolute-log', points: 240, objective: 1.12949465, A: 482.0060, B: 2085.436, E: 1.8168641, alpha: 0.3478131, beta: 0.3658542 },
  { loss: 'absolute-log', points: 245, objective: 1.93991554, A: 463.2848, B: 12529.50, E: 1.8853768, alpha: 0.3453566, beta: 0.4518921 },
  { loss: 'squares-log', points: 240, objective: 0.0114618870, A: 593.3220, B: 4875.6376, E: 1.8645501, alpha: 0.36025279, beta: 0.40588336 },
  { loss: 'squares', points: 240, objective: 0.0832038077, A: 567.80546, B: 7581.8528, E: 1.8828136, alpha: 0.35761509, beta: 0.42762062 },
];
const backends: readonly (readonly [string, Backend | undefined])[] = [
  ['cpu', cpuBackend(1)], ['gpu', typeof device === 'string' ? undefined : gpuBackend(device)],
];

const sweepOf = async (points: number) => filterSweep(await readSweepFrom(DATA), { dropHighest: 245 - points });

describe.skipIf(missing).each(backends.filter(([, backend]) => backend))('on the %s', (_, backend) => {
  it.each(REFITS)('$loss of $points runs', async (known) => {
    const sweep = await sweepOf(known.points);
    const fit = await fitOn(backend!, sweep, { loss: known.loss });
    expect(Math.abs(fit.objective / known.objective - 1)).toBeLessThan(1e-8); // nine digits are printed
    for (const name of ['A', 'B', 'E', 'alpha', 'beta'] as const) expect(Math.abs(fit.params[name]! / known[name] - 1), name).toBeLessThan(1e-6);
    expect(fit.certificate).toMatchObject({ verdict: 'pass', starts: 32 });
    expect(fit.certificate.startsAgreeing).toBeGreaterThanOrEqual(31);
    const other = await fitOn(backend!, sweep, { starts: 4 });
    expect(Math.abs(other.params['B']! / known.B - 1)).toBeGreaterThan(1e-3);
  });

  it('a lower envelope leaves its share of the runs below', async () => {
    const sweep = await sweepOf(240);
    const share = async (envelope: number) => {
      const { params, certificate } = await fitOn(backend!, sweep, { loss: 'lower-log', delta: 1e-5, envelope });
      expect(certificate.verdict).toBe('pass');
      const { columns: { N, D }, loss } = sweep;
      const law = (i: number) => params['E']! + params['A']! / N[i]! ** params['alpha']! + params['B']! / D[i]! ** params['beta']!;
      return loss.reduce((count, L, i) => count + Number(L < law(i)), 0) / 240;
    };
    // Five runs, one for each parameter, lie within δ of it and may be on either side.
    for (const envelope of [0.05, 0.1, 0.25]) expect(Math.abs(await share(envelope) - envelope)).toBeLessThanOrEqual(6 / 240);
  });

  it('parameters that are held leave the others their minimum', async () => {
    const sweep = await sweepOf(240);
    const held = await fitOn(backend!, sweep, { fix: { alpha: 0.33917084, beta: 0.2849083 } });
    expect(held.params).toMatchObject({ alpha: 0.33917084, beta: 0.2849083 });
    expect(held.certificate).toMatchObject({ verdict: 'pass', startsAgreeing: 32 });
    const free = await fitOn(backend!, sweep);
    expect(held.objective).toBeGreaterThan(1.1 * free.objective);
    const same = await fitOn(backend!, sweep, { fix: { A: free.params['A']!, beta: free.params['beta']! } });
    expect(Math.abs(same.objective / free.objective - 1)).toBeLessThan(1e-9);
  });
});
