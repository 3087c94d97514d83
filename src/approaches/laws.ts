/** The two power laws of a frontier, N_opt ∝ C^a and D_opt ∝ C^b, and how their numbers are written. */
import type { FrontierPoint } from '../types.ts';
import { fitPowerLaw, type PowerLaw } from './power.ts';

/** N_opt and D_opt over C. */
export interface Laws {
  readonly N: PowerLaw;
  readonly D: PowerLaw;
}

type Point = Pick<FrontierPoint, 'C' | 'N' | 'D'>;

/** Least squares in logs. NaN through points of fewer than two budgets. */
export function lawsThrough(points: readonly Point[]): Laws {
  const C = points.map((point) => point.C);
  return { N: fitPowerLaw(C, points.map(({ N }) => N)), D: fitPowerLaw(C, points.map(({ D }) => D)) };
}

/** Those of known exponents through one point. */
export function lawsAt({ C, N, D }: Point, { a, b }: { readonly a: number; readonly b: number }): Laws {
  return { N: { coefficient: N / C ** a, exponent: a }, D: { coefficient: D / C ** b, exponent: b } };
}

/** Is there a power law at all? */
export function hasLaws({ N, D }: Laws): boolean {
  return Number.isFinite(N.exponent + D.exponent);
}

/** Three digits at most: 1e24 FLOPs, 5.76e23 FLOPs. */
export function showFlops(C: number): string {
  return `${showCount(C)} FLOPs`;
}

/** Three digits at most: 1e9, 1.66e10. */
export function showCount(count: number): string {
  return Number(count.toPrecision(3)).toExponential().replace('e+', 'e');
}

/** Two digits of a positive share in percent: 4.1 %, 0.33 %, 12 %. */
export function showPercent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
