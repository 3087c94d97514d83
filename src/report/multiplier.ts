/** Two sweeps against each other as text for a terminal, and as JSON. */
import type { Answer } from '../stats/answers.ts';
import type { Multiplier, MultiplierAt, Side } from '../stats/multiplier.ts';
import { formatInteger, formatNumber, formatPower, formatShare } from '../units.ts';
import { version } from '../version.ts';
import { jsonable } from './jsonable.ts';
import { hang, indent, list, table } from './layout.ts';

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. */
export function multiplierText(found: readonly Multiplier[]): string {
  return found.map((multiplier) => sectionsOf(multiplier).filter((lines) => lines.length > 0).map((lines) => `${lines.join('\n')}\n`).join('\n')).join('\n');
}

function sectionsOf(multiplier: Multiplier): string[][] {
  const { base, other, law, data: { objectives, certificate } } = multiplier;
  return [
    [...hang('', `${other.name} against ${base.name}, by the law ${law}`), ...multiplierSays(multiplier).flatMap((line) => hang('  ', line))],
    list(multiplierWarnings(multiplier).map((warning) => ['WARNING', warning] as const)),
    ['Effective compute and data', ...indent(atTable(multiplier))],
    ['One law with q times the tokens', ...list([
      ['q', withInterval(multiplier.data.q), `tokens of ${base.name} that a token of ${other.name} is worth`],
      ['Minimised', `${formatNumber(objectives.shared, 6)}; by two laws ${formatNumber(objectives.separate, 6)}, by one law with q = 1 ` +
        formatNumber(objectives.same, 6)],
      ['One q', verdictOnShared(multiplier)],
      ['Certified', `${certificate.verdict}, ${formatInteger(certificate.startsAgreeing)} of ${formatInteger(certificate.starts)} starts agree`],
    ])],
    ['Fits', ...[base, other].flatMap((side) => hang('  ', sideText(side))), ...list([['Intervals', intervalsText(multiplier)]])],
  ];
}

function intervalsText({ replicates, requested, confidence, seed }: Multiplier): string {
  const made = replicates < requested ? `stopped: ${formatInteger(replicates)} of ${formatInteger(requested)}` : formatInteger(replicates);
  return `${formatShare(confidence, 1)}, percentiles of ${made} pairs of resamples, the runs of each sweep drawn by themselves, seed ${seed}`;
}

function sideText({ name, fit, ranges: { C } }: Side): string {
  const { params, points, certificate: { verdict } } = fit;
  const numbers = Object.entries(params).map(([param, value]) => `${param} ${formatNumber(value, 4)}`).join(', ');
  return `${name}: ${numbers}; ${formatInteger(points)} runs, C ${formatPower(C[0], 3)} to ${formatPower(C[1], 3)}; certificate ${verdict}`;
}

/** "1.70 (1.41 to 2.08)"; "-" where there is none. */
function withInterval(answer: Answer): string {
  return Number.isFinite(answer.value) ? `${formatTimes(answer.value)}${between(answer)}` : '-';
}

/** " (1.41 to 2.08)", or nothing. */
function between({ interval }: Answer): string {
  return interval && Number.isFinite(interval[0]) ? ` (${interval.map(formatTimes).join(' to ')})` : '';
}

const formatTimes = (factor: number) => formatNumber(factor, 3);

/** What the multipliers say, a sentence or two for each place and one for the data. */
export function multiplierSays({ base, other, at, data }: Multiplier): string[] {
  return [...at.flatMap((each) => {
    const { compute } = each.answers;
    if (!Number.isFinite(compute.value)) return [];
    const [less, factor] = compute.value >= 1 ? ['less', compute] : ['more', inverse(compute)];
    const sure = isUnsure(compute) ? ' The interval holds 1: which needs less is not settled.' : '';
    return [`${placeOf(each)} ${other.name} reaches the same loss with ${formatTimes(factor.value)}× ${less} compute than ${base.name}${between(factor)}.${sure}`];
  }), ...(Number.isFinite(data.q.value)
    ? [`A token of ${other.name} is worth ${withInterval(data.q)} of ${base.name}, where one law holds for both.`]
    : [])];
}

function inverse({ value, interval, ...rest }: Answer): Answer {
  return { value: 1 / value, ...(interval && { interval: [1 / interval[1], 1 / interval[0]] as const }), ...rest };
}

function isUnsure({ interval }: Answer): boolean {
  return interval !== undefined && interval[0] <= 1 && interval[1] >= 1;
}

/** "For 1e21 FLOPs", "For a loss of 2.1". */
function placeOf({ asked }: MultiplierAt): string {
  return 'budget' in asked ? `For ${formatPower(asked.budget, 4)} FLOPs` : `For a loss of ${asked.loss}`;
}

function atTable({ at, confidence, base, other }: Multiplier): string[] {
  const sure = `${formatShare(confidence, 1)} interval`;
  const interval = ({ interval: ends }: Answer) => (ends && Number.isFinite(ends[0]) ? ends.map(formatTimes).join(' to ') : '-');
  const value = ({ value: factor }: Answer) => (Number.isFinite(factor) ? formatTimes(factor) : '-');
  const number = (answer: Answer, format: (n: number) => string) => (Number.isFinite(answer.value) ? format(answer.value) : '-');
  const beyond = at.map(furthest);
  return table([
    ['r', 'loss', at.map(({ answers }) => number(answers.loss, (loss) => loss.toFixed(4)))],
    ['r', `C, ${short(other)}`, at.map(({ answers }) => number(answers.otherC, (C) => formatPower(C, 3)))],
    ['r', `C, ${short(base)}`, at.map(({ answers }) => number(answers.baseC, (C) => formatPower(C, 3)))],
    ['r', 'compute ×', at.map(({ answers }) => value(answers.compute))],
    ['l', sure, at.map(({ answers }) => interval(answers.compute))],
    ['r', 'tokens ×', at.map(({ answers }) => value(answers.tokens))],
    ['l', sure, at.map(({ answers }) => interval(answers.tokens))],
    ...(beyond.some(Boolean) ? [['l', 'beyond runs', beyond] as const] : []),
  ]);
}

const NAME = 12;

/** A name that leaves the table narrow. */
function short({ name }: Side): string {
  return name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name;
}

/** A factor below this is the rounding of a budget. */
const BEYOND = 1.05;

/** By what factor the compute of either is beyond its runs. */
function furthest({ beyond: { base, other } }: MultiplierAt): string {
  const factor = Math.max(base.C, other.C);
  return factor >= BEYOND ? `${formatNumber(factor, 2)}×` : '';
}

/** A share below this is the rounding of two polishes. */
const ROUNDING = 1e-9;

/** How the law with one q compares with a law for each sweep. */
export function verdictOnShared({ data: { objectives: { shared, separate }, p, tests }, base, other }: Multiplier): string {
  const share = 1 - separate / shared;
  const drop = `two laws lower what is minimised by ${share > ROUNDING ? formatNumber(100 * share, 2) : '0'} %`;
  if (tests === 0) return Number.isNaN(p) ? `${drop}; whether by more than chance was not tested` : drop;
  const chance = `p = ${formatNumber(p, 2)}, of ${formatInteger(tests)} resamples in which one q is true`;
  return p < 0.05
    ? `${drop}, more than chance does (${chance}): one q is not all that ${other.name} differs in from ${base.name}`
    : `${drop}, no more than chance does (${chance}): one q says as much as two laws`;
}

/** What is not to be missed, one sentence or two each. */
export function multiplierWarnings(multiplier: Multiplier): string[] {
  const { base, other, at, data, crossings } = multiplier;
  const doubts = [base, other].flatMap(({ name, fit: { certificate } }) =>
    (certificate.verdict === 'fail' ? [`The certificate of the fit of ${name} fails: ${certificate.reasons.join(' ')}`] : []));
  return [
    ...doubts,
    ...(data.certificate.verdict === 'fail' ? [`The certificate of the law with q fails: ${data.certificate.reasons.join(' ')}`] : []),
    ...crossings.map((C) => `The frontiers cross at ${formatPower(C, 3)} FLOPs: which sweep needs less compute changes there.`),
    ...disjoint(base, other),
    ...at.flatMap((each) => unanswered(each, base, other)),
    ...(at.some(furthest) ? [beyondText(multiplier)] : []),
    ...[base, other].flatMap(({ name, fit: { warnings } }) => warnings.map((warning) => `${name}: ${warning}`)),
  ];
}

function disjoint(base: Side, other: Side): string[] {
  const apart = (['N', 'D', 'C'] as const).filter((name) => base.ranges[name][0] > other.ranges[name][1] || other.ranges[name][0] > base.ranges[name][1]);
  if (apart.length === 0) return [];
  return [`The sweeps have no ${apart.join(' and no ')} in common: the comparison is extrapolation on one side everywhere.`];
}

function unanswered(each: MultiplierAt, base: Side, other: Side): string[] {
  const { compute, otherC } = each.answers;
  if (Number.isFinite(compute.value)) return [];
  const who = Number.isFinite(otherC.value) ? base.name : other.name;
  return [`${placeOf(each)} there is no multiplier: the law of ${who} does not reach the loss with any compute.`];
}

function beyondText({ at, base, other }: Multiplier): string {
  const most = (side: 'base' | 'other', name: string) => {
    const factor = Math.max(...at.map(({ beyond }) => beyond[side].C).filter(Number.isFinite));
    return factor >= BEYOND ? [`${formatNumber(factor, 2)}× in C of ${name}`] : [];
  };
  return `Some of these losses are beyond the runs, by up to ${[...most('base', base.name), ...most('other', other.name)].join(' and ')}: no run says that the law holds there.`;
}

/** What `isoloss multiplier --json` prints: a list with one entry for each sweep that is compared with the base. What is not finite is null. */
export function multiplierJson(found: readonly Multiplier[]) {
  return jsonable({
    comparisons: found.map((multiplier) => {
      const { law, base, other, at, data, crossings, replicates, requested, confidence, seed } = multiplier;
      const { q, params, certificate, objectives, p, tests } = data;
      return {
        law, base: sideJson(base), other: sideJson(other),
        at: at.map(({ asked, answers: { compute, tokens, loss, ...sizes }, beyond }) => ({ asked, loss, compute, tokens, ...sizes, beyond })),
        data: { q, params, objectives, p, tests, certificate: { verdict: certificate.verdict, reasons: certificate.reasons, starts: certificate.starts, startsAgreeing: certificate.startsAgreeing } },
        crossings, replicates, requested, confidence, seed,
        warnings: multiplierWarnings(multiplier),
      };
    }),
    version,
  });
}

function sideJson({ name, fit: { sweep, params, points, certificate }, ranges }: Side) {
  return { name, sweep, params, points, ranges, certificate: { verdict: certificate.verdict, reasons: certificate.reasons } };
}
