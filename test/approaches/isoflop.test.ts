/** IsoFLOP profiles whose minima are known: of parabolas, and of a law. */
import { describe, expect, it } from 'vitest';
import { isoflopApproach, isoflopLaws } from '../../src/approaches/isoflop.ts';
import { fitParabola, vertexOf } from '../../src/approaches/parabola.ts';
import { parabolaShift } from '../../src/approaches/shift.ts';
import { filterSweep } from '../../src/data/filter.ts';
import type { Sweep } from '../../src/types.ts';
import { LAW } from '../support/cases.ts';
import { a, around, isoflopSweep, optimalN, spaced } from './truth.ts';

const BUDGETS = [1e19, 1e20, 1e21, 1e22];
const log = Math.log10;

/** Losses that are parabolas in log10 N, lowest at 0.1·C^0.5. */
const exact = (budgets: readonly number[] = BUDGETS, sizes: (C: number) => readonly number[] = (C) => spaced(0.02 * C ** 0.5, 0.3 * C ** 0.5, 6)) =>
  isoflopSweep(budgets, sizes, ({ N }, C) => 2 + 1e9 / C ** 0.5 + 0.3 * (log(N) - log(0.1 * C ** 0.5)) ** 2);

/** The runs of one budget with other losses. */
function withLosses(sweep: Sweep, budget: number, loss: (N: number) => number): Sweep {
  const { N, C } = sweep.columns;
  return { ...sweep, loss: sweep.loss.map((value, i) => (C[i] === budget ? loss(N[i]) : value)) };
}

describe('a parabola', () => {
  const x = Float64Array.of(8, 8.3, 9.1, 9.2, 9.9);
  const weight = Float64Array.of(1, 2, 1, 0.5, 3);
  const value = ({ centre, c0, c1, c2 }: ReturnType<typeof fitParabola>, at: number) => c0 + c1 * (at - centre) + c2 * (at - centre) ** 2;

  it('is found again', () => {
    const found = fitParabola(x, x.map((v) => 2 - 0.3 * (v - 9) + 0.7 * (v - 9) ** 2), weight);
    for (const at of [7, 8.5, 11]) expect(value(found, at)).toBeCloseTo(2 - 0.3 * (at - 9) + 0.7 * (at - 9) ** 2, 11);
    expect(vertexOf(found).x).toBeCloseTo(9 + 0.3 / 1.4, 12);
    expect(vertexOf(found).y).toBeCloseTo(2 - 0.3 ** 2 / 2.8, 12);
  });

  it('is of weighted least squares: its residuals are orthogonal to 1, x and x²', () => {
    const y = Float64Array.of(3, 2.1, 2.2, 1.9, 2.8);
    const found = fitParabola(x, y, weight);
    const sums = (shift: number) => [0, 1, 2].map((power) => x.reduce((sum, v, i) => sum + weight[i] * (y[i] + shift * Number(i === 2) - value(found, v)) * (v - 9) ** power, 0));
    for (const sum of sums(0)) expect(Math.abs(sum)).toBeLessThan(1e-12);
    for (const sum of sums(0.01)) expect(Math.abs(sum)).toBeGreaterThan(1e-5);
  });

  it('that opens downwards has no vertex', () => {
    expect(vertexOf(fitParabola(x, x.map((v) => -v * v), weight))).toEqual({ x: NaN, y: NaN });
  });
});

describe('approach 2', () => {
  it('finds the minima of parabolas, and the power laws through them', () => {
    const { N, D, optima, profiles, warnings } = isoflopApproach(exact());
    expect(N.exponent).toBeCloseTo(0.5, 11);
    expect(N.coefficient).toBeCloseTo(0.1, 10);
    expect(D.exponent).toBeCloseTo(0.5, 11);
    expect(D.coefficient).toBeCloseTo(1 / 0.6, 9);
    expect(optima.map(({ C }) => C)).toEqual(BUDGETS);
    optima.forEach((point) => {
      expect(point.N / (0.1 * point.C ** 0.5)).toBeCloseTo(1, 11);
      expect(6 * point.N * point.D / point.C).toBeCloseTo(1, 14);
      expect(point.loss).toBeCloseTo(2 + 1e9 / point.C ** 0.5, 11);
    });
    expect(profiles.map(({ runs, used }) => [runs.length, used])).toEqual(Array.from(BUDGETS, () => [6, true]));
    for (const { parabola } of profiles) expect(parabola.c2).toBeCloseTo(0.3, 11);
    expect(warnings).toEqual([]);
  });

  it('finds the exponents of a law where the slices are about the optimum, and the optimum but for the known shift', () => {
    const sweep = isoflopSweep(BUDGETS, around(8, 15));
    const { N, optima } = isoflopApproach(sweep);
    const { shift } = parabolaShift(LAW, { width: log(8), points: 15 });
    expect(N.exponent).toBeCloseTo(a, 11);
    for (const point of optima) expect(log(point.N / optimalN(point.C))).toBeCloseTo(shift, 11);
    expect(Math.abs(shift)).toBeGreaterThan(0.01);
  });

  it('follows the losses', () => {
    const { N } = isoflopApproach(isoflopSweep(BUDGETS, (C) => spaced(0.002 * C ** 0.6, 0.03 * C ** 0.6, 6), ({ N: n }, C) => 2 + (log(n) - log(0.01 * C ** 0.6)) ** 2));
    expect(N.exponent).toBeCloseTo(0.6, 11);
  });

  it('counts weights, and no run of weight 0', () => {
    const sweep = withLosses(exact(), 1e20, (N) => 2 + 0.3 * (log(N) - 9) ** 2 + 0.05 * Number(N > 2e9));
    const weight = sweep.weight.map((_, i) => (i % 6 === 0 ? 0 : 1 + (i % 2)));
    const twice = sweep.weight.map((_, i) => weight[i] / 2);
    const found = isoflopApproach({ ...sweep, weight });
    expect(found.profiles[1].runs).toHaveLength(5);
    expect(found.N.exponent).toBeCloseTo(isoflopApproach({ ...sweep, weight: twice }).N.exponent, 11);
    expect(Math.abs(found.N.exponent - isoflopApproach(sweep).N.exponent)).toBeGreaterThan(1e-4);
    expect(isoflopLaws(sweep, isoflopApproach(sweep).profiles, weight)).toEqual({ N: found.N, D: found.D });
  });

  it('takes the budgets that are given, with the runs near them', () => {
    const runs = isoflopSweep([1e20, 1.08e20, 1e21], (C) => spaced(0.02 * C ** 0.5, 0.3 * C ** 0.5, 6));
    const counts = (options: Parameters<typeof isoflopApproach>[1]) => isoflopApproach(runs, options).profiles.map(({ C, runs: of }) => [C, of.length]);
    expect(counts({ budgets: [1e21, 1e20] })).toEqual([[1e20, 12], [1e21, 6]]);
    expect(counts({ budgets: [1e20, 1e21], tolerance: 1.05 })).toEqual([[1e20, 6], [1e21, 6]]);
    expect(counts({ budgets: [1e20, 1e21], tolerance: 1 })).toEqual([[1e20, 6], [1e21, 6]]);
    expect(counts({ tolerance: 1.05 })).toEqual([[1e20, 6], [1e21, 6]]);
    expect(counts({})).toEqual([[1e20, 12], [1e21, 6]]);
  });
});

describe('approach 2 warns', () => {
  it('of a thin slice, which it uses', () => {
    const { N, warnings, profiles } = isoflopApproach(exact(BUDGETS, (C) => spaced(0.02 * C ** 0.5, 0.3 * C ** 0.5, C === 1e20 ? 3 : 4)));
    expect(N.exponent).toBeCloseTo(0.5, 11);
    expect(profiles[1].used).toBe(true);
    expect(profiles[1].warnings).toEqual(warnings);
    expect(warnings).toEqual(['The slice at 1e20 FLOPs is thin: with 3 sizes nothing checks its parabola.']);
  });

  it('of sizes that are nearly the same, which count once', () => {
    const pairs = (C: number) => spaced(0.02 * C ** 0.5, 0.3 * C ** 0.5, C === 1e20 ? 3 : 6).flatMap((N) => [N, N * 1.001]);
    expect(isoflopApproach(exact(BUDGETS, pairs)).warnings).toEqual(['The slice at 1e20 FLOPs is thin: with 3 sizes nothing checks its parabola.']);
    const two = (C: number) => (C === 1e20 ? [1e9, 1.001e9, 2e9, 2.001e9] : pairs(C));
    const { profiles, warnings } = isoflopApproach(exact(BUDGETS, two));
    expect(profiles.map(({ C }) => C)).toEqual([1e19, 1e21, 1e22]);
    expect(warnings).toEqual(['At 1e20 FLOPs there are no three sizes, and so no parabola.']);
  });

  it('of a parabola without minimum, which it leaves out', () => {
    const { N, optima, profiles, warnings } = isoflopApproach(withLosses(exact(), 1e20, (n) => 3 - (log(n) - 9) ** 2));
    expect(N.exponent).toBeCloseTo(0.5, 11);
    expect(optima.map(({ C }) => C)).toEqual([1e19, 1e21, 1e22]);
    expect(profiles[1]).not.toHaveProperty('vertex');
    expect(profiles[1].used).toBe(false);
    expect(warnings).toEqual(['The parabola at 1e20 FLOPs opens downwards and has no minimum: it is left out of the power laws.']);
  });

  it('of a vertex beyond its sizes, which it leaves out', () => {
    const { N, profiles, warnings } = isoflopApproach(withLosses(exact(), 1e20, (n) => 2 + (log(n) - 10) ** 2));
    expect(N.exponent).toBeCloseTo(0.5, 11);
    expect(profiles[1].vertex?.N).toBeCloseTo(1e10, -1);
    expect(profiles[1].used).toBe(false);
    expect(warnings).toEqual([
      'The vertex at 1e20 FLOPs, N = 1e10, lies beyond the sizes of its slice, 2e8 to 3e9: it is extrapolated, and left out of the power laws.',
    ]);
  });

  it('of a vertex that falls', () => {
    const { N, warnings } = isoflopApproach(withLosses(exact(), 1e21, (n) => 2 + (log(n) - log(7e8)) ** 2));
    expect(N.exponent).toBeLessThan(0.5);
    expect(warnings).toEqual(['N_opt falls from 1e9 at 1e20 FLOPs to 7e8 at 1e21 FLOPs: one of these slices misleads.']);
  });

  it('of budgets without runs, and of too few vertices', () => {
    const two = exact([1e19, 1e20]);
    expect(isoflopApproach(two).warnings).toEqual(['The power laws go through two vertices only: nothing checks them.']);
    const one = isoflopApproach(two, { budgets: [1e19, 5e22] });
    expect([one.N.exponent, one.D.coefficient]).toEqual([NaN, NaN]);
    expect(one.warnings).toEqual([
      'At 5e22 FLOPs there are no three sizes, and so no parabola.',
      'There is no power law: it needs the vertices of two budgets, and one can be used.',
    ]);
    const none = isoflopApproach(exact([1e19, 2e19], () => [1e8, 2e8]));
    expect(none.profiles).toEqual([]);
    expect(none.warnings).toEqual(['There is no power law: it needs the vertices of two budgets, and none can be used.']);
  });
});

it.each([
  [{ tolerance: 1.3 }, 'tolerance: expected a factor from 1 to 1.2 such as 1.1, got 1.3. Write 10 % as 1.1.'],
  [{ tolerance: 0.1 }, 'tolerance: expected a factor from 1 to 1.2 such as 1.1, got 0.1. Write 10 % as 1.1.'],
  [{ budgets: [] }, 'budgets: expected training FLOPs such as 1e19, 1e20, got none. Leave them out to find them.'],
  [{ budgets: [1e20, -1] }, 'budget: expected positive training FLOPs such as 1e21, got -1.'],
])('approach 2 with %j is refused', (options, message) => {
  expect(() => isoflopApproach(exact(), options)).toThrow(message);
});

it('approach 2 needs losses of the runs that carry weight', () => {
  const planned = { ...exact(), loss: exact().loss.map((loss, i) => (i === 3 ? NaN : loss)) };
  expect(() => isoflopApproach(planned)).toThrow('case, loss: expected a positive loss of every run, got a table of planned runs. Give one that has losses.');
  const weight = planned.weight.map((_, i) => Number(i !== 3));
  expect(isoflopApproach({ ...planned, weight }).N.exponent).toBeCloseTo(0.5, 11);
  expect(isoflopApproach(filterSweep(exact(), { where: ['C<1e22'] })).profiles).toHaveLength(3);
});
