/** Numbers as the page writes them. */

const threeDigits = { minimumSignificantDigits: 3, maximumSignificantDigits: 3 };
const compact = new Intl.NumberFormat('en', { notation: 'compact', ...threeDigits });
const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const GREEK: Readonly<Record<string, string>> = { alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ' };

/** 44.0M, 1.40T. */
export function count(value: number): string {
  return compact.format(value);
}

/** Four significant digits; powers of ten beyond a million and below a thousandth. */
export function number(value: number, digits = 4): string {
  const size = Math.abs(value);
  return value === 0 || (size >= 1e-3 && size < 1e6) ? String(Number(value.toPrecision(digits))) : power(value, digits);
}

/** 3·10²¹, and 10²¹ for one of them. */
export function power(value: number, digits = 3): string {
  const [mantissa, exponent] = Number(value.toPrecision(digits)).toExponential().split('e');
  const raised = String(Number(exponent)).replace('-', '⁻').replaceAll(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)]);
  return `${mantissa === '1' ? '' : `${mantissa}·`}10${raised}`;
}

/** 0.41 s, 12 ms. */
export function seconds(value: number): string {
  return value < 0.1 ? `${Math.max(1, Math.round(value * 1000))} ms` : `${value.toPrecision(2)} s`;
}

/** alpha is α. */
export function symbol(name: string): string {
  return GREEK[name] ?? name;
}
