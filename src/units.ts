/** Numbers as a researcher reads them: counts as 70.0B, times as 12 ms, never more digits than mean something. */

const SUFFIXES = ['', 'K', 'M', 'B', 'T'] as const;

/** `digits` digits and one of K M B T (1e3 1e6 1e9 1e12): 70.0B, 1.40T, 437M; below 1e3 and from 1e15 on a number. */
export function formatCount(count: number, digits = 3): string {
  const rounded = Number(count.toPrecision(digits));
  const power = Math.floor(Math.log10(rounded) / 3);
  const suffix = SUFFIXES[power];
  if (!suffix) return formatNumber(count, digits);
  return `${(rounded / 1000 ** power).toPrecision(digits)}${suffix}`;
}

/** `digits` significant digits: 1.81722, 477.826, 0.00101827; 1.5e-7 where that would be long. */
export function formatNumber(value: number, digits: number): string {
  if (!Number.isFinite(value)) return String(value);
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size === 0) return '0';
  const plain = size >= 1e-4 && size < Math.max(10 ** digits, 1e6);
  return plain ? plainNumber(rounded, digits) : formatPower(rounded, digits);
}

/** Integer digits beyond `digits` stay: 123456 of three digits is 123000. */
function plainNumber(rounded: number, digits: number): string {
  const decimals = digits - 1 - Math.floor(Math.log10(Math.abs(rounded)));
  return rounded.toFixed(Math.max(0, decimals));
}

/** Up to `digits` digits and a power of ten, without zeros that say nothing: 1e21, 5.76e23, 3.2e-13. */
export function formatPower(value: number, digits: number): string {
  if (value === 0 || !Number.isFinite(value)) return formatNumber(value, digits);
  return value.toExponential(digits - 1).replace(/\.?0*e\+?/, 'e');
}

/** 840 µs, 12 ms, 1.2 s, 3 min 5 s. */
export function formatSeconds(seconds: number): string {
  if (seconds >= 59.5) return formatMinutes(Math.round(seconds));
  if (seconds >= 0.9995) return `${seconds.toFixed(seconds < 9.95 ? 1 : 0)} s`;
  const ms = seconds * 1e3;
  return ms >= 0.9995 ? `${ms.toFixed(ms < 9.95 ? 1 : 0)} ms` : `${Math.round(ms * 1e3)} µs`;
}

function formatMinutes(seconds: number): string {
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Thousands apart: 4,500. */
export function formatInteger(value: number): string {
  return String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A share of a whole, never rounded up to all or down to none: 60 %, 99.9 %, 0.02 %. */
export function formatShare(part: number, whole: number): string {
  const percent = (100 * part) / whole;
  if (!(percent > 0)) return '0 %';
  if (percent < 1) return `${formatNumber(percent, 1)} %`;
  return percent > 99 && percent < 100 ? `${Math.floor(percent * 10) / 10} %` : `${Math.round(percent)} %`;
}

/** A share that was asked for, to all the digits that it has: 95 %, 0.5 %, 12.25 %. */
export function formatLevel(share: number): string {
  return `${Number((100 * share).toPrecision(10))} %`;
}

/** A minus before a number, "-0.3", in "exp(-x)", and between two terms, "1 - x"; none of 1e-5, 3-5, low-log, "-1" that was typed, or --fix a=-1. */
const MINUS = /(?<![\w)\]=:,."-])-(?=[.\d])|(?<=exp\()-|(?<=[\w)\]] )-(?= [\w(])/g;

/** A text as a page or a chart prints it, each minus U+2212; in plain text and files it stays what a program reads. */
export function printedMinus(text: string): string {
  return text.replaceAll(MINUS, '−');
}
