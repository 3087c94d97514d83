/** The envelope of curves that a known law draws: its power laws, and what is left out of them. */
import { describe, expect, it } from 'vitest';
import { envelope, envelopeGrid, envelopeLaws } from '../../src/approaches/envelope.ts';
import { lawsThrough } from '../../src/approaches/laws.ts';
import { interpolated, smoothed } from '../../src/approaches/smooth.ts';
import { lossOf } from '../support/cases.ts';
import { a, curvesOf, optimalN, spaced } from './truth.ts';

/** Few checkpoints are far apart, and a window that spans them would bend the curves: none, where there is no noise. */
const RAW = { window: 0 };

describe('the power laws of the envelope', () => {
  const curves = curvesOf({ sizes: spaced(4e7, 1.6e10, 41) });
  const found = envelope(curves, RAW);

  /** The staircase flattens a by 1/39² of itself, and its ends, which are not whole steps, by about as much again. */
  const allowed = (3 * a) / 39 ** 2;

  it('are those of the frontier', () => {
    expect(Math.abs(found.N.exponent - a)).toBeLessThan(allowed);
    expect(found.N.exponent + found.D.exponent).toBeCloseTo(1, 12);
    for (const C of [1e19, 1e21]) expect(Math.abs(Math.log((found.N.coefficient * C ** found.N.exponent) / optimalN(C)))).toBeLessThan(0.01);
    expect(found.warnings).toEqual([]);
  });

  it('would be too flat through the smallest and the largest models', () => {
    const { N } = lawsThrough(found.points);
    expect(found.points.length).toBeGreaterThan(found.optima.length);
    expect(a - N.exponent).toBeGreaterThan(5 * allowed);
  });

  it('go through the models between them, on no other', () => {
    const used = new Set(found.optima.map(({ N }) => N));
    const sizes = curves.curves.map(({ N }) => N);
    expect([...used]).toEqual(sizes.slice(1, -1));
    expect(found.optima).toEqual(found.points.filter((point) => point.used));
  });

  it('do not depend on the order of the curves, nor on a curve that is there twice', () => {
    const { curves: all } = curves;
    const shuffled = { ...curves, curves: [...all, all[7]].toReversed() };
    expect(envelope(shuffled, RAW).N).toEqual(found.N);
  });

  it('follow the curves', () => {
    const steep = envelope(curvesOf({ sizes: spaced(4e7, 1.6e10, 41), loss: ({ N, D }) => lossOf({ N: N ** 0.9, D }) }), RAW);
    // N^−0.306 and D^−0.28
    expect(Math.abs(steep.N.exponent - 0.28 / (0.28 + 0.34 * 0.9))).toBeLessThan(allowed);
  });

  it('are those of a part of the curves where these are asked for', () => {
    const part = [0, 3, 4, 9, 10, 11, 20, 33, 40];
    const alone = { ...curves, curves: part.map((k) => curves.curves[k]) };
    const grid = envelopeGrid(curves, RAW);
    // On the same budgets but for the range, which the same smallest and largest curves give here.
    expect(envelopeLaws(grid, part).N.exponent).toBeCloseTo(envelope(alone, RAW).N.exponent, 2);
    expect(envelopeLaws(grid, [...grid.N.keys()])).toEqual({ N: found.N, D: found.D });
    expect(envelopeLaws(grid, [0, 40])).toEqual({ N: { coefficient: NaN, exponent: NaN }, D: { coefficient: NaN, exponent: NaN } });
  });
});

describe('a point of the envelope', () => {
  const tokens = (N: number) => spaced(N, 200 * N, 300);
  const curves = curvesOf({ sizes: spaced(4e7, 1.6e10, 12), tokens });
  const { points } = envelope(curves, { ...RAW, budgets: 400 });

  it('is the lowest curve that reaches its budget', () => {
    expect(points).toHaveLength(400);
    for (const { C, N, D, loss, curve, share } of points) {
      expect(curves.curves[curve].N).toBe(N);
      expect(6 * N * D).toBeCloseTo(C, -Math.log10(C * 1e-12));
      expect(share).toBeCloseTo(D / (200 * N), 12);
      const there = curves.curves.filter((other) => C >= 6 * other.N ** 2 && C <= 1200 * other.N ** 2);
      const lowest = Math.min(...there.map((other) => lossOf({ N: other.N, D: C / (6 * other.N) })));
      // A line between checkpoints 1.8 % apart lies above the curve by h²/8·L'' < 1e-5 of it.
      expect(Math.abs(lossOf({ N, D }) / lowest - 1)).toBeLessThan(2e-5);
      expect(Math.abs(loss / lossOf({ N, D }) - 1)).toBeLessThan(1e-5);
    }
  });

  it('lies evenly in log C, where three models have a loss', () => {
    const [N0, N2] = [curves.curves[2].N, curves.curves.at(-3)!.N];
    expect(points[0].C / (6 * N0 * N0)).toBeCloseTo(1, 9);
    expect(points.at(-1)!.C / (6 * N2 * 200 * N2)).toBeCloseTo(1, 9);
    expect((points[200].C / points[199].C) / (points[1].C / points[0].C)).toBeCloseTo(1, 9);
  });
});

describe('smoothing', () => {
  const [curve] = curvesOf({ sizes: [1e9], tokens: () => Array.from({ length: 400 }, (_, k) => 1e8 * (k + 1)) }).curves;
  const [noisy] = curvesOf({ sizes: [1e9], tokens: () => [...curve.D], noise: 0.01 }).curves;
  const exact = curve.loss.map(Math.log);
  /** Root of the mean square over the middle of the curve. */
  const error = (values: Float64Array) => Math.sqrt(values.slice(20, 380).reduce((sum, value, i) => sum + (value - exact[20 + i]) ** 2, 0) / 360);

  it('leaves a straight line, up to its ends', () => {
    const line = { ...curve, loss: curve.D.map((D) => 8 * D ** -0.05) };
    smoothed(line, 10).logLoss.forEach((value, i) => expect(value).toBeCloseTo(Math.log(line.loss[i]), 12));
  });

  it('takes most of the noise: ±5 checkpoints of σ = 2.5 leave 1/√8.9 of it', () => {
    const { logLoss } = smoothed(noisy, 10);
    const left = error(logLoss) / error(noisy.loss.map(Math.log));
    expect(left).toBeGreaterThan(0.25);
    expect(left).toBeLessThan(0.45);
    expect(smoothed(noisy, 1).logLoss).toEqual(noisy.loss.map(Math.log));
  });

  it('keeps the beginning of a falling curve, where a mean would not', () => {
    const mean = exact.slice(0, 6).reduce((sum, value) => sum + value, 0) / 6;
    expect(Math.abs(smoothed(curve, 10).logLoss[0] - exact[0])).toBeLessThan(0.5 * (exact[0] - mean));
    expect(smoothed(curve, 10).logLoss.at(-1)).toBeCloseTo(exact.at(-1)!, 6);
  });

  it('spans by default at most a quarter of the checkpoints', () => {
    const few = curvesOf({ sizes: spaced(4e7, 1.6e10, 9), tokens: () => spaced(1e8, 3e12, 20) });
    expect(envelope(few).N).toEqual(envelope(few, { window: 5 }).N);
    expect(envelope(few).N).not.toEqual(envelope(few, { window: 10 }).N);
    const many = curvesOf({ sizes: spaced(4e7, 1.6e10, 9) });
    expect(envelope(many).N).toEqual(envelope(many, { window: 10 }).N);
  });

  it('interpolates in logs, and knows no more than the curve', () => {
    const at = interpolated({ logC: Float64Array.of(1, 2, 4), logLoss: Float64Array.of(3, 1, 0) }, Float64Array.of(0.9, 1, 1.5, 2, 3, 4, 4.1));
    expect([...at]).toEqual([NaN, 3, 2, 1, 0.5, 0, NaN]);
  });
});

describe('an envelope warns', () => {
  it.each([[5, 3, '11 %'], [7, 5, '4 %'], [10, 8, '1.6 %']])('of the staircase that %i models make', (sizes, models, share) => {
    const { N, warnings } = envelope(curvesOf({ sizes: spaced(4e7, 1.6e10, sizes), tokens: () => spaced(1e8, 3e13, 200) }), RAW);
    expect(warnings).toEqual([`N_opt climbs a staircase of ${models} models; the power law through it is flatter than the models say, a by about ${share} of itself.`]);
    // The least squares of a staircase of m whole steps, all alike, are 1 − 1/m² as steep; these steps are nearly so.
    expect((1 - N.exponent / a) * models ** 2).toBeGreaterThan(0.9);
    expect((1 - N.exponent / a) * models ** 2).toBeLessThan(1.1);
  });

  it('of two models, which are too few', () => {
    expect(envelope(curvesOf({ sizes: spaced(4e7, 1.6e10, 4) }), RAW).warnings).toEqual([
      'N_opt climbs a staircase of 2 models; the power law through it is flatter than the models say, a by about 25 % of itself, and rests on too few.',
    ]);
  });

  it('of one model, through which there is no power law', () => {
    const { N, D, warnings } = envelope(curvesOf({ sizes: spaced(4e7, 1.6e10, 3) }), RAW);
    expect([N.exponent, D.exponent]).toEqual([NaN, NaN]);
    expect(warnings).toEqual(['There is no power law: one model only has the lowest loss of a compute that smaller and larger ones reach too.']);
  });

  it('of curves that only larger models would undercut', () => {
    const { N, optima, points, warnings } = envelope(curvesOf({ sizes: spaced(1e7, 1e8, 9), tokens: () => spaced(1e11, 1e12, 50) }), RAW);
    expect(optima).toEqual([]);
    expect(N.exponent).toBeNaN();
    expect(points.length).toBeGreaterThan(0);
    expect(warnings).toEqual([
      'There is no power law: no model has the lowest loss of a compute that smaller and larger ones reach too.',
      'At 100 % of the budgets the lowest curve is of the smallest or the largest model there, so that the optimum may lie beyond: these are left out of the power laws.',
    ]);
  });

  it('of curves that do not overlap', () => {
    const { points, warnings } = envelope(curvesOf({ sizes: [1e8, 1e9, 1e10], tokens: (N) => [10 * N, 20 * N] }), RAW);
    expect(points).toEqual([]);
    expect(warnings).toEqual(['No three models of different size have a loss at the same compute: the curves have no envelope.']);
  });
});

it.each([
  [{ budgets: 1 }, 'envelope.budgets: expected a whole number from 2 on, got 1.'],
  [{ window: -1 }, 'envelope.window: expected checkpoints from 0 on such as 10, got -1.'],
  [{ window: NaN }, 'envelope.window: expected checkpoints from 0 on such as 10, got NaN.'],
])('an envelope with %j is refused', (options, message) => {
  expect(() => envelope(curvesOf({ sizes: [1e8, 2e8, 4e8] }), options)).toThrow(message);
});
