/** Where most of some values lie: a few that are far from the others do not squash them on a chart. */
import { quantile } from '../math/quantile.ts';
import type { Interval } from '../types.ts';
import { rangeOf } from './plane.ts';

/** A value is far where it is so many times further from the median than the further quartile is; 6 σ of a normal. */
const FAR = 9;

/** The finite values, ascending. */
export function finiteAscending(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).filter(Number.isFinite).toSorted();
}

/** Of more values an even sample stands for all. */
const MOST_SORTED = 10_000;

/** Finite values, or an even sample of them, ascending. */
export function ascendingSample(values: Float64Array): Float64Array {
  return finiteAscending(values.length <= MOST_SORTED ? values : Float64Array.from(evenly(values.length, MOST_SORTED), (k) => values[k]));
}

/** Lowest and highest of ascending values less those that are far, undefined where there are none. */
export function bulkOf(ascending: Float64Array): Interval | undefined {
  const [lower, median, upper] = [0.25, 0.5, 0.75].map((p) => quantile(ascending, p));
  const reach = FAR * Math.max(median - lower, upper - median);
  const low = ascending.find((value) => value >= median - reach);
  const high = ascending.findLast((value) => value <= median + reach);
  return low === undefined || high === undefined ? undefined : [low, high];
}

/** Least range of a chart, relative: values that differ by less are one. */
const LEAST_RANGE = 1e-4;

/** Widened about its middle to a share of that. */
export function atLeastWide([low, high]: Interval, least = LEAST_RANGE): Interval {
  const middle = low + (high - low) / 2;
  const half = (least * (Math.abs(middle) || 1)) / 2;
  return [Math.min(low, middle - half), Math.max(high, middle + half)];
}

/** Widened to those of `marks` that are no further from it than its own width. */
export function reaching([low, high]: Interval, marks: readonly number[]): Interval {
  const width = high - low;
  return rangeOf([low, high, ...marks.filter((mark) => mark >= low - width && mark <= high + width)]);
}

/** With room at both ends, a share of its width. */
export function roomAround([low, high]: Interval, share: number): Interval {
  const room = share * (high - low);
  return [low - room, high + room];
}

/** Indices of at most `most` of `length` things, evenly spaced. */
export function evenly(length: number, most: number): number[] {
  const taken = Math.min(length, most);
  return Array.from({ length: taken }, (_, k) => Math.floor((k * length) / taken));
}
