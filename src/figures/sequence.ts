/** Colours of a few things in order: viridis from dark to light, less the end that the paper swallows. */
import { LOSS_SCALE } from './colours.ts';
import type { ThemeName } from './figure.ts';

/** Positions on the scale of the first and the last colour: all between have a contrast of 3 with the paper. */
const ENDS: Readonly<Record<ThemeName, readonly [first: number, last: number]>> = { light: [1, 0.41], dark: [0.65, 0] };

/** `count` colours "#rrggbb", evenly spaced on the scale. */
export function sequence(count: number, theme: ThemeName = 'light'): string[] {
  const [first, last] = ENDS[theme];
  return Array.from({ length: count }, (_, k) => colourAt(first + ((last - first) * k) / Math.max(1, count - 1)));
}

function colourAt(position: number): string {
  const above = Math.max(1, LOSS_SCALE.findIndex(([at]) => at >= position));
  const [[from, one], [to, other]] = [LOSS_SCALE[above - 1]!, LOSS_SCALE[above]!];
  const share = (position - from) / (to - from);
  const [start, end] = [channels(one), channels(other)];
  return `#${start.map((value, k) => Math.round(value + share * (end[k]! - value)).toString(16).padStart(2, '0')).join('')}`;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((k) => Number.parseInt(colour.slice(k, k + 2), 16));
}
