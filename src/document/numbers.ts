/** Numbers and names as a report's HTML has them, beside those of src/units.ts: raised digits, Greek letters. */
import { powerOfTen, symbolOf } from '../figures/units.ts';
import type { Interval } from '../types.ts';
import { formatNumber, printedMinus } from '../units.ts';
import { html, markup, type Html } from './html.ts';

/** `digits` significant digits, zeros too: 0.3470; beyond a million and below a thousandth 4.968·10⁶, 6·10⁻¹⁵. */
export function numberHtml(value: number, digits = 4): Html {
  const size = Math.abs(value);
  return value === 0 || (size >= 1e-3 && size < 1e6) ? html`${printedMinus(formatNumber(value, digits))}` : powerHtml(value, digits);
}

/** 3·10²¹; −∞ */
export function powerHtml(value: number, digits = 3): Html {
  if (Math.abs(value) === Infinity) return html`${value < 0 ? '−∞' : '∞'}`;
  return value === 0 || Number.isNaN(value) ? html`${value}` : markup(powerOfTen(value, digits));
}

/** α for alpha, N with a small c below for N_c; a name that no chart knows as it is. */
export function symbolHtml(name: string): Html {
  return html`<i>${markup(symbolOf(name))}</i>`;
}

/** "0.317 to 0.373"; "−∞ to 0.373" where an end is open, "without bounds" where both are; "none" where there is no interval. */
export function spanHtml([low, high]: Interval, write: (end: number) => Html | string): Html {
  if (low === -Infinity && high === Infinity) return html`without bounds`;
  const end = (value: number) => (Number.isFinite(value) ? write(value) : powerHtml(value));
  return Number.isNaN(low + high) ? html`none` : html`${end(low)} to ${end(high)}`;
}
