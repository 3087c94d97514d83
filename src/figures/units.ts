/** FLOPs and losses as a chart writes them; counts are those of src/units.ts. */

import { printedMinus } from '../units.ts';

/** "3·10<sup>21</sup>": plotly's tags. */
export function powerOfTen(value: number, digits: number): string {
  const [mantissa, exponent] = Number(value.toPrecision(digits)).toExponential().split('e').map((part) => printedMinus(part.replace('+', '')));
  return `${mantissa === '1' ? '' : `${mantissa}·`}10<sup>${exponent}</sup>`;
}

export function formatFlops(flops: number): string {
  return `${powerOfTen(flops, 3)} FLOPs`;
}

/** Nats per token. */
export function formatLoss(loss: number): string {
  return loss.toFixed(3);
}

/** A parameter: 0.3478, 4.968·10<sup>6</sup>. Four digits tell two laws apart; more would be noise. */
export function formatValue(value: number, digits = 4): string {
  const rounded = Number(value.toPrecision(digits));
  const plain = rounded === 0 || !Number.isFinite(rounded) || (Math.abs(rounded) >= 1e-3 && Math.abs(rounded) < 1e6);
  return plain ? printedMinus(String(rounded)) : powerOfTen(value, digits);
}

const SYMBOLS: ReadonlyMap<string, string> = new Map([['alpha', 'α'], ['beta', 'β'], ['gamma', 'γ'], ['s', 'α + β']]);

/** How a chart writes a parameter: alpha as α, E as it is, alpha_N as α<sub>N</sub>, and E[web] of a group of runs without tags in its name. */
export function symbolOf(name: string): string {
  const [own, ...group] = name.split('[');
  const [base, index] = own.split('_');
  const symbol = SYMBOLS.get(base) ?? base;
  const of = group.length === 0 ? '' : `[${group.join('[').replaceAll('&', '&amp;').replaceAll('<', '&lt;')}`;
  return `${index === undefined ? symbol : `${symbol}<sub>${index}</sub>`}${of}`;
}
