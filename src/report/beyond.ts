/** How far an answer lies beyond the runs, in words. */
import type { Columns } from '../plan/extrapolation.ts';
import { formatNumber, formatPower } from '../units.ts';

/** A factor below this is the rounding of a budget. */
const LEAST = 1.05;

/** "3.5× in N, 645× in C": the factors that are more than rounding; nothing where all are within. */
export function farText(beyond: Columns<number>): string {
  const far = (['N', 'D', 'C'] as const).filter((name) => beyond[name] >= LEAST);
  return far.map((name) => `${formatFactor(beyond[name], 2)} in ${name}`).join(', ');
}

/** "3.5×", "1.2e5×" from a hundred thousand on. */
export function formatFactor(factor: number, digits = 3): string {
  return `${factor < 99_950 ? formatNumber(factor, digits) : formatPower(factor, 2)}×`;
}
