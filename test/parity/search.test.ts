/** Search on the GPU against the CPU: the same best starts in the same order, wherever float32 can tell them apart. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import type { Device } from '../../src/backend/gpu/device.ts';
import { gpuBackend } from '../../src/backend/gpu/gpu.ts';
import { Pacer } from '../../src/backend/gpu/pacer.ts';
import { searchOnGpu } from '../../src/backend/gpu/search.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { batchCase, startsCase } from './cases.ts';
import { openTestDevice } from './gpu.ts';

const KEEP = 7;
/** Of an objective far from the minimum: Σ w·Δr over Σ w·|r|, with Δr ≈ 1e-6/δ and |r| ≈ 0.1/δ and more. */
const RELATIVE = 1e-5;
const device = await openTestDevice();

describe.skipIf(typeof device === 'string')('search on the GPU', () => {
  const batch = batchCase({ points: 101, replicates: 3 });
  const starts = startsCase(200);

  it('keeps the best starts of each replicate, in order', async () => {
    const got = await gpuBackend(device as Device).search(batch, starts, KEEP, 1e-3);
    const want = await cpuBackend(1).search(batch, starts, KEEP, 1e-3);
    expect(got.index).toEqual(want.index);
    expect(worstRatio(got.objective, want.objective)).toBeLessThan(RELATIVE);
  });

  it.each(lawIds)('keeps the best starts of the law %s', async (id) => {
    const law = lawById(id);
    const own = batchCase({ points: 101, law });
    const drawn = startsCase(60, law);
    const got = await gpuBackend(device as Device).search(own, drawn, KEEP, 1e-3);
    const want = await cpuBackend(1).search(own, drawn, KEEP, 1e-3);
    expect(got.index).toEqual(want.index);
    expect(worstRatio(got.objective, want.objective)).toBeLessThan(RELATIVE);
  });

  it('would notice other losses', async () => {
    const got = await gpuBackend(device as Device).search(batch, starts, KEEP, 1e-3);
    const moved = { ...batch, logLoss: batch.logLoss.map((y) => y + 1e-4) };
    const want = await cpuBackend(1).search(moved, starts, KEEP, 1e-3);
    expect(worstRatio(got.objective, want.objective)).toBeGreaterThan(RELATIVE);
  });

  it('keeps the same whatever the chunks of starts', async () => {
    const whole = await gpuBackend(device as Device).search(batch, starts, KEEP, 1e-3);
    const pacer = new Pacer();
    pacer.budget = 13 * batch.points * batch.replicates; // thirteen starts a chunk
    pacer.note = () => {};
    expect(await searchOnGpu(device as Device, pacer, batch, starts, KEEP, 1e-3)).toEqual(whole);
  });

  it('leaves what is not finite to the end, and what is not there infinite', async () => {
    const few = startsCase(1); // truth, one drawn, dead, overflow
    const got = await gpuBackend(device as Device).search(batch, few, 6, 1e-3);
    expect(got.objective.slice(0, 3).every(Number.isFinite)).toBe(true);
    expect(got.objective.slice(3, 6)).toEqual(Float64Array.of(Infinity, Infinity, Infinity));
  });
});

function worstRatio(got: Float64Array, want: Float64Array): number {
  return got.reduce((most, value, k) => Math.max(most, Math.abs(value / want[k] - 1)), 0);
}
