import { describe, expect, it } from 'vitest';
import { chinchilla as law } from '../../src/laws/chinchilla.ts';
import { packedIndex, packedLength } from '../../src/math/packed.ts';
import { uniforms } from '../../src/math/philox.ts';
import { worst } from '../support/close.ts';

const U = 2 ** -53;
const ORDER = 5;
const CENTRE = [20.5, 23.5]; // with few bits, so that centring and back is exact
const NATURAL = [1.7, 400, 420, 0.34, 0.28];

/** Points of ±3 about the centre; x near the law, and x where each of the terms is nearly all. */
const uniform = uniforms(5, 55, 0);
const between = (low: number, high: number) => low + (high - low) * uniform();
const POINTS = Array.from({ length: 20 }, () => [between(-3, 3), between(-3, 3)]);
const WORKING = [
  law.toWorking(NATURAL, CENTRE),
  Float64Array.of(2, -1, -2, 0.3, 0.9), Float64Array.of(-3, 1, -1, 0.7, 0.2), Float64Array.of(-2, -2, 2, -0.1, 1.2),
];

const evaluate = (x: ArrayLike<number>, point: readonly number[]) => {
  const inputs = point.map((value) => Float64Array.of(value));
  const prediction = new Float64Array(1);
  const jacobian = law.params.map(() => new Float64Array(1));
  law.predict(x, inputs, prediction, jacobian);
  return { value: prediction[0], logValue: Math.log(prediction[0]), slope: jacobian.map(([v]) => v), jacobian, inputs };
};

it('predicts E + A/N^α + B/D^β', () => {
  const [E, A, B, alpha, beta] = NATURAL;
  const counts = POINTS.map(([u, v]) => [Math.exp(u + CENTRE[0]), Math.exp(v + CENTRE[1])]);
  const want = counts.map(([N, D]) => E + A / N ** alpha + B / D ** beta);
  const got = POINTS.map((point) => evaluate(law.toWorking(NATURAL, CENTRE), point).value);
  // Exponents of up to 30 are rounded to 30u each; N, and the logs that it comes from, as much again.
  const tolerance = want.map((loss) => 200 * U * loss);
  expect(worst(got, want, tolerance).ratio).toBeLessThan(1);
  expect(worst(got, counts.map(([N, D]) => E + A / D ** alpha + B / N ** beta), tolerance).ratio).toBeGreaterThan(1);
});

it('predicts whole columns', () => {
  const [logN, logD] = [0, 1].map((input) => Float64Array.from(POINTS, (point) => point[input]));
  const prediction = new Float64Array(POINTS.length);
  const jacobian = law.params.map(() => new Float64Array(POINTS.length));
  law.predict(WORKING[0], [logN, logD], prediction, jacobian);
  const single = POINTS.map((point) => evaluate(WORKING[0], point));
  expect(Array.from(prediction)).toEqual(single.map(({ value }) => value));
  jacobian.forEach((column, j) => expect(Array.from(column)).toEqual(single.map(({ slope }) => slope[j])));
});

/**
 * log L̂ is a log of a sum of exponentials of functions linear in x, so that its derivatives are cumulants of the
 * slopes 1, u, v under the shares: those of order three are below M³, of order four below 4M⁴, with
 * M = max(1, |u|, |v|). A central difference errs by h²/6 of them, and by the rounding of its two values over h.
 */
describe('derivatives', () => {
  const h = 1e-4;
  const size = ([u, v]: readonly number[]) => Math.max(1, Math.abs(u), Math.abs(v));
  const both = (x: Float64Array, j: number, point: readonly number[]) =>
    [x.with(j, x[j] + h), x.with(j, x[j] - h)].map((moved) => evaluate(moved, point));
  const cases = WORKING.flatMap((x) => POINTS.map((point) => ({ x, point })));

  it('of log L̂ are those of central differences; N for D would be noticed', () => {
    const compare = (order: (point: readonly number[]) => readonly number[]) => {
      const got: number[] = [], want: number[] = [], tolerance: number[] = [];
      for (const { x, point } of cases) for (let j = 0; j < ORDER; j++) {
        const [up, down] = both(x, j, point);
        got.push(evaluate(x, order(point)).slope[j]);
        want.push((up.logValue - down.logValue) / (2 * h));
        tolerance.push((h ** 2 / 6) * size(point) ** 3 + (20 * U * (1 + Math.abs(up.logValue))) / h);
      }
      return worst(got, want, tolerance);
    };
    const { ratio, where } = compare((point) => point);
    expect(ratio, where).toBeLessThan(1);
    expect(compare(([u, v]) => [v, u]).ratio).toBeGreaterThan(1);
  });

  const hessianOf = (x: Float64Array, point: readonly number[]) => {
    const { jacobian, inputs } = evaluate(x, point);
    const hessian = new Float64Array(packedLength(ORDER));
    law.addCurvature(jacobian, inputs, Float64Array.of(1), hessian);
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
          tolerance.push((h ** 2 / 6) * 4 * size(point) ** 4 + (20 * U * size(point)) / h);
        }
      }
    }
    return worst(got, want, tolerance);
  };

  it('of second order are the curvature less ggᵀ; without it, or with the wrong sign, that would be noticed', () => {
    const { ratio, where } = compareHessians(1);
    expect(ratio, where).toBeLessThan(1);
    expect(compareHessians(0).ratio).toBeGreaterThan(1e3);
    expect(compareHessians(-1).ratio).toBeGreaterThan(1e3);
  });

  it('of second order are added to what is there, each point by its scale', () => {
    const [logN, logD] = [0, 1].map((input) => Float64Array.from(POINTS, (point) => point[input]));
    const jacobian = law.params.map(() => new Float64Array(POINTS.length));
    law.predict(WORKING[0], [logN, logD], new Float64Array(POINTS.length), jacobian);
    const scale = Float64Array.from(POINTS, (_, i) => (i % 3) - 1); // negative, zero, positive
    const hessian = Float64Array.from({ length: packedLength(ORDER) }, (_, k) => k);
    law.addCurvature(jacobian, [logN, logD], scale, hessian);
    const each = POINTS.map((point) => hessianOf(WORKING[0], point));
    const want = hessian.map((_, k) => k + each.reduce((sum, one, i) => sum + scale[i] * one[k], 0));
    // 20 additions of terms below M² = 9, onto whole numbers below 15.
    expect(worst(hessian, want, want.map(() => 20 * U * (15 + 20 * 9))).ratio).toBeLessThan(1);
  });
});

describe('coordinates', () => {
  it('natural → working → natural is the identity to the rounding of exp at 27', () => {
    const back = law.toNatural(law.toWorking(NATURAL, CENTRE), CENTRE);
    expect(worst(back, NATURAL, NATURAL.map((value) => 60 * U * value)).ratio).toBeLessThan(1);
  });

  it('a and b are the logs of the terms at the centre', () => {
    const x = Float64Array.of(0.5, -0.7, -1.1, 0.34, 0.28);
    const [E, A, B, alpha, beta] = law.toNatural(x, CENTRE);
    const got = [E, A / Math.exp(CENTRE[0]) ** alpha, B / Math.exp(CENTRE[1]) ** beta];
    const want = [Math.exp(0.5), Math.exp(-0.7), Math.exp(-1.1)];
    expect(worst(got, want, want.map((value) => 100 * U * value)).ratio).toBeLessThan(1);
    expect([alpha, beta]).toEqual([0.34, 0.28]);
  });
});

describe('the starts of the paper', () => {
  const raw = law.paperStarts(CENTRE).map(([e, a, b, alpha, beta]) =>
    [e, a + alpha * CENTRE[0], b + beta * CENTRE[1], alpha, beta]);

  it('are the 4500 of appendix D.2, once each', () => {
    expect(raw.length).toBe(5 * 6 * 6 * 5 * 5);
    expect(new Set(raw.map(String)).size).toBe(4500);
    const values = [0, 1, 2, 3, 4].map((j) => [...new Set(raw.map((start) => start[j]))].toSorted((p, q) => p - q));
    const [logs, exponents] = [[0, 5, 10, 15, 20, 25], [0, 0.5, 1, 1.5, 2]];
    expect(values).toEqual([[-1, -0.5, 0, 0.5, 1], logs, logs, exponents, exponents]);
  });

  it('run from the lowest of all to the highest, beta fastest', () => {
    expect([raw[0], raw[1], raw[4499]]).toEqual([[-1, 0, 0, 0, 0], [-1, 0, 0, 0, 0.5], [1, 25, 25, 2, 2]]);
  });
});

describe('a drawn start', () => {
  const LOWEST = 2;
  const low = Float64Array.of(0.3 * LOWEST, 0.02 * LOWEST, 0.02 * LOWEST, 0.1, 0.1);
  const high = Float64Array.of(0.99 * LOWEST, 0.42 * LOWEST, 0.42 * LOWEST, 1, 1);
  const terms = ([e, a, b, alpha, beta]: Float64Array) => [Math.exp(e), Math.exp(a), Math.exp(b), alpha, beta];

  it.each([0, 1, 2, 3, 4])('takes its %i-th uniform for its coordinate of that number', (j) => {
    let drawn = 0;
    const start = law.drawStart(LOWEST, () => (drawn++ === j ? 1 : 0));
    expect(drawn).toBe(5);
    // exp of a log, and the low + 1·(high − low) of the draw: three roundings.
    expect(worst(terms(start), low.with(j, high[j]), low.map(() => 8 * U)).ratio).toBeLessThan(1);
  });

  it('lies in its ranges, and all over them', () => {
    const starts = Array.from({ length: 500 }, (_, k) => terms(law.drawStart(LOWEST, uniforms(1, 1, k))));
    for (let j = 0; j < ORDER; j++) {
      const share = starts.map((start) => (start[j] - low[j]) / (high[j] - low[j]));
      expect(Math.min(...share)).toBeGreaterThan(0);
      expect(Math.max(...share)).toBeLessThan(1);
      // A mean of 500 uniforms: five standard errors of 1/√(12·500).
      expect(Math.abs(share.reduce((sum, value) => sum + value / 500, 0) - 0.5)).toBeLessThan(5 / Math.sqrt(6000));
    }
  });
});

it.each([
  [0.34, 0.28, []], [0, 0.28, ['alpha <= 0']], [0.34, -1, ['beta <= 0']], [NaN, 0, ['alpha <= 0', 'beta <= 0']],
])('alpha %d and beta %d break the bounds %j', (alpha, beta, broken) => {
  expect(law.brokenBounds([1.7, 400, 420, alpha, beta])).toEqual(broken);
});
