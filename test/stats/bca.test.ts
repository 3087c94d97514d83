/** A bootstrap with BCa intervals, all of it: which fits are made beside the resamples, and what becomes of them. */
import { expect, it } from 'vitest';
import type { Backend, Batch } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { bootstrapOn, fitResamples } from '../../src/stats/bootstrap.ts';
import { influenceOn } from '../../src/stats/influence.ts';
import { bcaInterval } from '../../src/stats/intervals.ts';
import { acceleration } from '../../src/stats/jackknife.ts';
import type { BootstrapOptions } from '../../src/types.ts';
import { grid, sweepCase } from '../support/cases.ts';

const cpu = cpuBackend(1);
const sweep = sweepCase({ sizes: grid().filter((_, i) => i % 2 === 0) });
const fit = await fitOn(cpu, sweep, { starts: 8 });
const cluster = Array.from(sweep.columns.N);

it.each([
  ['pairs', { kind: 'pairs' }, 50], ['residual', { kind: 'residual' }, 50], ['cluster', { kind: 'cluster', cluster }, 10],
] as [string, BootstrapOptions, number][])('%s: its replicates, and the acceleration of the sweep', async (_, options, fits) => {
  const choices = { ...options, replicates: 60 };
  const got = await bootstrapOn(cpu, sweep, fit, { ...choices, interval: 'bca' });
  expect([got.interval, got.leftOut]).toEqual(['bca', { fits, failed: {} }]);
  const { natural } = await fitResamples(cpu, sweep, fit, choices);
  const { left } = await influenceOn(cpu, sweep, fit, options.cluster ? { cluster: options.cluster } : {});
  chinchilla.params.forEach((name, j) => {
    const a = acceleration(Float64Array.from(left, ({ change }) => change[name]!));
    const values = natural.filter((__, k) => k % 5 === j);
    const [low, high] = bcaInterval(values, fit.params[name]!, a, 0.95);
    expect(got.intervals[name]).toEqual([low, high].map((end) => expect.closeTo(end, 9)));
  });
});

it('but for the intervals it is the same bootstrap', async () => {
  const plain = await bootstrapOn(cpu, sweep, fit, { replicates: 30, extraStarts: 0 });
  const got = await bootstrapOn(cpu, sweep, fit, { replicates: 30, interval: 'bca', extraStarts: 0 });
  const { intervals, seconds } = plain;
  expect({ ...got, interval: 'percentile', intervals, seconds, leftOut: undefined }).toEqual(plain);
  expect(got.intervals).not.toEqual(intervals);
});

/** Fits without run 3 fail; `seen` gets what was fitted. */
function backendOf(seen: string[]): Backend {
  return {
    ...cpu,
    descend: async (batch: Batch, ...rest) => {
      seen.push(batch.draw?.kind ?? 'none');
      const ends = await cpu.descend(batch, ...rest);
      if (batch.draw?.kind !== 'leave-out') return ends;
      ends.objective[3] = NaN;
      ends.termination[3] = TERMINATIONS.indexOf('nonfinite');
      return ends;
    },
  };
}

it('a fit without a run that fails is counted apart from the resamples', async () => {
  const seen: string[] = [];
  const got = await bootstrapOn(backendOf(seen), sweep, fit, { replicates: 30, interval: 'bca', extraStarts: 0 });
  expect([seen, got.leftOut, got.failed]).toEqual([['leave-out', 'groups'], { fits: 50, failed: { nonfinite: 1 } }, {}]);
  expect(Object.values(got.intervals).flat().every(Number.isFinite)).toBe(true);
});

it('no run is left out where no interval needs it', async () => {
  const seen: string[] = [];
  expect((await bootstrapOn(backendOf(seen), sweep, fit, { replicates: 5, extraStarts: 0 })).leftOut).toBeUndefined();
  expect(seen).toEqual(['groups']);
});

it('runs are left out with all the starts of a resample', async () => {
  const seen: string[] = [];
  await bootstrapOn(backendOf(seen), sweep, fit, { replicates: 5, extraStarts: 2, interval: 'bca' });
  expect(seen).toEqual(['leave-out', 'leave-out', 'groups', 'groups']);
});

it('aborted before all runs were left out, it throws the reason', async () => {
  const controller = new AbortController();
  const stages: string[] = [];
  const onProgress = ({ stage }: { stage: string }) => { stages.push(stage); controller.abort('enough'); };
  await expect(bootstrapOn(cpu, sweep, fit, { interval: 'bca', onProgress, signal: controller.signal })).rejects.toBe('enough');
  expect(new Set(stages)).toEqual(new Set(['influence']));
});
