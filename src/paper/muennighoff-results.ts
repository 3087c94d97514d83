/**
 * What Muennighoff et al. 2023, arXiv:2305.16264, print beside the law (muennighoff.ts). Read in the paper and in the authors'
 * repository, github.com/huggingface/datablations; texts stand as printed.
 */

/** Eq. 20, the same as printed. */
export const EQ_20 = { E: '1.87', A: '521', B: '1488', alpha: '0.353' } as const;

/** Eq. 17: U_N over U_D. Appendix A: 1/R*, "δ ≈ 6 * 10^−2 (0.19 for R_N*)". */
export const APPENDIX_A = { sizeOverTokens: '0.051', decay: { data: '6e-2', parameters: '0.19' } } as const;

/** Appendix B: the one-epoch optimum at the budget of Gopher. */
export const AT_GOPHER = { C: 5.76e23, N: '70.0e9', D: '1.37e12' } as const;

/**
 * Figure 1, right: two models of one budget on 25B unique tokens, and their loss by the law (README of the repository): the
 * first suggested by it, "more extreme" than its optimum, which a grid search finds at 6.8B parameters and 227B tokens.
 */
export const FIGURE_1 = {
  unique: 25e9,
  models: [
    { name: '6.34B', N: 6.34e9, D: 242e9, loss: '2.2256440889984477' },
    { name: '8.67B', N: 8.67e9, D: 178e9, loss: '2.2269634075087867' },
  ],
  optimum: { N: '6.8e9', D: '227e9' },
} as const;

/** Figure 1, left: "up to 4 epochs repeating is almost as good as new data", "at 40 epochs, repeating is worthless"; §6: R* is 16 epochs. */
export const EPOCHS = { asGood: 4, halfLife: 16, worthless: 40 } as const;

/** How a fit of Table 1 lets the value of repetition decay. */
export type Decay = 'saturating' | 'geometric' | 'exponential';

/** A row of Table 1, fits to the same 182 runs: what R_D* and R_N* are (of the others, what stands in their place). */
export interface PrintedFit {
  readonly name: string;
  readonly decay: Decay;
  /** Absent where repeated data do not decay. */
  readonly data?: string;
  /** Absent where parameters in excess do not. */
  readonly parameters?: string;
  /** Objective; not printed where nothing decays. */
  readonly loss?: string;
  /** Share of the variance of the loss that is explained. */
  readonly r2: string;
}

/** Table 1 without its last row, "alpha-beta decay"; R² as in the later version of the paper, version 4 has others. */
export const TABLE_1 = {
  none: { name: 'no decay', decay: 'saturating', r2: '0.4452' },
  onlyN: { name: 'decay of N only', decay: 'saturating', parameters: '713.0015', loss: '0.0241', r2: '0.4488' },
  onlyD: { name: 'decay of D only', decay: 'saturating', data: '2.9157', loss: '0.0169', r2: '0.7354' },
  both: { name: 'decay of both', decay: 'saturating', data: '15.3878', parameters: '5.3097', loss: '0.0158', r2: '0.7722' },
  geometric: { name: 'geometric decay', decay: 'geometric', data: '0.0104', parameters: '0.3676', loss: '0.0155', r2: '0.7988' },
  exponential: { name: 'exponential decay', decay: 'exponential', data: '0.0105', parameters: '0.3676', loss: '0.0155', r2: '0.7987' },
} as const satisfies Readonly<Record<string, PrintedFit>>;
