/**
 * The law of Besiroglu et al. 2024, "Chinchilla scaling: a replication attempt", arXiv:2404.10102: that of Hoffmann et al. fitted
 * again to 240 runs read off their figure 4. What else they print: besiroglu-results.ts.
 */

/** Table 1 as printed; second-hand, from notes that quote the paper. */
export const BESIROGLU = { E: 1.8172, A: 482.01, B: 2085.43, alpha: 0.3478, beta: 0.3658 } as const;

/**
 * The same from the authors' notebook, logs of A, B and E, unrounded. Its E, 1.8169 to the digits of Table 1, is not
 * the printed one.
 */
export const BESIROGLU_UNROUNDED = {
  E: Math.exp(0.5971119597824348),
  A: Math.exp(6.177955975826981),
  B: Math.exp(7.6427323622433505),
  alpha: 0.34781302903942635,
  beta: 0.3658541172951044,
} as const;
