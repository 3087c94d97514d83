/** `isoloss compare` as text, and the words that other reports share with it. */
import { winnerOf, MEASURES, type Difference, type LawPair, type Measure } from '../stats/compare-pairs.ts';
import type { ComparedLaw, LawComparison } from '../stats/compare-result.ts';
import type { LikelihoodName } from '../stats/compare-likelihood.ts';
import type { Interval } from '../types.ts';
import { intervalTitle, spans } from './bootstrap.ts';
import { conclusion, formatError, formatProbability, MEASURE_NAMES, pairVerdict } from './compare-verdicts.ts';
import { hang, indent, list, pad, table } from './layout.ts';
import { objectiveUnit, sumOf } from './losses.ts';
import { formatInteger, formatNumber, formatPower, formatSeconds, formatShare } from '../units.ts';

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. */
export function comparisonText(comparison: LawComparison): string {
  const { sweep, steps, nested, laws: [{ fit }] } = comparison;
  const sections = [
    hang('', `${comparison.laws.length} laws compared on ${sweep}`),
    ['Which law?', ...hang('  ', conclusion(comparison)), ...comparison.pairs.flatMap((pair) => hang('  ', pairVerdict(pair)))],
    remarks(comparison),
    [`Fits: ${sumOf(fit)}`, ...indent(fitTable(comparison))],
    [`Likelihood: ${LIKELIHOODS[comparison.likelihood]}`, ...indent(likelihoodTable(comparison)), ...likelihoodNotes(comparison)],
    nested.length > 0 ? ['Laws that hold each other: p of a likelihood ratio so large where the smaller law is the truth', ...indent(nestedTable(comparison))] : [],
    ['Runs that a fit has not seen: mean |L_fit/L - 1|', ...indent(unseenTable(comparison))],
    steps.length > 0 ? ['Rollout: the cheap runs fitted, the dearer ones predicted', ...indent(rolloutTable(comparison))] : [],
    ['The same resamples by two laws: the other law less the best', ...indent(pairTable(comparison)), ...hang('  ', WHY)],
    ['Made', ...list(settings(comparison))],
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => `${lines.join('\n')}\n`).join('\n');
}

const LIKELIHOODS: Readonly<Record<LikelihoodName, string>> = {
  huber: 'normal within delta, exponential beyond, with the scale that fits best',
  laplace: 'Laplace, with the scale that fits best',
  gauss: 'normal, with the scale that fits best',
};

const WHY = 'The objective is of the runs that were fitted, where a law of more parameters is ahead even if they describe nothing. ' +
  'Verdicts are by the errors of runs that were not fitted, which a needless parameter makes worse.';

function remarks({ warnings, notes, missing }: LawComparison): string[] {
  return list([
    ...missing.map(({ law, why }) => ['Not fitted', `${law}: ${why}`] as const),
    ...warnings.map((warning) => ['WARNING', warning] as const),
    ...notes.map((note) => ['Note', note] as const),
  ]);
}

function fitTable({ laws }: LawComparison): string[] {
  return table([
    ['l', 'law', laws.map(({ law }) => law)],
    ['r', 'parameters', laws.map(({ parameters }) => String(parameters))],
    ['l', `objective (${objectiveUnit(laws[0].fit)})`, laws.map(({ fit }) => formatNumber(fit.objective, 8))],
    ['r', 'starts agreeing', laws.map(({ fit: { certificate: { startsAgreeing, starts } } }) => `${formatInteger(startsAgreeing)} of ${formatInteger(starts)}`)],
    ['l', 'certificate', laws.map(({ fit }) => (fit.certificate.verdict === 'pass' ? 'pass' : 'FAIL'))],
  ]);
}

function likelihoodTable({ laws }: LawComparison): string[] {
  const column = (title: string, of: (law: ComparedLaw) => number) => ['r', title, laws.map((law) => of(law).toFixed(2))] as const;
  return table([
    ['l', 'law', laws.map(({ law }) => law)],
    column('log-likelihood', ({ logLikelihood }) => logLikelihood),
    column('AIC', ({ aic }) => aic),
    column('AICc', ({ aicc }) => aicc),
    column('BIC', ({ bic }) => bic),
    column('AICc - best', ({ difference }) => difference),
    ['r', 'Akaike weight', laws.map(({ weight }) => formatWeight(weight))],
  ]);
}

/** Of an evidence that is next to nothing the digits say nothing. */
const LEAST_WEIGHT = 1e-6;

function formatWeight(weight: number): string {
  if (Number.isNaN(weight)) return '-';
  return weight < LEAST_WEIGHT ? '< 0.0001 %' : formatShare(weight, 1);
}

function likelihoodNotes({ laws, best, nested }: LawComparison): string[] {
  const { overstatement } = laws.find(({ law }) => law === best)!;
  const far = overstatement > 1.1 || overstatement < 1 / 1.1;
  return far ? hang('  ', `The residuals of ${best} are not spread as this likelihood has them: it makes differences ` +
    `${formatNumber(overstatement, 3)} times as large as they are, AIC and weights too.${nested.length > 0 ? ' The tests below take that into account.' : ''}`) : [];
}

function nestedTable({ nested }: LawComparison): string[] {
  return table([
    ['l', 'smaller law', nested.map(({ inner }) => inner)],
    ['l', 'held by', nested.map(({ outer }) => outer)],
    ['l', 'where', nested.map(({ by }) => by)],
    ['r', 'ratio', nested.map(({ ratio, overstatement }) => formatNumber(ratio / overstatement, 3))],
    ['r', 'degrees', nested.map(({ degrees }) => String(degrees))],
    ['l', 'p', nested.map(({ probability }) => formatProbability(probability))],
  ]);
}

type Error = ComparedLaw['outOfBag'];

function unseenTable({ laws, confidence, steps }: LawComparison): string[] {
  const columns = (title: string, of: (law: ComparedLaw) => Error) => [
    ['r', title, laws.map((law) => formatError(of(law).value))] as const,
    ['l', intervalTitle({ confidence }), errorSpans(laws.map((law) => of(law).interval))] as const,
  ];
  return table([
    ['l', 'law', laws.map(({ law }) => law)],
    ...columns('out of the bag', ({ outOfBag }) => outOfBag),
    ...(steps.length > 0 ? columns('rollout, all steps', ({ rolledOut }) => rolledOut) : []),
  ]);
}

function errorSpans(intervals: readonly Interval[]): string[] {
  return spans(intervals, formatError, 'r').map((span, k) => (intervals[k].every(Number.isFinite) ? span : ''));
}

/** Step by step, the laws below each other. */
function rolloutTable({ laws, steps, confidence }: LawComparison): string[] {
  const rows = steps.flatMap((step, k) => laws.map(({ law, rollout }, l) => ({ step, law, first: l === 0, at: rollout[k] })));
  const onFirst = (write: (step: typeof steps[number]) => string) => rows.map(({ first, step }) => (first ? write(step) : ''));
  return table([
    ['r', 'fitted', onFirst(({ fitted }) => formatInteger(fitted))],
    ['l', 'up to C', onFirst(({ C }) => formatPower(C, 3))],
    ['r', 'held out', onFirst(({ heldOut }) => formatInteger(heldOut))],
    ['l', 'law', rows.map(({ law }) => law)],
    ['r', 'mean |error|', rows.map(({ at }) => formatError(at.error.absolute))],
    ['l', intervalTitle({ confidence }), errorSpans(rows.map(({ at }) => at.intervals.absolute))],
    ['r', 'mean error', rows.map(({ at }) => formatError(at.error.signed))],
    ['r', 'largest', rows.map(({ at }) => formatError(at.error.largest))],
  ]);
}

function pairTable({ pairs, confidence, steps }: LawComparison): string[] {
  const measures = MEASURES.filter((measure) => measure !== 'rollout' || steps.length > 0);
  const rows = pairs.flatMap((pair) => measures.map((measure, m) => ({ pair, measure, first: m === 0, difference: pair[measure] })));
  const intervals = rows.map(({ measure, difference: { interval } }) => interval.map((end) => formatDifference(measure, end)));
  const [lows, highs] = [0, 1].map((end) => pad(intervals.map((interval) => interval[end]), 'r'));
  return table([
    ['l', 'other law', rows.map(({ pair, first }) => (first ? pair.second : ''))],
    ['l', 'of the', rows.map(({ measure }) => MEASURE_NAMES[measure])],
    ['r', 'difference', rows.map(({ measure, difference }) => formatDifference(measure, difference.value))],
    ['l', intervalTitle({ confidence }), rows.map((_, k) => `${lows[k]} to ${highs[k]}`)],
    ['r', 'best wins', rows.map(({ difference }) => formatWins(difference))],
    ['l', 'better', rows.map(({ pair, difference }) => betterOf(pair, difference))],
  ]);
}

function formatWins({ wins, samples }: Difference): string {
  return samples.length === 0 ? '-' : formatShare(wins, 1);
}

function betterOf({ first, second }: LawPair, difference: Difference): string {
  return { first, second, neither: 'neither' }[winnerOf(difference)];
}

function formatDifference(measure: Measure, value: number): string {
  if (!Number.isFinite(value)) return '-';
  return measure === 'objective' ? formatNumber(value, 3) : formatError(value);
}

function settings({ laws, points, replicates, seed, steps, seconds, version }: LawComparison): (readonly [string, string])[] {
  const [{ fit: { backend } }] = laws;
  const times = (1 + steps.length) * laws.length;
  return [
    ['Points', `${formatInteger(points)} used`],
    ['Resamples', `${formatInteger(replicates)} of the runs with replacement, seed ${seed}: the same for every law and step, ` +
      `${formatInteger(replicates * times)} fits`],
    ['Time', formatSeconds(seconds)],
    ['Backend', `${backend.name}, ${backend.adapter}  (isoloss ${version})`],
  ];
}
