/** What one law is worth against another, as numbers of a pair of laws: NaN for what there is not. */
import type { TwoTerms } from '../laws/law.ts';
import { root } from '../math/root.ts';
import { computeMultiplierAt, computeMultiplierAtLoss, tokenMultiplier } from '../plan/multiplier.ts';
import { optimumAt, optimumReaching } from '../plan/terms.ts';
import type { FrontierPoint, Interval } from '../types.ts';

/** The base, and the other that is measured by it. */
export interface Ends<T> {
  readonly base: T;
  readonly other: T;
}

/** Training FLOPs of the other, or a loss, nats per token, of both. */
export type Asked = { readonly budget: number } | { readonly loss: number };

/** Compute, tokens at the same N, their loss; and N, D and C of the optimum of each. */
export const MULTIPLIED = ['compute', 'tokens', 'loss', 'baseN', 'baseD', 'baseC', 'otherN', 'otherD', 'otherC'] as const;
export type MultipliedName = typeof MULTIPLIED[number];
export const ENDS = { base: ['baseN', 'baseD', 'baseC'], other: ['otherN', 'otherD', 'otherC'] } as const;

/** In the order of `MULTIPLIED`. */
export function multipliedAt({ base, other }: Ends<TwoTerms>, asked: Asked): number[] {
  const both = 'budget' in asked ? computeMultiplierAt(other, base, asked.budget) : computeMultiplierAtLoss(other, base, asked.loss);
  const optimum = 'budget' in asked ? optimumAt(other, asked.budget) : optimumReaching(other, asked.loss);
  const tokens = optimum ? tokenMultiplier(other, base, optimum) : NaN;
  const sizes = (point: FrontierPoint | undefined) => (point ? [point.N, point.D, point.C] : [NaN, NaN, NaN]);
  return [both?.factor ?? NaN, tokens, optimum?.loss ?? NaN, ...sizes(both?.base), ...sizes(optimum)];
}

/** Losses on the frontier at budgets. */
export function lossesOf(law: TwoTerms, budgets: readonly number[]): number[] {
  return budgets.map((C) => optimumAt(law, C)?.loss ?? NaN);
}

/** Points at which crossings are looked for. */
const POINTS = 241;

/** Losses that differ by less are the same. */
const SAME = 1e-9;

/** Training FLOPs in a range at which the frontiers cross. */
export function crossings({ base, other }: Ends<TwoTerms>, [low, high]: Interval): number[] {
  const apart = (logC: number) => {
    const [one, two] = [base, other].map((law) => optimumAt(law, Math.exp(logC))?.loss ?? NaN);
    return Math.abs(one - two) > SAME ? one - two : 0;
  };
  const [first, last] = [Math.log(low), Math.log(high)];
  const places = Array.from({ length: POINTS }, (_, k) => first + ((last - first) * k) / (POINTS - 1)).filter((place) => apart(place) !== 0);
  return places.flatMap((place, k) => (k > 0 && apart(places[k - 1]) * apart(place) < 0 ? [Math.exp(root(apart, places[k - 1], place))] : []));
}
