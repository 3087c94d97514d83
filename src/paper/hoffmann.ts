/** Published facts of Hoffmann et al. 2022, "Training compute-optimal large language models", arXiv:2203.15556. */

/** Eq. 10 as printed. */
export const EQ10_ROUNDED = { E: 1.69, A: 406.4, B: 410.7, alpha: 0.34, beta: 0.28 } as const;

/** Eq. 10 unrounded, from the TeX source: a = 6.0073404, b = 6.0179186, e = 0.5267228 are logs of A, B, E. */
export const EQ10 = {
  E: Math.exp(0.5267228),
  A: Math.exp(6.0073404),
  B: Math.exp(6.0179186),
  alpha: 0.33917084,
  beta: 0.2849083,
} as const;

/** Table A9: sizes of the 50 models, millions of parameters. */
export const TABLE_A9_MILLIONS: readonly number[] = [
  44, 57, 74, 90, 106, 117, 140, 163, 175, 196, 217, 251, 278, 306, 425, 489, 509, 552, 587, 632, 664, 724, 816, 893,
  1018, 1143, 1266, 1424, 1429, 1593, 1609, 1731, 1794, 2007, 2283, 2298, 2639, 2980, 3530, 3802, 4084, 4516, 6796,
  9293, 11452, 12295, 12569, 13735, 14940, 16183,
];

/** The nine IsoFLOP budgets of Approach 2, training FLOPs. */
export const ISOFLOP_BUDGETS: readonly number[] = [6e18, 1e19, 3e19, 6e19, 1e20, 3e20, 6e20, 1e21, 3e21];
