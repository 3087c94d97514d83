/**
 * Roots of a function of one variable: in a bracket without derivatives, and by Newton's method where the function is convex.
 * Chandrupatla 1997, "A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function without using
 * derivatives", Advances in Engineering Software 28.
 */

/** What a bracket may have shrunk to, relative to the root. */
const ROUNDING = 2 * Number.EPSILON;
/** Steps that no function needs: a bracket of all numbers is halved to one in 2100, and a convex function takes a few. */
const STEPS = 2200;

/** A function's value and its slope at one place. */
export interface Tangent {
  readonly value: number;
  readonly slope: number;
}

/**
 * The root of f between two ends where it has opposite signs, or is 0, to the rounding of x; NaN where it has not. Inverse
 * quadratic interpolation where three points allow it, halving otherwise: never slower than twice the halvings.
 */
export function root(f: (x: number) => number, one: number, other: number): number {
  let [a, b] = [one, other];
  let [atA, atB] = [f(a), f(b)];
  if (!(Math.sign(atA) * Math.sign(atB) <= 0)) return NaN;
  for (let k = 0, share = 0.5; k < STEPS; k++) {
    const x = a + share * (b - a);
    const atX = f(x);
    const same = Math.sign(atX) === Math.sign(atA);
    const [c, atC] = same ? [a, atA] : [b, atB];
    if (!same) [b, atB] = [a, atA];
    [a, atA] = [x, atX];
    const best = Math.abs(atA) < Math.abs(atB) ? a : b;
    const least = (ROUNDING * Math.abs(best)) / Math.abs(b - a);
    if (atA === 0 || atB === 0 || !(least < 0.5)) return best;
    const inverse = shareOf(a, b, c, atA, atB, atC);
    share = Math.min(Math.max(inverse, least), 1 - least);
  }
  return NaN;
}

/** Where on the way from a to b the parabola x(f) through three points is at f = 0; a half where it may not be trusted. */
function shareOf(a: number, b: number, c: number, atA: number, atB: number, atC: number): number {
  const xi = (a - b) / (c - b);
  const phi = (atA - atB) / (atC - atB);
  if (!(phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi)) return 0.5;
  return (atA / (atB - atA)) * (atC / (atB - atC)) + ((c - a) / (b - a)) * (atA / (atC - atA)) * (atB / (atC - atB));
}

/**
 * The root of a convex function from a start where it is positive, by Newton's method: every step goes the same way and stops
 * short of the root, so that the first that gets no further is at the root, to rounding. NaN where a number on the way is.
 */
export function convexRoot(f: (x: number) => Tangent, start: number): number {
  let x = start;
  for (let k = 0; k < STEPS; k++) {
    const { value, slope } = f(x);
    if (Number.isNaN(value / slope)) return NaN;
    const next = x - value / slope;
    if (!(value > 0) || next === x) return x;
    x = next;
  }
  return x;
}
