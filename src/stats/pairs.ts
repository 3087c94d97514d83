/** Numbers of two laws at a time, with intervals: resample r of one is paired with resample r of the other. */
import type { Law, TwoTerms } from '../laws/law.ts';
import { inOrder } from '../plan/frontier.ts';
import { lawById } from '../laws/registry.ts';
import type { Fit } from '../types.ts';
import type { Answer, Answers } from './answers.ts';
import type { Resampling } from './bootstrap.ts';
import { finiteAt, type Replicates } from './fits.ts';
import { intervalOf } from './intervals.ts';
import type { Ends } from './multiplied.ts';

/** A fit and its resamples. */
export interface Resampled {
  readonly fit: Pick<Fit, 'law' | 'params'>;
  readonly resamples: Pick<Resampling, 'replicates'>;
}

export interface Pairs {
  /** The fitted laws. */
  readonly estimate: Ends<TwoTerms>;
  /** Pairs of resamples. */
  readonly count: number;
  /** Numbers of a pair of laws, in the order of their names: NaN for what it has not. */
  ask<Name extends string>(names: readonly Name[], write: (laws: Ends<TwoTerms>) => readonly number[]): Answers<Name>;
  /** A number of which the values in all pairs are known. */
  answer(value: number, values: Float64Array): Answer;
}

/** Intervals are percentiles. */
export function pairsOf(terms: NonNullable<Law['terms']>, base: Resampled, other: Resampled, confidence: number): Pairs {
  const estimated = ({ fit }: Resampled) => terms(inOrder(lawById(fit.law), fit.params));
  const estimate = { base: estimated(base), other: estimated(other) };
  const [ones, others] = [base, other].map(({ resamples }) => lawsOf(terms, resamples.replicates));
  const count = Math.min(ones.length, others.length);
  const pairs = ones.slice(0, count).flatMap((one, r): Ends<TwoTerms>[] => {
    const two = others[r];
    return one && two ? [{ base: one, other: two }] : [];
  });
  const answer = (value: number, values: Float64Array): Answer => {
    const finite = values.filter(Number.isFinite);
    return { value: Number.isFinite(value) ? value : NaN, interval: intervalOf(finite, value, confidence, 'percentile'), unanswered: 1 - finite.length / count };
  };
  return {
    estimate, count, answer,
    ask: (names, write) => {
      const values = write(estimate);
      const rows = pairs.map(write);
      return Object.fromEntries(names.map((name, k) => [name, answer(values[k], Float64Array.from(rows, (row) => row[k]))])) as Record<typeof names[number], Answer>;
    },
  };
}

/** Undefined where a fit is not finite. */
function lawsOf(terms: NonNullable<Law['terms']>, fits: Replicates): (TwoTerms | undefined)[] {
  return Array.from(fits.objective, (_, r) => {
    const natural = finiteAt(fits, r);
    return natural && terms(natural);
  });
}
