/**
 * Data that run out: what repetition is worth, and the size that so many tokens call for. What plans (src/plan/repetition.ts)
 * and reproductions (src/reproduce/repetition-law.ts) share, below the laws.
 *
 *   f(R) = 1 + R*·(1 − e^(−R/R*))                         fresh units that one is worth which is repeated R times
 *   N_opt(D) = (αA/(βB))^(1/α)·D^(β/α)                    of L(N, D) = E + A/N^α + B/D^β; (D·G)^(β/α)·G in the paper
 *
 * Muennighoff et al. 2023, arXiv:2305.16264, Eq. 13 and appendix A.
 */

/** f, with the R* at which a further repetition is worth 1/e of a fresh unit. */
export function saturatingWorth(repetitions: number, constant: number): number {
  return 1 - constant * Math.expm1(-repetitions / constant);
}

/** ∂f/∂R. */
export function saturatingSlope(repetitions: number, constant: number): number {
  return Math.exp(-repetitions / constant);
}

/** Of n of something, of which so many are unique, as many as are worth the same. */
export function effectiveCount(n: number, unique: number, constant: number): number {
  return n > unique ? unique * saturatingWorth(n / unique - 1, constant) : n;
}

/** N_opt: parameters for which D tokens are compute-optimal, where none is repeated. */
export function sizeForTokens({ A, B, alpha, beta }: Readonly<Record<'A' | 'B' | 'alpha' | 'beta', number>>, D: number): number {
  return ((alpha * A) / (beta * B)) ** (1 / alpha) * D ** (beta / alpha);
}
