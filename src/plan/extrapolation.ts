/**
 * How far outside the runs of a sweep a plan lies: a factor in N, D and C, 1 inside.
 */
import type { Interval, Sweep } from '../types.ts';

/** Of each column, a value: a range, a factor, a plan. */
export interface Columns<T> {
  readonly N: T;
  readonly D: T;
  readonly C: T;
}

/** Smallest and largest N, D and C of the runs that carry weight. */
export function rangesOf({ columns, weight }: Sweep): Columns<Interval> {
  const range = (column: Float64Array): Interval => {
    const used = column.filter((_, i) => weight[i] > 0);
    return [used.reduce((a, b) => Math.min(a, b), Infinity), used.reduce((a, b) => Math.max(a, b), 0)];
  };
  return { N: range(columns.N), D: range(columns.D), C: range(columns.C) };
}

/** By what factor each is beyond the nearer end of its range; 1 within. */
export function extrapolation(ranges: Columns<Interval>, plan: Columns<number>): Columns<number> {
  const beyond = ([low, high]: Interval, value: number) => Math.max(1, low / value, value / high);
  return { N: beyond(ranges.N, plan.N), D: beyond(ranges.D, plan.D), C: beyond(ranges.C, plan.C) };
}
