/**
 * The law of Gadre et al. 2024, "Language models scale reliably with over-training and on downstream tasks",
 * arXiv:2403.08540: loss on C4 of models trained on three sets, fitted as L(C, M) = E + (a·M^η + b·M^−η)·C^−η with
 * M = D/N. As C = 6·N·D, that is the law of Hoffmann et al. with alpha = beta = 2η, A = a·6^−η, B = b·6^−η.
 *
 * The constants are worked out again from the authors' published runs, by least squares on the five runs that the paper fits
 * (11M parameters at M = 20 and 320; 79M, 154M and 412M at 20), and rounded to seven digits. What the paper prints:
 * gadre-results.ts.
 */

export const C4 = constants(1.508261, 113.6926, 152.5123, 0.2424722);
export const REDPAJAMA = constants(1.836648, 166.211, 287.1681, 0.2728507);
export const REFINEDWEB = constants(1.734462, 125.0957, 196.0293, 0.2543948);

function constants(E: number, A: number, B: number, exponent: number) {
  return { E, A, B, alpha: exponent, beta: exponent } as const;
}
