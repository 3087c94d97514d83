/**
 * Upper tail of the chi-squared distribution with a whole number ν of degrees of freedom, by its finite sums
 *
 *   ν even   e^(−x/2)·(1 + (x/2) + (x/2)²/2! + … up to (x/2)^(ν/2 − 1))
 *   ν odd    2Q(√x) + 2φ(√x)·(√x + √x³/3 + √x⁵/(3·5) + … up to √x^(ν − 2))
 *
 * as a logarithm, so that tails far below the smallest number are told apart. Q is the normal tail, φ the density; far out
 * Q/φ is the continued fraction 1/(z + 1/(z + 2/(z + 3/(z + …)))).
 * Abramowitz and Stegun 1964, 26.4.4, 26.4.5 and 26.2.14.
 */
import { normalProbability } from './gaussian.ts';

/** From here on the continued fraction has converged to float64 after so many terms. */
const FAR = 2;
const TERMS = 150;

/** log P(χ² > x), natural, for x ≥ 0 and whole `degrees` ≥ 1. */
export function logChiSquaredTail(x: number, degrees: number): number {
  if (degrees % 2 === 0) return Math.log(series(x / 2, degrees / 2, 1, (k) => k)) - x / 2;
  const z = Math.sqrt(x);
  const sum = series(x, (degrees - 1) / 2, z, (k) => 2 * k + 1);
  return logDensity(z) + Math.log(2 * (tailOverDensity(z) + sum));
}

/** first·(1 + x/d(1) + x²/(d(1)·d(2)) + …), so many terms. */
function series(x: number, terms: number, first: number, divisor: (k: number) => number): number {
  let [term, sum] = [first, 0];
  for (let k = 1; k <= terms; k++) {
    sum += term;
    term *= x / divisor(k);
  }
  return sum;
}

function logDensity(z: number): number {
  return -0.5 * (z * z + Math.log(2 * Math.PI));
}

/** Mills' ratio. */
function tailOverDensity(z: number): number {
  if (z < FAR) return (1 - normalProbability(z)) / Math.exp(logDensity(z));
  let rest = z;
  for (let k = TERMS; k > 0; k--) rest = z + k / rest;
  return 1 / rest;
}
