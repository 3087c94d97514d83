/** A comparison of laws as tables, in the order in which they are read. */
import { winnerOf, MEASURES, type Difference, type Measure, type Winner } from '../stats/compare-pairs.ts';
import type { ComparedLaw, LawComparison } from '../stats/compare-result.ts';
import type { LikelihoodName } from '../stats/compare-likelihood.ts';
import type { RolloutStep } from '../stats/compare-steps.ts';
import type { Interval } from '../types.ts';
import { formatInteger, formatNumber, formatPower, formatShare } from '../units.ts';
import { farText } from './beyond.ts';
import { intervalTitle } from './bootstrap.ts';
import { formatError, formatProbability, MEASURE_NAMES } from './compare-verdicts.ts';
import { pad } from './layout.ts';
import { objectiveUnit, sumOf } from './losses.ts';
import type { TitledTable } from './titled-table.ts';

/** Those that have rows. */
export function comparisonTables(comparison: LawComparison): TitledTable[] {
  const tables = [fitTable, likelihoodTable, nestedTable, unseenTable, rolloutTable, pairTable].map((tableOf) => tableOf(comparison));
  return tables.filter(({ columns: [[, , cells]] }) => cells.length > 0);
}

function fitTable({ laws }: LawComparison): TitledTable {
  return {
    title: `Fits: least ${sumOf(laws[0].fit)}${laws[0].fit.delta > 0 && laws[0].fit.delta < Infinity ? ' nats' : ''}`,
    columns: [
      ['l', 'law', laws.map(({ law }) => law)],
      ['r', 'parameters', laws.map(({ parameters }) => String(parameters))],
      ['l', `objective (${objectiveUnit(laws[0].fit)})`, laws.map(({ fit }) => formatNumber(fit.objective, 8))],
      ['r', 'starts agreeing', laws.map(({ fit: { certificate: { startsAgreeing, starts } } }) => `${formatInteger(startsAgreeing)} of ${formatInteger(starts)}`)],
      ['l', 'certificate', laws.map(({ fit }) => (fit.certificate.verdict === 'pass' ? 'pass' : 'FAIL'))],
    ],
  };
}

const LIKELIHOODS: Readonly<Record<LikelihoodName, string>> = {
  huber: 'normal within delta, exponential beyond, with the scale that fits best',
  laplace: 'Laplace, with the scale that fits best',
  gauss: 'normal, with the scale that fits best',
};

function likelihoodTable(comparison: LawComparison): TitledTable {
  const { laws, likelihood } = comparison;
  const column = (title: string, of: (law: ComparedLaw) => number) => ['r', title, laws.map((law) => of(law).toFixed(2))] as const;
  return {
    title: `Likelihood of the residuals: ${LIKELIHOODS[likelihood]}`,
    columns: [
      ['l', 'law', laws.map(({ law }) => law)],
      column('log-likelihood', ({ logLikelihood }) => logLikelihood),
      column('AIC', ({ aic }) => aic),
      column('AICc', ({ aicc }) => aicc),
      column('BIC', ({ bic }) => bic),
      column('above least', ({ difference }) => difference),
      ['r', 'weight', laws.map(({ weight }) => formatWeight(weight))],
    ],
    notes: [
      'AIC, AICc (for few runs) and BIC: twice the negative log-likelihood, and a price for each parameter; lower is better. ' +
        'Above least, and weight: of AICc; the weight is the share of the evidence (Akaike) that falls on a law.',
      ...overstated(comparison),
    ],
  };
}

/** Of an evidence that is next to nothing the digits say nothing. */
const LEAST_WEIGHT = 1e-6;

function formatWeight(weight: number): string {
  if (Number.isNaN(weight)) return '-';
  return weight < LEAST_WEIGHT ? '< 0.0001 %' : formatShare(weight, 1);
}

function overstated({ laws, best, nested }: LawComparison): string[] {
  const { overstatement } = laws.find(({ law }) => law === best)!;
  if (overstatement <= 1.1 && overstatement >= 1 / 1.1) return [];
  return [`The residuals of ${best} are not spread as this likelihood takes them to be: it makes differences between laws ` +
    `${formatNumber(overstatement, 3)}× as large as they are, those of AIC and the weights too.${nested.length > 0 ? ' The tests below allow for that.' : ''}`];
}

function nestedTable({ nested }: LawComparison): TitledTable {
  return {
    title: 'Laws that contain each other: likelihood-ratio tests',
    columns: [
      ['l', 'smaller law', nested.map(({ inner }) => inner)],
      ['l', 'is in', nested.map(({ outer }) => outer)],
      ['l', 'where', nested.map(({ by }) => by)],
      ['r', 'ratio', nested.map(({ ratio, overstatement }) => formatNumber(ratio / overstatement, 3))],
      ['r', 'set', nested.map(({ degrees }) => String(degrees))],
      ['l', 'p', nested.map(({ probability }) => formatProbability(probability))],
    ],
    notes: ['Ratio: twice the difference of the log-likelihoods. p: the chance of one so large where the smaller law, with so many parameters set, is the truth.'],
  };
}

type Error = ComparedLaw['outOfBag'];

function unseenTable({ laws, confidence, steps }: LawComparison): TitledTable {
  const columns = (title: string, of: (law: ComparedLaw) => Error) => [
    ['r', title, laws.map((law) => formatError(of(law).value))] as const,
    ['l', intervalTitle({ confidence }), errorSpans(laws.map((law) => of(law).interval))] as const,
  ];
  return {
    title: 'Runs that a fit has not seen: mean relative error |L_fit/L - 1|',
    columns: [
      ['l', 'law', laws.map(({ law }) => law)],
      ...columns('out of the bag', ({ outOfBag }) => outOfBag),
      ...(steps.length > 0 ? columns('rollout', ({ rolledOut }) => rolledOut) : []),
    ],
    notes: [`Out of the bag: each run by the fits to resamples that have not drawn it.${steps.length > 0 ? ' Rollout: dearer runs by fits to cheaper ones, the mean of all steps below.' : ''}`],
  };
}

/** "0.957 to 4.19 %", below each other; nothing for what there is not. */
function errorSpans(intervals: readonly Interval[]): string[] {
  const known = intervals.map((interval) => interval.every(Number.isFinite));
  const [lows, highs] = [0, 1].map((end) => pad(intervals.map((interval, k) => (known[k] ? formatNumber(100 * interval[end], 3) : '')), 'r'));
  return intervals.map((_, k) => (known[k] ? `${lows[k]} to ${highs[k]} %` : ''));
}

/** Step by step, the laws below each other. */
function rolloutTable({ laws, steps, confidence }: LawComparison): TitledTable {
  const rows = steps.flatMap((_, k) => laws.map(({ law, rollout }) => ({ law, at: rollout[k] })));
  return {
    title: 'Rollout: the cheap runs fitted, the dearer ones predicted',
    columns: [
      ['l', 'law', rows.map(({ law }) => law)],
      ['r', 'mean |error|', rows.map(({ at }) => formatError(at.error.absolute))],
      ['l', intervalTitle({ confidence }), errorSpans(rows.map(({ at }) => at.intervals.absolute))],
      ['r', 'mean error', rows.map(({ at }) => formatError(at.error.signed))],
      ['l', intervalTitle({ confidence }), errorSpans(rows.map(({ at }) => at.intervals.signed))],
      ['r', 'largest', rows.map(({ at }) => formatError(at.error.largest))],
    ],
    above: new Map(steps.map((step, k) => [k * laws.length, stepText(step)])),
    notes: ['Errors are L_fit/L - 1: above 0 where the law says more than the runs have.'],
  };
}

/** "41 runs up to 9.35e18 FLOPs, 204 dearer: beyond by up to 3.5× in N, 645× in C" */
export function stepText({ C, fitted, heldOut, beyond }: RolloutStep): string {
  const far = farText(beyond);
  return `${formatInteger(fitted)} runs up to ${formatPower(C, 3)} FLOPs, ${formatInteger(heldOut)} dearer${far === '' ? '' : `: beyond by up to ${far}`}`;
}

/** The other laws below each other, each against the best. */
function pairTable({ pairs, best, laws, confidence, steps }: LawComparison): TitledTable {
  const measures = MEASURES.filter((measure) => measure !== 'rollout' || steps.length > 0);
  const rows = pairs.flatMap((pair) => measures.map((measure) => ({ pair, measure, difference: pair[measure] })));
  const units: Readonly<Record<Measure, string>> = { objective: objectiveUnit(laws[0].fit), outOfBag: POINTS, rollout: POINTS };
  return {
    title: `The same resamples by two laws: the other law less ${best}, the best out of the bag`,
    columns: [
      ['l', 'of the', rows.map(({ measure }) => `${MEASURE_NAMES[measure]} (${units[measure]})`)],
      ['r', 'difference', rows.map(({ measure, difference }) => formatDifference(measure, difference.value))],
      ['l', intervalTitle({ confidence }), rows.map(({ measure, difference: { interval } }) => spanOf(interval, (end) => formatDifference(measure, end)))],
      ['r', 'best ahead in', rows.map(({ difference }) => formatAhead(difference))],
      ['l', 'better', rows.map(({ difference }) => BETTER[winnerOf(difference)])],
    ],
    above: new Map(pairs.map((pair, k) => [k * measures.length, pair.second])),
    notes: [`${POINTS}: percentage points. Best ahead in: the share of the resamples. The objective is of the runs that were fitted, where a law of more parameters is ahead ` +
      'even if they describe nothing. Verdicts are by the errors of runs that were not fitted, which a needless parameter makes worse.'],
  };
}

const POINTS = 'pp';

/** The best is the first of a pair. */
const BETTER: Readonly<Record<Winner, string>> = { first: 'the best', second: 'the other', neither: 'neither' };

function spanOf(interval: Interval, write: (end: number) => string): string {
  return interval.every(Number.isFinite) ? interval.map(write).join(' to ') : '-';
}

function formatAhead({ wins, samples }: Difference): string {
  return samples.length === 0 ? '-' : formatShare(wins, 1);
}

function formatDifference(measure: Measure, value: number): string {
  if (!Number.isFinite(value)) return '-';
  return formatNumber(measure === 'objective' ? value : 100 * value, 3);
}
