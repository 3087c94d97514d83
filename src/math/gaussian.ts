/**
 * The standard normal distribution, by the series of Φ(z) about 0:
 *
 *   Φ(z) = ½ + φ(z)·(z + z³/3 + z⁵/(3·5) + z⁷/(3·5·7) + …)
 *
 * Marsaglia 2004, "Evaluating the normal distribution", Journal of Statistical Software 11(4). Every term has the sign
 * of z, so that nothing cancels; the error is the rounding of a probability.
 */

/** Beyond it Φ is 0 or 1 to float64. */
const FARTHEST = 8.3;
const HALVINGS = 60;

/** Φ(z): the probability of a standard normal below z. */
export function normalProbability(z: number): number {
  if (!(Math.abs(z) <= FARTHEST)) return z > 0 ? 1 : z < 0 ? 0 : NaN;
  let term = z;
  let sum = z;
  for (let k = 3, before = NaN; sum !== before; k += 2) {
    before = sum;
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * z * z)) / Math.sqrt(2 * Math.PI);
}

/** Φ⁻¹(probability); −∞ for 0, ∞ for 1, NaN outside. */
export function normalQuantile(probability: number): number {
  if (!(probability > 0 && probability < 1)) return probability === 0 ? -Infinity : probability === 1 ? Infinity : NaN;
  let [low, high] = [-FARTHEST, FARTHEST];
  for (let k = 0; k < HALVINGS; k++) {
    const middle = (low + high) / 2;
    if (normalProbability(middle) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
