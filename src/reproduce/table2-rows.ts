/** Rows of Table 2 of Hoffmann et al. 2022 beside what an approach finds, and the resampling that its intervals are made by. */
import { approachesOn, type ApproachResult, type Approaches, type ApproachesInput } from '../approaches/approaches.ts';
import { TABLE2, type PrintedExponent } from '../paper/hoffmann-table2.ts';
import { EQ10, ISOFLOP_BUDGETS } from '../paper/hoffmann.ts';
import { frontierExponents } from '../plan/frontier.ts';
import { compare, type Comparison, type ComparisonInput } from './comparison.ts';
import type { Context } from './reproduction.ts';
import { percent } from './words.ts';

/** Rows, the resampling of their intervals, Gopher's training FLOPs, and the last share of training that approach 1 is to be in. */
export const { rows: ROWS, resampling: RESAMPLING, gopherBudget: GOPHER, lastShare: LAST } = TABLE2;

/** Exponents of the unrounded Eq. 10. */
export const OF_EQ10 = frontierExponents('chinchilla', EQ10);

/** A run is of a budget of the IsoFLOP sweep where it has exactly that: ends of curves near it are none. */
export const EXACTLY = 1 + 1e-9;

/** Parts without replacement spread less than sweeps, by this factor where runs are independent: src/approaches/approaches.ts. */
export const NARROWED = Math.sqrt(1 / RESAMPLING.share - 1);

/** Relative, of an exponent that has no noise: 0.46 and 0.457 are one. */
export const NO_NOISE_TOLERANCE = 0.01;

/** All approaches, with the paper's own resampling; approach 2 at the paper's budgets. */
export function resampled({ backend, seed, onProgress, signal }: Context, input: ApproachesInput, tolerance?: number): Promise<Approaches> {
  return approachesOn(backend, input, {
    ...RESAMPLING, seed, budgets: [GOPHER], isoflopBudgets: ISOFLOP_BUDGETS, fit: { seed },
    ...(tolerance !== undefined && { tolerance }), ...(onProgress && { onProgress }), ...(signal && { signal }),
  });
}

type How = Pick<ComparisonInput, 'from' | 'because'>;

/** The exponents of an approach; `tolerances` are relative, of a and of b, beside the rounding. */
export function pointRow(approach: number, ours: Readonly<Record<'a' | 'b', number>>, tolerances: Readonly<Record<'a' | 'b', number>>, how: How): Comparison[] {
  return (['a', 'b'] as const).map((name) => compare({
    quantity: name, where: `Table 2, approach ${approach}`, published: ROWS[approach - 1][name].value, ours: ours[name], digits: 2,
    tolerance: tolerances[name], ...how,
  }));
}

/** Half a unit of the last digit of both ends. */
const ROUNDED = 0.001;
/** Three standard errors of the width of an 80 % interval, relative, over so many values of a normal. */
const MONTE_CARLO = (3 * 0.89) / Math.sqrt(RESAMPLING.replicates);

/** Widths of the intervals of a and b: their places follow the points. */
export function widthRow({ approach, intervals, replicates }: ApproachResult, data: string, because: string): Comparison[] {
  return (['a', 'b'] as const).map((name) => {
    const [low, high] = intervals[name];
    const printed = ROWS[approach - 1][name];
    const published = printed.high - printed.low;
    return compare({
      quantity: `width of the ${percent(RESAMPLING.confidence)} interval of ${name}`, where: `Table 2, approach ${approach}`, published,
      printed: `${printed.low} to ${printed.high}`, ours: high - low, tolerance: ROUNDED / published + MONTE_CARLO, because,
      from: `${low.toFixed(3)} to ${high.toFixed(3)} in ${replicates} parts of ${percent(RESAMPLING.share)} of ${data}`,
    });
  });
}

/** Where a value lies to an interval: "below", "within" or "above" it. */
export function placeIn(value: number, { low, high }: PrintedExponent): string {
  if (value < low) return 'below';
  return value > high ? 'above' : 'within';
}

/** "a = 0.458 (0.452, 0.464) by approach 2" */
export function exponentText({ approach, N, intervals: { a: [low, high] } }: ApproachResult): string {
  return `a = ${N.exponent.toFixed(3)} (${low.toFixed(3)}, ${high.toFixed(3)}) by approach ${approach}`;
}
