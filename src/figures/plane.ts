/** The part of the N–D plane that a chart shows, and points on it, even in log N and log D. */
import type { FrontierPoint, Interval, Sweep } from '../types.ts';

export interface Plane {
  /** Parameters (count). */
  readonly N: Interval;
  /** Training tokens. */
  readonly D: Interval;
}

/** Room around the runs, a factor. */
const PAD = 1.6;
/** The frontier widens the plane by no more than this factor: that of a poor fit can lie anywhere. */
const REACH = 10;

/** The runs, and the frontier near them. */
export function planeOf(sweep: Sweep, frontier: readonly FrontierPoint[]): Plane {
  return {
    N: widen(rangeOf(sweep.columns.N), frontier.map(({ N }) => N)),
    D: widen(rangeOf(sweep.columns.D), frontier.map(({ D }) => D)),
  };
}

export function rangeOf(values: ArrayLike<number>): Interval {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  return [low, high];
}

function widen([low, high]: Interval, others: readonly number[]): Interval {
  const near = others.filter((value) => value > low / REACH && value < high * REACH);
  return [Math.min(low, ...near) / PAD, Math.max(high, ...near) * PAD];
}

/** Powers of ten from low to at or above high, at least two and at most nine: of a long range every second or third. */
export function decades([low, high]: Interval): number[] {
  const last = Math.ceil(Math.log10(high));
  const first = Math.min(Math.ceil(Math.log10(low)), last - 1);
  const stride = Math.ceil((last - first + 1) / 9);
  return Array.from({ length: Math.floor((last - first) / stride) + 1 }, (_, k) => Number(`1e${first + k * stride}`));
}

/** Ends of the line C = 6·N·D in the plane, from its upper left, or undefined where it passes by. */
export function isoflopEnds({ N, D }: Plane, C: number): readonly [Interval, Interval] | undefined {
  const left = Math.max(N[0], C / (6 * D[1]));
  const right = Math.min(N[1], C / (6 * D[0]));
  return left < right ? [[left, C / (6 * left)], [right, C / (6 * right)]] : undefined;
}
