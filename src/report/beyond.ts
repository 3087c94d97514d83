/** Factors, and how far an answer lies beyond the runs, in words. */
import type { Columns } from '../plan/extrapolation.ts';
import { formatNumber, formatPower } from '../units.ts';

/** A factor below this is the rounding of a budget. */
const LEAST = 1.05;

/** Is it more than rounding? */
export function isBeyond(factor: number): boolean {
  return factor >= LEAST;
}

/** "3.5× in N, 650× in C": the factors that are more than rounding; nothing where all are within. */
export function farText(beyond: Columns<number>): string {
  const far = (['N', 'D', 'C'] as const).filter((name) => isBeyond(beyond[name]));
  return far.map((name) => `${formatTimes(beyond[name])} in ${name}`).join(', ');
}

/** Two digits if not given: "3.3×", "34000×", "1.2e5×" from a hundred thousand on. */
export function formatTimes(factor: number, digits = 2): string {
  return `${factor < 99_950 ? formatNumber(factor, digits) : formatPower(factor, 2)}×`;
}
