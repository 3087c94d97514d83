/**
 * Pearce & Song 2024, "Reconciling Kaplan and Chinchilla scaling laws", arXiv:2406.12907: the law of Hoffmann et al. 2022
 * with parameters counted as Kaplan et al. 2020 count them, without embeddings. Settings as in the authors' code,
 * script_analysis_kaplan_chinchilla.py of github.com/TeaPearce/Reconciling_Kaplan_Chinchilla_Scaling_Laws.
 */
import { fitPowerLaw, type PowerLaw } from '../approaches/power.ts';

type Law = Readonly<Record<'E' | 'A' | 'B' | 'alpha' | 'beta', number>>;

/** ω of N_total = N + ω·N^(1/3), N without embeddings: fitted to the models of Hoffmann et al. 2022, Table A9. */
export const OMEGA = 47491;

/** Eq. 10 of Hoffmann et al. 2022 as the code has it: four digits of the unrounded constants. */
export const CHINCHILLA = { E: 1.6934, A: 406.4, B: 410.7, alpha: 0.3392, beta: 0.2849 } as const;

/** N_opt ∝ C^a, both without embeddings, over the sizes of Kaplan et al. 2020: what the code prints for each law. */
export const LOCAL_EXPONENTS = { besiroglu: '0.78', chinchilla: '0.74' } as const;

/** Powers of ten from the first to the second, so many: models, their training tokens, compute budgets. */
const GRID = { N: [2.9, 9.2, 20], D: [6, 25, 1000], C: [12.95, 20.7, 100] } as const;

export function totalParameters(N: number): number {
  return N + OMEGA * Math.cbrt(N);
}

/** Compute C = 6·N·D, embeddings left out, for which a model of N parameters is optimal. */
export function computeOf({ A, B, alpha, beta }: Law, N: number): number {
  const total = totalParameters(N);
  const slope = N + (OMEGA / 3) * Math.cbrt(N);
  // Along C = 6·N·D the loss is lowest where ∂L/∂log N = ∂L/∂log D; solved for D.
  const D = ((beta * B * total ** (1 + alpha)) / (alpha * A * slope)) ** (1 / beta);
  return 6 * N * D;
}

/** d log N/d log C of that frontier at N: near β/(α/3 + β) where embeddings rule, β/(α + β) where they vanish. */
export function localExponent({ alpha, beta }: Law, N: number): number {
  const x = Math.cbrt(N) ** 2;
  const ofSlope = (x + OMEGA / 9) / (x + OMEGA / 3);
  const ofTotal = (x + OMEGA / 3) / (x + OMEGA);
  return 1 / (1 - ofSlope / beta + ((1 + alpha) / beta) * ofTotal);
}

/** The authors' simulation: the best of twenty models at each of a hundred budgets, and the power law through them. */
export function simulatedFrontier(law: Law): PowerLaw {
  const [sizes, tokens, budgets] = [powersOfTen(GRID.N), powersOfTen(GRID.D), powersOfTen(GRID.C)];
  const best = budgets.map((C) => sizes[lowest(sizes.map((N) => lossOf(law, N, nearest(tokens, C / (6 * N)))))]);
  return fitPowerLaw(budgets, best);
}

function lossOf({ E, A, B, alpha, beta }: Law, N: number, D: number): number {
  return E + A * totalParameters(N) ** -alpha + B * D ** -beta;
}

function powersOfTen([first, last, count]: readonly [number, number, number]): number[] {
  return Array.from({ length: count }, (_, k) => 10 ** (first + ((last - first) * k) / (count - 1)));
}

function nearest(values: readonly number[], wanted: number): number {
  return values[lowest(values.map((value) => Math.abs(value - wanted)))];
}

function lowest(values: readonly number[]): number {
  return values.indexOf(Math.min(...values));
}
