import { describe, expect, it } from 'vitest';
import { chinchilla as law } from '../../src/laws/chinchilla.ts';
import { uniforms } from '../../src/math/philox.ts';
import { worst } from '../support/close.ts';

const U = 2 ** -53;
const ORDER = 5;
const CENTRE = [20.5, 23.5]; // with few bits, so that centring and back is exact
const NATURAL = [1.7, 400, 420, 0.34, 0.28];

/** Points of ±3 about the centre. */
const uniform = uniforms(5, 55, 0);
const between = (low: number, high: number) => low + (high - low) * uniform();
const POINTS = Array.from({ length: 20 }, () => [between(-3, 3), between(-3, 3)]);

it('predicts E + A/N^α + B/D^β', () => {
  const [E, A, B, alpha, beta] = NATURAL;
  const counts = POINTS.map(([u, v]) => [Math.exp(u + CENTRE[0]), Math.exp(v + CENTRE[1])]);
  const want = counts.map(([N, D]) => E + A / N ** alpha + B / D ** beta);
  const [logN, logD] = [0, 1].map((input) => Float64Array.from(POINTS, (point) => point[input]));
  const got = new Float64Array(POINTS.length);
  law.predict(law.toWorking(NATURAL, CENTRE), [logN, logD], got, law.params.map(() => new Float64Array(POINTS.length)));
  // Exponents of up to 30 are rounded to 30u each; N, and the logs that it comes from, as much again.
  const tolerance = want.map((loss) => 200 * U * loss);
  expect(worst(got, want, tolerance).ratio).toBeLessThan(1);
  expect(worst(got, counts.map(([N, D]) => E + A / D ** alpha + B / N ** beta), tolerance).ratio).toBeGreaterThan(1);
});

describe('coordinates', () => {
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
