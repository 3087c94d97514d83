import { describe, expect, it } from 'vitest';
import { normals, uniforms } from '../../src/math/philox.ts';
import { huberLikelihood, huberMass } from '../../src/stats/huber-likelihood.ts';

const normal = normals(uniforms(7, 7, 0));
const residuals = Float64Array.from({ length: 200 }, () => 0.01 * normal());
const mean = (of: (r: number) => number) => residuals.reduce((sum, r) => sum + of(r), 0) / residuals.length;

describe('the mass of the density', () => {
  it('at δ = 1e-3 is 2000.001', () => {
    // Known to 2e-13 of itself: 2000.00099999999165.
    expect(Math.abs(huberMass(1e-3) / 2000.0009999999165 - 1)).toBeLessThan(1e-15);
  });

  it.each([0.1, 1, 3])('at δ = %d is the integral of exp(−ρ)', (delta) => {
    const rho = (u: number) => (Math.abs(u) <= delta ? 0.5 * u * u : delta * (Math.abs(u) - 0.5 * delta));
    // The trapezoid on a grid that has ±δ as points errs by step²/12 times the jump of the slope, which has none, and 40/δ leaves e^−40: below 1e-6.
    const [step, end] = [delta / 200, 40 / delta];
    let sum = 0;
    for (let k = -Math.round(end / step); k <= Math.round(end / step); k++) sum += step * Math.exp(-rho(k * step));
    expect(Math.abs(huberMass(delta) / sum - 1)).toBeLessThan(1e-6);
  });
});

describe('the likelihood', () => {
  it('for a wide threshold is that of a normal density', () => {
    const { scale, logLikelihood } = huberLikelihood(residuals, 8);
    const deviation = Math.sqrt(mean((r) => r * r));
    expect(Math.abs(scale / deviation - 1)).toBeLessThan(1e-14);
    // The tails beyond 8σ have 1e-15 of the mass.
    expect(Math.abs(logLikelihood + 200 * (Math.log(deviation * Math.sqrt(2 * Math.PI)) + 0.5))).toBeLessThan(1e-10);
  });

  it('for a narrow one is Laplace\'s, −n·(log 2·mean|r| + 1), the scale δ·mean|r|', () => {
    const { scale, logLikelihood } = huberLikelihood(residuals, 1e-3);
    const size = mean(Math.abs);
    // ρ is below δ|u| by δ²/2, a half of 1e-6 a run.
    expect(Math.abs(scale / (1e-3 * size) - 1)).toBeLessThan(2e-6);
    expect(Math.abs(logLikelihood + 200 * (Math.log(2 * size) + 1))).toBeLessThan(200 * 2e-6);
  });

  it.each([1e-3, 0.5, 2])('is highest at its scale, threshold %d', (delta) => {
    const { scale, logLikelihood } = huberLikelihood(residuals, delta);
    const at = (sigma: number) => residuals.reduce((sum, r) => {
      const u = Math.abs(r / sigma);
      return sum - (u <= delta ? 0.5 * u * u : delta * (u - 0.5 * delta));
    }, -200 * Math.log(sigma * huberMass(delta)));
    expect(Math.abs(at(scale) - logLikelihood)).toBeLessThan(1e-9);
    for (const factor of [0.99, 1.01]) expect(at(factor * scale)).toBeLessThan(logLikelihood - 1e-4);
  });
});
