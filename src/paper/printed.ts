/** A number as it stands in print. */
import { readCount } from '../data/counts.ts';

export interface Printed {
  readonly text: string;
  readonly value: number;
  /** Significant digits. */
  readonly digits: number;
  /** Half a unit of the last of them, relative. */
  readonly rounding: number;
}

/** Reads "1.92e19", "8.0B", "22,515.9": digits, an exponent or one of K M B T after them. */
export function printed(text: string): Printed {
  const [mantissa] = /^[\d.,]+/.exec(text) ?? [''];
  const digits = mantissa.replaceAll(/[.,]/g, '').replace(/^0+/, '').length;
  const value = readCount(text);
  return { text, value, digits, rounding: 0.5 * 10 ** (Math.floor(Math.log10(value)) - digits + 1) / value };
}
