/**
 * What Gadre et al. 2024, arXiv:2403.08540, print of the law (gadre.ts) and of downstream errors. Read in the paper, as it was
 * submitted to NeurIPS 2024; texts stand as printed.
 */

/** Of the three training sets: what the authors' repository calls them, and the name in print. */
export const TRAIN_SETS = { c4_original: 'C4', rpj: 'RedPajama', rw_original: 'RefinedWeb' } as const;
export type TrainSet = keyof typeof TRAIN_SETS;

/** Table 1: runs that the law of the loss is fitted to, and the further one of the law of the downstream error. */
export const FITTED_RUNS = [
  { N: 0.011e9, M: 20 }, { N: 0.079e9, M: 20 }, { N: 0.154e9, M: 20 }, { N: 0.411e9, M: 20 }, { N: 0.011e9, M: 320 },
] as const;
export const FURTHER_RUN = { N: 1.4e9, M: 20 } as const;

/** Table 6, E + (a·M^η + b·M^−η)·C^−η and ε − k·exp(−γ·L). What it prints in place of a is A, and in place of η, 2η. */
export const TABLE_6 = {
  c4_original: { E: '1.51', a: '114', b: '190', eta: '0.242', epsilon: '0.850', k: '2.08', gamma: '0.756' },
  rpj: { E: '1.84', a: '166', b: '367', eta: '0.272', epsilon: '0.857', k: '2.21', gamma: '0.715' },
  rw_original: { E: '1.73', a: '125', b: '246', eta: '0.254', epsilon: '0.865', k: '2.21', gamma: '0.707' },
} as const;

/** Appendix E: M* = (b/a)^(1/(2η)) (Eq. 10) "using the values from Table 6". */
export const OPTIMAL_MULTIPLIERS = { c4_original: '2.87', rpj: '4.30', rw_original: '3.79' } as const;

/** Tables 2 and 7: relative errors of the downstream error of the 6.9B runs, %, and where the 1.4B run is left out. */
export const TABLE_7 = {
  c4_original: { all: '0.14', without: '0.42' }, rpj: { all: '0.05', without: '10.64' }, rw_original: { all: '2.94', without: '15.79' },
} as const;

/** Rows and columns of Figures 5 and 12: sizes in parameters, and M. */
export const GRID = { N: [0.011e9, 0.079e9, 0.154e9, 0.411e9, 1.4e9, 6.9e9], M: [10, 20, 40, 80, 160, 320, 640] } as const;

/** Figure 5: relative errors of the loss on C4, %; "-" where there is no run. */
export const FIGURE_5: Readonly<Record<TrainSet, readonly string[]>> = {
  c4_original: [
    '1.1 0.0 0.2 0.7 0.9 0.0 0.6', '2.6 0.3 0.2 0.4 0.1 0.7 0.8', '1.5 0.5 1.1 1.1 3.3 2.8 0.6', '0.5 0.2 0.0 2.8 0.2 2.0 -',
    '- 0.8 - 1.5 - - -', '- 4.3 - - - - -',
  ],
  rpj: [
    '0.3 0.0 0.3 1.7 1.1 0.0 1.0', '2.2 0.3 0.2 0.7 1.4 2.1 2.3', '0.8 0.5 0.6 0.0 0.4 0.4 0.3', '0.4 0.2 0.1 0.3 0.3 1.4 1.1',
    '- 0.1 - - - - 0.7', '- 0.7 - - - - -',
  ],
  rw_original: [
    '0.9 0.0 0.9 1.9 1.0 0.0 1.1', '2.4 0.1 0.0 0.5 1.2 2.0 0.9', '0.9 0.2 0.6 2.8 2.2 0.8 0.9', '0.2 0.1 0.5 0.8 0.9 0.9 0.3',
    '- 0.6 - - - 0.0 -', '- 1.6 - - - - -',
  ],
};

/** Figure 12: relative errors of the average error of 17 downstream tasks, %. */
export const FIGURE_12: Readonly<Record<TrainSet, readonly string[]>> = {
  c4_original: [
    '1.2 0.7 1.2 2.3 1.1 1.1 3.1', '3.9 1.2 2.5 1.0 0.5 0.6 0.4', '1.3 2.9 1.1 2.2 3.9 1.4 0.2', '2.3 1.3 1.7 2.8 2.2 1.8 -',
    '- 0.7 - 9.6 - - -', '- 0.1 - - - - -',
  ],
  rpj: [
    '0.6 0.4 2.1 2.5 0.6 0.8 0.8', '0.8 0.7 0.2 1.3 0.8 0.5 1.3', '0.9 1.7 0.2 0.1 0.2 0.7 0.0', '2.6 2.0 1.0 2.6 1.9 3.4 3.4',
    '- 0.7 - - - - 3.6', '- 0.0 - - - - -',
  ],
  rw_original: [
    '2.5 0.4 0.7 1.5 1.3 1.7 0.9', '1.0 2.7 0.4 0.4 0.9 0.3 2.3', '1.5 0.1 0.0 1.3 2.1 0.6 0.6', '0.8 2.2 2.0 3.6 3.4 1.2 1.6',
    '- 0.4 - - - 5.6 -', '- 2.9 - - - - -',
  ],
};
