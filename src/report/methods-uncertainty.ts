/** How intervals were made, as sentences of a methods section: what was resampled, how that went, what the ends are. */
import { hasIntervals } from '../stats/intervals.ts';
import type { Bootstrap, BootstrapKind, IntervalKind } from '../types.ts';
import { formatInteger, formatLevel, formatShare } from '../units.ts';

const RESAMPLED: Readonly<Record<BootstrapKind, string>> = {
  pairs: 'the runs drawn with replacement',
  cluster: 'clusters of runs, those of the same ____, drawn with replacement',
  residual: 'the fitted losses, each with the residual of the log loss of a run drawn at random',
  wild: 'the fitted losses, each with its own residual of the log loss or the negative of it',
  parametric: 'the fitted losses with normal noise on the log loss, as wide as the residuals',
  counts: 'each run as often as given counts say, which are from ____',
};

const ENDS: Readonly<Record<IntervalKind, string>> = {
  percentile: 'quantiles of the resamples (Efron and Tibshirani 1993, chapter 13)',
  basic: 'basic ones, quantiles of the resamples reflected about the fit (Davison and Hinkley 1997, section 5.2)',
  bca: 'BCa, quantiles of the resamples corrected for bias and skewness (Efron 1987)',
  sandwich: 'not from the resamples but from the sandwich covariance of the fit, which takes the runs as independent (Huber 1967)',
};

/** None made is said too. `inGroups`: has the fit groups of runs? */
export function uncertaintySentences(spread: Bootstrap | undefined, inGroups = false): string[] {
  if (!spread) return ['No intervals were computed.'];
  return spread.kind === 'sandwich' ? sandwichSentences(spread) : [
    ...resamplingSentences(spread, spread.kind),
    ...(inGroups ? strataSentences(spread.kind) : []),
    ...withoutOptimumSentences(spread),
    `The ${percent(spread)} intervals are ${ENDS[spread.interval]}.`,
    ...leftOutSentences(spread),
    ...cautions(spread),
  ];
}

/** "95 %" */
export function percent({ confidence }: Pick<Bootstrap, 'confidence'>): string {
  return formatLevel(confidence);
}

function sandwichSentences(spread: Bootstrap): string[] {
  const covariance = 'the sandwich covariance of an M-estimator at the fit, which takes the runs as independent (Huber 1967; Powell 1991; MacKinnon and White 1985)';
  if (!hasIntervals(spread)) return [`There are no intervals: ${covariance}, cannot be had from these runs.`];
  return [
    `No run was resampled: uncertainty is from ${covariance}.`,
    `The ${percent(spread)} intervals are of first order in the parameters, with quantiles of Student's t.`,
    ...cautions(spread),
  ];
}

function cautions({ warnings = [] }: Bootstrap): string[] {
  return warnings.map((warning) => `Of the intervals isoloss warns: ${warning}`);
}

function resamplingSentences({ replicates, requested, seed, starts, failed }: Bootstrap, kind: BootstrapKind): string[] {
  const stopped = replicates < requested ? `, of ${formatInteger(requested)} that were asked for` : '';
  return [
    `Uncertainty is from a bootstrap (${kind}) of ${formatInteger(replicates)} resamples${stopped}: ${RESAMPLED[kind]}${kind === 'counts' ? '' : ` (seed ${seed})`}.`,
    ...(starts ? startsSentences(starts) : []),
    failedSentence(failed, replicates),
  ];
}

/** What is drawn is drawn within each group of runs: src/stats/replicates.ts. */
function strataSentences(kind: BootstrapKind): string[] {
  if (kind !== 'pairs' && kind !== 'cluster' && kind !== 'residual') return [];
  return ['Each group was resampled from its own runs (Davison and Hinkley 1997, section 3.2).'];
}

function startsSentences({ minima, others, probe }: NonNullable<Bootstrap['starts']>): string[] {
  const from = minima === 1 ? 'the optimum' : `the ${minima} minima`;
  const more = others === 0 ? '' : ` and from ${formatInteger(others)} further ${others === 1 ? 'start' : 'starts'}, keeping the lowest end`;
  const refitted = `Each was fitted again from ${from} of the whole sweep${more}.`;
  if (!probe) return [refitted];
  const lower = probe.lower === 0 ? 'none' : formatInteger(probe.lower);
  return [refitted, `Of ${probe.resamples} resamples probed from ${probe.starts} random starts each, ${lower} ended lower than from there.`];
}

function failedSentence(failed: Readonly<Record<string, number>>, fits: number): string {
  const count = Object.values(failed).reduce((sum, each) => sum + each, 0);
  if (count === 0) return 'All of these fits converged.';
  return `${formatInteger(count)} of these fits (${formatShare(count, fits)}) did not converge; the finite ones are in the intervals.`;
}

function withoutOptimumSentences({ withoutOptimum }: Bootstrap): string[] {
  if (withoutOptimum === 0) return [];
  return [`${formatInteger(withoutOptimum)} of the resamples have no compute-optimal size and are in no interval of N, D or the loss at a budget.`];
}

function leftOutSentences({ leftOut, kind }: Bootstrap): string[] {
  if (!leftOut) return [];
  const each = kind === 'cluster' ? 'cluster' : 'run';
  return [`The skewness is from ${formatInteger(leftOut.fits)} fits, each without one ${each}. ${failedSentence(leftOut.failed, leftOut.fits)}`];
}
