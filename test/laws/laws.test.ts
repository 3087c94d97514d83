/** What every law obeys, whatever its formula: its derivatives, its coordinates, its starts and its frontier. */
import { describe, expect, it } from 'vitest';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { packedIndex, packedLength } from '../../src/math/packed.ts';
import { uniforms } from '../../src/math/philox.ts';
import { frontierOf, predictLoss } from '../../src/plan/frontier.ts';
import { logsOf, mixedUp } from '../support/laws.ts';
import { worst } from '../support/close.ts';

const U = 2 ** -53;
const LOWEST = 2;
const uniform = uniforms(5, 55, 0);
const between = (low: number, high: number) => low + (high - low) * uniform();

describe.each(lawIds.map((id) => [id, lawById(id)] as const))('the law %s', (_, law) => {
  const ORDER = law.params.length;
  const LOGS = law.inputs.map(logsOf);
  const CENTRE = LOGS.map(({ centre }) => centre);
  const POINTS = Array.from({ length: 20 }, () => LOGS.map(({ low, high }) => between(low, high)));
  const COLUMNS = LOGS.map((_, input) => Float64Array.from(POINTS, (point) => point[input]));
  const starts = Array.from({ length: 6 }, (_, k) => law.drawStart(LOWEST, uniforms(3, 1, k)));
  /** Starts moved by up to 1 in each coordinate: exponents below zero and above one, terms that are nearly all. */
  const WORKING = starts.map((start) => start.map((value) => value + between(-1, 1)));

  const jacobianOf = (points: number) => law.params.map(() => new Float64Array(points).fill(NaN));
  const evaluate = (x: ArrayLike<number>, point: readonly number[]) => {
    const inputs = point.map((value) => Float64Array.of(value));
    const prediction = new Float64Array(1);
    const jacobian = jacobianOf(1);
    law.predict(x, inputs, prediction, jacobian);
    return { value: prediction[0], logValue: Math.log(prediction[0]), slope: jacobian.map(([v]) => v), jacobian, inputs };
  };
  const single = POINTS.map((point) => evaluate(WORKING[0], point));

  it('predicts whole columns', () => {
    const prediction = new Float64Array(POINTS.length);
    const jacobian = jacobianOf(POINTS.length);
    law.predict(WORKING[0], COLUMNS, prediction, jacobian);
    expect(Array.from(prediction)).toEqual(single.map(({ value }) => value));
    jacobian.forEach((column, j) => expect(Array.from(column)).toEqual(single.map(({ slope }) => slope[j])));
  });

  it('predicts a part of them, and leaves the rest alone', () => {
    const prediction = new Float64Array(POINTS.length).fill(NaN);
    const jacobian = jacobianOf(POINTS.length);
    law.predict(WORKING[0], COLUMNS, prediction, jacobian, 5, 9);
    const inside = (i: number) => i >= 5 && i < 9;
    expect(Array.from(prediction)).toEqual(single.map(({ value }, i) => (inside(i) ? value : NaN)));
    jacobian.forEach((column, j) => expect(Array.from(column)).toEqual(single.map(({ slope }, i) => (inside(i) ? slope[j] : NaN))));
  });

  /**
   * A central difference errs by h²/6 of a third derivative, and by the rounding of its two values over h. One of twice the
   * step errs by four times as much, so that the two are three times the error apart.
   */
  describe('has derivatives that', () => {
    const h = 1e-4;
    const moved = (x: Float64Array, j: number, by: number, point: readonly number[]) => evaluate(x.with(j, x[j] + by), point);
    /** Central differences along coordinate j of numbers of a point, and how far off they may be; `size` is that of the numbers. */
    const differences = (x: Float64Array, j: number, point: readonly number[], size: number, of: (at: ReturnType<typeof evaluate>) => readonly number[]) => {
      const [fine, coarse] = [h, 2 * h].map((step) => {
        const [up, down] = [of(moved(x, j, step, point)), of(moved(x, j, -step, point))];
        return up.map((value, k) => (value - down[k]) / (2 * step));
      });
      return fine.map((want, k) => ({ want, tolerance: Math.abs(want - coarse[k]) + (20 * U * size) / h }));
    };
    /** Exponents of the terms are sums of numbers of this size. */
    const size = (x: Float64Array, point: readonly number[]) => 1 + x.reduce((sum, value) => sum + Math.abs(value), 0) * Math.max(1, ...point.map(Math.abs));
    const cases = WORKING.flatMap((x) => POINTS.map((point) => ({ x, point })));

    it('are those of central differences of log L̂; N for D would be noticed', () => {
      const compare = (order: (point: readonly number[]) => readonly number[]) => {
        const got: number[] = [], want: number[] = [], tolerance: number[] = [];
        for (const { x, point } of cases) for (let j = 0; j < ORDER; j++) {
          const [found] = differences(x, j, point, size(x, point), ({ logValue }) => [logValue]);
          got.push(evaluate(x, order(point)).slope[j]);
          want.push(found.want);
          tolerance.push(found.tolerance);
        }
        return worst(got, want, tolerance);
      };
      const { ratio, where } = compare((point) => point);
      expect(ratio, where).toBeLessThan(1);
      expect(compare((point) => mixedUp(point, (log) => log + 0.1)).ratio).toBeGreaterThan(1e3);
    });

    const hessianOf = (x: Float64Array, point: readonly number[]) => {
      const { jacobian, inputs } = evaluate(x, point);
      const hessian = new Float64Array(packedLength(ORDER));
      law.addCurvature(jacobian, inputs, Float64Array.of(1), hessian, x);
      return hessian;
    };

    const compareHessians = (sign: number) => {
      const got: number[] = [], want: number[] = [], tolerance: number[] = [];
      for (const { x, point } of cases) {
        const { slope } = evaluate(x, point);
        const curvature = hessianOf(x, point);
        for (let j = 0; j < ORDER; j++) {
          const steepest = size(x, point) * Math.max(1, ...slope.map(Math.abs));
          differences(x, j, point, steepest, (at) => at.slope).forEach((found, k) => {
            got.push(sign * curvature[packedIndex(Math.max(j, k), Math.min(j, k))] - slope[j] * slope[k]);
            want.push(found.want);
            tolerance.push(found.tolerance);
          });
        }
      }
      return worst(got, want, tolerance);
    };

    it('are of second order the curvature less ggᵀ; without it, or with the wrong sign, that would be noticed', () => {
      const { ratio, where } = compareHessians(1);
      expect(ratio, where).toBeLessThan(1);
      expect(compareHessians(0).ratio).toBeGreaterThan(1e3);
      expect(compareHessians(-1).ratio).toBeGreaterThan(1e3);
    });

    it('are of second order added to what is there, each point by its scale', () => {
      const jacobian = jacobianOf(POINTS.length);
      law.predict(WORKING[0], COLUMNS, new Float64Array(POINTS.length), jacobian);
      const scale = Float64Array.from(POINTS, (_, i) => (i % 3) - 1); // negative, zero, positive
      const hessian = Float64Array.from({ length: packedLength(ORDER) }, (_, k) => k);
      law.addCurvature(jacobian, COLUMNS, scale, hessian, WORKING[0]);
      const each = POINTS.map((point) => hessianOf(WORKING[0], point));
      const sum = (of: (one: Float64Array, i: number) => number) => each.reduce((total, one, i) => total + of(one, i), 0);
      const want = hessian.map((_, k) => k + sum((one, i) => scale[i] * one[k]));
      // 20 additions to the whole number that was there; an element may be a sum of some products as large as the largest.
      const largest = sum((one) => Math.max(...one.map(Math.abs)));
      expect(worst(hessian, want, want.map((_, k) => 20 * U * (k + largest))).ratio).toBeLessThan(1);
    });
  });

  it('has coordinates whose way there and back is the identity', () => {
    // Working coordinates of a term are differences of numbers near 25, or near 100; an error there is a relative one in A.
    const errors = (centre: readonly number[]) => starts.map((start) => {
      const natural = law.toNatural(start, CENTRE);
      return worst(law.toNatural(law.toWorking(natural, centre), CENTRE), natural, natural.map((value) => 200 * U * Math.abs(value))).ratio;
    });
    expect(Math.max(...errors(CENTRE))).toBeLessThan(1);
    expect(Math.min(...errors(mixedUp(CENTRE, (log) => log + 0.1)))).toBeGreaterThan(1e3);
  });

  it('can hold its axes: each has a working coordinate that no other parameter moves', () => {
    const natural = law.toNatural(starts[0], CENTRE);
    const moves = (j: number, k: number) =>
      law.toWorking(natural.with(k, 1.1 * natural[k]), CENTRE)[j] !== law.toWorking(natural, CENTRE)[j];
    const own = law.params.filter((_, j) => law.params.every((_, k) => moves(j, k) === (k === j)));
    const held = law.axes.filter((name) => law.params.includes(name));
    expect(own).toEqual(expect.arrayContaining(held));
    expect([held.length > 1, own.length < ORDER]).toEqual([true, true]);
    for (const pair of law.pairs) expect(law.axes, pair).toEqual(expect.arrayContaining(pair.split(',')));
  });

  it('has starts that are finite and break no bounds, and a grid of distinct ones', () => {
    expect(starts.flatMap((start) => law.brokenBounds(law.toNatural(start, CENTRE)))).toEqual([]);
    const grid = law.paperStarts(CENTRE);
    expect(grid.every((start) => start.length === ORDER && start.every(Number.isFinite))).toBe(true);
    expect(new Set(grid.map(String)).size).toBe(grid.length);
  });

  it.runIf(law.frontier)('spends C = 6ND along its exponents, where the loss is lowest', () => {
    const { exponents, allocate } = frontierOf(law);
    const C = 6 * Math.exp(44);
    for (const start of starts) {
      const natural = law.toNatural(start, CENTRE);
      const params = Object.fromEntries(law.params.map((name, j) => [name, natural[j]]));
      const lossAt = (N: number) => predictLoss(law.id, params, { N, D: C / (6 * N) });
      const { a, b } = exponents(natural);
      const [near, far] = [C, 1e4 * C].map((compute) => allocate(natural, compute));
      // Exponents of log(C/6) ≈ 53, and G, a quotient of numbers near exp 25 to the power of at most 5, rounded.
      expect(Math.abs((6 * near.N * near.D) / C - 1)).toBeLessThan(1000 * U);
      expect(Math.abs(Math.log(far.N / near.N) / Math.log(1e4) - a)).toBeLessThan(1000 * U);
      expect(Math.abs(Math.log(far.D / near.D) / Math.log(1e4) - b)).toBeLessThan(1000 * U);
      expect(lossAt(near.N)).toBeLessThan(Math.min(lossAt(near.N * 1.01), lossAt(near.N / 1.01)));
    }
  });
});
