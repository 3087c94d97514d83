/**
 * Surfaces of Czech et al. 2026, "Problems with Chinchilla Approach 2", arXiv:2603.22339, made to show how the shape of
 * the law biases an estimate; constants as in the authors' code. Their third is Eq. 10 of Hoffmann et al. as printed.
 */
import { EQ10_ROUNDED } from './hoffmann.ts';

/** IsoFLOP curves are symmetric in log N about the optimum N = D. */
export const SYMMETRIC = { E: 1.69, A: 400, B: 400, alpha: 0.31, beta: 0.31 } as const;

/** alpha = 3·beta, their sum as in Eq. 10, the rest of which is kept. */
export const ASYMMETRIC = { ...EQ10_ROUNDED, alpha: 0.465, beta: 0.155 } as const;
