/** Parameters that are held, on both backends: what moves nothing is no lost term, and a fit holds a value to the last bit. */
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import type { Device } from '../../src/backend/gpu/device.ts';
import { gpuBackend } from '../../src/backend/gpu/gpu.ts';
import { schedule } from '../../src/backend/schedule.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { fitResamples } from '../../src/stats/bootstrap.ts';
import { sweepCase } from '../support/cases.ts';
import { batchCase, truth } from './cases.ts';
import { openTestDevice, openWideDevice } from './gpu.ts';

const device = await openTestDevice();
const hasGpu = typeof device !== 'string';
const cpu = cpuBackend(1);
const backends: readonly (readonly [string, Backend | undefined])[] = [
  ['cpu', cpu],
  ['gpu, one lane a fit', hasGpu ? gpuBackend(device) : undefined],
  ['gpu, a workgroup a fit', hasGpu ? gpuBackend(await openWideDevice() as Device) : undefined],
];

describe.each(backends.filter(([, backend]) => backend))('%s', (_name, given) => {
  const backend = given as Backend;

  it.each([
    ['nothing held', [false, false, false, false, false], 'vanished'],
    ['A held, α not, which moves nothing then', [false, true, false, false, false], 'vanished'],
    ['A and α held', [false, true, false, true, false], 'converged'],
  ] as const)('a term that is gone: %s', async (_what, pinned, end) => {
    const gone = truth().with(1, -1000);
    const got = await backend.descend(batchCase(), gone, schedule(1e-3, backend.tolerance), { pinned });
    expect(TERMINATIONS[got.termination[0]!]).toBe(end);
  });

  it.each([{ alpha: 0.345 }, { A: 385.7 }, { E: 1.71, B: 400.1 }, { E: 0 }, { A: 0, alpha: 0.3 }])('%j is held to the last bit, in resamples too', async (fix) => {
    const sweep = sweepCase();
    const fit = await fitOn(backend, sweep, { fix });
    const want = await fitOn(cpu, sweep, { fix });
    expect(fit.params).toMatchObject(fix);
    expect(fit.certificate.verdict).toBe('pass');
    for (const [name, value] of Object.entries(want.params)) {
      expect(Math.abs(fit.params[name]! - value), name).toBeLessThan(1e-6 * value + Number.MIN_VALUE); // 0 is 0
    }
    const { natural } = await fitResamples(backend, sweep, fit, { replicates: 3, extraStarts: 0 });
    const names = Object.keys(fit.params);
    for (let r = 0; r < 3; r++) expect(Object.fromEntries(names.map((name, j) => [name, natural[5 * r + j]]))).toMatchObject(fix);
    expect(natural[4]).not.toBe(natural[9]);
  });
});
