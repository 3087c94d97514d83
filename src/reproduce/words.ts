/** Numbers inside the sentences of a reproduction; counts are those of src/units.ts. */
import type { PowerLaw } from '../approaches/power.ts';
import { formatPower } from '../units.ts';

/** Three digits at most: 0.82, 12.3, 1.26e25, 3.4e-7. */
export function inWords(value: number): string {
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e6 ? String(Number(value.toPrecision(3))) : formatPower(value, 3);
}

/** A share or a relative difference: 0.0512 is "5.12 %". */
export function percent(share: number): string {
  return `${inWords(100 * share)} %`;
}

/** "0.09916·C^0.4981" */
export function powerInWords({ coefficient, exponent }: PowerLaw): string {
  return `${coefficient.toPrecision(4)}·C^${exponent.toFixed(4)}`;
}
