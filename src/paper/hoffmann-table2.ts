/**
 * Table 2 of Hoffmann et al. 2022, arXiv:2203.15556, and the numbers of the text about its three approaches; all read in
 * the paper. The row of Kaplan et al. is with that paper.
 */

/** Exponent as printed, and the 10th and 90th percentile in parentheses. */
export interface PrintedExponent {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface Row {
  readonly approach: 1 | 2 | 3;
  /** N_opt ∝ C^a, D_opt ∝ C^b. */
  readonly a: PrintedExponent;
  readonly b: PrintedExponent;
  /** The projection to Gopher's budget (§3.1, §3.2, §3.3): parameters, and training tokens where they are given. */
  readonly gopher: { readonly N: number; readonly D?: number };
}

/** Rows, and what the text says of how they were made. */
export const TABLE2: {
  readonly rows: readonly Row[];
  /** Of its percentiles: so many resamples of that share of the data, and their confidence (caption). */
  readonly resampling: { readonly replicates: number; readonly share: number; readonly confidence: number };
  /** Gopher's training FLOPs, nominal (§3.1). */
  readonly gopherBudget: number;
  /** Approach 1: horizons a size, the factor they span (§3.1), and the most training tokens of any run (abstract). */
  readonly horizons: { readonly count: number; readonly span: number; readonly most: number };
  /** Approach 1: the runs that it takes are all within this last share of their training (§3.1). */
  readonly lastShare: number;
} = {
  rows: [
    { approach: 1, a: { value: 0.5, low: 0.488, high: 0.502 }, b: { value: 0.5, low: 0.501, high: 0.512 }, gopher: { N: 67e9, D: 1.5e12 } },
    { approach: 2, a: { value: 0.49, low: 0.462, high: 0.534 }, b: { value: 0.51, low: 0.483, high: 0.529 }, gopher: { N: 63e9, D: 1.4e12 } },
    { approach: 3, a: { value: 0.46, low: 0.454, high: 0.455 }, b: { value: 0.54, low: 0.542, high: 0.543 }, gopher: { N: 40e9 } },
  ],
  resampling: { replicates: 100, share: 0.8, confidence: 0.8 },
  gopherBudget: 5.76e23,
  horizons: { count: 4, span: 16, most: 5e11 },
  lastShare: 0.15,
};
