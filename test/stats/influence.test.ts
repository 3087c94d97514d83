/** Fits without a run against direct fits of the others; what is planted is found; the GPU against the CPU. */
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { gpuBackend } from '../../src/backend/gpu/gpu.ts';
import { filterSweep } from '../../src/data/filter.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { frontier, predictLoss } from '../../src/plan/frontier.ts';
import { influenceOn } from '../../src/stats/influence.ts';
import { jackknifeError } from '../../src/stats/jackknife.ts';
import type { Fit, Influence, Sweep } from '../../src/types.ts';
import { openTestDevice } from '../parity/gpu.ts';
import { grid, sweepCase } from '../support/cases.ts';

const cpu = cpuBackend(1);
const sizes = grid().filter((_, i) => i % 2 === 0);
const sweep = sweepCase({ sizes });
const fit = await fitOn(cpu, sweep, { starts: 8 });
const influence = await influenceOn(cpu, sweep, fit, { budgets: [1e21, 5.76e23] });

const NAMES = ['E', 'A', 'B', 'alpha', 'beta', 'a', 'b', 'log N_opt(1e21)', 'log D_opt(1e21)', 'log N_opt(5.76e23)', 'log D_opt(5.76e23)'];

/** The same quantities of a fit. */
function quantities({ law, params, exponents }: Fit): number[] {
  const plans = [1e21, 5.76e23].flatMap((C) => {
    const { N, D } = frontier(law, params, [C])[0]!;
    return [Math.log(N), Math.log(D)];
  });
  return [...Object.values(params), exponents.a!, exponents.b!, ...plans];
}

/** Largest difference between changes and those of direct fits, relative to the quantity. */
async function farthest(got: Influence['left'][number], others: Sweep): Promise<number> {
  const direct = quantities(await fitOn(cpu, others, { starts: 8 }));
  const full = quantities(fit);
  return Math.max(...NAMES.map((name, q) => Math.abs(full[q]! + got.change[name]! - direct[q]!) / Math.abs(full[q]!)));
}

it('leaves out every run by itself, and says which it was', () => {
  expect(influence.left.map(({ runs }) => runs.map(({ line }) => line))).toEqual([...sweep.lines].map((line) => [line]));
  const [{ N, D, loss, residual }] = influence.left[7]!.runs as [Influence['left'][number]['runs'][number]];
  expect([N, D, loss]).toEqual([sweep.columns.N[7], sweep.columns.D[7], sweep.loss[7]]);
  expect(residual).toBeCloseTo(Math.log(loss) - Math.log(predictLoss('chinchilla', fit.params, { N: N!, D: D! })), 12);
  expect(Object.keys(influence.left[7]!.change)).toEqual(NAMES);
});

it.each([0, 23, 49])('without run %d: the fit of the other runs', async (i) => {
  const got = influence.left[i]!;
  expect(await farthest(got, { ...sweep, weight: sweep.weight.with(i, 0) })).toBeLessThan(1e-6);
  expect(await farthest(got, { ...sweep, weight: sweep.weight.with((i + 1) % 50, 0) })).toBeGreaterThan(1e-6);
});

it('without the highest loss: the fit of what the filter leaves', async () => {
  const [highest] = [...sweep.loss.keys()].toSorted((i, j) => sweep.loss[j]! - sweep.loss[i]!) as [number];
  expect(await farthest(influence.left[highest]!, filterSweep(sweep, { dropHighest: 1 }))).toBeLessThan(1e-6);
});

it('a run of weight 0 is in nothing, and the weights of the others stay', async () => {
  const weight = sweep.weight.map((_, i) => i % 3);
  const weighted = { ...sweep, weight };
  const whole = await fitOn(cpu, weighted, { starts: 8 });
  const { left, failed } = await influenceOn(cpu, weighted, whole);
  expect(left.map(({ runs: [run] }) => run!.line - 2)).toEqual([...weight.keys()].filter((i) => i % 3 > 0));
  const direct = await fitOn(cpu, { ...weighted, weight: weight.with(2, 0) }, { starts: 8 });
  const { change } = left[1]!;
  expect(Math.abs(whole.params['alpha']! + change['alpha']! - direct.params['alpha']!)).toBeLessThan(1e-6);
  expect(failed).toEqual({});
});

it('clusters are left out whole', async () => {
  const cluster = sizes.map((_, i) => (i < 12 ? `seed ${i % 4}` : 9));
  const { left } = await influenceOn(cpu, sweep, fit, { cluster, budgets: [1e21, 5.76e23] });
  expect(left.map((entry) => [entry.cluster, entry.runs.length])).toEqual([['seed 0', 3], ['seed 1', 3], ['seed 2', 3], ['seed 3', 3], [9, 38]]);
  const without = sweep.weight.map((_, i) => Number(cluster[i] !== 'seed 2'));
  expect(await farthest(left[2]!, { ...sweep, weight: without })).toBeLessThan(1e-6);
});

it('ranks the largest change first, in the scale of the jackknife', () => {
  for (const name of NAMES) {
    const all = Float64Array.from(influence.left, ({ change }) => change[name]!);
    expect(influence.ranking[name]).toEqual([...all.keys()].toSorted((g, h) => Math.abs(all[h]!) - Math.abs(all[g]!)).slice(0, 10));
    expect(influence.standardErrors[name]).toBe(jackknifeError(all));
  }
});

describe('what is planted', () => {
  /** A run of the smallest size, trained for a hundredth of the fewest tokens: alone where it is. */
  const far = { N: 5e7, D: 1e7 };
  const planted = (raise: number, size: { readonly N: number; readonly D: number }) => {
    const clean = sweepCase({ sizes: [...sizes, size] });
    return { ...clean, loss: clean.loss.with(50, clean.loss[50]! * Math.exp(raise)) };
  };
  const places = async (spoilt: Sweep) => {
    const { ranking } = await influenceOn(cpu, spoilt, await fitOn(cpu, spoilt, { starts: 8, delta: 0.1 }));
    return ['alpha', 'beta', 'log N_opt(1e24)'].map((name) => ranking[name]!.indexOf(50));
  };

  it('an outlier far from the other runs moves beta and the allocation most', async () => {
    const [, beta, allocation] = await places(planted(0.1, far));
    expect([beta, allocation]).toEqual([0, 0]);
  });

  it('where it is on the law and among the others it does not', async () => {
    const [alpha, beta, allocation] = await places(planted(0, { N: 5e8, D: 3e10 }));
    expect([alpha, beta, allocation]).not.toContain(0);
  });
});

/** A backend whose first fit fails, and whose second has no optimum. */
const broken: Backend = {
  ...cpu,
  descend: async (...args) => {
    const ends = await cpu.descend(...args);
    ends.objective[0] = NaN;
    ends.termination[0] = TERMINATIONS.indexOf('nonfinite');
    ends.x[5 + 4] = -0.1; // beta
    return ends;
  },
};

it('fits that fail are counted and are in nothing else', async () => {
  const got = await influenceOn(broken, sweep, fit);
  expect([got.failed, got.withoutOptimum]).toEqual([{ nonfinite: 1 }, 1]);
  expect(Object.values(got.left[0]!.change).every(Number.isNaN)).toBe(true);
  const { alpha, 'log N_opt(1e24)': allocation } = got.left[1]!.change;
  expect([Number.isFinite(alpha), allocation]).toEqual([true, NaN]);
  expect(Object.values(got.standardErrors).every(Number.isFinite)).toBe(true);
  expect(got.ranking['log N_opt(1e24)']).not.toContain(1);
  expect(got.ranking['beta']![0]).toBe(1);
});

it('says how far it is; aborted, it throws the reason', async () => {
  const stages = new Set<string>();
  await influenceOn(cpu, sweep, fit, { onProgress: ({ stage, total }) => stages.add(`${stage} ${total}`) });
  expect([...stages]).toEqual(['influence 50']);
  await expect(influenceOn(cpu, sweep, fit, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
});

const device = await openTestDevice();

/**
 * Float32 resolves the objective f to 1e-6 of itself, and one standard error of a parameter raises that of n runs by about
 * f/(2n): a coordinate is then known to √(1e-6·2n) of its standard error.
 */
const FLOAT32 = Math.sqrt(1e-6 * 2 * 50);

it.skipIf(typeof device === 'string')('the GPU finds the same, to float32', async () => {
  if (typeof device === 'string') return;
  const gpu = await influenceOn(gpuBackend(device), sweep, fit, { budgets: [1e21, 5.76e23] });
  const apart = (name: string, other: (g: number) => number) => Math.max(...influence.left.map(({ change }, g) =>
    Math.abs(gpu.left[other(g)]!.change[name]! - change[name]!) / influence.standardErrors[name]!));
  expect(Math.max(...NAMES.map((name) => apart(name, (g) => g)))).toBeLessThan(FLOAT32);
  expect(Math.min(...NAMES.map((name) => apart(name, (g) => (g + 1) % 50)))).toBeGreaterThan(FLOAT32);
});
