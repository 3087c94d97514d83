/** The likelihoods of losses against densities written again, and AIC, AICc, BIC against numbers worked out by hand. */
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { lossOf } from '../../src/losses/registry.ts';
import { normalQuantile } from '../../src/math/gaussian.ts';
import { akaikeWeights, criteriaOf, likelihoodName, likelihoodOf } from '../../src/stats/compare-likelihood.ts';
import { overstatement } from '../../src/stats/compare-noise.ts';

const RESIDUALS = Float64Array.of(-0.03, -0.008, -0.0004, 0.0007, 0.002, 0.011, 0.024);
const RUNS = RESIDUALS.length;

/** Huber's loss, written again. */
function huber(r: number, delta: number): number {
  return Math.abs(r) <= delta ? r ** 2 / 2 : delta * (Math.abs(r) - delta / 2);
}

function sum(values: Iterable<number>): number {
  return [...values].reduce((total, value) => total + value, 0);
}

/** ∫ over the line by the trapezium rule of log-spaced steps on either side of 0, which is symmetric. */
function integral(f: (r: number) => number): number {
  const at = [0, ...Array.from({ length: 40_001 }, (_, k) => 10 ** (-9 + k * 3e-4))];
  return 2 * sum(at.slice(1).map((r, k) => (r - at[k]!) * (f(r) + f(at[k]!)) / 2));
}

describe('Huber', () => {
  it.each([1e-3, 0.01, 0.2])('δ = %s: a density that integrates to 1, at its best scale', (delta) => {
    const least = sum(RESIDUALS.map((r) => huber(r, delta)));
    const { scale, logLikelihood } = likelihoodOf(lossOf({ delta }), least, RUNS);
    const at = (s: number) => {
      const mass = integral((r) => Math.exp(-huber(r, delta) / s ** 2));
      return -least / s ** 2 - RUNS * Math.log(mass);
    };
    // The trapezium rule with steps of 0.07 %: error about 1e-7 of the mass, times seven runs.
    expect(Math.abs(at(scale) - logLikelihood)).toBeLessThan(1e-5);
    for (const factor of [0.98, 1.02]) expect(at(scale) - at(scale * factor)).toBeGreaterThan(1e-4); // 7·0.02²·(1 to 4)/2
  });

  it('is Laplace\'s far below the residuals, and the normal one far above them', () => {
    const narrow = likelihoodOf(lossOf({ delta: 1e-10 }), sum(RESIDUALS.map((r) => huber(r, 1e-10))), RUNS);
    const laplace = likelihoodOf(lossOf({ loss: 'absolute-log' }), sum(RESIDUALS.map(Math.abs)), RUNS);
    // To first order in δ/σ, the root of 1e-10 over 0.01.
    expect(Math.abs(narrow.logLikelihood - laplace.logLikelihood)).toBeLessThan(7 * 1e-3);
    const wide = likelihoodOf(lossOf({ delta: 1 }), sum(RESIDUALS.map((r) => huber(r, 1))), RUNS);
    const normal = likelihoodOf(lossOf({ loss: 'squares-log' }), sum(RESIDUALS.map((r) => r ** 2)), RUNS);
    expect(wide.logLikelihood).toBeCloseTo(normal.logLikelihood, 10); // tails beyond 50 σ
    expect(wide.scale).toBeCloseTo(normal.scale, 12);
    expect(Math.abs(wide.logLikelihood - laplace.logLikelihood)).toBeGreaterThan(0.1);
  });

  it('only ratios of weights count', () => {
    const least = sum(RESIDUALS.map((r) => huber(r, 1e-3)));
    expect(likelihoodOf(lossOf({}), 3 * least, RUNS, 3).logLikelihood).toBeCloseTo(likelihoodOf(lossOf({}), least, RUNS).logLikelihood, 10);
  });
});

it('by hand: four runs whose squares sum to 4, or whose sizes sum to 8', () => {
  const normal = likelihoodOf(lossOf({ loss: 'squares' }), 4, 4);
  expect(normal).toEqual({ scale: 1, logLikelihood: expect.closeTo(-5.675754132818691, 12) }); // −2·(log 2π + 1)
  const { aic, aicc, bic } = criteriaOf(normal, 1, 4); // k = 2
  expect([aic, aicc, bic]).toEqual([15.3515082656374, 27.3515082656374, 14.1240969878772].map((value) => expect.closeTo(value, 10)));
  const laplace = likelihoodOf(lossOf({ loss: 'absolute-log' }), 8, 4);
  expect(laplace).toEqual({ scale: 2, logLikelihood: expect.closeTo(-9.545177444479563, 12) }); // −4·(log 4 + 1)
  expect(criteriaOf(laplace, 2, 4)).toMatchObject({ aic: expect.closeTo(25.090354888959126, 10), aicc: Infinity, bic: expect.closeTo(23.2492379723188, 10) });
});

it('Akaike weights', () => {
  expect(akaikeWeights([12, 10, Infinity])).toEqual([expect.closeTo(0.2689414213699951, 12), expect.closeTo(0.7310585786300049, 12), 0]);
  expect(akaikeWeights([Infinity, Infinity])).toEqual([NaN, NaN]);
});

it('the loss of an envelope is refused by name', () => {
  expect(() => likelihoodName(lossOf({ loss: 'lower-log' }))).toThrow(new InputError('loss: expected a loss that is a likelihood of the runs, got lower-log, ' +
    'whose law is to lie below most of them: AIC, BIC and errors of prediction say nothing of it. Take huber-log.'));
  expect((['huber-log', 'huber', 'absolute-log', 'squares', 'squares-log'] as const).map((loss) => likelihoodName(lossOf({ loss }))))
    .toEqual(['huber', 'huber', 'laplace', 'gauss', 'gauss']);
});

describe('what a likelihood overstates', () => {
  const levels = Array.from({ length: 4000 }, (_, k) => (k + 0.5) / 4000);
  const normal = Float64Array.from(levels, (p) => 0.01 * normalQuantile(p));
  const laplace = Float64Array.from(levels, (p) => (p < 0.5 ? 0.01 * Math.log(2 * p) : -0.01 * Math.log(2 - 2 * p)));
  const of = (loss: 'absolute-log' | 'squares-log' | 'huber-log', residuals: Float64Array) => {
    const chosen = lossOf({ loss });
    const least = sum(residuals.map((r) => (loss === 'squares-log' ? r ** 2 : loss === 'huber-log' ? huber(r, 1e-3) : Math.abs(r))));
    return overstatement(chosen, residuals, likelihoodOf(chosen, least, residuals.length).scale);
  };

  // The difference quotient sees the density over ±h = ±1.8·4000^(−1/5) = ±0.34 deviations: 0.34²/6 = 2 % below its top, and
  // of Laplace's, with deviation 1.03 b, h/2 = 17 %.
  it('of normal noise by absolute deviations is π/2, by squares nothing', () => {
    expect(Math.abs(of('absolute-log', normal) / (Math.PI / 2) - 1)).toBeLessThan(0.025);
    expect(Math.abs(of('huber-log', normal) / (Math.PI / 2) - 1)).toBeLessThan(0.1); // δ is a tenth of a deviation: nearly so
    expect(of('squares-log', normal)).toBeCloseTo(1, 10);
  });

  it('of Laplace\'s noise by absolute deviations little', () => {
    expect(of('absolute-log', laplace)).toBeGreaterThan(0.97);
    expect(of('absolute-log', laplace)).toBeLessThan(1.2);
  });
});
