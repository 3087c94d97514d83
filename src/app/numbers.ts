/** Numbers as the page writes them, beside those of src/units.ts: powers of ten with raised digits. */
import { formatCount, formatNumber, printedMinus } from '../index.ts';

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const GREEK: Readonly<Record<string, string>> = { alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ' };

/** Significant digits; powers of ten beyond a million and below a thousandth: 2143, 0.0257, 4.2·10⁻⁷. */
export function number(value: number, digits = 4): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value)) return '–';
  return value === 0 || (size >= 1e-3 && size < 1e6) ? printedMinus(formatNumber(value, digits)) : power(value, digits);
}

/** 70B, 1.4T; "–" where there is none. */
export function count(value: number): string {
  return Number.isFinite(value) ? formatCount(value) : '–';
}

/** A loss; "–" where there is none. */
export function decimals(value: number, digits: number): string {
  return Number.isFinite(value) ? printedMinus(value.toFixed(digits)) : '–';
}

/** 3·10²¹, and 10²¹ for one of them. */
export function power(value: number, digits = 3): string {
  const [mantissa, exponent] = Number(value.toPrecision(digits)).toExponential().split('e');
  return written(mantissa, exponent);
}

/** A text in which numbers such as 5.76e23 and 1e9 are written 5.76·10²³ and 10⁹. */
export function raised(text: string): string {
  return text.replaceAll(/\b([\d.]+)e([+-]?\d+)\b/g, (_, mantissa: string, exponent: string) => written(mantissa, exponent));
}

function written(mantissa: string, exponent: string): string {
  const digits = String(Number(exponent)).replace('-', '⁻').replaceAll(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
  return `${mantissa === '1' ? '' : `${printedMinus(mantissa)}·`}10${digits}`;
}

/** alpha is α, alpha_N is α_N. */
export function symbol(name: string): string {
  const [base, ...index] = name.split('_');
  return [GREEK[base] ?? base, ...index].join('_');
}

/** A text of the library as the page says it: numbers as `raised`, − for a minus, and α for alpha but in what is to be typed, "alpha=0.34", and in names of laws. */
export function prose(text: string): string {
  return printedMinus(raised(text)).replaceAll(/(?<![\w-])(alpha|beta|gamma|delta)(?![a-z\d=:-])/g, (name) => symbol(name));
}

/** 0.95 is 95 %. */
export { formatLevel as percent } from '../index.ts';
