/**
 * What samples of a model are worth where an answer can be checked: of n samples of a problem c are right.
 *
 *   pass@k = 1 − C(n − c, k)/C(n, k) = 1 − ∏ᵢ₌₀ʲ⁻¹ (1 − k′/(n − i)),   j = min(c, k),  k′ = max(c, k)
 *
 * the unbiased estimate, for k ≤ n, of the probability that one of k samples is right: the share of the draws of k of the n that
 * hold a right one. Coverage is its mean over problems. The product is summed in logarithms, so that n may be large.
 *
 * With a verifier that accepts a right sample with probability t and a wrong one with f, each independently, of a problem of
 * which a sample is right with probability p, the best of k is one of those accepted, or any where none is:
 *
 *   (1 − (1 − q)^k)·pt/q + (1 − q)^k·p(1 − t)/(1 − q),   q = pt + (1 − p)f
 *
 * which goes to pt/q, the precision of the verifier there, however many samples: its plateau.
 *
 * Chen et al. 2021, arXiv:2107.03374; Brown et al. 2024, arXiv:2407.21787.
 */
import { part, whole } from '../check.ts';
import { optionError } from '../errors.ts';

/** Of one problem. */
export interface Sampled {
  /** Samples. */
  readonly n: number;
  /** Right ones among them. */
  readonly c: number;
}

/** Of a verifier, each sample by itself. */
export interface Verifier {
  /** Share of the right samples that it accepts. */
  readonly truePositive: number;
  /** Share of the wrong ones. */
  readonly falsePositive: number;
}

/**
 * The probability that one of k samples is right.
 * @throws InputError where n, c and k are no whole numbers with 0 ≤ c ≤ n and 1 ≤ k ≤ n.
 */
export function passAtK({ n, c }: Sampled, k: number): number {
  whole('n', n, 'samples');
  whole('k', k, 'samples');
  if (!(c >= 0 && c <= n && Number.isSafeInteger(c))) throw optionError('c', `expected a whole number of right samples from 0 to ${n}, got ${c}.`);
  if (k > n) throw optionError('k', `expected at most the ${n} samples that there are, got ${k}. Fit the coverage to go beyond.`);
  return passOf(n, c, k);
}

/** `passAtK` of numbers that are known to be good. */
export function passOf(n: number, c: number, k: number): number {
  if (c === 0) return 0;
  if (n - c < k) return 1;
  const [few, many] = [Math.min(c, k), Math.max(c, k)];
  let log = 0;
  for (let i = 0; i < few; i++) log += Math.log1p(-many / (n - i));
  return -Math.expm1(log);
}

/**
 * The probability that the best of k samples is right, by a verifier; k may be Infinity: the plateau.
 * @throws InputError where one is no share from 0 to 1, or k is no whole number.
 */
export function bestOfK(p: number, k: number, { truePositive, falsePositive }: Verifier): number {
  part('p', p, 'right samples');
  part('truePositive', truePositive, 'right samples that are accepted');
  part('falsePositive', falsePositive, 'wrong samples that are accepted');
  if (k !== Infinity) whole('k', k, 'samples');
  const accepted = p * truePositive + (1 - p) * falsePositive;
  if (accepted === 0) return p; // nothing is ever accepted, so any sample is taken
  const none = accepted === 1 ? 0 : Math.exp(k * Math.log1p(-accepted));
  const precision = (p * truePositive) / accepted;
  return (1 - none) * precision + (none > 0 ? (none * p * (1 - truePositive)) / (1 - accepted) : 0);
}

/** Leading digits of the numbers of samples of a curve, and of a short one. */
const DENSE: readonly number[] = [1, 1.5, 2, 3, 5, 7];
export const SPARSE: readonly number[] = [1, 2, 5];

/** Whole numbers from 1 to `most`, both among them, that begin with one of the digits: about even in their logarithms. */
export function sampleCounts(most: number, digits: readonly number[] = DENSE): number[] {
  const decades = Array.from({ length: Math.ceil(Math.log10(most)) + 1 }, (_, power) => 10 ** power);
  const counts = decades.flatMap((decade) => digits.map((digit) => Math.floor(digit * decade)));
  return [...new Set([...counts.filter((count) => count < most), most])];
}
