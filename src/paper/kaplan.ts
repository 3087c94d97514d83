/**
 * Published facts of Kaplan et al. 2020, "Scaling laws for neural language models", arXiv:2001.08361, and its laws. N counts
 * parameters without embeddings, D tokens, S steps; compute is in PF-days. All are read in the paper; texts stand as printed.
 */
import type { PowerLaw } from '../approaches/power.ts';

/** FLOPs of a PF-day (§1.3). */
export const PF_DAY = 8.64e19;

/** L(x) = (scale/x)^exponent, nats per token. */
export interface LossLaw {
  readonly scale: number;
  readonly exponent: number;
}

export function lossAt({ scale, exponent }: LossLaw, x: number): number {
  return (scale / x) ** exponent;
}

/** Table 5. Of S, the term of the steps in L(N, S) (Eq. 1.6). */
export const LAWS = {
  N: { scale: 8.8e13, exponent: 0.076 },
  D: { scale: 5.4e13, exponent: 0.095 },
  /** Compute at a fixed batch size, "naive". */
  C: { scale: 1.6e7, exponent: 0.057 },
  Cmin: { scale: 3.1e8, exponent: 0.05 },
  S: { scale: 2.1e3, exponent: 0.76 },
} as const;

/** Table 5: critical batch size in tokens, B(L) = scale·L^(−1/exponent) (Eq. 5.3). */
export const BATCH = { scale: 2.1e8, exponent: 0.21 } as const;

/** Scales of the same two laws of compute as the legends of Figures 1 and 13 have them. */
export const FIGURE_SCALES = { C: { text: '2.0e7', where: 'Figure 13' }, Cmin: { text: '2.3e8', where: 'Figures 1 and 13' } } as const;

/** Table 2: the joint law, L(N, D) = [(N_c/N)^(α_N/α_D) + D_c/D]^α_D (Eq. 1.5). */
export const JOINT = { N: { scale: 6.4e13, exponent: 0.076 }, D: { scale: 1.8e13, exponent: 0.103 } } as const;

/** Table 3, the fit of L(N, S) = (N_c/N)^α_N + (S_c/S)^α_S (Eq. 5.6). */
export const LEARNING_CURVE = { N: { scale: 6.5e13, exponent: 0.077 }, S: { scale: 2.1e3, exponent: 0.76 } } as const;

/** Table 6: parameters of the compute-efficient model, by C_min in PF-days; two digits each. */
export const N_OPT: PowerLaw = { coefficient: 1.3e9, exponent: 0.73 };

/** Table 6, the other rows: critical batch size and data in tokens, steps. */
export const TABLE_6 = {
  batch: { coefficient: '2.0e6', exponent: '0.24' },
  steps: { coefficient: '5.4e3', exponent: '0.03' },
  data: { coefficient: '2e10', exponent: '0.27' },
} as const;

/** Eq. 6.7: D(C_min) = 2·C_min/(6·N(C_min)) at the critical batch size. */
export const EQ_6_7 = { coefficient: '4e10', exponent: '0.26' } as const;

/** Exponents of C_min that follow from the others: data without overfitting (Eq. 6.6), loss where data are the limit (§6.3). */
export const DATA_EXPONENTS = { withoutOverfitting: '0.54', lossOfData: '0.03' } as const;

/** §4.2: D ≥ coefficient·N^exponent keeps overfitting below a loss that seeds explain (Eq. 4.4). §1.1: 8 times N wants 5 times D. */
export const OVERFITTING = {
  seeds: 0.02, coefficient: '5e3', exponent: '0.74', model: 8, data: '5',
  /** "Models smaller than 1e9 parameters can be trained with minimal overfitting on the 22B tokens". */
  largest: 1e9,
} as const;

/** §6.1: B ∝ L^−4.8. Figure 14: ten times the compute is for a model 5 times, and data 2 times, as large. */
export const TENFOLD = { lossPowerOfBatch: '4.8', N: '5', D: '2' } as const;

/** Eq. 6.8: where L(C_min) meets L(D(C_min)), "varying by an order of magnitude in either direction"; powers of ten but for L. */
export const CROSSING = { C: 4, N: 12, D: 12, loss: '1.7' } as const;

/** α_C^min = 1/(1/α_S + 1/α_B + 1/α_N): measured (Eq. 1.3), and derived in §6.2 (Eq. 6.4) and Appendix B (B.7). N ∝ C^a: Eq. 6.5. */
export const COMPUTE_EXPONENT = { measured: '0.050', section: '0.054', appendix: '0.052', a: '0.71' } as const;

/**
 * Appendix B.3 and B.4: efficient training stops a share above the converged loss; against training to 2 % above it takes
 * a model, steps and compute so many times as large; models that cost 20 % more compute, in optimal sizes; steps of the larger.
 */
export const EFFICIENCY = {
  above: '0.10', usual: 0.02, N: '2.7', S: '0.13', C: '0.35', excess: 0.2, smaller: '0.6', larger: '2.2', fewerSteps: '0.45',
} as const;

/** §3: sizes of the models, parameters without embeddings. */
export const SIZES = { smallest: 768, largest: 1.5e9 } as const;

/** Hoffmann et al. 2022, §1, of what Kaplan et al. suggest for ten times the compute; and §D.4, their model for 1e21 FLOPs. */
export const BY_HOFFMANN = { N: '5.5', D: '1.8', at: { C: 1e21, N: '4.68e9' } } as const;
