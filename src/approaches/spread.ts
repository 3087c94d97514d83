/** An approach with its bootstrap: percentile intervals of its exponents, and of N_opt and D_opt at budgets. */
import { intervalOf } from '../stats/intervals.ts';
import type { Interval } from '../types.ts';
import type { Approach } from './approach.ts';
import { hasLaws, type Laws } from './laws.ts';
import { powerAt } from './power.ts';

/** The optimum at a budget, by the power laws, with its intervals. */
export interface OptimumAt {
  /** Training FLOPs. */
  readonly C: number;
  /** Parameters and training tokens (counts). */
  readonly N: number;
  readonly D: number;
  readonly intervals: { readonly N: Interval; readonly D: Interval };
}

export interface ApproachResult extends Approach {
  /** Of a and b, the exponents of N_opt and D_opt. [NaN, NaN] where no resample has them. */
  readonly intervals: { readonly a: Interval; readonly b: Interval };
  readonly at: readonly OptimumAt[];
  /** Resamples that were made, and those of them in which the approach finds no power law: they are in no interval. */
  readonly replicates: number;
  readonly failed: number;
}

/** `resampled`: the power laws of each resample, NaN where it has none. */
export function withSpread({ approach, N, D, optima, warnings }: Approach, resampled: readonly Laws[],
                           budgets: readonly number[], confidence: number): ApproachResult {
  const found = resampled.filter(hasLaws);
  const interval = (of: (laws: Laws) => number): Interval =>
    intervalOf(Float64Array.from(found, of), of({ N, D }), confidence, 'percentile');
  return {
    approach, N, D, optima, warnings,
    intervals: { a: interval((laws) => laws.N.exponent), b: interval((laws) => laws.D.exponent) },
    at: budgets.map((C) => ({
      C, N: powerAt(N, C), D: powerAt(D, C),
      intervals: { N: interval((laws) => powerAt(laws.N, C)), D: interval((laws) => powerAt(laws.D, C)) },
    })),
    replicates: resampled.length,
    failed: resampled.length - found.length,
  };
}
