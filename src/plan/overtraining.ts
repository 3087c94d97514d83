/**
 * What it costs to leave the frontier: the penalty of any tokens per parameter, and how far one may go for a price.
 *
 * A model of N parameters on D tokens has the loss that the compute-optimal one has with less compute, its worth:
 *
 *   overhead = 6·N·D/worth − 1,   worth = C of the optimum with loss L(N, D)
 *
 * which for a size k·N_opt is the k·k_D − 1 of de Vries 2023, "Go smol or go home". What has so many tokens a parameter at a
 * compute is `ratioRule` of src/plan/rules.ts. The reverse, a loss up to (1 + e) times the best at one compute, has two answers, a
 * smaller model on more tokens and a larger one on fewer; with u = log N and x as in src/plan/terms.ts:
 *
 *   log(A·e^(−αu) + B·(6/C)^β·e^(βu)) = log x
 *
 * The left side is convex, so that Newton's method converges from outside either answer (src/math/root.ts).
 */
import { positive, positiveCompute, positiveLoss, positiveSize, positiveTokens } from '../check.ts';
import type { TwoTerms } from '../laws/law.ts';
import { convexRoot } from '../math/root.ts';
import type { FrontierPoint } from '../types.ts';
import { hasFrontier, lossOf, optimumAt, optimumReaching, sumAt, type Size } from './terms.ts';

/** A model beside the frontier. */
export interface Penalty extends Size {
  /** 6·N·D, training FLOPs. */
  readonly C: number;
  /** D/N. */
  readonly ratio: number;
  /** Nats per token. */
  readonly loss: number;
  /** The best model of the same compute. */
  readonly sameCompute: FrontierPoint;
  /** The cheapest model of the same loss. */
  readonly sameLoss: FrontierPoint;
  /** Of the best loss of the same compute, how much more it has: 0.01 for 1 %. */
  readonly excess: number;
  /** Of the least compute of the same loss, how much more it takes. */
  readonly overhead: number;
}

/** The models between which a price is kept, ends included. */
export interface Span {
  /** Fewest parameters, most tokens. */
  readonly smallest: Size;
  readonly largest: Size;
}

/**
 * A model of N parameters on D tokens against the frontier. Undefined where the law has none.
 * @throws InputError where N or D is not positive.
 */
export function penaltyOf(law: TwoTerms, { N, D }: Size): Penalty | undefined {
  const C = 6 * positiveSize(N) * positiveTokens(D);
  const loss = lossOf(law, { N, D });
  const [sameCompute, sameLoss] = [optimumAt(law, C), optimumReaching(law, loss)];
  if (!sameCompute || !sameLoss) return undefined;
  // Above 0 but for rounding: nothing is better than the frontier.
  const [excess, overhead] = [loss / sameCompute.loss, C / sameLoss.C].map((factor) => Math.max(0, factor - 1));
  return { N, D, C, ratio: D / N, loss, sameCompute, sameLoss, excess, overhead };
}

/**
 * The model of so many tokens a parameter that has a loss. Undefined where the law does not reach it.
 * @throws InputError where one is not positive.
 */
export function sizeReachingAtRatio(law: TwoTerms, loss: number, ratio: number): Size | undefined {
  const logSum = Math.log(sumAt(law, positiveLoss(loss)));
  if (!hasFrontier(law) || Number.isNaN(logSum)) return undefined;
  const logB = Math.log(law.B) - law.beta * Math.log(positive('ratio', ratio, 'tokens a parameter such as 20'));
  const N = Math.exp(crossing(Math.log(law.A), -law.alpha, logB, -law.beta, logSum));
  return { N, D: ratio * N };
}

/**
 * Sizes whose loss at a compute is at most (1 + excess) times the best one. Undefined where the law has no optimum.
 * @throws InputError where the compute or the excess is not positive.
 */
export function spanOfLoss(law: TwoTerms, compute: number, excess: number): Span | undefined {
  const best = optimumAt(law, positiveCompute(compute));
  const share = positive('excess', excess, 'share of the best loss such as 0.01');
  if (!best) return undefined;
  const logSum = Math.log(sumAt(law, (1 + share) * best.loss));
  const logB = Math.log(law.B) + law.beta * Math.log(6 / compute);
  const sizes = [-1, 1].map((side) => Math.exp(crossing(Math.log(law.A), -law.alpha, logB, law.beta, logSum, side)));
  const [smallest, largest] = sizes.map((N) => ({ N, D: compute / (6 * N) }));
  return { smallest, largest };
}

/**
 * u with log(e^(a + κu) + e^(b + λu)) = level. On the side where the first term rises to infinity, −1, it is found from where
 * that term alone is at the level, else from where the second is; with both slopes below 0 from the larger of the two.
 */
function crossing(a: number, kappa: number, b: number, lambda: number, level: number, side = 0): number {
  const [first, second] = [(level - a) / kappa, (level - b) / lambda];
  const start = side < 0 ? first : side > 0 ? second : Math.max(first, second);
  return convexRoot((u) => {
    const [one, two] = [a + kappa * u, b + lambda * u];
    const top = Math.max(one, two);
    const [shareOne, shareTwo] = [Math.exp(one - top), Math.exp(two - top)];
    const sum = shareOne + shareTwo;
    return { value: top + Math.log(sum) - level, slope: (kappa * shareOne + lambda * shareTwo) / sum };
  }, start);
}
