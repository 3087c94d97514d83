/** Parameters within bounds, on both backends. */
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import type { Device } from '../../src/backend/gpu/device.ts';
import { gpuBackend } from '../../src/backend/gpu/gpu.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { fitResamples } from '../../src/stats/bootstrap.ts';
import type { Fit, FitOptions } from '../../src/types.ts';
import { sweepCase } from '../support/cases.ts';
import { openTestDevice, openWideDevice } from './gpu.ts';

const device = await openTestDevice();
const hasGpu = typeof device !== 'string';
const cpu = cpuBackend(1);
const backends: readonly (readonly [string, Backend | undefined])[] = [
  ['cpu', cpu],
  ['gpu, one lane a fit', hasGpu ? gpuBackend(device) : undefined],
  ['gpu, a workgroup a fit', hasGpu ? gpuBackend(await openWideDevice() as Device) : undefined],
];
const sweep = sweepCase();
const free = await fitOn(cpu, sweep);

/** Largest relative difference of a parameter. */
function apart(a: Fit['params'], b: Fit['params']): number {
  return Math.max(...Object.keys(a).map((name) => Math.abs(a[name]! / b[name]! - 1)));
}

describe.each(backends.filter(([, backend]) => backend))('%s', (_name, given) => {
  const backend = given as Backend;

  it.each([
    [{ alpha: [0, 0.32] }, { alpha: 0.32 }, 'upper'],
    [{ alpha: [0.38, Infinity] }, { alpha: 0.38 }, 'lower'],
    [{ E: [0, 1.6], beta: [0.1, 0.9] }, { E: 1.6 }, 'upper'],
    [{ A: [700, 4000] }, { A: 700 }, 'lower'],
    [{ alpha: [0.2, 0.32], beta: [0.35, 1] }, { alpha: 0.32, beta: 0.35 }, 'upper', 'lower'],
  ] as const)('%j holds as %j does', async (bounds, fix, ...ends) => {
    const bounded = await fitOn(backend, sweep, { bounds });
    const fixed = await fitOn(cpu, sweep, { fix });
    expect(bounded.params).toMatchObject(fix);
    expect(bounded.objective).toBeGreaterThan(free.objective);
    expect(Math.abs(bounded.objective / fixed.objective - 1)).toBeLessThan(1e-12);
    expect(apart(bounded.params, fixed.params)).toBeLessThan(1e-7); // the square root of the rounding of objectives
    const { certificate } = bounded;
    expect(certificate).toMatchObject({ verdict: 'pass', activeBounds: [] });
    expect(certificate.atBounds!.map(({ param, value }) => [param, value])).toEqual(Object.entries(fix));
    expect(certificate.atBounds!.map((held) => held.end)).toEqual(ends);
    for (const { pull } of certificate.atBounds!) expect(pull).toBeGreaterThan(1e-3);
    expect(certificate.gradientNorm).toBeLessThan(1e-10);
    expect(certificate.startsAgreeing).toBe(32);
  });

  it('every resample keeps within them', async () => {
    const bounds = { alpha: [0.33, 0.345], E: [1.69, 1.71] } as const;
    const fit = await fitOn(backend, sweep, { bounds });
    const { natural } = await fitResamples(backend, sweep, fit, { replicates: 40, extraStarts: 2 });
    const column = (j: number) => Array.from({ length: 40 }, (_, r) => natural[5 * r + j]!);
    for (const [j, [low, high]] of [[0, bounds.E], [3, bounds.alpha]] as const) {
      expect(Math.min(...column(j))).toBeGreaterThanOrEqual(low);
      expect(Math.max(...column(j))).toBeLessThanOrEqual(high);
      expect(column(j).filter((value) => value === low || value === high).length).toBeGreaterThan(0); // they matter
      expect(column(j).filter((value) => value > low && value < high).length).toBeGreaterThan(0);
    }
  });
});

it('bounds that nothing comes near change no bit', async () => {
  const { bounds, certificate: { atBounds, ...certificate }, timings: _, ...rest } = await fitOn(cpu, sweep, { bounds: { alpha: [-3, 9], E: [0, 99] } });
  const { certificate: plain, timings: __, ...others } = free;
  expect({ ...rest, certificate }).toEqual({ ...others, certificate: plain });
  expect([bounds, atBounds]).toEqual([{ E: [0, 99], alpha: [-3, 9] }, []]);
});

it('the minimum in a box is that of a fine grid over what is bounded', async () => {
  const bounds = { alpha: [0.3, 0.325], beta: [0.2, 0.34] } as const;
  const { objective, params } = await fitOn(cpu, sweep, { bounds });
  const heights = new Map<string, number>();
  for (let i = 0; i <= 5; i++) for (let j = 0; j <= 14; j++) {
    const fix = { alpha: 0.3 + 0.005 * i, beta: 0.2 + 0.01 * j };
    const options: FitOptions = { fix, starts: 4 };
    heights.set(`${fix.alpha.toFixed(3)},${fix.beta.toFixed(2)}`, (await fitOn(cpu, sweep, options)).objective);
  }
  const [[nearest, lowest]] = [...heights].toSorted((p, q) => p[1] - q[1]) as [[string, number]];
  expect(params.alpha).toBe(0.325);
  expect(Math.abs(params.beta! - Number(nearest.split(',')[1]))).toBeLessThan(0.01);
  expect(nearest.startsWith('0.325')).toBe(true);
  expect(objective).toBeLessThanOrEqual(lowest);
  expect(objective).toBeGreaterThan(0.99 * lowest);
  expect(free.objective).toBeLessThan(objective);
});
