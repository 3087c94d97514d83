/**
 * Constants of Kumar et al. 2024, "Scaling laws for precision", arXiv:2411.04330, as others quote them; not read in the paper. An
 * example of its authors, of models of 30M to 220M parameters, their recipe and their quantisation: not for reuse without a refit.
 */
import type { Quantising, Tensors } from '../plan/precision.ts';

const SOURCE = 'Kumar et al. 2024, arXiv:2411.04330, as others quote it; an example of its authors, not for reuse without a refit';

/** γ of the effective parameters, bits. */
export const PRECISION_SCALES: Tensors & { readonly source: string } = { weights: 2.6745, activations: 2.2102, cache: 0.9578, source: SOURCE };

/** C_T, γ_D, γ_N, γ_post of the loss that quantising after training adds; of γ_post nobody says where it is from. */
export const QUANTISING: Quantising & { readonly source: string } = { scale: 0.0598, tokens: 0.5068, parameters: 0.3439, bits: 0.5907, source: SOURCE };
