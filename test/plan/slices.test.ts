/** Slices of sweeps whose budgets are known, because they were made with them. */
import { describe, expect, it } from 'vitest';
import { isoflopSlices, slicesAt } from '../../src/plan/slices.ts';
import { paperReplica } from '../../src/paper/replica.ts';
import type { Sweep } from '../../src/types.ts';

interface Run { readonly N: number; readonly C: number }

function sweepOf(runs: readonly Run[], weight: (run: Run, i: number) => number = () => 1): Sweep {
  const columns = {
    N: Float64Array.from(runs, ({ N }) => N),
    D: Float64Array.from(runs, ({ N, C }) => C / (6 * N)),
    C: Float64Array.from(runs, ({ C }) => C),
  };
  return {
    name: 'sample', columns, loss: new Float64Array(runs.length).fill(2), weight: Float64Array.from(runs, weight),
    lines: Int32Array.from(runs, (_, i) => i + 2), mapping: {}, dropped: [], notes: [], warnings: [],
  };
}

const SIZES = [1e8, 2e8, 4e8, 8e8, 1.6e9];
const BUDGETS = [6e18, 3e19, 1e20, 6e20];
/** Sizes at every budget, each budget times `factor` of its run. */
const design = (budgets: readonly number[], factor: (i: number) => number = () => 1): Run[] =>
  budgets.flatMap((C) => SIZES.map((N) => ({ N, C }))).map(({ N, C }, i) => ({ N, C: C * factor(i) }));
/** Within 6 % of 1, and of all kinds: multiples of the golden ratio are spread evenly. */
const jitter = (i: number) => 0.94 + 0.12 * ((i * 0.618034) % 1);
/** Between the budgets: no two within a factor 1.3. */
const between: Run[] = [1.2e19, 5.5e19, 2e20, 2.9e20].map((C) => ({ N: 5e8, C }));

const runsOf = (sweep: Sweep) => isoflopSlices(sweep).map(({ runs }) => runs);
const fives = (count: number) => Array.from({ length: count }, (_, k) => SIZES.map((__, i) => SIZES.length * k + i));

describe('slices', () => {
  it('are the budgets, exactly, of an exact design', () => {
    const slices = isoflopSlices(sweepOf(design(BUDGETS)));
    expect(slices.map(({ C }) => C)).toEqual(BUDGETS);
    expect(slices.map(({ runs }) => runs)).toEqual(fives(4));
  });

  it('do not depend on the order of the runs', () => {
    const sweep = sweepOf(design(BUDGETS).toReversed());
    expect(isoflopSlices(sweep).map(({ C }) => C)).toEqual(BUDGETS);
    expect(runsOf(sweep)).toEqual(fives(4).toReversed());
  });

  it('are the nine of the replica', () => {
    const slices = isoflopSlices(paperReplica());
    expect(slices.map(({ C }) => C)).toEqual([6e18, 1e19, 3e19, 6e19, 1e20, 3e20, 6e20, 1e21, 3e21]);
    expect(slices.flatMap(({ runs }) => runs)).toHaveLength(327);
  });

  it('are found where budgets jitter, at the median of their runs', () => {
    const runs = design(BUDGETS, jitter);
    const slices = isoflopSlices(sweepOf(runs));
    expect(slices.map((slice) => slice.runs)).toEqual(fives(4));
    slices.forEach(({ C }, k) => expect(C).toBe(runs.slice(5 * k, 5 * k + 5).map((run) => run.C).toSorted((a, b) => a - b)[2]));
  });

  it('are found among runs that are in none', () => {
    expect(runsOf(sweepOf([...design(BUDGETS, jitter), ...between]))).toEqual(fives(4));
  });

  it('leave out two runs of a budget, and a third run at its side', () => {
    const pair = [{ N: 1e8, C: 5e21 }, { N: 2e8, C: 5e21 }];
    expect(runsOf(sweepOf([...design(BUDGETS), ...pair]))).toEqual(fives(4));
    expect(runsOf(sweepOf([...design(BUDGETS), ...pair, { N: 4e8, C: 5.9e21 }]))).toEqual(fives(4));
    expect(runsOf(sweepOf([...design(BUDGETS), ...pair, { N: 4e8, C: 5.5e21 }]))).toEqual([...fives(4), [20, 21, 22]]);
  });

  it('need three sizes: seeds of one do not make a slice', () => {
    const seeds = Array.from({ length: 6 }, () => ({ N: 1e8, C: 5e21 }));
    expect(runsOf(sweepOf([...design(BUDGETS), ...seeds]))).toEqual(fives(4));
  });

  it('are the diagonals of a grid of equal steps', () => {
    const grid = SIZES.flatMap((N, i) => SIZES.map((_, j) => ({ N, C: 6e18 * 2 ** (i + j) })));
    expect(isoflopSlices(sweepOf(grid)).map(({ C, runs }) => [C / 6e18, runs.length])).toEqual([[4, 3], [8, 4], [16, 5], [32, 4], [64, 3]]);
  });
});

describe('a sweep without budgets of its own', () => {
  /** `perDecade` runs a decade, evenly, so that no run is nearer to the next than any other. */
  const even = (first: number, last: number, perDecade = 30): Run[] => Array.from(
    { length: Math.round((last - first) * perDecade) + 1 }, (_, k) => ({ N: SIZES[k % 5]!, C: 10 ** (first + k / perDecade) }));

  it('has the decades, each with the runs within a factor 1.2', () => {
    const sweep = sweepOf(even(18.5, 21.7));
    // Runs are a factor 1.080 apart: two on either side of a decade are within 1.166, the third is at 1.259.
    expect(isoflopSlices(sweep)).toEqual([[1e19, 15], [1e20, 45], [1e21, 75]].map(([C, at]) =>
      ({ C, runs: [-2, -1, 0, 1, 2].map((k) => at! + k) })));
  });

  it('has half decades too where it spans fewer than three decades', () => {
    expect(isoflopSlices(sweepOf(even(18.4, 20.3))).map(({ C }) => C)).toEqual([3e18, 1e19, 3e19, 1e20]);
  });

  it('has the decades even if a few runs meet by chance', () => {
    const met = [5.9e18, 6e18, 6.1e18].map((C, k) => ({ N: SIZES[k]!, C }));
    const thin = even(18.95, 21.05, 20);
    expect(isoflopSlices(sweepOf([...met, ...thin])).map(({ C }) => C)).toEqual([1e19, 1e20, 1e21]);
    expect(isoflopSlices(sweepOf([...met, ...thin.slice(0, 5)])).map(({ C }) => C)).toEqual([6e18]);
  });

  it('has none where too few runs come near a round budget', () => {
    expect(isoflopSlices(sweepOf(even(18, 22, 3)))).toEqual([]);
  });
});

it.each([[design([6e18]).slice(0, 1)], [design([6e18]).slice(0, 2)]])('too few runs have no slice, %j', (runs) => {
  expect(isoflopSlices(sweepOf(runs))).toEqual([]);
});

describe('a run without weight', () => {
  const runs = design(BUDGETS, jitter);

  it('stays in its slice, and does not move its budget', () => {
    const [slice] = isoflopSlices(sweepOf(runs, (_, i) => (i === 2 || i === 4 ? 0 : 1)));
    const weighted = [0, 1, 3].map((i) => runs[i]!.C).toSorted((a, b) => a - b);
    expect(slice).toEqual({ C: weighted[1], runs: [0, 1, 2, 3, 4] });
    expect(isoflopSlices(sweepOf(runs))[0]!.C).not.toBe(weighted[1]);
  });

  it('is none of the three sizes that a slice needs', () => {
    expect(runsOf(sweepOf(runs, (_, i) => (i < 3 ? 0 : 1)))).toEqual(fives(4).slice(1));
  });
});

describe('slicesAt', () => {
  const sweep = sweepOf([1e19, 1.19e19, 1.21e19, 8.4e18, 8.3e18, 1.3e19].map((C) => ({ N: 1e9, C })));

  it('takes the runs within a factor 1.2', () => {
    expect(slicesAt(sweep, [1e19, 1e24])).toEqual([{ C: 1e19, runs: [0, 1, 3] }, { C: 1e24, runs: [] }]);
  });

  it('gives a run to the nearer of two budgets', () => {
    expect(slicesAt(sweep, [1e19, 1.25e19]).map(({ runs }) => runs)).toEqual([[0, 3], [1, 2, 5]]);
  });

  it('has no slice without a budget', () => {
    expect(slicesAt(sweep, [])).toEqual([]);
  });
});
