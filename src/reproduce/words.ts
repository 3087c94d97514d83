/** Numbers inside the sentences of a reproduction. */
import type { PowerLaw } from '../approaches/power.ts';

/** Three digits: 0.82, 12.3, 1.26e25, 3.4e-7. */
export function inWords(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e6) return String(Number(value.toPrecision(3)));
  return value === 0 ? '0' : value.toExponential(2).replace(/\.?0*e\+?/, 'e');
}

const UNITS = ['', 'K', 'M', 'B', 'T'] as const;

/** Parameters or tokens: 70.0B, 1.40T; 3.17e15 from 1e15 on. */
export function countInWords(count: number): string {
  const rounded = Number(count.toPrecision(3));
  const power = Math.floor(Math.log10(rounded) / 3);
  const unit = UNITS[power];
  return unit ? `${(rounded / 1000 ** power).toPrecision(3)}${unit}` : inWords(count);
}

/** A share or a relative difference: 0.0512 is "5.12 %". */
export function percent(share: number): string {
  return `${inWords(100 * share)} %`;
}

/** "0.09916·C^0.4981" */
export function powerInWords({ coefficient, exponent }: PowerLaw): string {
  return `${coefficient.toPrecision(4)}·C^${exponent.toFixed(4)}`;
}
