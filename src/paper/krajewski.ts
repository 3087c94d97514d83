/**
 * Constants of Krajewski et al. 2024, "Scaling laws for fine-grained mixture of experts", arXiv:2402.07871, as others quote them;
 * not read in the paper. An example of its authors, of 64 experts and granularities from 1 to 16: not for reuse without a refit.
 *
 * What N counts they do not say. As all parameters it gives what the paper claims of 10²⁰ FLOPs, a dense model at 20 times the
 * compute (22 at granularity 8); as those that are active, mixtures would lose to dense models.
 */
import type { GranularLaws } from '../plan/experts.ts';
import type { Ranges } from '../plan/extrapolation.ts';

export const GRANULAR: GranularLaws & { readonly source: string; readonly covers: Ranges } = {
  experts: { E: 0.47, A: 18.1, alpha: 0.115, B: 30.8, beta: 0.147, g: 2.1, gamma: 0.58 },
  dense: { E: 0.47, A: 16.3, alpha: 0.126, B: 26.7, beta: 0.127 },
  expansion: 64,
  covers: { G: [1, 16] },
  source: 'Krajewski et al. 2024, arXiv:2402.07871, as others quote it; an example of its authors, not for reuse without a refit',
};

/** Times the compute that a dense model takes to the same loss, as others quote the paper: about, and more than. */
export const CLAIMED_GAIN = { 1e20: 20, 1e25: 40 } as const;
