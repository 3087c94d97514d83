/** The colours of a loss: viridis, dark where it is high, which colour-blind people and grey print can read. */
import type { Theme } from './figure.ts';

type Scale = [position: number, colour: string][];

export const LOSS_SCALE: Scale = [
  [0, '#fde725'], [0.125, '#addc30'], [0.25, '#5ec962'], [0.375, '#28ae80'], [0.5, '#21918c'],
  [0.625, '#2c728e'], [0.75, '#3b528b'], [0.875, '#472d7b'], [1, '#440154'],
];

/** The same scale half way to the paper, for a ground on which runs in full colours stand out. */
export function groundScale({ paper }: Theme): Scale {
  return LOSS_SCALE.map(([position, colour]) => [position, mix(colour, paper)]);
}

const channel = (colour: string, k: number) => Number.parseInt(colour.slice(1 + 2 * k, 3 + 2 * k), 16);

/** Mean of two colours "#rrggbb". */
function mix(one: string, other: string): string {
  const mean = (k: number) => Math.round((channel(one, k) + channel(other, k)) / 2);
  return `#${[0, 1, 2].map((k) => mean(k).toString(16).padStart(2, '0')).join('')}`;
}
