/**
 * How far outside the runs of a sweep a plan lies: a factor in N, D and C, and in what else they say, 1 inside.
 */
import type { FurtherRole, Interval, Sweep } from '../types.ts';

/** Of each column, a value: a range, a factor, a plan. */
export interface Columns<T> {
  readonly N: T;
  readonly D: T;
  readonly C: T;
}

/** What is known of the runs behind a law: smallest and largest value by role. */
export type Ranges = Partial<Columns<Interval>> & Readonly<Partial<Record<FurtherRole, Interval>>>;

/** Smallest and largest N, D and C of the runs that carry weight, and of what else the sweep says. */
export function rangesOf({ columns, weight }: Sweep): Columns<Interval> & Ranges {
  const range = (column: Float64Array): Interval => {
    const used = column.filter((_, i) => weight[i] > 0);
    return [used.reduce((a, b) => Math.min(a, b), Infinity), used.reduce((a, b) => Math.max(a, b), 0)];
  };
  const { N, D, C, ...further } = columns;
  const others = Object.entries(further).map(([role, column]) => [role, range(column)] as const);
  return { N: range(N), D: range(D), C: range(C), ...Object.fromEntries(others) };
}

/** Times that a value is beyond the nearer end of its range; 1 within, and where no range is known. */
export function beyondRange(range: Interval | undefined, value: number): number {
  return range ? Math.max(1, range[0] / value, value / range[1]) : 1;
}

/** By what factor each is beyond the nearer end of its range; 1 within. */
export function extrapolation(ranges: Columns<Interval>, plan: Columns<number>): Columns<number> {
  return { N: beyondRange(ranges.N, plan.N), D: beyondRange(ranges.D, plan.D), C: beyondRange(ranges.C, plan.C) };
}
