import type { TwoTerms } from '../../src/laws/law.ts';
import type { Size } from '../../src/plan/terms.ts';

/**
 * The law of Sardana et al. 2024, arXiv:2401.00448, which is de Vries 2023's reading of Hoffmann et al. 2022. The law of the tests of
 * this folder: no two of its parameters are alike.
 */
export const SARDANA = { E: 1.69, A: 406.4, B: 410.7, alpha: 0.336, beta: 0.283 } as const;

/** The law, written again. */
export function lossBy({ E, A, B, alpha, beta, gamma = 1 }: TwoTerms, { N, D }: Size): number {
  return E + (A / N ** alpha + B / D ** beta) ** gamma;
}

/** How far it is off, relative to what it should be. */
export function off(value: number | undefined, expected: number): number {
  return Math.abs(Number(value) / expected - 1);
}

/** Roundings of powers: a relative error of u in a base or an exponent near 30 becomes some 100u. */
export const POWERS = 1e-13;

/** The loss of the compute-optimal model of N parameters, for whose tokens the two terms fall alike. */
export function lossOfSize(law: TwoTerms, N: number): number {
  const { A, B, alpha, beta } = law;
  return lossBy(law, { N, D: ((beta * B * N ** alpha) / (alpha * A)) ** (1 / beta) });
}
