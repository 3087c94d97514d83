/** Known truth: found again without bias, held by the intervals as often as they say, without noise exactly; and stopped. */
import { describe, expect, it } from 'vitest';
import type { Backend, Batch } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import type { Device } from '../../src/backend/gpu/device.ts';
import { gpuBackend } from '../../src/backend/gpu/gpu.ts';
import { batchOf, problemOf } from '../../src/fit/batch.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { paperDesign } from '../../src/paper/design.ts';
import { publishedTruth } from '../../src/paper/truths.ts';
import { frontier, frontierExponents } from '../../src/plan/frontier.ts';
import { gridDesign } from '../../src/simulate/design.ts';
import { syntheticSweep } from '../../src/simulate/recipe.ts';
import { simulateOn } from '../../src/simulate/simulation.ts';
import type { Replicates } from '../../src/stats/fits.ts';
import { sandwichIntervals } from '../../src/stats/sandwich-intervals.ts';
import { openTestDevice } from '../parity/gpu.ts';

const device = await openTestDevice();
const cpu = cpuBackend(1);
const gpu = typeof device === 'string' ? undefined : gpuBackend(device as Device);
const truth = publishedTruth('hoffmann');
const design = paperDesign();
const small = gridDesign({ sizes: [1e8, 3e8, 1e9, 3e9, 1e10], tokens: [1e9, 1e10, 1e11, 1e12] });

it('finds the truth without bias, and its sandwich intervals hold it', async () => {
  const sweeps = 400;
  const { recovery, failed, frontier } = await simulateOn(cpu, { truth, design, noise: { sigma: 0.01 }, sweeps, budgets: [1e21] });
  expect(failed).toEqual({});
  for (const name of ['alpha', 'beta', 'a']) {
    const { bias, spread, coverage } = recovery[name]!;
    // Asked: below 0.2 standard errors; here with five Monte-Carlo errors of it.
    expect(Math.abs(bias.value)).toBeLessThan(0.2 * spread.value + 5 * bias.error);
    // 95 % within five binomial errors, 1.09 % each.
    expect(Math.abs(coverage['sandwich']!.value - 0.95)).toBeLessThan(5 * Math.sqrt(0.95 * 0.05 / sweeps));
  }
  expect(Math.abs(frontier[0]!.N.bias.value)).toBeLessThan(0.2 * frontier[0]!.N.spread.value + 5 * frontier[0]!.N.bias.error);
  // Intervals of half the confidence would be noticed.
  const half = await simulateOn(cpu, { truth, design, noise: { sigma: 0.01 }, sweeps: 100, confidence: 0.5 });
  expect(half.recovery['alpha']!.coverage['sandwich']!.value).toBeLessThan(0.75);
});

it.each([['cpu', cpu, 1e-9], ['gpu', gpu, 1e-4]] as const)('without noise gives the truth back: %s', async (_name, backend, tolerance) => {
  if (!backend) return;
  const { recovery } = await simulateOn(backend, { truth, design, noise: { sigma: 0 }, sweeps: 2, starts: 4, sandwich: 0 });
  for (const { truth: value, mean } of Object.values(recovery)) expect(Math.abs(mean / value - 1)).toBeLessThan(tolerance);
}, 60_000);

it.skipIf(!gpu)('is the same on both backends, to float32', async () => {
  const options = { truth, design: small, noise: { sigma: 0.01, degrees: 5, bySize: 0.003 }, sweeps: 40, sandwich: 0 };
  const [a, b] = [await simulateOn(cpu, options), await simulateOn(gpu!, options)];
  for (const [name, { mean, spread }] of Object.entries(a.recovery)) {
    expect(Math.abs(b.recovery[name]!.mean - mean)).toBeLessThan(0.02 * spread.value);
    expect(b.recovery[name]!.mean).not.toBe(mean);
  }
});

describe('the pieces of a simulation', () => {
  it('come with the fits of their sweeps: any one can be replayed and fitted alone', async () => {
    const noise = { sigma: 0.01, outliers: { fraction: 0.05, factor: 10 } };
    const fits: Float64Array[] = [];
    const onPiece = (_first: number, _batch: unknown, { natural }: { natural: Float64Array }) => { fits.push(natural); };
    await simulateOn(cpu, { truth, design, noise, sweeps: 5, seed: 9, onPiece });
    const alone = await fitOn(cpu, syntheticSweep({ truth, design, noise, seed: 9 }, 3), { starts: 8 });
    Object.values(alone.params).forEach((value, j) => expect(Math.abs(fits[0]![3 * 5 + j]! / value - 1)).toBeLessThan(1e-6));
  });

  it('grow where that is asked, and what is found is the same', async () => {
    const options = { truth, design: small, noise: { sigma: 0.01 }, sweeps: 300, sandwich: 10, budgets: [1e21] };
    const run = async (growing: boolean) => {
      const pieces: number[] = [];
      const onPiece = (first: number, { replicates }: Batch) => { pieces.push(first, replicates); };
      return { pieces, got: { ...await simulateOn(cpu, { ...options, growing, onPiece }), seconds: 0 } };
    };
    const [whole, grown] = [await run(false), await run(true)];
    expect([whole.pieces, grown.pieces]).toEqual([[0, 300], [0, 128, 128, 172]]);
    expect(grown.got).toEqual(whole.got);
  });

  it('that are done are kept when it is stopped', async () => {
    const controller = new AbortController();
    const onProgress = ({ done }: { done: number }) => { if (done > 100) controller.abort(); };
    const options = { truth, design: small, noise: { sigma: 0.01 }, sandwich: 0 };
    const got = await simulateOn(cpu, { ...options, sweeps: 20_000, onProgress, signal: controller.signal });
    expect(got.sweeps).toBeGreaterThan(100);
    expect([got.sweeps < 20_000, got.requested]).toEqual([true, 20_000]);
    const { recovery } = await simulateOn(cpu, { ...options, sweeps: got.sweeps });
    expect(got.recovery).toEqual(recovery);
  });
});

it('bootstraps the first sweeps, each with resamples of its own', async () => {
  const options = { truth, design: small, noise: { sigma: 0.01 }, sweeps: 30, sandwich: 10 };
  const got = await simulateOn(cpu, { ...options, bootstrap: { sweeps: 20, replicates: 40 } });
  expect(got.intervals).toEqual([{ kind: 'sandwich', sweeps: 10, undetermined: 0 }, { kind: 'bootstrap', sweeps: 20, undetermined: 0, replicates: 40 }]);
  expect(got.recovery['beta']!.coverage['bootstrap']!.value).toBeGreaterThan(0.6);
});

it('counts sweeps without an interval: two token counts tell B from beta and E no more than one', async () => {
  const twice = gridDesign({ sizes: [1e8, 3e8, 1e9, 3e9], tokens: [1e10, 1e11] });
  const { intervals, recovery } = await simulateOn(cpu, { truth, design: twice, noise: { sigma: 0.01 }, sweeps: 20 });
  expect(intervals).toEqual([{ kind: 'sandwich', sweeps: 20, undetermined: 20 }]);
  expect(recovery['beta']!.coverage['sandwich']!.value).toBe(0);
});

it('leaves out fits that are not finite, from the intervals too', async () => {
  // A descent that is not finite leaves x at its start, the truth: its interval would hold it.
  const broken: Backend = {
    ...cpu,
    async descend(batch, starts, stages, options) {
      const ends = await cpu.descend(batch, starts, stages, options);
      for (let r = 0; r < batch.replicates; r += 2) {
        ends.objective[r] = Infinity;
        ends.termination[r] = TERMINATIONS.indexOf('nonfinite');
        ends.x.set(starts, r * 5);
      }
      return ends;
    },
  };
  const options = { truth, design: small, noise: { sigma: 0.01 }, sweeps: 40 };
  const got = await simulateOn(broken, { ...options, bootstrap: { sweeps: 4, replicates: 20 } });
  expect(got.failed).toEqual({ nonfinite: 20 });
  expect(got.intervals).toMatchObject([{ kind: 'sandwich', sweeps: 20 }, { kind: 'bootstrap', sweeps: 2 }]);
  const all = await simulateOn(cpu, options);
  expect(got.recovery['alpha']!.bias.value).not.toBe(all.recovery['alpha']!.bias.value);
  expect(got.recovery['alpha']!.spread.value).toBeGreaterThan(0.5 * all.recovery['alpha']!.spread.value);
});

it.skipIf(!gpu)('noise without a mean makes no sweep that a device cannot hold', async () => {
  const { failed } = await simulateOn(gpu!, { truth, design: small, noise: { sigma: 0.01, degrees: 0.5 }, sweeps: 40, sandwich: 0 });
  expect(failed['nonfinite'] ?? 0).toBe(0);
});

describe('mistakes are found before the work', () => {
  const never: Backend = { ...cpu, descend: () => { throw new Error('it began'); } };
  it.each([
    [{ sweeps: 1 }, 'sweeps: expected a whole number from 2 to 10000000, got 1.'],
    [{ sweeps: 2.5 }, 'sweeps: expected a whole number from 2 to 10000000, got 2.5.'],
    [{ sweeps: NaN }, 'sweeps: expected a whole number from 2 to 10000000, got NaN.'],
    [{ sweeps: 10_000_001 }, 'sweeps: expected a whole number from 2 to 10000000, got 10000001.'],
    [{ seed: 1.5 }, 'seed: expected a whole number from 0 on, got 1.5.'],
    [{ confidence: 95 }, 'confidence: expected a number between 0 and 1 such as 0.95, got 95. Write 95 % as 0.95.'],
    [{ confidence: NaN }, 'confidence: expected a number between 0 and 1 such as 0.95, got NaN. Write 95 % as 0.95.'],
    [{ sandwich: -1 }, 'sandwich: expected a whole number from 0 on, got -1.'],
    [{ bootstrap: { sweeps: 2, replicates: 1 } }, 'bootstrap.replicates: expected a whole number from 2 to 10000000, got 1.'],
    [{ bootstrap: { sweeps: 2, replicates: 2 ** 32 - 1 } }, 'bootstrap.replicates: expected a whole number from 2 to 10000000, got 4294967295.'],
    [{ budgets: [-1] }, 'budget: expected positive training FLOPs such as 1e21, got -1.'],
  ])('%j', async (wrong, message) => {
    await expect(simulateOn(never, { truth, design: small, noise: { sigma: 0.01 }, ...wrong })).rejects.toThrow(message);
  });
});

it('the truth of a budget is the optimum of the law, sizes in logs', async () => {
  const budgets = [1e21, 1e23];
  const got = await simulateOn(cpu, { truth, design: small, noise: { sigma: 0.01 }, sweeps: 2, sandwich: 0, budgets });
  const want = frontier(truth.law, truth.params, budgets);
  expect(got.frontier.map(({ C, N, D, loss }) => [C, N.truth, D.truth, loss.truth]))
    .toEqual(want.map(({ C, N, D, loss }) => [C, Math.log(N), Math.log(D), expect.closeTo(loss, 12)]));
});

it('each sweep is resampled from its own losses, by a seed of its own', async () => {
  const resampled: Batch[] = [];
  const spy: Backend = {
    ...cpu,
    descend: (batch, ...rest) => {
      if (batch.draw?.kind === 'groups') resampled.push(batch);
      return cpu.descend(batch, ...rest);
    },
  };
  const recipe = { truth, design: small, noise: { sigma: 0.01 }, seed: 6 };
  await simulateOn(spy, { ...recipe, sweeps: 4, sandwich: 0, bootstrap: { sweeps: 3, replicates: 2 } });
  expect(new Set([recipe.seed, ...resampled.map(({ draw }) => draw!.seed)]).size).toBe(4);
  expect(resampled.map(({ logLoss }) => logLoss)).toEqual([0, 1, 2].map((r) => syntheticSweep(recipe, r).loss.map(Math.log)));
});

it('the sandwich intervals are those of each sweep and its own fit', async () => {
  const recipe = { truth, design: small, noise: { sigma: 0.01, outliers: { fraction: 0.1, factor: 10 } }, seed: 2 };
  const exact: Record<string, number> = { ...truth.params, ...frontierExponents(truth.law, truth.params) };
  const held = new Map(Object.keys(exact).map((name) => [name, 0]));
  const onPiece = (first: number, { replicates }: Batch, { natural }: Replicates) => {
    for (let r = 0; r < replicates; r++) {
      const base = batchOf(syntheticSweep(recipe, first + r), chinchilla);
      const x = chinchilla.toWorking(natural.subarray(5 * r, 5 * r + 5), base.centre);
      for (const [name, [low, high]] of Object.entries(sandwichIntervals(problemOf(base, 1e-3), x, base.centre, 0.6))) {
        if (low <= exact[name]! && exact[name]! <= high) held.set(name, held.get(name)! + 1);
      }
    }
  };
  const { recovery } = await simulateOn(cpu, { ...recipe, sweeps: 30, confidence: 0.6, onPiece });
  const coverage = Object.entries(recovery).map(([name, { coverage: by }]) => [name, 30 * by['sandwich']!.value]);
  expect(coverage).toEqual([...held].map(([name, count]) => [name, expect.closeTo(count, 9)]));
  expect(new Set(held.values()).size).toBeGreaterThan(1); // neither all nor none of every number
});
