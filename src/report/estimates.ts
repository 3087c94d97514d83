/** Figures with their Monte-Carlo errors as text: no more digits than the error leaves. */
import type { Estimate, Recovery } from '../simulate/recovery.ts';
import { formatNumber, formatPower } from '../units.ts';

/** From this power of ten on, an error is written as one: digits would hide what little is known. */
const LARGE = 6;

/** A figure and its error, as text; " ± " goes between them. */
export type Written = readonly [value: string, error: string];

/** With `digits` digits of the error, and the figure to the same place: "-0.0012", "0.0034". Units are those of the figure. */
export function formatEstimate({ value, error }: Estimate, digits = 2): Written {
  if (!(error > 0)) return [formatNumber(value, 6), String(error)];
  const rounded = Number(error.toPrecision(digits));
  const place = Math.floor(Math.log10(rounded));
  const decimals = Math.max(0, digits - 1 - place);
  if (decimals <= 7 && place < LARGE) return [value.toFixed(decimals), error.toFixed(decimals)];
  const more = Math.floor(Math.log10(Math.abs(value))) - place;
  return [formatPower(value, more > 0 ? Math.min(17, digits + more) : digits), formatPower(error, digits)];
}

/** An error of a logarithm as one of what it is of, in percent: "-0.17", "0.28 %". */
export function formatFactor({ value, error }: Estimate): Written {
  const [shown, around] = formatEstimate({ value: 100 * Math.expm1(value), error: 100 * Math.exp(value) * error });
  return [shown, `${around} %`];
}

/** A share in percent: "94.8 %", "0.2". */
export function formatProportion({ value, error }: Estimate): Written {
  const [percent, around] = formatEstimate({ value: 100 * value, error: 100 * error }, 1);
  return [`${percent} %`, around];
}

/** The bias over the spread, free of units; "-" where there is no spread. */
export function biasInSpreads({ bias, spread }: Recovery): string {
  return spread.value > 0 ? formatNumber(bias.value / spread.value, 2) : '-';
}
