/**
 * L-BFGS with the two stopping tests of scipy's L-BFGS-B, as Hoffmann et al. 2022 fitted with it. It is here to show what
 * those tests do to a loss of small scale (src/reproduce/early-stop.ts); isoloss itself fits with descent.ts.
 *
 *   f(k) − f(k+1) ≤ 2.22e-9·max(|f(k)|, |f(k+1)|, 1)   or   max |∇f| ≤ 1e-5
 *
 * The first is absolute where |f| is below 1, the second always: both depend on the unit of f, the steps do not.
 *
 *   x ← x + t·d,   d = −H∇f,   H of the last 10 pairs s = Δx, y = Δ∇f, from H₀ = (sᵀy/yᵀy)·I
 *
 * The first step is as long as 1 in x. A pair of sᵀy below the rounding is left out; where the line search finds nothing
 * the pairs are forgotten. Without bounds, as here, L-BFGS-B does the same in another order of sums.
 * Liu and Nocedal 1989, Mathematical Programming 45; Zhu, Byrd, Lu and Nocedal 1997, ACM TOMS 23(4).
 */
import { dot } from '../math/dot.ts';
import { lineSearch, type Trial } from './line-search.ts';

/** f at x, its gradient written to the array that is given. */
export type Differentiable = (x: Float64Array, gradient: Float64Array) => number;

export interface LbfgsOptions {
  /** Decrease, relative to max(|f|, 1), that ends it. Default 2.220446049250313e-9. */
  readonly decrease?: number;
  /** Largest component of the gradient that ends it. Default 1e-5. */
  readonly gradient?: number;
  /** Default 15000. */
  readonly iterations?: number;
}

/** What stopped it. */
const LBFGS_END = {
  decrease: 'The last step lowered f by no more than decrease × max(|f|, 1).',
  gradient: 'No component of the gradient is above its limit.',
  search: 'No step along the steepest descent lowers f enough.',
  iterations: 'Reached the limit of iterations.',
} as const;

export interface Lbfgs {
  readonly x: Float64Array;
  readonly value: number;
  readonly end: keyof typeof LBFGS_END;
  readonly iterations: number;
  readonly evaluations: number;
  /** x at the start and after each iteration. */
  readonly path: readonly Float64Array[];
}

/** scipy's defaults; the decrease is 1e7 times the rounding of 1. */
export const LBFGS_DEFAULTS = { decrease: 1e7 * Number.EPSILON, gradient: 1e-5, iterations: 15_000 } as const;

const PAIRS = 10;

interface Point {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

interface Pair {
  readonly s: Float64Array;
  readonly y: Float64Array;
  readonly product: number;
}

/** Descends from a start, which stays as it is. */
export function lbfgs(f: Differentiable, start: ArrayLike<number>, options: LbfgsOptions = {}): Lbfgs {
  const { decrease, gradient: flat, iterations } = { ...LBFGS_DEFAULTS, ...options };
  let evaluations = 0;
  const pointAt = (x: Float64Array): Point => {
    const gradient = new Float64Array(x.length);
    evaluations++;
    return { x, gradient, value: f(x, gradient) };
  };
  let at = pointAt(Float64Array.from(start));
  let pairs: Pair[] = [];
  const path = [at.x];
  const stop = (end: Lbfgs['end']): Lbfgs => ({ x: at.x, value: at.value, end, iterations: path.length - 1, evaluations, path });
  if (largest(at.gradient) <= flat) return stop('gradient');
  while (path.length <= iterations) {
    const next = advance(at, pairs, path.length === 1, pointAt);
    if (!next && pairs.length === 0) return stop('search');
    if (!next) {
      pairs = [];
      continue;
    }
    const before = at;
    at = next;
    path.push(at.x);
    if (largest(at.gradient) <= flat) return stop('gradient');
    if (before.value - at.value <= decrease * Math.max(Math.abs(before.value), Math.abs(at.value), 1)) return stop('decrease');
    const pair = pairOf(before, at);
    if (pair) pairs = [...pairs, pair].slice(-PAIRS);
  }
  return stop('iterations');
}

/** The point that the line search accepts; undefined where there is none. */
function advance(from: Point, pairs: readonly Pair[], isFirst: boolean, pointAt: (x: Float64Array) => Point): Point | undefined {
  const direction = directionOf(from.gradient, pairs);
  const slope = dot(direction, from.gradient);
  if (!(slope < 0)) return undefined;
  let point = from;
  const tryStep = (step: number): Trial => {
    point = pointAt(from.x.map((value, j) => value + step * direction[j]));
    return { step, value: point.value, slope: dot(point.gradient, direction) };
  };
  const first = isFirst ? 1 / Math.sqrt(dot(direction, direction)) : 1;
  return lineSearch(tryStep, { step: 0, value: from.value, slope }, first) && point;
}

/** −H∇f by the two loops of Nocedal 1980. */
function directionOf(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map((g) => -g);
  const shares = pairs.map(() => 0);
  for (let k = pairs.length - 1; k >= 0; k--) {
    const { s, y, product } = pairs[k];
    shares[k] = dot(s, direction) / product;
    add(direction, -shares[k], y);
  }
  const last = pairs.at(-1);
  if (last) direction.forEach((value, j) => { direction[j] = (value * last.product) / dot(last.y, last.y); });
  pairs.forEach(({ s, y, product }, k) => { add(direction, shares[k] - dot(y, direction) / product, s); });
  return direction;
}

/** What a step taught; undefined where its curvature is not above the rounding. */
function pairOf(before: Point, after: Point): Pair | undefined {
  const s = after.x.map((value, j) => value - before.x[j]);
  const y = after.gradient.map((value, j) => value - before.gradient[j]);
  const product = dot(s, y);
  return product > -Number.EPSILON * dot(before.gradient, s) ? { s, y, product } : undefined;
}

function largest(gradient: Float64Array): number {
  return gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function add(to: Float64Array, factor: number, of: Float64Array): void {
  for (let j = 0; j < to.length; j++) to[j] += factor * of[j];
}
