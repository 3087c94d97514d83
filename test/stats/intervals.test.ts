import { describe, expect, it } from 'vitest';
import { uniforms } from '../../src/math/philox.ts';
import { bcaInterval, bcaLevel, covarianceOf, deviation, intervalOf } from '../../src/stats/intervals.ts';
import { acceleration } from '../../src/stats/jackknife.ts';
import { SPATIAL, varianceOf, withoutEach } from './spatial.ts';

/** 0, 1, …, 100 in another order: its quantile p is 100·p. */
const values = Float64Array.from({ length: 101 }, (_, k) => (k * 37) % 101);

it('percentile: quantiles of the replicates, whatever their order and the estimate', () => {
  const [low, high] = intervalOf(values, 1e9, 0.95, 'percentile');
  expect([low, high]).toEqual([expect.closeTo(2.5, 10), expect.closeTo(97.5, 10)]);
  const [narrowLow, narrowHigh] = intervalOf(values, 0, 0.5, 'percentile');
  expect([narrowLow, narrowHigh]).toEqual([25, 75]);
});

it('basic: the percentile interval reflected about the estimate', () => {
  const [low, high] = intervalOf(values, 40, 0.95, 'basic');
  expect([low, high]).toEqual([expect.closeTo(80 - 97.5, 10), expect.closeTo(80 - 2.5, 10)]);
});

it('leaves the replicates in their order', () => {
  const before = values.slice();
  intervalOf(values, 0, 0.9, 'basic');
  expect(values).toEqual(before);
});

it('no replicates, no interval', () => {
  expect(intervalOf(new Float64Array(), 1, 0.95, 'percentile')).toEqual([NaN, NaN]);
});

it('covariance: (Σab − n·mean·mean)/(n − 1), and no digits lost far from zero', () => {
  const a = [1, 4, 2, 8, 5, 7];
  const b = [3, 1, 4, 1, 5, 9];
  const [meanA, meanB] = [27 / 6, 23 / 6];
  const direct = (a.reduce((sum, value, i) => sum + value * b[i]!, 0) - 6 * meanA * meanB) / 5;
  expect(covarianceOf(Float64Array.from(a), Float64Array.from(b))).toBeCloseTo(direct, 12);
  const far = Float64Array.from(a, (value) => value + 2 ** 40);
  expect(covarianceOf(far, Float64Array.from(b))).toBeCloseTo(direct, 3);
  expect(deviation(Float64Array.of(1, 2, 3, 4))).toBeCloseTo(Math.sqrt(5 / 3), 12);
});

describe('BCa', () => {
  /** From −50 to 50: their middle is 0, and their quantile p is 100·p − 50. */
  const centred = values.map((value) => value - 50);

  it('is the percentile interval where nothing is to be corrected, and is not where something is', () => {
    const percentile = intervalOf(centred, 0, 0.9, 'percentile');
    const [low, high] = bcaInterval(centred, 0, 0, 0.9);
    expect([low, high]).toEqual(percentile.map((end) => expect.closeTo(end, 10)));
    expect(bcaInterval(centred, 5, 0, 0.9)[0]).toBeGreaterThan(low + 1);
    expect(bcaInterval(centred, 0, 0.05, 0.9)[0]).toBeGreaterThan(low + 1);
    expect(bcaInterval(centred, 0, -0.05, 0.9)[1]).toBeLessThan(high - 1);
  });

  // Φ⁻¹(0.5) = 0, so that w = z₀: Φ(2) and Φ(3) of Abramowitz and Stegun 1964, table 26.1.
  it.each([[0.5, 1, 0, 0.977249868051821], [0.5, 1, 0.5, 0.998650101968370], [0.5, -1, -0.5, 0.001349898031630]])(
    'level of %d with z₀ = %d and a = %d is %d', (p, bias, a, level) => {
      expect(bcaLevel(p, bias, a)).toBeCloseTo(level, 14);
    });

  it('is that of the last replicate from a·w = 1 on, where the formula would turn back', () => {
    expect([bcaLevel(0.5, 2, 0.5), bcaLevel(0.5, 4, 0.5), bcaLevel(0.5, -4, -0.5)]).toEqual([1, 1, 0]);
  });

  it('counts replicates that equal the estimate half', () => {
    const same = Float64Array.of(7, 7, 7);
    expect(bcaInterval(same, 7, 0.1, 0.95)).toEqual([7, 7]);
    const low = Float64Array.of(1, 2, 2, 3);
    expect(bcaInterval(low, 2, 0, 0.5)).toEqual(intervalOf(low, 2, 0.5, 'percentile').map((end) => expect.closeTo(end, 12)));
  });

  it.each([[-51, 0], [51, 0], [0, NaN], [NaN, 0]])('estimate %d, acceleration %d: there is none', (estimate, a) => {
    expect(bcaInterval(centred, estimate, a, 0.95)).toEqual([NaN, NaN]);
  });

  it('no replicates, no interval', () => {
    expect(bcaInterval(new Float64Array(), 1, 0, 0.95)).toEqual([NaN, NaN]);
  });

  describe('Efron and Tibshirani 1993, §14.3: the variance of 26 scores', () => {
    it('levels 0.110 and 0.985 of a 90 % interval, from z₀ = 0.146 and a = 0.061', () => {
      expect(bcaLevel(0.05, 0.146, 0.061).toFixed(3)).toBe('0.110');
      expect(Math.abs(bcaLevel(0.95, 0.146, 0.061) - 0.985)).toBeLessThan(0.001); // z₀ and a are rounded
    });

    it('interval of table 14.2', () => {
      const replicates = Float64Array.from({ length: 20_000 }, (_, r) => {
        const uniform = uniforms(5, 77, r);
        return varianceOf(SPATIAL.map(() => SPATIAL[Math.floor(uniform() * SPATIAL.length)]!));
      });
      const [low, high] = bcaInterval(replicates, varianceOf(SPATIAL), acceleration(withoutEach(varianceOf)), 0.9);
      // Of 2000 replicates z₀ has an error of 0.028 and counts twice, the quantiles have 0.037 and 0.072: 0.07 and 0.1
      // together, in units of about 40 and 50 a standard normal. Three times that.
      expect(Math.abs(low - 115.8)).toBeLessThan(9);
      expect(Math.abs(high - 259.6)).toBeLessThan(15);
      const [without, withoutHigh] = intervalOf(replicates, NaN, 0.9, 'percentile');
      expect(Math.abs(without - 115.8)).toBeGreaterThan(9);
      expect(Math.abs(withoutHigh - 259.6)).toBeGreaterThan(15);
    });
  });
});
