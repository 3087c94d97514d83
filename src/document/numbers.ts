/** Numbers and names as a report's HTML has them, beside those of src/report/units.ts: raised digits, Greek letters. */
import { formatValue, powerOfTen, symbolOf } from '../figures/units.ts';
import type { Interval } from '../types.ts';
import { html, markup, type Html } from './html.ts';

/** `digits` significant digits: 0.3478, 4.968·10⁶, and 6·10⁻¹⁵. */
export function numberHtml(value: number, digits = 4): Html {
  return markup(formatValue(value, digits));
}

/** 3·10²¹ */
export function powerHtml(value: number, digits = 3): Html {
  return value === 0 || !Number.isFinite(value) ? html`${value}` : markup(powerOfTen(value, digits));
}

/** α for alpha; a name that no chart knows as it is. */
export function symbolHtml(name: string): Html {
  return html`<i>${symbolOf(name)}</i>`;
}

/** "0.317 to 0.373"; "none" where there is no interval. */
export function spanHtml([low, high]: Interval, write: (end: number) => Html | string): Html {
  return Number.isNaN(low + high) ? html`none` : html`${write(low)} to ${write(high)}`;
}
