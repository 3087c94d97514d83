/** How fits of synthetic sweeps find a number back, each figure with its Monte-Carlo standard error. */
import { meanOf } from '../math/mean.ts';
import type { Interval } from '../types.ts';

export interface Recovery {
  readonly truth: number;
  readonly mean: number;
  /** Mean minus truth. */
  readonly bias: Estimate;
  /** Standard deviation over the sweeps (n − 1): the true standard error of a fit. */
  readonly spread: Estimate;
  /** Root of the mean square of fit minus truth. */
  readonly rmse: Estimate;
  /** Share of intervals that hold the truth, by kind of interval; none of what has no intervals. */
  readonly coverage: Readonly<Record<string, Estimate>>;
}

/** A figure and its Monte-Carlo standard error. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** Counts how often intervals hold the truth. */
export class Coverage {
  sweeps = 0;
  /** Sweeps without an interval, since their runs do not tell the parameters apart: theirs hold nothing. */
  undetermined = 0;
  private readonly held = new Map<string, number>();

  /** Takes the intervals of one sweep, by name. */
  note(truth: Readonly<Record<string, number>>, intervals: Readonly<Record<string, Interval>>): void {
    this.sweeps++;
    if (Object.values(intervals).some((ends) => ends.some(Number.isNaN))) this.undetermined++;
    for (const [name, [low, high]] of Object.entries(intervals)) {
      if (truth[name] >= low && truth[name] <= high) this.held.set(name, (this.held.get(name) ?? 0) + 1);
    }
  }

  /** The share that held it, as a binomial proportion; half a case either way keeps its error from being nothing. */
  of(name: string): Estimate {
    const held = this.held.get(name) ?? 0;
    const share = (held + 0.5) / (this.sweeps + 1);
    return { value: held / this.sweeps, error: Math.sqrt((share * (1 - share)) / this.sweeps) };
  }
}

/** From the fitted values of all sweeps; NaN where there are fewer than two. */
export function recoveryOf(values: Float64Array, truth: number, name: string, coverage: Readonly<Record<string, Coverage>>): Recovery {
  const mean = meanOf(values);
  const spread = root(values.map((value) => value - mean), values.length - 1);
  return {
    truth, mean, spread,
    bias: { value: mean - truth, error: spread.value / Math.sqrt(values.length) },
    rmse: root(values.map((value) => value - truth), values.length),
    coverage: Object.fromEntries(Object.entries(coverage).flatMap(([kind, held]) => (held.sweeps > 0 ? [[kind, held.of(name)]] : []))),
  };
}

/** √(Σd²/divisor), and its standard error by the delta method: that of the mean square over twice the root. */
function root(differences: Float64Array, divisor: number): Estimate {
  const squares = differences.map((d) => d * d);
  const mean = meanOf(squares);
  const variance = meanOf(squares.map((square) => (square - mean) ** 2));
  const value = Math.sqrt((mean * differences.length) / divisor);
  return { value, error: value > 0 ? Math.sqrt(variance / differences.length) / (2 * value) : 0 };
}
