/**
 * Colours of a few things without an order. Told apart by colour-blind people too, as far as six colours can be: lines and
 * points also differ in dashes and symbols. All have a contrast of 3 with the paper.
 */
import type { ThemeName } from './figure.ts';

const COLOURS: Readonly<Record<ThemeName, readonly string[]>> = {
  light: ['#c4261d', '#1f6fb2', '#1c2127', '#b07d00', '#4f1d91', '#25998a'],
  dark: ['#ff7a66', '#5aa9e6', '#f2f4f6', '#c9a400', '#8f5bea', '#0f8f6c'],
};

export const SYMBOLS = ['circle', 'square', 'diamond', 'triangle-up', 'cross', 'triangle-down', 'star', 'pentagon'] as const;

/** Of the k-th thing; from the seventh on colours come again, with other symbols, and lines are dotted. */
export function categoryColour(k: number, theme: ThemeName = 'light'): string {
  const colours = COLOURS[theme];
  return colours[k % colours.length];
}

export function categoryDash(k: number): 'solid' | 'dot' {
  return k < COLOURS.light.length ? 'solid' : 'dot';
}

export function categorySymbol(k: number): typeof SYMBOLS[number] {
  return SYMBOLS[k % SYMBOLS.length];
}

/** A colour "#rrggbb" through which what is behind it is seen. */
export function translucent(colour: string, opacity: number): string {
  const [red, green, blue] = [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16));
  return `rgba(${red}, ${green}, ${blue}, ${opacity})`;
}
