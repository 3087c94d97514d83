/**
 * What Besiroglu et al. 2024, arXiv:2404.10102, print beside the law (besiroglu.ts): how sure it is, tests of the law of
 * Hoffmann et al. 2022, and what follows for training.
 */

/**
 * Standard errors, in parentheses in their Table 1; second-hand, as the estimates. `BESIROGLU_NOTEBOOK` has those of the
 * authors' notebook.
 */
export const BESIROGLU_ERRORS = { A: '124.58', B: '1293.23', E: '0.03', alpha: '0.02', beta: '0.02' } as const;

/**
 * What the authors' notebook prints: data_analysis.ipynb of github.com/epoch-research/analyzing-chinchilla. Its 4000
 * resamples of pairs are fitted by the summed Huber loss, threshold 1e-3; its estimate by the likelihood of
 * src/stats/huber-likelihood.ts, whose scale is fitted too.
 */
export const BESIROGLU_NOTEBOOK = {
  estimates: { A: '482.00572', B: '2085.43420', E: '1.81686', alpha: '0.34781', beta: '0.36585', a: '0.513' },
  /** −log of the fitted scale, of which it has more digits than its optimiser settles. */
  minusLogScale: '12.26662',
  resamples: 4000,
  errors: { A: '124.52232', B: '1293.28410', E: '0.02566', alpha: '0.01540', beta: '0.02060', a: '0.020' },
  /** Percentiles 2.5 and 97.5 of the resamples. */
  intervals: {
    A: ['285.214', '743.626'], B: ['1042.357', '5810.344'], E: ['1.769', '1.871'],
    alpha: ['0.317', '0.373'], beta: ['0.331', '0.415'],
  },
  /** Lowest sum of Huber losses from its 1000 starts, L-BFGS-B with default stopping tests. */
  lowest: 0.0010182740520382092,
  /** Joint test of the estimate against the unrounded constants of Hoffmann et al., five degrees of freedom. */
  chiSquared: { statistic: '238.40', p: '1.69e-49' },
  /** Log-likelihoods: Hoffmann et al. as printed, unrounded, and the estimate; twice the difference of the last two, and its p value. */
  likelihood: {
    kept: { rounded: '562.25', unrounded: '837.78', refit: '879.77', ratio: '84.00', p: '1.22e-16' },
    all: { rounded: '531.89', unrounded: '714.43', refit: '757.80', ratio: '86.75', p: '3.23e-17' },
  },
  /**
   * Tokens per parameter of "Hoffmann et al." at `budget`, read off its curve: G of the unrounded constants with exponents
   * a from the printed interval of Table 2. `budget` is 6·(70e9)·(1.4e12), Chinchilla's.
   */
  hoffmannRatio: '72.9',
  budget: 5.88e23,
} as const;

/** Two-sided p values of each constant against the unrounded one of Hoffmann et al.; second-hand. */
export const BESIROGLU_P = { A: '0.54', B: '0.20', E: '2.7e-6', alpha: '0.58', beta: '1.1e-4' } as const;

/** Table 3, all 245 runs: estimates and standard errors; second-hand. */
export const BESIROGLU_OUTLIERS = {
  estimates: { A: '463.3', B: '12530', E: '1.89', alpha: '0.345', beta: '0.452' },
  errors: { A: '145.0', B: '61650', E: '0.044', alpha: '0.018', beta: '0.054' },
} as const;

/** Numbers of their text, second-hand. */
export const BESIROGLU_TEXT = {
  /** Share of the refit's Huber losses that are below the median of those of Hoffmann et al. */
  below: '0.98',
  /** Compute-optimal tokens per parameter at Chinchilla's budget: Hoffmann et al., theirs. */
  hoffmannRatio: 70,
  refitRatio: 20,
  /** Ends of the 80 % interval of theirs from `C` training FLOPs on. */
  band: { C: 1e26, low: 4, high: 40 },
} as const;

/**
 * How many runs the interval of the exponent a that Hoffmann et al. 2022 print for approach 3 would need; their own sweep has
 * 240.
 */
export const BESIROGLU_RUNS = {
  /** In their text; second-hand. */
  printed: 600_000,
  text: 'about 600,000',
  /** From the quantiles of the bootstrap in their notebook, and from its covariance by the delta method; so it prints them. */
  bootstrap: 634_773,
  delta: 632_740,
  /** Width of their own 80 % interval of a; second-hand. */
  width: 0.051,
  /** Runs of highest loss that they leave out. */
  dropped: 5,
} as const;

/**
 * Not of the paper: scipy's L-BFGS-B with exact gradients and default stopping tests on their 240 runs, worked out outside
 * isoloss by two programs that add in different orders: `first`, of scipy's version no record was kept, and all else, 1.17.1.
 */
export const SCIPY_STOPS = {
  /** From the unrounded constants of Hoffmann et al.: iterations, and the sum of Huber losses where it stops. */
  mean: { iterations: 2, sum: 0.0011717831369339779 },
  sum: { iterations: 19, sum: 0.0011632691314891314 },
  /** Lowest mean from all 4500 starts of the paper's grid. */
  grid: {
    first: { A: 850.65, B: 692, E: 1.78368, alpha: 0.38104, beta: 0.3113, mean: 4.618e-6 },
    second: { A: 837.172, B: 681.231, E: 1.781495, alpha: 0.3801404, beta: 0.3105023, mean: 4.618397e-6 },
    /** The gradient by differences, as scipy takes it where none is given. */
    differences: { A: 190.672, B: 2634.64, E: 1.747161, alpha: 0.2925633, beta: 0.3776108, mean: 4.527645e-6 },
  },
} as const;
