/**
 * Constants of Abnar et al. 2025, "Parameters vs FLOPs: scaling laws for optimal sparsity for mixture-of-experts language
 * models", arXiv:2501.12370, as others quote them; not read in the paper. An example of its authors, not for reuse without a refit.
 */
import type { SparsityLaw } from '../plan/sparsity.ts';

export const SPARSITY: SparsityLaw & { readonly source: string } = {
  a: 16612.5, alpha: 0.5962, b: 5455.67, beta: 0.3954, c: 0.4598, lambda: -0.1666, d: 17.26, delta: 0.1603, gamma: 0.1595, e: 0.94,
  source: 'Abnar et al. 2025, arXiv:2501.12370, as others quote it; an example of its authors, not for reuse without a refit',
};
