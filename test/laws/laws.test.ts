/** What every law obeys, whatever its formula: its derivatives, its coordinates, its starts and its frontier. */
import { describe, expect, it } from 'vitest';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { packedIndex, packedLength } from '../../src/math/packed.ts';
import { uniforms } from '../../src/math/philox.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import { worst } from '../support/close.ts';

const U = 2 ** -53;
const LOWEST = 2;
const CENTRE = [20.5, 23.5]; // with few bits, so that centring and back is exact

const uniform = uniforms(5, 55, 0);
const between = (low: number, high: number) => low + (high - low) * uniform();
/** Points of ±3 about the centre. */
const POINTS = Array.from({ length: 20 }, () => [between(-3, 3), between(-3, 3)]);
const COLUMNS = [0, 1].map((input) => Float64Array.from(POINTS, (point) => point[input]));

describe.each(lawIds.map((id) => [id, lawById(id)] as const))('the law %s', (_, law) => {
  const ORDER = law.params.length;
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
   * log L̂ is a log of a sum of exponentials whose logs are linear in each coordinate, if not in all at once. Their
   * slopes and mixed second derivatives lie below M; so that along one coordinate the third derivative of log L̂, a
   * cumulant of order three, is below M³, and that of a slope, of order four and three of order three, below 7M⁴. A
   * central difference errs by h²/6 of them, and by the rounding of its two values over h.
   */
  describe('has derivatives that', () => {
    const h = 1e-4;
    const size = (x: Float64Array, [u, v]: readonly number[]) =>
      Math.max(1, Math.abs(u), Math.abs(v)) * (1 + Math.max(Math.abs(x[3]), Math.abs(x[4])));
    const both = (x: Float64Array, j: number, point: readonly number[]) =>
      [x.with(j, x[j] + h), x.with(j, x[j] - h)].map((moved) => evaluate(moved, point));
    const cases = WORKING.flatMap((x) => POINTS.map((point) => ({ x, point })));

    it('are those of central differences of log L̂; N for D would be noticed', () => {
      const compare = (order: (point: readonly number[]) => readonly number[]) => {
        const got: number[] = [], want: number[] = [], tolerance: number[] = [];
        for (const { x, point } of cases) for (let j = 0; j < ORDER; j++) {
          const [up, down] = both(x, j, point);
          got.push(evaluate(x, order(point)).slope[j]);
          want.push((up.logValue - down.logValue) / (2 * h));
          tolerance.push((h ** 2 / 6) * size(x, point) ** 3 + (20 * U * (1 + Math.abs(up.logValue))) / h);
        }
        return worst(got, want, tolerance);
      };
      const { ratio, where } = compare((point) => point);
      expect(ratio, where).toBeLessThan(1);
      expect(compare(([u, v]) => [v, u]).ratio).toBeGreaterThan(1e3);
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
          const [up, down] = both(x, j, point);
          for (let k = 0; k < ORDER; k++) {
            got.push(sign * curvature[packedIndex(Math.max(j, k), Math.min(j, k))] - slope[j] * slope[k]);
            want.push((up.slope[k] - down.slope[k]) / (2 * h));
            tolerance.push((h ** 2 / 6) * 7 * size(x, point) ** 4 + (20 * U * size(x, point)) / h);
          }
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
      const want = hessian.map((_, k) => k + each.reduce((sum, one, i) => sum + scale[i] * one[k], 0));
      // 20 additions of terms below M² + M, onto whole numbers below 15.
      const M = Math.max(...POINTS.map((point) => size(WORKING[0], point)));
      expect(worst(hessian, want, want.map(() => 20 * U * (15 + 20 * (M ** 2 + M)))).ratio).toBeLessThan(1);
    });
  });

  it('has coordinates whose way there and back is the identity', () => {
    // Working coordinates of a term are differences of numbers near 25; an error there is a relative one in A.
    const errors = (centre: readonly number[]) => starts.map((start) => {
      const natural = law.toNatural(start, CENTRE);
      return worst(law.toNatural(law.toWorking(natural, centre), CENTRE), natural, natural.map((value) => 200 * U * Math.abs(value))).ratio;
    });
    expect(Math.max(...errors(CENTRE))).toBeLessThan(1);
    expect(Math.min(...errors(CENTRE.toReversed()))).toBeGreaterThan(1e3);
  });

  it('has starts that are finite and break no bounds, and a published grid of distinct ones', () => {
    expect(starts.flatMap((start) => law.brokenBounds(law.toNatural(start, CENTRE)))).toEqual([]);
    const grid = law.paperStarts(CENTRE);
    expect(grid.every((start) => start.length === ORDER && start.every(Number.isFinite))).toBe(true);
    expect(new Set(grid.map(String)).size).toBe(grid.length);
  });

  it('spends C = 6ND along its exponents, where the loss is lowest', () => {
    const C = 6 * Math.exp(CENTRE[0] + CENTRE[1]);
    for (const start of starts) {
      const natural = law.toNatural(start, CENTRE);
      const params = Object.fromEntries(law.params.map((name, j) => [name, natural[j]]));
      const lossAt = (N: number) => predictLoss(law.id, params, { N, D: C / (6 * N) });
      const { a, b } = law.frontier.exponents(natural);
      const [near, far] = [C, 1e4 * C].map((compute) => law.frontier.allocate(natural, compute));
      // Exponents of log(C/6) ≈ 53, and G, a quotient of numbers near exp 25 to the power of at most 5, rounded.
      expect(Math.abs((6 * near.N * near.D) / C - 1)).toBeLessThan(1000 * U);
      expect(Math.abs(Math.log(far.N / near.N) / Math.log(1e4) - a)).toBeLessThan(1000 * U);
      expect(Math.abs(Math.log(far.D / near.D) / Math.log(1e4) - b)).toBeLessThan(1000 * U);
      expect(lossAt(near.N)).toBeLessThan(Math.min(lossAt(near.N * 1.01), lossAt(near.N / 1.01)));
    }
  });
});
