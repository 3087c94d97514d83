/**
 * Constants of Kumar et al. 2024, "Scaling laws for precision", arXiv:2411.04330, as others quote them; not read in the paper. An
 * example of its authors, of models of 30M to 220M parameters, their recipe and their quantisation: not for reuse without a refit.
 */
import type { Ranges } from '../plan/extrapolation.ts';
import type { Quantising, Tensors } from '../plan/precision.ts';

const SOURCE = 'Kumar et al. 2024, arXiv:2411.04330, as others quote it; an example of its authors, not for reuse without a refit';

/** Of its 465 runs, as others quote them. */
const COVERS: Ranges = { N: [30e6, 220e6], D: [1.5e9, 26e9] };

/** γ of the effective parameters, bits, and the widths that the paper is quoted to name as best. */
export const PRECISION_SCALES: Tensors & { readonly source: string; readonly covers: Ranges; readonly claimed: readonly [number, number] } =
  { weights: 2.6745, activations: 2.2102, cache: 0.9578, source: SOURCE, covers: COVERS, claimed: [7, 8] };

/** C_T, γ_D, γ_N, γ_post of the loss that quantising after training adds; of γ_post nobody says where it is from. */
export const QUANTISING: Quantising & { readonly source: string; readonly covers: Ranges } =
  { scale: 0.0598, tokens: 0.5068, parameters: 0.3439, bits: 0.5907, source: SOURCE, covers: COVERS };
