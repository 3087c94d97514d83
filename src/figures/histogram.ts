/**
 * Histograms of fitted numbers. Bins are counted here: a figure holds a few counts, not every fit.
 *
 * Their width is 2·IQR/∛n (Freedman and Diaconis 1981, "On the histogram as a density estimator"), their range the central
 * 99.5 % of the values, less those that are far from the rest. What lies beyond is counted.
 */
import { quantile } from '../math/quantile.ts';
import type { Interval } from '../types.ts';
import { ascendingSample, atLeastWide, bulkOf, finiteAscending, reaching, roomAround } from './bulk.ts';
import { rangeOf } from './plane.ts';

export interface Histogram {
  /** Of the bins, ascending, one more than there are `counts`; none where no value is finite. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  /** Finite values, and how many of them are in no bin. */
  readonly total: number;
  readonly beyond: number;
  /** On a log axis, with bins of equal ratio. */
  readonly log: boolean;
  /** Of the axis: the bins, and marks. In log10 where `log`, as plotly has it. */
  readonly range: Interval;
}

/** Left out at either end, a share of the values. */
const TAIL = 0.0025;
const [FEWEST_BINS, MOST_BINS] = [6, 40];
/** The 95 % quantile over the 5 % quantile above which a coefficient has a log axis. */
const WIDE = 5;
/** Free at either end of the axis, a share of it. */
const PAD = 0.04;

/** What the axis of a histogram is to show. */
interface Marks {
  /** In any case. */
  readonly shown: readonly number[];
  /** Where they are no further from the bins than those are wide. */
  readonly near?: readonly number[];
  /** Is it positive, and can it spread over decades? Where it does, the axis is a log one. */
  readonly coefficient?: boolean;
}

/** Of the values that are finite; a pure function of its arguments. */
export function histogramOf(values: Float64Array, { shown, near = [], coefficient = false }: Marks): Histogram {
  const finite = values.every(Number.isFinite) ? values : values.filter(Number.isFinite);
  const ascending = ascendingSample(finite);
  const log = coefficient && quantile(ascending, 0.05) > 0 && quantile(ascending, 0.95) > WIDE * quantile(ascending, 0.05);
  const onAxis = log ? Math.log10 : (value: number) => value;
  const placed = (marks: readonly number[]) => marks.map(onAxis).filter(Number.isFinite);
  const axisOver = (range: Interval) => roomAround(rangeOf([...reaching(range, placed(near)), ...placed(shown)]), PAD);
  const central = centralPart(finiteAscending(ascending.map(onAxis)));
  const bins = bulkOf(central);
  if (!bins) return { edges: [], counts: [], total: 0, beyond: 0, log, range: axisOver(aboutOne(placed(shown))) };
  const ends = atLeastWide(bins);
  const counts = countIn(finite, onAxis, ends, binsOver(ends, central));
  return {
    edges: edgesOf(ends, counts.length).map((edge) => (log ? 10 ** edge : edge)),
    counts,
    total: finite.length,
    beyond: finite.length - counts.reduce((sum, count) => sum + count, 0),
    log,
    range: axisOver(ends),
  };
}

function centralPart(ascending: Float64Array): Float64Array {
  const cut = Math.floor(TAIL * ascending.length);
  return ascending.subarray(cut, ascending.length - cut);
}

/** An axis where there are no values. */
function aboutOne([mark]: readonly number[]): Interval {
  return mark === undefined ? [0, 1] : atLeastWide([mark, mark], 0.2);
}

function binsOver([low, high]: Interval, ascending: Float64Array): number {
  const width = (2 * (quantile(ascending, 0.75) - quantile(ascending, 0.25))) / Math.cbrt(ascending.length);
  return Math.max(FEWEST_BINS, Math.min(MOST_BINS, Math.ceil((high - low) / width)));
}

function edgesOf([low, high]: Interval, bins: number): number[] {
  return Array.from({ length: bins + 1 }, (_, k) => (k === bins ? high : low + ((high - low) * k) / bins));
}

/** The last bin has its upper end. */
function countIn(values: Float64Array, onAxis: (value: number) => number, [low, high]: Interval, bins: number): number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of values) {
    const at = onAxis(value);
    if (at >= low && at <= high) counts[Math.min(bins - 1, Math.floor((bins * (at - low)) / (high - low)))]++;
  }
  return counts;
}
