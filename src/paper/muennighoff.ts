/**
 * The law of Muennighoff et al. 2023, "Scaling data-constrained language models", arXiv:2305.16264. What else they print:
 * muennighoff-results.ts.
 */

const EXPONENT = 0.3526596;

/**
 * The law of C4 before repetition, so for at most one epoch, with alpha = beta by assumption. The appendix prints
 * 1.87 + 521/N^0.353 + 1488/D^0.353; unrounded, with a, b and e, logs of A, B and E, it is in the authors' code.
 */
export const C4_ONE_EPOCH = {
  E: Math.exp(0.6254804),
  A: Math.exp(6.255414),
  B: Math.exp(7.3049974),
  alpha: EXPONENT,
  beta: EXPONENT,
} as const;

/** Appendix A: repetitions after which repeated data, and parameters in excess of what the unique tokens want, are worth little more. */
export const HALF_LIFE = { data: 15.387756, parameters: 5.309743 } as const;
