/**
 * The law of Muennighoff et al. 2023, arXiv:2305.16264, for data that are repeated:
 *
 *   L = E + A/N′^α + B/D′^β     D′ = U_D·f(R_D), R_D = D/U_D − 1     N′ = U_N·f(R_N), R_N = N/U_N − 1
 *
 * U_D unique tokens, U_N the size that is optimal for them in one epoch, or N where that is less (Eq. 15). A unit repeated R
 * times is worth f(R) fresh ones: 1 + R*·(1 − e^(−R/R*)) (Eq. 13), or one of two other forms.
 */
import { saturatingWorth } from '../math/decay.ts';
import type { Decay } from '../paper/muennighoff-results.ts';
import { sizeForTokens } from '../plan/repetition.ts';

/** Of the law for one epoch. */
export type OneEpoch = Readonly<Record<'E' | 'A' | 'B' | 'alpha' | 'beta', number>>;

/** R_D* and R_N*, or what stands in their place in another form of decay; absent: none. */
export interface Repetition {
  readonly decay: Decay;
  readonly data?: number | undefined;
  readonly parameters?: number | undefined;
}

/** Parameters, training tokens, and how many of these are unique: D at most. */
export interface RepeatedRun {
  readonly N: number;
  readonly D: number;
  readonly unique: number;
}

/** What a unit is worth in fresh ones after so many repetitions: 1 + repetitions where nothing decays. */
export function worthOf(repetitions: number, decay: Decay, constant: number | undefined): number {
  if (constant === undefined) return 1 + repetitions;
  if (decay === 'saturating') return saturatingWorth(repetitions, constant);
  // Eq. 10, 1 + (1 − δ)(1 − (1 − δ)^R)/δ, is the sum of (1 − δ)^k for k = 0 to R; Eq. 18 that of e^(−ck).
  const rate = decay === 'geometric' ? -Math.log1p(-constant) : constant;
  return Math.expm1(-rate * (repetitions + 1)) / Math.expm1(-rate);
}

/** The law at one run: its loss, nats per token, is E + ofN + ofD, each by the constant that stands for its decay. */
export interface RunLaw {
  readonly E: number;
  readonly ofN: (decay: Decay, constant: number | undefined) => number;
  readonly ofD: (decay: Decay, constant: number | undefined) => number;
}

export function lossAt({ E, ofN, ofD }: RunLaw, { decay, data, parameters }: Repetition): number {
  return E + ofN(decay, parameters) + ofD(decay, data);
}

/** The law at each run: what does not depend on the repetition is worked out once. */
export function repetitionLaw(law: OneEpoch): (run: RepeatedRun) => RunLaw {
  const { E, A, B, alpha, beta } = law;
  return ({ N, D, unique }) => {
    const tokens = Math.min(unique, D);
    const size = Math.min(sizeForTokens(law, tokens), N);
    const [freshN, freshD] = [A * size ** -alpha, B * tokens ** -beta];
    const [repeatsN, repeatsD] = [N / size - 1, D / tokens - 1];
    return {
      E,
      ofN: (decay, constant) => freshN * worthOf(repeatsN, decay, constant) ** -alpha,
      ofD: (decay, constant) => freshD * worthOf(repeatsD, decay, constant) ** -beta,
    };
  };
}
