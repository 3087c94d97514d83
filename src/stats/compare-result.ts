/** What a comparison of laws finds. */
import type { Fit, Interval } from '../types.ts';
import type { Criteria, Likelihood, LikelihoodName } from './compare-likelihood.ts';
import type { NestedTest } from './compare-nested.ts';
import type { LawPair } from './compare-pairs.ts';
import type { FailedFits } from './compare-resamples.ts';
import type { RolloutAt } from './compare-rollout.ts';
import type { RolloutStep } from './compare-steps.ts';

export interface ComparedLaw extends Criteria, Likelihood {
  readonly law: string;
  readonly fit: Fit;
  /** Free ones; AIC, AICc and BIC count one more, the scale. */
  readonly parameters: number;
  /** By how much the likelihood overstates differences: 1 where the noise has the density that the loss takes for granted. */
  readonly overstatement: number;
  /** AICc less the least one. */
  readonly difference: number;
  /** Akaike weight, of AICc. */
  readonly weight: number;
  /** Mean |L̂/L − 1| of the runs by fits to resamples that have not drawn them. */
  readonly outOfBag: { readonly value: number; readonly interval: Interval };
  /** Mean |L̂/L − 1| of the dearer runs, over the steps that every law was fitted at; NaN where there are none. */
  readonly rolledOut: { readonly value: number; readonly interval: Interval };
  /** At each step. */
  readonly rollout: readonly RolloutAt[];
  /** Of the resamples of all runs. */
  readonly failed: FailedFits;
}

export interface LawComparison {
  /** In the order that was asked for. */
  readonly laws: readonly ComparedLaw[];
  /** Laws that could not be fitted. */
  readonly missing: readonly { readonly law: string; readonly why: string }[];
  readonly steps: readonly RolloutStep[];
  /** The law of the lowest out-of-bag error, and the simplest that it does not beat. */
  readonly best: string;
  readonly simplest: string;
  /** The best against each other. */
  readonly pairs: readonly LawPair[];
  readonly nested: readonly NestedTest[];
  readonly likelihood: LikelihoodName;
  readonly points: number;
  readonly replicates: number;
  readonly confidence: number;
  readonly seed: number;
  readonly sweep: string;
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly seconds: number;
  readonly version: string;
}
