/**
 * By how much a likelihood overstates differences between laws, because the noise has another density than the loss takes for
 * granted. With s = ∂log p/∂r at the residuals
 *
 *   c = mean s²/mean(−∂s/∂r)
 *
 * which is 1 where the density is right: then twice the log of a likelihood ratio is χ², and else c times that, where the noise
 * is alike from run to run. Least absolute deviations of normal noise have c = π/2. ∂s/∂r is a difference quotient as wide as
 * that of the sandwich (sandwich.ts), since the slope of a narrow Huber loss is a step.
 * Schrader and Hettmansperger 1980, Biometrika 67; Koenker and Machado 1999, JASA 94, §3.
 */
import type { Loss } from '../losses/loss.ts';
import { SHAPES } from '../losses/registry.ts';
import { medianDeviation } from '../math/quantile.ts';

const BANDWIDTH = 1.8;

/** `residuals` in nats, and the scale of `likelihoodOf`. */
export function overstatement({ shape, delta, unit, envelope }: Loss, residuals: Float64Array, scale: number): number {
  const u = residuals.map((r) => r / unit);
  const h = BANDWIDTH * medianDeviation(u) * u.length ** -0.2;
  const psi = (r: number) => SHAPES[shape].slope(r, envelope);
  const squares = u.reduce((sum, r) => sum + psi(r) ** 2, 0);
  const curvature = u.reduce((sum, r) => sum + (psi(r + h) - psi(r - h)) / (2 * h), 0);
  const perUnit = delta === 0 ? unit / scale : (unit / scale) ** 2; // −log p = ρ·unit²/σ², of Laplace's ρ·unit/b
  return perUnit * (squares / curvature);
}
