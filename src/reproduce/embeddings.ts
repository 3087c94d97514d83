/**
 * Pearce & Song 2024, arXiv:2406.12907: the law of Hoffmann et al. 2022 with parameters counted as Kaplan et al. 2020 count
 * them, without embeddings.
 */
import { fitPowerLaw, type PowerLaw } from '../approaches/power.ts';
import type { TwoTerms } from '../laws/law.ts';
import { OMEGA, SIMULATED } from '../paper/pearce.ts';

/** All of N without embeddings. */
export function totalParameters(N: number): number {
  return N + OMEGA * Math.cbrt(N);
}

/** Compute C = 6·N·D, embeddings left out, for which a model of N parameters is optimal. */
export function computeOf({ A, B, alpha, beta }: TwoTerms, N: number): number {
  const total = totalParameters(N);
  const slope = N + (OMEGA / 3) * Math.cbrt(N);
  // Along C = 6·N·D the loss is lowest where ∂L/∂log N = ∂L/∂log D; solved for D.
  const D = ((beta * B * total ** (1 + alpha)) / (alpha * A * slope)) ** (1 / beta);
  return 6 * N * D;
}

/** d log N/d log C of that frontier at N: near β/(α/3 + β) where embeddings rule, β/(α + β) where they vanish. */
export function localExponent({ alpha, beta }: TwoTerms, N: number): number {
  const x = Math.cbrt(N) ** 2;
  const ofSlope = (x + OMEGA / 9) / (x + OMEGA / 3);
  const ofTotal = (x + OMEGA / 3) / (x + OMEGA);
  return 1 / (1 - ofSlope / beta + ((1 + alpha) / beta) * ofTotal);
}

/** The authors' simulation: the best of twenty models at each of a hundred budgets, and the power law through them. */
export function simulatedFrontier(law: TwoTerms): PowerLaw {
  const [sizes, tokens, budgets] = [powersOfTen(SIMULATED.N), powersOfTen(SIMULATED.D), powersOfTen(SIMULATED.C)];
  const best = budgets.map((C) => sizes[lowest(sizes.map((N) => lossOf(law, N, nearest(tokens, C / (6 * N)))))]);
  return fitPowerLaw(budgets, best);
}

function lossOf({ E, A, B, alpha, beta }: TwoTerms, N: number, D: number): number {
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
