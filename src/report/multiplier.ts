/** Two sweeps against each other as text for a terminal, as tables, and as JSON. */
import type { Answer } from '../stats/answers.ts';
import type { Multiplier, MultiplierAt, Side } from '../stats/multiplier.ts';
import { formatCount, formatInteger, formatLevel, formatNumber, formatPower } from '../units.ts';
import { version } from '../version.ts';
import { farText } from './beyond.ts';
import { intervalTitle } from './bootstrap.ts';
import { jsonable } from './jsonable.ts';
import { hang, list, remarkItems, sectionsText } from './layout.ts';
import { objectiveUnit } from './losses.ts';
import { multiplierNotes, multiplierSays, multiplierWarnings, needSpan, needText, verdictOnShared } from './multiplier-words.ts';
import { titledLines, type TitledTable } from './titled-table.ts';

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. */
export function multiplierText(found: readonly Multiplier[]): string {
  return found.map((multiplier) => sectionsText(sectionsOf(multiplier))).join('\n');
}

function sectionsOf(multiplier: Multiplier): string[][] {
  const { base, other, law } = multiplier;
  return [
    [...hang('', `${other.name} against ${base.name}, by the law ${law}`), ...multiplierSays(multiplier).flatMap((line) => hang('  ', line))],
    list(remarkItems(multiplierWarnings(multiplier), multiplierNotes(multiplier))),
    ...multiplierTables(multiplier).map(titledLines),
    ['One law with q times the tokens', ...list(sharedFacts(multiplier))],
    ['Fits', ...[base, other].flatMap((side) => hang('  ', sideText(side))), ...list([['Intervals', intervalsText(multiplier)]])],
  ];
}

/** The law that both share, by name. */
export function sharedFacts(multiplier: Multiplier): (readonly [string, string])[] {
  const { base, other, data: { q, objectives, certificate } } = multiplier;
  const unit = objectiveUnit(base.fit);
  return [
    ['q', `${numberWithInterval(q)}: a token of ${other.name} counts as so many of ${base.name}`],
    ['Minimised', `${formatNumber(objectives.shared, 6)} ${unit}; by two laws ${formatNumber(objectives.separate, 6)}, by one law with q = 1 ` +
      formatNumber(objectives.same, 6)],
    ['One q', verdictOnShared(multiplier)],
    ['Certified', `${certificate.verdict}, ${formatInteger(certificate.startsAgreeing)} of ${formatInteger(certificate.starts)} starts agree`],
  ];
}

function numberWithInterval({ value, interval }: Answer): string {
  const times = (number: number) => formatNumber(number, 3);
  if (!Number.isFinite(value)) return 'none';
  return interval && Number.isFinite(interval[0]) ? `${times(value)} (${interval.map(times).join(' to ')})` : times(value);
}

/** How the intervals were made. */
export function intervalsText({ replicates, requested, confidence, seed }: Multiplier): string {
  const made = replicates < requested ? `stopped: ${formatInteger(replicates)} of ${formatInteger(requested)}` : formatInteger(replicates);
  return `${formatLevel(confidence)}, percentiles of ${made} pairs of resamples, the runs of each sweep drawn by themselves, seed ${seed}`;
}

/** "books: E 1.620, …; 34 runs, C 3.35e15 to 5.7e21 FLOPs; certificate pass" */
export function sideText({ name, fit, ranges: { C } }: Side): string {
  const { params, points, certificate: { verdict } } = fit;
  const numbers = Object.entries(params).map(([param, value]) => `${param} ${formatNumber(value, 4)}`).join(', ');
  return `${name}: ${numbers}; ${formatInteger(points)} runs, C ${formatPower(C[0], 3)} to ${formatPower(C[1], 3)} FLOPs; certificate ${verdict}`;
}

/** What the other needs, and the models behind it. */
export function multiplierTables(multiplier: Multiplier): TitledTable[] {
  return [needTable(multiplier), modelTable(multiplier)];
}

function needTable({ at, confidence, base, other }: Multiplier): TitledTable {
  const need = ({ value }: Answer) => (Number.isFinite(value) ? needText(value) : 'none');
  const span = ({ value, interval }: Answer) => (Number.isFinite(value) && interval && Number.isFinite(interval[0]) ? needSpan(interval) : '');
  return {
    title: `What ${other.name} needs for the same loss, against ${base.name}`,
    columns: [
      ['r', 'loss', at.map(({ answers }) => known(answers.loss, formatLoss))],
      ['r', 'C, FLOPs', at.map(({ answers }) => known(answers.otherC, (C) => formatPower(C, 3)))],
      ['r', 'compute', at.map(({ answers }) => need(answers.compute))],
      ['l', intervalTitle({ confidence }), at.map(({ answers }) => span(answers.compute))],
      ['r', 'tokens', at.map(({ answers }) => need(answers.tokens))],
      ['l', intervalTitle({ confidence }), at.map(({ answers }) => span(answers.tokens))],
    ],
    notes: [`Loss in nats per token. C is that of ${other.name}. Compute: of the two compute-optimal models of this loss. Tokens: of two models of the same N, that of ${other.name}'s. ` +
      'An interval from less to more: the data do not tell.'],
  };
}

const known = ({ value }: Answer, format: (n: number) => string) => (Number.isFinite(value) ? format(value) : '-');
const formatLoss = (loss: number) => loss.toFixed(4);

/** Of each loss: the optimum of either, and the base at the N of the other's. */
function modelTable({ at, base, other }: Multiplier): TitledTable {
  const rows = at.flatMap((each) => modelsOf(each, base, other));
  const far = rows.map(({ beyond }) => beyond);
  return {
    title: 'The models that this compares',
    columns: [
      ['r', 'loss', rows.map(({ loss }) => loss)],
      ['l', 'sweep', rows.map(({ name }) => name)],
      ['r', 'N', rows.map(({ N }) => N)],
      ['r', 'D', rows.map(({ D }) => D)],
      ['r', 'C, FLOPs', rows.map(({ C }) => C)],
      ...(far.some(Boolean) ? [['l', 'beyond its runs', far] as const] : []),
    ],
    notes: [`N in parameters, D in training tokens; C = 6ND. The first two have the least loss for their C; "at that N" is ${base.name} with the N of ${other.name}.`],
  };
}

function modelsOf({ answers, beyond }: MultiplierAt, base: Side, other: Side) {
  const model = (name: string, [N, D, C]: readonly Answer[], far: MultiplierAt['beyond']['base'], loss = '') => ({
    name, loss, N: known(N, formatCount), D: known(D, formatCount), C: known(C, (flops) => formatPower(flops, 3)), beyond: farText(far),
  });
  const { otherN, otherD, otherC, baseN, baseD, baseC, tokens, loss } = answers;
  const D = { value: otherD.value * tokens.value };
  return [
    model(short(other), [otherN, otherD, otherC], beyond.other, known(loss, formatLoss)),
    model(short(base), [baseN, baseD, baseC], beyond.base),
    model('  at that N', [otherN, D, { value: 6 * otherN.value * D.value }], beyond.sameN),
  ];
}

const NAME = 20;

/** A name that leaves the table narrow. */
function short({ name }: Side): string {
  return name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name;
}

/**
 * What `isoloss multiplier --json` prints: a list with one entry for each sweep that is compared with the base. `compute` and
 * `tokens` are what the base needs over what the other does at the same loss: above 1 the other needs less. `beyond`: by what
 * factor the optima are beyond the runs of their sweep, and `sameN` the base at the N of the other. What is not finite is null.
 */
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
        says: multiplierSays(multiplier),
        notes: multiplierNotes(multiplier),
        warnings: multiplierWarnings(multiplier),
      };
    }),
    version,
  });
}

function sideJson({ name, fit: { sweep, params, points, certificate }, ranges }: Side) {
  return { name, sweep, params, points, ranges, certificate: { verdict: certificate.verdict, reasons: certificate.reasons } };
}
