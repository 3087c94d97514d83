/** Landscapes: every cell at its lowest minimum, the fit in its own cell, both backends alike, mistakes refused. */
import { describe, expect, it } from 'vitest';
import type { Backend, DescentResult } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { gpuBackend } from '../../src/backend/gpu/gpu.ts';
import { schedule } from '../../src/backend/schedule.ts';
import { InputError } from '../../src/errors.ts';
import { batchOf, problemOf } from '../../src/fit/batch.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { startsFor } from '../../src/fit/starts.ts';
import { lawAxes, lawById, lawIds, lawPairs } from '../../src/laws/registry.ts';
import { packedIndex } from '../../src/math/packed.ts';
import { objective, workspace } from '../../src/optim/objective.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { excessOf, landscapeOn, profileOn, type Landscape, type Profile } from '../../src/stats/landscape.ts';
import { sandwichCovariance } from '../../src/stats/sandwich.ts';
import { byEveryName, type Axis } from '../../src/stats/axes.ts';
import type { Fit, Progress } from '../../src/types.ts';
import { openTestDevice } from '../parity/gpu.ts';
import { grid, sweepCase } from '../support/cases.ts';
import { worst } from '../support/close.ts';
import { sizeLawIds, sweepOfLaw } from '../support/laws.ts';

const cpu = cpuBackend(1);
const sweep = sweepCase({ noise: 0.03 });
const fit = await fitOn(cpu, sweep, { starts: 8 });
const device = await openTestDevice();

/** Far beyond the default, where a cell may have several minima. */
const WIDE = {
  'alpha,beta': { alpha: [0.02, 0.9], beta: [0.02, 0.9] },
  'a,E': { a: [0.05, 0.95], E: [0.6, 2.4] },
} as const;
const PAIRS = Object.keys(WIDE) as (keyof typeof WIDE)[];

/** Descents end where a step promises 1e-12 of the objective, and two of one basin so much apart. */
const CONVERGED = 1e-9;

/** Ratios of two arrays, less 1. */
const above = (got: ArrayLike<number>, want: ArrayLike<number>) => Array.from(got, (value, i) => value / want[i]! - 1);

/** The two coordinates of each cell by name, in the order of the cells. */
function placesOf({ axes: [first, second] }: Landscape): Record<string, number>[] {
  return [...second.values].flatMap((y) => [...first.values].map((x) => ({ [first.name]: x, [second.name]: y })));
}

/** Lowest end of `count` drawn starts in each cell. */
async function bruteForce(landscape: Landscape, count: number, of = sweep): Promise<number[]> {
  const law = lawById(landscape.law);
  const batch = batchOf(of, law);
  const pinned = law.params.map((name) => landscape.axes.some((axis) => axis.name === name));
  const drawn = startsFor(batch, count, 99);
  const all = placesOf(landscape).flatMap((place) => {
    const at = law.toWorking(law.params.map((name) => place[name] ?? landscape.minimum.params[name]!), batch.centre);
    return Array.from(drawn, (value, k) => (pinned[k % at.length] ? at[k % at.length]! : value));
  });
  const ends = await cpu.descend(batch, Float64Array.from(all), schedule(fit.delta, cpu.tolerance), { pinned });
  return placesOf(landscape).map((_, cell) => Math.min(...ends.objective.subarray(cell * count, (cell + 1) * count)));
}

describe.each(PAIRS)('over %s', (over) => {
  it('every cell of a wide grid is at or below the lowest of 12 drawn starts', async () => {
    const landscape = await landscapeOn(cpu, sweep, fit, { over, cells: 9, range: WIDE[over] });
    const brute = await bruteForce(landscape, 12);
    expect(Math.max(...above(landscape.objective, brute))).toBeLessThan(CONVERGED);
    expect(Math.max(...above(landscape.objective.map((value) => value * (1 + 2 * CONVERGED)), brute))).toBeGreaterThan(CONVERGED);
  });

  it('the fit is the cell in the middle, and lower than all others', async () => {
    const landscape = await landscapeOn(cpu, sweep, fit, { over, cells: 9 });
    expect(above([landscape.objective[40]!], [fit.objective])[0]).toBeLessThan(1e-12);
    expect(excessOf(landscape).filter((excess) => excess < 1e-6)).toHaveLength(1);
    const { converged, vanished = 0 } = landscape.outcomes; // far from the fit a term may be of no use
    expect(converged! + vanished).toBe(81);
    for (const { name, values } of landscape.axes) expect(values[4]).toBe(landscape.minimum.params[name]);
  });

  it('the parameters of each cell are its coordinates and what gives its objective', async () => {
    const landscape = await landscapeOn(cpu, sweep, fit, { over, cells: 4, range: WIDE[over] });
    const law = lawById(landscape.law);
    const batch = batchOf(sweep, law);
    const problem = problemOf(batch, fit.delta);
    placesOf(landscape).forEach((place, cell) => {
      const natural = landscape.natural.subarray(5 * cell, 5 * cell + 5);
      const height = objective(problem, law.toWorking(natural, batch.centre), workspace(problem)) * fit.delta ** 2;
      // A log and an exp each way; the objective is a sum of terms that are nearly linear in the residuals.
      expect(Math.abs(height / landscape.objective[cell]! - 1)).toBeLessThan(1e-9);
      for (const [name, value] of Object.entries(place)) expect(natural[law.params.indexOf(name)]! / value).toBeCloseTo(1, 12);
    });
  });

  it('a fit of either law has the same landscape', async () => {
    const other = await fitOn(cpu, sweep, { starts: 8, law: 'chinchilla-allocation' });
    const [one, two] = await Promise.all([fit, other].map((of) => landscapeOn(cpu, sweep, of, { over, cells: 5 })));
    expect(two!.law).toBe(one!.law);
    const tolerance = one!.objective.map((value) => value * 1e-6); // the same optimum to 1e-8, and so the same nodes
    const { ratio, where } = worst(two!.objective, one!.objective, tolerance);
    expect(ratio, where).toBeLessThan(1);
  });

  describe.skipIf(typeof device === 'string')('on the GPU', () => {
    it('is what it is on the CPU', async () => {
      const gpu = gpuBackend(device as Exclude<typeof device, string>);
      const [got, want] = await Promise.all([gpu, cpu].map((backend) => landscapeOn(backend, sweep, fit, { over, cells: 5 })));
      // Float32 ends are 1e-6 off in x; near a minimum the objective, measured in float64, is so to second order in 1e-6/δ.
      const tolerance = want!.objective.map((value) => value * 1e-5);
      const { ratio, where } = worst(got!.objective, want!.objective, tolerance);
      expect(ratio, where).toBeLessThan(1);
      expect(got!.outcomes).toEqual(want!.outcomes);
      expect(worst(unsolved(want!), want!.objective, tolerance).ratio).toBeGreaterThan(100);
    });
  });
});

/** The objective with the other parameters left at the optimum's. */
function unsolved(landscape: Landscape): Float64Array {
  const law = lawById(landscape.law);
  const batch = batchOf(sweep, law);
  const problem = problemOf(batch, fit.delta);
  const optimum = law.toWorking(Object.values(landscape.minimum.params), batch.centre);
  return Float64Array.from(placesOf(landscape), (place) => {
    const there = law.toWorking(law.params.map((name) => place[name] ?? landscape.minimum.params[name]!), batch.centre);
    const x = optimum.map((value, j) => (Object.hasOwn(place, law.params[j]!) ? there[j]! : value));
    return objective(problem, x, workspace(problem)) * fit.delta ** 2;
  });
}

it('neighbours lower cells whose first descent ended in another minimum', async () => {
  let first: DescentResult | undefined;
  const watched: Backend = {
    ...cpu,
    descend: async (...args) => {
      const ends = await cpu.descend(...args);
      first ??= ends;
      return ends;
    },
  };
  const { objective: cells } = await landscapeOn(watched, sweep, fit, { over: 'a,E', cells: 9, range: WIDE['a,E'] });
  expect(above(first!.objective, cells).filter((share) => share > 1e-3).length).toBeGreaterThan(0);
});

describe('a profile', () => {
  it.each(['E', 'alpha', 'beta', 'a'] as const)('over %s is lowest at the fit and rises to both sides', async (over) => {
    const { axes: [{ values }], objective: cells } = await profileOn(cpu, sweep, fit, { over, cells: 7 });
    expect(values).toHaveLength(7);
    expect(above([cells[3]!], [fit.objective])[0]).toBeLessThan(1e-12);
    expect(cells.slice(0, 4)).toEqual(cells.slice(0, 4).toSorted().toReversed());
    expect(cells.slice(3)).toEqual(cells.slice(3).toSorted());
  });

  it('is the floor of the landscape, which touches it where the second parameter is the solved one', async () => {
    const profile = await profileOn(cpu, sweep, fit, { over: 'alpha', cells: 3 });
    const [low, , high] = profile.axes[0].values;
    const beta = profile.natural[4]!;
    const landscape = await landscapeOn(cpu, sweep, fit, { over: 'alpha,beta', cells: 3, range: { alpha: [low!, high!], beta: [beta, beta + 0.1] } });
    expect(Math.abs(landscape.objective[0]! / profile.objective[0]! - 1)).toBeLessThan(CONVERGED);
    for (const cell of [3, 6]) expect(landscape.objective[cell]! / profile.objective[0]!).toBeGreaterThan(1 + 1e-3);
  });
});

describe('the default range', () => {
  it('is six standard errors of the sandwich to each side', async () => {
    const { axes } = await landscapeOn(cpu, sweep, fit, { over: 'alpha,beta', cells: 3 });
    const batch = batchOf(sweep, lawById('chinchilla'));
    const optimum = batch.law.toWorking(Object.values(fit.params), batch.centre);
    const covariance = sandwichCovariance(problemOf(batch, fit.delta), optimum);
    axes.forEach(({ values }, k) => {
      const error = Math.sqrt(covariance[packedIndex(3 + k, 3 + k)]!);
      expect((values[2]! - values[0]!) / (12 * error)).toBeCloseTo(1, 9);
    });
  });

  it.each([40, 41])('of %i cells stays within the law\'s bounds, the optimum a node', async (cells) => {
    const poor = sweepCase({ noise: 0.2, sizes: grid().filter((_, i) => i % 9 === 1) });
    const rough = await fitOn(cpu, poor, { starts: 8 });
    const profile = await profileOn(cpu, poor, rough, { over: 'alpha', cells });
    const { values } = profile.axes[0];
    expect(values).toHaveLength(cells);
    expect(values[0]).toBeGreaterThan(0);
    expect(values).toContain(rough.params['alpha']);
    // Clipped below: there is a quarter of the nodes.
    const home = values.indexOf(rough.params['alpha']!);
    expect([home < cells / 3, home >= Math.floor(cells / 4)]).toEqual([true, true]);
  });

  it('has a width where runs have no noise', async () => {
    const exact = sweepCase({ noise: 0 });
    const perfect = await fitOn(cpu, exact, { starts: 4 });
    const { axes: [{ values }], objective: cells } = await profileOn(cpu, exact, perfect, { over: 'beta', cells: 3 });
    expect((values[2]! - values[0]!) / perfect.params['beta']!).toBeCloseTo(0.02, 6);
    expect(cells[1]! / cells[0]!).toBeLessThan(1e-9);
  });
});

it('a range that is given is covered from end to end', async () => {
  const { axes } = await landscapeOn(cpu, sweep, fit, { over: 'a,E', cells: 4, range: { E: [1, 1.6] } });
  expect(Array.from(axes[1].values)).toEqual([1, expect.closeTo(1.2, 12), expect.closeTo(1.4, 12), 1.6]);
  expect(axes[0].values).toContain(fit.params['beta']! / (fit.params['alpha']! + fit.params['beta']!));
});

it('a cell without a finite fit is infinite, and counted', async () => {
  const broken: Backend = {
    ...cpu,
    descend: async (_batch, starts) => ({
      x: starts.map(() => NaN), objective: new Float64Array(starts.length / 5).fill(NaN),
      steps: new Uint32Array(starts.length / 5), termination: new Uint8Array(starts.length / 5).fill(TERMINATIONS.indexOf('nonfinite')),
    }),
  };
  const { objective: cells, outcomes } = await profileOn(broken, sweep, fit, { over: 'alpha', cells: 3 });
  expect([cells[0], cells[2], outcomes]).toEqual([Infinity, Infinity, { nonfinite: 2, converged: 1 }]);
  expect(above([cells[1]!], [fit.objective])[0]).toBeLessThan(1e-12);
});

describe.each(lawIds.map((id) => [id, lawPairs(id), lawAxes(id)] as const))('of the law %s', (id, pairs, names) => {
  // With noise of 2 % the runs do not tell the parameters of a law of more than N and D apart: cells have several minima.
  const own = sweepOfLaw(id, sizeLawIds.includes(id) ? 0.02 : 0.005);
  const lowest = (cells: Float64Array) => cells.indexOf(Math.min(...cells));
  /** The node where the fit is: the middle one, but where the law's bounds are near. */
  const home = ({ params }: Fit, { name, values }: Axis) => {
    const away = values.map((value) => Math.abs(value - byEveryName(params)[name]!));
    return away.indexOf(Math.min(...away));
  };

  it.each(pairs)('over %s: the fit in the middle, and no cell above what six drawn starts find', async (over) => {
    const found = await fitOn(cpu, own, { law: id, starts: 8 });
    const landscape = await landscapeOn(cpu, own, found, { over, cells: 5 });
    expect(landscape.axes.map(({ name }) => name).join(',')).toBe(over);
    const [first, second] = landscape.axes.map((axis) => home(found, axis)) as [number, number];
    const middle = 5 * second + first;
    expect([first, second].every((node) => node > 0 && node < 4)).toBe(true);
    expect(lowest(landscape.objective)).toBe(middle);
    expect(Math.abs(above([landscape.objective[middle]!], [found.objective])[0]!)).toBeLessThan(1e-9); // of the other law of the surface, to its rounding
    expect(Math.max(...above(landscape.objective, await bruteForce(landscape, 6, own)))).toBeLessThan(CONVERGED);
  });

  it.each(names)('along %s: the fit in the middle, and higher on either side', async (over) => {
    const found = await fitOn(cpu, own, { law: id, starts: 8 });
    const { objective: heights, axes }: Profile = await profileOn(cpu, own, found, { over, cells: 5 });
    const at = home(found, axes[0]);
    expect([axes[0].name, lowest(heights), at > 0 && at < 4]).toEqual([over, at, true]);
    expect(Math.min(...above([heights[0]!, heights[4]!], [heights[1]!, heights[3]!]))).toBeGreaterThan(0);
  });
});

it('says how far it is, and stops when aborted', async () => {
  const seen: Progress[] = [];
  await landscapeOn(cpu, sweep, fit, { over: 'alpha,beta', cells: 3, onProgress: (progress) => seen.push(progress) });
  expect(new Set(seen.map(({ stage, total }) => `${stage} ${total}`))).toEqual(new Set(['descend 33'])); // 9 cells, 24 neighbours
  expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((p, q) => p - q));
  expect(seen.at(-1)!.done).toBe(33);
  await expect(landscapeOn(cpu, sweep, fit, { over: 'alpha,beta', signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
});

describe('refuses', () => {
  const landscape = (options: object, of: object = fit) => landscapeOn(cpu, sweep, of as typeof fit, { over: 'alpha,beta', ...options } as never);

  it.each([
    [{ over: 'alpha,E' }, 'over: expected one of "alpha,beta", "a,E" of law chinchilla, got "alpha,E".'],
    [{ over: 'toString' }, 'over: expected one of "alpha,beta", "a,E" of law chinchilla, got "toString".'],
    [{ cells: 1 }, 'cells: expected a whole number from 2 to 501, got 1.'],
    [{ cells: NaN }, 'cells: expected a whole number from 2 to 501, got NaN.'],
    [{ range: { E: [1, 2] } }, 'range: expected one of alpha or beta, got one of E.'],
    [{ range: { alpha: [0.5, 0.3] } }, 'range of alpha: expected a lower and a higher value within the bounds of law chinchilla, got 0.5 to 0.3.'],
    [{ range: { beta: [-0.1, 0.3] } }, 'range of beta: expected a lower and a higher value within the bounds of law chinchilla, got -0.1 to 0.3.'],
    [{ over: 'a,E', range: { E: [0, 2] } }, 'range of E: expected a lower and a higher value within the bounds of law chinchilla-allocation, got 0 to 2.'],
    [{ range: { alpha: [0.1, NaN] } }, 'range of alpha: expected a lower and a higher value within the bounds of law chinchilla, got 0.1 to NaN.'],
  ])('%j', async (options, message) => {
    await expect(landscape(options)).rejects.toThrow(new InputError(message));
  });

  it('a profile along anything else', async () => {
    await expect(profileOn(cpu, sweep, fit, { over: 'A' })).rejects
      .toThrow(new InputError('over: expected one of "E", "alpha", "beta", "a" of law chinchilla, got "A".'));
  });

  it.each([
    ['chinchilla-tied', 'alpha,beta', '"alpha,E"'], ['chinchilla-tied', 'a,E', '"alpha,E"'],
    ['chinchilla-gamma', 'a,E', '"alpha,beta", "gamma,E"'], ['kaplan', 'alpha,beta', '"alpha_N,alpha_D"'],
  ] as const)('of %s a landscape over %s', async (law, over, known) => {
    await expect(landscape({ over }, { ...fit, law })).rejects.toThrow(new InputError(`over: expected one of ${known} of law ${law}, got "${over}".`));
  });

  it.each([['B', Infinity], ['alpha', NaN], ['E', 0]])('a fit that ran off to %s = %d', async (name, value) => {
    await expect(landscape({}, { ...fit, params: { ...fit.params, [name]: value } })).rejects.toThrow(new InputError(
      `fit: expected finite parameters within the bounds of law chinchilla, got ${name} = ${value}. Look at its certificate.`));
  });
});
