/**
 * The Huber loss as a likelihood: residuals r with the density
 *
 *   exp(−ρ(r/σ))/(σ·Z),   ρ(u) = u²/2 for |u| ≤ δ, δ·(|u| − δ/2) beyond,   Z = √(2π)·(2Φ(δ) − 1) + (2/δ)·exp(−δ²/2)
 *
 * Normal in the middle, Laplace's tails. δ is in units of σ here, so that the threshold on r is δ·σ: with the δ = 1e-3 of
 * the paper and σ fitted, σ = δ·mean |r| and the threshold a millionth of a typical residual. What is maximised then is the
 * least absolute error, not the Huber loss of threshold δ.
 * Besiroglu et al. 2024, arXiv:2404.10102, fit with it.
 */
import { normalProbability } from '../math/gaussian.ts';
import { huber, huberSlope } from '../math/huber.ts';

export interface HuberLikelihood {
  /** σ of the highest likelihood, in the unit of the residuals. */
  readonly scale: number;
  readonly logLikelihood: number;
}

/** Halvings of the error of log σ: below the rounding. */
const ROUNDS = 60;

/** Z. */
export function huberMass(delta: number): number {
  return Math.sqrt(2 * Math.PI) * (2 * normalProbability(delta) - 1) + (2 / delta) * Math.exp(-0.5 * delta * delta);
}

/** The likelihood of residuals at its best σ, where Σ ρ′(r/σ)·r/σ = n. Residuals that are all 0 have none: NaN. */
export function huberLikelihood(residuals: Float64Array, delta: number): HuberLikelihood {
  const count = residuals.length;
  let scale = Math.sqrt(total(residuals, (r) => r * r) / count);
  for (let k = 0; k < ROUNDS; k++) {
    const pull = total(residuals, (r) => delta * huberSlope(r / (scale * delta)) * (r / scale)) / count;
    scale *= Math.sqrt(pull); // exact at once for a wide δ; for a narrow one, where the pull is as 1/σ, it halves the error
  }
  const loss = total(residuals, (r) => delta * delta * huber(r / (scale * delta)));
  return { scale, logLikelihood: -loss - count * Math.log(scale * huberMass(delta)) };
}

function total(values: Float64Array, of: (value: number) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0);
}
