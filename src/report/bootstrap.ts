/** A bootstrap as text: what was resampled and how it went, and intervals as "low to high". */
import { TERMINATION, type Termination } from '../optim/termination.ts';
import { hasIntervals } from '../stats/intervals.ts';
import type { Bootstrap, Interval } from '../types.ts';
import { formatInteger, formatLevel, formatSeconds, formatShare } from '../units.ts';
import { list, pad, remarkItems, tally } from './layout.ts';

const KINDS: Readonly<Record<Bootstrap['kind'], string>> = {
  pairs: 'runs drawn with replacement',
  cluster: 'clusters of runs drawn with replacement',
  residual: 'fitted losses, each with a residual drawn from all',
  wild: 'fitted losses, each with its own residual or its negative',
  parametric: 'fitted losses with normal noise as wide as the residuals',
  counts: 'runs as often as was given',
  sandwich: 'nothing is resampled; the covariance of an M-estimator at the fit',
};

const INTERVALS: Readonly<Record<Bootstrap['interval'], string>> = {
  percentile: 'quantiles of the resamples',
  basic: 'quantiles of the resamples, reflected about the fit',
  bca: 'quantiles of the resamples, corrected for bias and skewness',
  sandwich: 'from the sandwich covariance of the fit, which takes the runs as independent',
};

/** Kinds that draw runs, or residuals, from among others: of a fit of groups from those of the group. */
const DRAWN: ReadonlySet<Bootstrap['kind']> = new Set(['pairs', 'cluster', 'residual']);

export function bootstrapLines(bootstrap: Bootstrap): string[] {
  const { kind, withoutOptimum, seed, interval, leftOut, groups } = bootstrap;
  return [
    ...list([['Kind', `${kind}: ${KINDS[kind]}${groups && DRAWN.has(kind) ? ', within each group' : ''}${kind === 'counts' || kind === 'sandwich' ? '' : `, seed ${seed}`}`]]),
    ...(kind === 'sandwich' ? none(bootstrap) : resamples(bootstrap)),
    ...list(withoutOptimum === 0 ? [] : [
      ['No optimum', `${formatInteger(withoutOptimum)} with an exponent of zero or less: not in the intervals of the table below`],
    ]),
    ...(leftOut ? withoutEach(kind, leftOut) : []),
    ...list([['Intervals', `${interval}: ${INTERVALS[interval]}`], ...remarkItems(bootstrap.warnings ?? [])]),
  ];
}

function resamples({ replicates, requested, starts, failed, seconds }: Bootstrap): string[] {
  const fitted = replicates < requested ? `stopped: ${formatInteger(replicates)} of ${formatInteger(requested)}` : formatInteger(replicates);
  return [
    ...list([['Resamples', `${fitted} fitted in ${formatSeconds(seconds)}`], ...(starts ? [['Starts', startsOf(starts)] as const] : [])]),
    ...failures(failed, replicates, 'the finite ones are in the intervals'),
  ];
}

function startsOf({ minima, others, probe }: NonNullable<Bootstrap['starts']>): string {
  const from = minima === 1 ? 'the optimum' : `the ${minima} minima of the whole sweep`;
  const more = others === 0 ? '' : ` and ${formatInteger(others)} more`;
  if (!probe) return `${from}${more}`;
  const found = probe.lower === 0 ? 'none' : formatInteger(probe.lower);
  return `${from}${more}: of ${probe.resamples} resamples probed from ${probe.starts} drawn starts ${found} ended lower`;
}

function none(bootstrap: Bootstrap): string[] {
  if (hasIntervals(bootstrap)) return [];
  return list([['None', 'the runs do not tell the parameters apart, or there are no more of them than parameters']]);
}

function withoutEach(kind: Bootstrap['kind'], { fits, failed }: NonNullable<Bootstrap['leftOut']>): string[] {
  const each = kind === 'cluster' ? 'cluster' : 'run';
  return [
    ...list([['Left out', `each ${each} once, for the skewness: ${formatInteger(fits)} fits`]]),
    ...(Object.keys(failed).length === 0 ? [] : failures(failed, fits, 'the finite ones are counted')),
  ];
}

/** How many fits did not converge, `but` what is done with them, and how they ended. */
export function failures(failed: Readonly<Record<string, number>>, fits: number, but: string): string[] {
  const unsettled = Object.values(failed).reduce((sum, count) => sum + count, 0);
  if (unsettled === 0) return list([['Failed', 'none']]);
  const share = formatShare(unsettled, fits);
  return [
    ...list([['Failed', `${formatInteger(unsettled)} of ${formatInteger(fits)} (${share}) did not converge; ${but}`]]),
    ...tally('', failed, (end) => TERMINATION[end as Termination]),
  ];
}

/** "95 % interval" */
export function intervalTitle({ confidence }: Pick<Bootstrap, 'confidence'>): string {
  return `${formatLevel(confidence)} interval`;
}

/** Intervals below each other; `alignment` as in `alignColumns`. */
export function spans(intervals: readonly Interval[], format: (end: number) => string, alignment: 'r' | '.'): string[] {
  const lows = pad(intervals.map(([low]) => format(low)), alignment);
  const highs = pad(intervals.map(([, high]) => format(high)), alignment);
  return intervals.map((_, k) => `${lows[k]} to ${highs[k]}`);
}
