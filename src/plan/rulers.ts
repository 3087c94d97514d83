/**
 * Rulers: what different scores show of one curve of the loss. With p = e^−L, the probability that a model gives a token of
 * the right answer, tokens taken as alike and as independent,
 *
 *   per-token accuracy     p               exact match of k tokens   p^k
 *   token edit distance    k·(1 − p)       downstream error          ε − κ·e^(−γL)
 *   Brier score            (1 − p)²·K/(K − 1)
 *   multiple-choice grade  1 where p > 1/K, ½ at it, 0 below
 *
 * An answer is one of K options of one token each; what is not on the right one is spread evenly over the others, so that the
 * Brier score is the sum of the squared errors of all K probabilities. How much like a jump a ruler makes the curve look is the
 * emergence score of its readings y₁ … yₘ along the scale,
 *
 *   sign(argmax y − argmin y)·(max y − min y)/√median (yᵢ − yᵢ₋₁)²
 *
 * m − 1 where all steps are equal, ∞ where more than half of them are zero. From 2(m − 1) on at least half of the change is
 * more than typical steps would make: that is called a jump here, for want of a published threshold.
 *
 * Schaeffer, Miranda and Koyejo 2023, arXiv:2304.15004; the score: Srivastava et al. 2022, arXiv:2206.04615, as they give it;
 * Brier 1950, Monthly Weather Review 78; the error: Gadre et al. 2024, arXiv:2403.08540, of which 1 − e^(−γL) is ε = κ = 1.
 */
import { positive, whole } from '../check.ts';
import { optionError } from '../errors.ts';
import { quantile } from '../math/quantile.ts';

export type Ruler =
  | { readonly kind: 'loss' | 'token-accuracy' }
  /** Of so many tokens. */
  | { readonly kind: 'exact-match' | 'edit-distance'; readonly tokens: number }
  /** Of so many options. */
  | { readonly kind: 'brier' | 'multiple-choice'; readonly options: number }
  | { readonly kind: 'error' } & DownstreamError;

/** ε − κ·e^(−γL), L in nats per token. */
export interface DownstreamError {
  /** Of a model that knows nothing. */
  readonly epsilon: number;
  readonly kappa: number;
  readonly gamma: number;
}

/** What a curve looks like under a ruler. */
export type Shape = 'smooth' | 'jump' | 'flat';

/** Readings of one ruler along a scale. */
export interface Reading {
  readonly ruler: Ruler;
  /** One a loss. */
  readonly values: readonly number[];
  /** Of the values, turned round where lower is better: positive where models get better. */
  readonly score: number;
  readonly shape: Shape;
}

/** Times the score of equal steps. */
const JUMP = 2;

/** What a ruler shows at a loss, nats per token. */
export function rulerAt(ruler: Ruler, loss: number): number {
  switch (ruler.kind) {
    case 'loss': return loss;
    case 'token-accuracy': return Math.exp(-loss);
    case 'exact-match': return Math.exp(-ruler.tokens * loss);
    case 'edit-distance': return -ruler.tokens * Math.expm1(-loss);
    case 'brier': return (Math.expm1(-loss) ** 2 * ruler.options) / (ruler.options - 1);
    case 'multiple-choice': return (1 + Math.sign(Math.log(ruler.options) - loss)) / 2;
    case 'error': return ruler.epsilon - ruler.kappa * Math.exp(-ruler.gamma * loss);
  }
}

/** Is a better model higher on it? */
function isScore({ kind }: Ruler): boolean {
  return kind === 'token-accuracy' || kind === 'exact-match' || kind === 'multiple-choice';
}

/** Is it a share of items, or of tokens, that are right? */
export function isShare({ kind }: Ruler): boolean {
  return kind === 'token-accuracy' || kind === 'exact-match';
}

/**
 * Losses of models by rising scale, nats per token, under each ruler.
 * @throws InputError where there are fewer than three, one is not positive, or a ruler has no such number of tokens or options.
 */
export function readingsOf(rulers: readonly Ruler[], losses: readonly number[]): Reading[] {
  if (losses.length < 3) throw optionError('losses', `expected at least three, to have two steps to compare, got ${losses.length}.`);
  for (const loss of losses) positive('losses', loss, 'nats per token such as 2.1');
  checkRulers(rulers);
  return rulers.map((ruler) => {
    const values = losses.map((loss) => rulerAt(ruler, loss));
    const score = scoreUnder(ruler, values);
    return { ruler, values, score, shape: shapeOf(score, values.length) };
  });
}

/** @throws InputError where a ruler has no such number of tokens or options, or a parameter that is not positive. */
export function checkRulers(rulers: readonly Ruler[]): void {
  for (const ruler of rulers) {
    if ('tokens' in ruler) whole('tokens', ruler.tokens, 'tokens of an answer');
    if ('options' in ruler && !(ruler.options >= 2 && Number.isSafeInteger(ruler.options))) {
      throw optionError('choices', `expected a whole number of options, 2 or more, got ${ruler.options}.`);
    }
    if ('gamma' in ruler) for (const name of ['epsilon', 'kappa', 'gamma'] as const) positive('error', ruler[name], `${name} such as 0.85`);
  }
}

/** The emergence score of readings, positive where models get better. */
export function scoreUnder(ruler: Ruler, values: ArrayLike<number>): number {
  return emergenceScore(isScore(ruler) ? values : Array.from(values, (value) => -value));
}

/** Positive where values rise; 0 where all are equal; NaN of fewer than two, or where one is no number. */
export function emergenceScore(values: ArrayLike<number>): number {
  const all = Array.from(values);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  if (!(most > least)) return all.length > 1 && most === least ? 0 : NaN;
  const steps = Float64Array.from(all.slice(1), (value, k) => (value - all[k]) ** 2).toSorted();
  return (Math.sign(all.indexOf(most) - all.indexOf(least)) * (most - least)) / Math.sqrt(quantile(steps, 0.5));
}

/** Of so many readings. */
export function shapeOf(score: number, count: number): Shape {
  if (!(Math.abs(score) > 0)) return 'flat';
  return Math.abs(score) >= JUMP * (count - 1) ? 'jump' : 'smooth';
}

/** What a test of so many items can show of a share of right answers. */
export interface Resolution {
  /** The least score above zero. */
  readonly smallest: number;
  /** Standard deviation of the measured score. */
  readonly deviation: number;
  /** Probability that it is zero. */
  readonly zero: number;
}

/**
 * Items are taken as independent: a score is a binomial share.
 * @throws InputError where the share is none from 0 to 1, or there is no item.
 */
export function resolutionOf(share: number, items: number): Resolution {
  whole('items', items, 'items of a test');
  if (!(share >= 0 && share <= 1)) throw optionError('share', `expected a share of right answers from 0 to 1, got ${share}.`);
  return { smallest: 1 / items, deviation: Math.sqrt((share * (1 - share)) / items), zero: Math.exp(items * Math.log1p(-share)) };
}
