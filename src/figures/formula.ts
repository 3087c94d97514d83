/** A law's formula with its fitted numbers, in the few tags that plotly's text knows. */

import { formatValue } from './units.ts';

/** What "^(" begins and ")" ends, with one more pair of parentheses within. */
const RAISED = /\^\(((?:[^()]|\([^()]*\))*)\)/g;

/** "L(N, D) = E + A/N^alpha" to "L(N, D) = 1.693 + 406.4/N<sup>0.3392</sup>"; names that are no parameters stay. */
export function lawWithNumbers(formula: string, params: Readonly<Record<string, number>>): string {
  return formula.replaceAll(RAISED, '<sup>$1</sup>').replaceAll(/(\^?)([A-Za-z_]\w*)/g, (token: string, raised: string, name: string) => {
    const value = params[name];
    if (value === undefined) return token;
    return raised ? `<sup>${formatValue(value)}</sup>` : formatValue(value);
  });
}
