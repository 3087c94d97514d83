/**
 * Settings of Pearce & Song 2024, "Reconciling Kaplan and Chinchilla scaling laws", arXiv:2406.12907, as in the authors' code,
 * script_analysis_kaplan_chinchilla.py of github.com/TeaPearce/Reconciling_Kaplan_Chinchilla_Scaling_Laws.
 */

/** ω of N_total = N + ω·N^(1/3), N without embeddings: fitted to the models of Hoffmann et al. 2022, Table A9. */
export const OMEGA = 47491;

/** Eq. 10 of Hoffmann et al. 2022 as the code has it: four digits of the unrounded constants. */
export const CHINCHILLA = { E: 1.6934, A: 406.4, B: 410.7, alpha: 0.3392, beta: 0.2849 } as const;

/** N_opt ∝ C^a, both without embeddings, over the sizes of Kaplan et al. 2020: what the code prints for each law. */
export const LOCAL_EXPONENTS = { besiroglu: '0.78', chinchilla: '0.74' } as const;

/** Their simulation. Powers of ten from the first to the second, so many: models, their training tokens, compute budgets. */
export const SIMULATED = { N: [2.9, 9.2, 20], D: [6, 25, 1000], C: [12.95, 20.7, 100] } as const;
