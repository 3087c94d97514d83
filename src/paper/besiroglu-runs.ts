/**
 * How many runs the interval of the exponent a that Hoffmann et al. 2022 print for approach 3 would need: Besiroglu et al.
 * 2024, arXiv:2404.10102, whose sweep has 240.
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
