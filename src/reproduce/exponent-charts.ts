/** Charts of the three approaches beside what Table 2 of Hoffmann et al. 2022 prints. */
import type { ApproachResult } from '../approaches/approaches.ts';
import { powerAt } from '../approaches/power.ts';
import { EQ10 } from '../paper/hoffmann.ts';
import { TABLE2, type PrintedExponent } from '../paper/hoffmann-table2.ts';
import { frontier, frontierExponents } from '../plan/frontier.ts';
import type { Chart, ChartSeries } from './reproduction.ts';
import { percent } from './words.ts';

const { rows: ROWS, resampling: { replicates, share }, gopherBudget: GOPHER } = TABLE2;
const { a: A_OF_EQ10 } = frontierExponents('chinchilla', EQ10);
/** Of the axis of approaches, and how far from the middle either of two is drawn. */
const ENDS = [0.5, 3.5] as const;
const ASIDE = 0.1;
/** Budgets of the lines. */
const BUDGETS: readonly number[] = [1e17, 1e19, 1e21, GOPHER];
/** Points of one approach, at most. */
const POINTS = 100;

/** The exponent a by each approach, with its interval. */
export function exponentsChart(name: string, title: string, data: string, results: readonly ApproachResult[]): Chart {
  return {
    name, title,
    caption: `Bars: 10th to 90th percentile; ours over ${replicates} parts of ${percent(share)} of the runs. Dashed: the a of Eq. 10, unrounded.`,
    x: { title: 'approach', range: ENDS },
    y: { title: 'exponent a of N_opt' },
    series: [
      exponents('Table 2', -ASIDE, ROWS.map(({ approach, a }) => ({ approach, ...a }))),
      exponents(data, ASIDE, results.map(({ approach, N, intervals: { a: [low, high] } }) => ({ approach, value: N.exponent, low, high }))),
      { name: 'Eq. 10', mark: 'dashed', x: ENDS, y: ENDS.map(() => A_OF_EQ10) },
    ],
  };
}

interface Exponent extends PrintedExponent {
  readonly approach: number;
}

function exponents(name: string, aside: number, rows: readonly Exponent[]): ChartSeries {
  return {
    name, mark: 'points',
    x: rows.map(({ approach }) => approach + aside), y: rows.map(({ value }) => value),
    low: rows.map(({ low }) => low), high: rows.map(({ high }) => high),
  };
}

/** Compute-optimal sizes: what approaches 1 and 2 take from the runs, and all power laws. */
export function optimaChart(results: readonly ApproachResult[]): Chart {
  return {
    name: 'optima',
    title: 'Compute-optimal sizes by the three approaches',
    caption: 'Points: what approaches 1 and 2 take from the replica; lines: the power laws; the paper: its projections to Gopher\'s budget.',
    x: { title: 'training FLOPs', log: true },
    y: { title: 'parameters', log: true },
    series: [
      ...results.flatMap((result): ChartSeries[] => {
        const name = `approach ${result.approach}`;
        const line: ChartSeries = { name, mark: 'line', x: BUDGETS, y: BUDGETS.map((C) => powerAt(result.N, C)) };
        return result.approach < 3 ? [pointsOf(name, result), line] : [line];
      }),
      { name: 'Eq. 10', mark: 'dashed', x: BUDGETS, y: frontier('chinchilla', EQ10, BUDGETS).map(({ N }) => N) },
      { name: 'the paper', mark: 'points', x: ROWS.map(() => GOPHER), y: ROWS.map(({ gopher }) => gopher.N) },
    ],
  };
}

function pointsOf(name: string, { optima }: ApproachResult): ChartSeries {
  const shown = optima.filter((_, k) => k % Math.ceil(optima.length / POINTS) === 0);
  return { name, mark: 'points', x: shown.map(({ C }) => C), y: shown.map(({ N }) => N) };
}
