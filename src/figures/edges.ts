/** Runs that are far from all others stand at the edge of a chart as triangles that point to them. */
import type { Interval } from '../types.ts';
import { roomAround } from './bulk.ts';

/** Free at either end of an axis, a share of the bulk of the runs; a run beyond that stands half-way out. */
const ROOM = 0.1;

/** −1 below a range, 1 above it, 0 within, or where there is no value. */
export function sideOf(value: number | null, [low, high]: Interval): -1 | 0 | 1 {
  if (value === null || (value >= low && value <= high)) return 0;
  return value < low ? -1 : 1;
}

export function axisAround(bulk: Interval): Interval {
  return roomAround(bulk, ROOM);
}

/** The value, or the edge that it is beyond. */
export function heldWithin(value: number, bulk: Interval): number {
  const [low, high] = roomAround(bulk, ROOM / 2);
  return sideOf(value, bulk) === 0 ? value : Math.min(high, Math.max(low, value));
}

const POINTING = { '-1': 'down', 0: '', 1: 'up' } as const;
const ASIDE = { '-1': 'left', 0: '', 1: 'right' } as const;

/** plotly's symbol of a run, open where it has no weight. */
export function edgeSymbol(weight: number, sideX: -1 | 0 | 1, sideY: -1 | 0 | 1): string {
  const towards = ASIDE[sideX] || POINTING[sideY];
  return `${towards ? `triangle-${towards}` : 'circle'}${weight > 0 ? '' : '-open'}`;
}

/** "open: left out of the fit, triangles: beyond the axes", what there is of it among `symbols`. */
export function keyOf(symbols: readonly string[]): string {
  return [
    symbols.some((symbol) => symbol.endsWith('open')) ? 'open: left out of the fit' : '',
    symbols.some((symbol) => symbol.startsWith('triangle')) ? 'triangles: beyond the axes' : '',
  ].filter(Boolean).join(', ');
}
