/** Laws of groups on the GPU, a lane and a workgroup a fit, against the CPU; and replicates drawn within the groups. */
import { describe, expect, it } from 'vitest';
import type { Backend, Batch } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import type { Device } from '../../src/backend/gpu/device.ts';
import { gpuBackend } from '../../src/backend/gpu/gpu.ts';
import { batchFor, workingOf } from '../../src/fit/batch.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { warmSchedule } from '../../src/backend/schedule.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { resampling } from '../../src/stats/replicates.ts';
import type { Sweep } from '../../src/types.ts';
import { sweepCase } from '../support/cases.ts';
import { formulaOf, runsOfLaw, typical } from '../support/laws.ts';
import { openTestDevice, openWideDevice } from './gpu.ts';

const NAMES = ['a', 'b'];
const device = await openTestDevice();
const hasGpu = typeof device !== 'string';
const cpu = cpuBackend(1);
const lane = hasGpu ? gpuBackend(device) : undefined;
const wide = hasGpu ? gpuBackend(await openWideDevice() as Device) : undefined;

/** Runs of two groups, by turns, the second with a first parameter that is a twentieth higher. */
function sweepOf(id: string): Sweep {
  const law = lawById(id);
  const sizes = runsOfLaw(id);
  const natural = [1, 1.05].map((factor) => typical(law).map((value, j) => (j === 0 ? factor * value : value)));
  let k = 0;
  const sweep = sweepCase({ sizes, loss: (run) => formulaOf(law)(natural[k++ % 2]!, run) });
  return { ...sweep, extra: { corpus: sizes.map((_, i) => NAMES[i % 2]!) } };
}

const shareAllBut = (id: string, count: number) => lawById(id).params.slice(count);

describe.each(lawIds)('%s, the first parameter of each group its own', (id) => {
  it('is fitted on the CPU', async () => {
    const { params, certificate } = await fitOn(cpu, sweepOf(id), { law: id, groups: { column: 'corpus', share: shareAllBut(id, 1) }, starts: 6 });
    expect(Object.keys(params)).toContain(`${lawById(id).params[0]}[b]`);
    expect(certificate.gradientNorm).toBeLessThan(1e-6);
    expect(certificate.reasons.filter((reason) => !/starts? ended/.test(reason))).toEqual([]);
  });
});

/** Kernel, law, how many of its parameters are of each group, those of all together, and the backend. */
const ON_GPU = [
  ['a lane', 'chinchilla', 1, 6, lane], ['a lane', 'data-constrained', 2, 9, lane],
  ['a workgroup', 'kaplan', 2, 6, wide], ['a workgroup', 'chinchilla', 5, 10, wide],
] as const;

it.skipIf(!hasGpu).each(ON_GPU)('%s a fit ends where the CPU ends, with replicates of its own: %s, %i parameters of each group', async (_name, id, count, order, backend) => {
  const sweep = sweepOf(id);
  const fit = await fitOn(cpu, sweep, { law: id, groups: { column: 'corpus', share: shareAllBut(id, count) }, starts: 6 });
  const base = batchFor(sweep, fit);
  expect(base.law.params).toHaveLength(order);
  const batch = resampling(base, base.logLoss, { kind: 'pairs', seed: 1 })(0, 2);
  const [got, want, wrong] = await Promise.all([ends(backend!, batch, fit.params), ends(cpu, batch, fit.params), ends(cpu, swapped(batch), fit.params)]);
  // As in fits.test.ts: a hundred residuals rounded at 1e-7 nats.
  const apart = (objective: Float64Array) => Math.max(...got.map((value, r) => Math.abs(value / objective[r]! - 1)));
  expect(apart(want)).toBeLessThan(1e-5);
  expect(apart(wrong)).toBeGreaterThan(1e-3);
});

async function ends(backend: Backend, batch: Batch, params: Readonly<Record<string, number>>): Promise<Float64Array> {
  return (await backend.descend(batch, workingOf(batch, params), warmSchedule(1e-3, backend.tolerance))).objective;
}

/** A third of the runs of the first group said to be of the second. */
function swapped(batch: Batch): Batch {
  return { ...batch, inputs: batch.inputs.with(batch.inputs.length - 1, batch.inputs.at(-1)!.map((group, i) => (i % 3 === 0 ? 1 : group))) };
}

it.skipIf(!hasGpu)('fifteen parameters are fitted a lane a fit where the models of half a workgroup have no room', async () => {
  const sweep = sweepOf('chinchilla');
  const corpus = sweep.lines.map((line) => line % 3);
  const fit = await fitOn(wide!, { ...sweep, extra: { corpus: [...corpus] } }, { groups: { column: 'corpus', share: [] }, starts: 4 });
  expect(Object.keys(fit.params)).toHaveLength(15);
  expect(fit.certificate.gradientNorm).toBeLessThan(1e-6);
});
