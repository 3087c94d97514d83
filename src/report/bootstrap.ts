/** A bootstrap as text: what was resampled and how it went, and intervals as "low to high". */
import { TERMINATION, type Termination } from '../optim/termination.ts';
import type { Bootstrap, BootstrapKind, Interval } from '../types.ts';
import { list, pad, tally } from './layout.ts';
import { formatInteger, formatSeconds, formatShare } from './units.ts';

const KINDS: Readonly<Record<BootstrapKind, string>> = {
  pairs: 'runs drawn with replacement',
  cluster: 'clusters of runs drawn with replacement',
  residual: 'fitted losses, each with a residual drawn from all',
  wild: 'fitted losses, each with its own residual or its negative',
  parametric: 'fitted losses with normal noise as wide as the residuals',
  counts: 'runs as often as was given',
};

const INTERVALS: Readonly<Record<Bootstrap['interval'], string>> = {
  percentile: 'quantiles of the resamples',
  basic: 'quantiles of the resamples, reflected about the fit',
};

export function bootstrapLines({ kind, replicates, requested, failed, withoutOptimum, seed, interval, seconds }: Bootstrap): string[] {
  const fitted = replicates < requested ? `stopped: ${formatInteger(replicates)} of ${formatInteger(requested)}` : formatInteger(replicates);
  const unsettled = Object.values(failed).reduce((sum, count) => sum + count, 0);
  const share = formatShare(unsettled, replicates);
  const counted = `${formatInteger(unsettled)} of ${formatInteger(replicates)} (${share}) did not converge`;
  return [
    ...list([
      ['Kind', `${kind}: ${KINDS[kind]}${kind === 'counts' ? '' : `, seed ${seed}`}`],
      ['Resamples', `${fitted} fitted in ${formatSeconds(seconds)}`],
      ['Failed', unsettled === 0 ? 'none' : `${counted}; the finite ones are in the intervals`],
    ]),
    ...(unsettled === 0 ? [] : tally('', failed, (end) => TERMINATION[end as Termination])),
    ...list(withoutOptimum === 0 ? [] : [
      ['No optimum', `${formatInteger(withoutOptimum)} with an exponent of zero or less: not in the intervals of the table below`],
    ]),
    ...list([['Intervals', `${interval}: ${INTERVALS[interval]}`]]),
  ];
}

/** "95 % interval" */
export function intervalTitle({ confidence }: Bootstrap): string {
  return `${Number((100 * confidence).toPrecision(10))} % interval`;
}

/** Intervals below each other; `alignment` as in `alignColumns`. */
export function spans(intervals: readonly Interval[], format: (end: number) => string, alignment: 'r' | '.'): string[] {
  const lows = pad(intervals.map(([low]) => format(low)), alignment);
  const highs = pad(intervals.map(([, high]) => format(high)), alignment);
  return intervals.map((_, k) => `${lows[k]} to ${highs[k]}`);
}
