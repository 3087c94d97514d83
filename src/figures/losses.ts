/** A log axis of losses with plain ticks: one per cent has one length on it, and runs that diverged leave the others room. */
import type { LayoutAxis } from 'plotly.js-dist-min';
import type { Interval } from '../types.ts';
import { frameAxis, type Look } from './figure.ts';
import { rangeOf } from './plane.ts';

/** Free at either end, a share of the axis. */
const PAD = 0.04;
/** What a law predicts widens the axis by no more than these factors, down and up: that of a poor fit can lie anywhere. */
const [BELOW, ABOVE] = [2, 1.2];

/** All measured losses, and the predicted ones near them; nats per token. */
export function lossRange(measured: readonly number[], predicted: readonly number[]): Interval {
  const [least, most] = rangeOf(measured);
  const [low, high] = rangeOf([least, most, ...predicted.filter((loss) => loss > least / BELOW && loss < most * ABOVE)]);
  const pad = Math.max(1.005, (high / low) ** PAD);
  return [low / pad, high * pad];
}

export function lossAxis(look: Look, [low, high]: Interval): Partial<LayoutAxis> {
  return {
    ...frameAxis(look, 'loss, nats/token'),
    type: 'log',
    range: [Math.log10(low), Math.log10(high)],
    exponentformat: 'none',
    nticks: look.compact ? 6 : 9,
  };
}
