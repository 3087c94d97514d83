/**
 * Student's t distribution with a whole number ν of degrees of freedom, by its finite series. With θ = atan(t/√ν)
 * the probability of |T| ≤ t is
 *
 *   ν even   sin θ·(1 + 1/2 cos²θ + (1·3)/(2·4) cos⁴θ + … up to cos^(ν−2) θ)
 *   ν odd    2/π·(θ + sin θ·(cos θ + 2/3 cos³θ + … up to cos^(ν−2) θ));  2θ/π for ν = 1
 *
 * Abramowitz and Stegun 1964, 26.7.3 and 26.7.4. Nothing is truncated: what errs is the rounding of the sum.
 */

const HALVINGS = 60; // of π/2: beyond the resolution of float64

/** The quantile of `probability`, 0 to 1, for whole `degrees` ≥ 1; NaN where one of them is. */
export function studentQuantile(probability: number, degrees: number): number {
  const inside = Math.abs(2 * probability - 1);
  let [low, high] = [0, Math.PI / 2];
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (probabilityWithin(middle, degrees) < inside) low = middle;
    else high = middle;
  }
  return Math.sign(2 * probability - 1) * Math.sqrt(degrees) * Math.tan(low);
}

/**
 * P(|T| > |t|) for whole `degrees` ≥ 1: the p value of a two-sided test. It is taken from 1, so that it errs by the rounding
 * of a probability and says nothing below some 1e-14.
 */
export function studentTails(t: number, degrees: number): number {
  return 1 - probabilityWithin(Math.atan(Math.abs(t) / Math.sqrt(degrees)), degrees);
}

/** P(|T| ≤ √ν tan θ). */
function probabilityWithin(theta: number, degrees: number): number {
  const odd = degrees % 2;
  const cosine = Math.cos(theta);
  let term = odd ? cosine : 1;
  let sum = degrees > 1 ? term : 0;
  for (let k = 2 + odd; k <= degrees - 2; k += 2) {
    term *= ((k - 1) / k) * cosine ** 2;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (theta + Math.sin(theta) * sum) : Math.sin(theta) * sum;
}
