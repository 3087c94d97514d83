/** A law's formula with its fitted numbers, in the few tags that plotly's text knows. */

import { powerOfTen } from './units.ts';

/** Four digits tell two laws apart; more would be noise. */
const DIGITS = 4;

/** "L(N, D) = E + A/N^alpha" to "L(N, D) = 1.693 + 406.4/N<sup>0.3392</sup>"; names that are no parameters stay. */
export function lawWithNumbers(formula: string, params: Readonly<Record<string, number>>): string {
  return formula.replaceAll(/(\^?)([A-Za-z_]\w*)/g, (token: string, raised: string, name: string) => {
    const value = params[name];
    if (value === undefined) return token;
    return raised ? `<sup>${digits(value)}</sup>` : digits(value);
  });
}

function digits(value: number): string {
  const rounded = Number(value.toPrecision(DIGITS));
  const plain = rounded === 0 || !Number.isFinite(rounded) || (Math.abs(rounded) >= 1e-3 && Math.abs(rounded) < 1e6);
  return plain ? String(rounded) : powerOfTen(value, DIGITS);
}
