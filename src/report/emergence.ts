/** Emergence or mirage as text for a terminal, and as JSON. */
import type { Emergence, EmergenceOptions, EmergencePoint, RulerReading } from '../stats/emergence.ts';
import type { PlanBasis } from '../stats/plan.ts';
import type { Answer } from '../stats/answers.ts';
import type { Fit } from '../types.ts';
import { version } from '../version.ts';
import { formatTimes, isBeyond } from './beyond.ts';
import { intervalTitle } from './bootstrap.ts';
import { jsonable } from './jsonable.ts';
import { hang, indent, list, remarkItems, sectionsText, tablesWithin, type Column } from './layout.ts';
import { lawRows } from './asked.ts';
import { formatReading, resolutionTexts, rulerName, rulerTitle, scoreTexts, verdictText } from './rulers.ts';
import { formatCount, formatInteger, formatNumber, formatPower, formatShare } from '../units.ts';

/** What was asked, of which law, and the answer. */
export interface EmergenceReport extends PlanBasis {
  /** Where the law is from: a table, a paper, a file. */
  readonly source: string;
  /** Where it was fitted. */
  readonly fit?: Fit;
  readonly options: EmergenceOptions;
  readonly emergence: Emergence;
  /** Where the constants of the downstream error are from. */
  readonly errorSource?: string;
}

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. */
export function emergenceText(report: EmergenceReport): string {
  const { law, source, fit, emergence, options: { items } } = report;
  const doubt = fit?.certificate.verdict === 'fail' ? ' (the certificate fails)' : '';
  const sections = [
    hang('', `Emergence or mirage, by the law ${law}${fit ? ' fitted to' : ':'} ${source}${doubt}`),
    [...list([...lawRows(report), ['Task', taskText(report)]])],
    ['The same models under each ruler', ...readingLines(report)],
    ['Emergence score', ...indent(scoreTable(report)), '', ...hang('  ', verdictText(emergence))],
    items === undefined ? [] : [`What a test of ${formatInteger(items)} ${items === 1 ? 'item' : 'items'} shows`, ...indent(resolutionTable(report)), '',
      ...resolutionTexts(emergence, items).flatMap((text) => hang('  ', text))],
    list(remarkItems([...emergenceWarnings(report), ...fit?.warnings ?? []], [...emergenceNotes(report), ...fit?.notes ?? []])),
  ];
  return sectionsText(sections);
}

function taskText({ options: { floor, scale } }: EmergenceReport): string {
  const along = 'budgets' in scale ? 'compute-optimal models' : 'the sizes given';
  const loss = floor === undefined ? 'the law\'s own loss' : `L - E + ${formatNumber(floor, 4)}: the law's loss above E, on a floor of its own`;
  return `${loss}, of ${along}`;
}

/** Columns of the models, then as many rulers as have room; the other rulers below, with the models again. */
function readingLines({ emergence: { points, readings }, resampling }: EmergenceReport): string[] {
  return indent(tablesWithin(pointColumns(points), readings.map(({ ruler, values }): Column[] => [
    ['r', rulerTitle(ruler), values.map(({ value }) => formatReading(ruler, value))],
    ...(resampling ? [['l', intervalTitle(resampling.bootstrap), values.map((answer) => intervalText(answer, (end) => formatReading(ruler, end)))] as const] : []),
  ])));
}

function pointColumns(points: readonly EmergencePoint[]): Column[] {
  const far = points.map(({ beyond }) => (isBeyond(beyond) ? formatTimes(beyond) : ''));
  const count = (value: number) => (Number.isFinite(value) ? formatCount(value) : '-');
  return [
    ['l', 'C (FLOP)', points.map(({ C }) => (Number.isFinite(C) ? formatPower(C, 3) : '-'))],
    ['r', 'N', points.map(({ N }) => count(N))],
    ['r', 'D', points.map(({ D }) => count(D))],
    ...(far.some(Boolean) ? [['r', 'beyond', far] as const] : []),
  ];
}

function intervalText({ interval }: Answer, format: (end: number) => string): string {
  return interval && interval.every(Number.isFinite) ? interval.map(format).join(' to ') : '';
}

const LOOKS = { smooth: 'smooth', jump: 'a jump', flat: 'unchanged' } as const;

function scoreTable({ emergence: { readings }, resampling }: EmergenceReport): string[] {
  const scores = readings.map(scoreTexts);
  const without = readings.map(({ score: { value, unanswered = 0 } }) => (Number.isFinite(value) && unanswered > 0 ? formatShare(unanswered, 1) : ''));
  const columns: Column[] = [
    ['r', 'first', readings.map(({ ruler, values }) => formatReading(ruler, values[0].value))],
    ['r', 'last', readings.map(({ ruler, values }) => formatReading(ruler, values.at(-1)!.value))],
    ['r', 'score', scores.map(({ score }) => score)],
  ];
  const looks: Column[] = [
    ['r', 'of equal steps', scores.map(({ times }) => times)],
    ['l', 'looks', readings.map(({ shape }) => LOOKS[shape])],
    ...(without.some(Boolean) ? [['r', 'without', without] as const] : []),
  ];
  const intervals: Column[] = resampling
    ? [['l', intervalTitle(resampling.bootstrap), readings.map(({ score }) => intervalText(score, (end) => formatNumber(end, 3)))]] : [];
  return tablesWithin([['l', '', readings.map(({ ruler }) => rulerName(ruler))]], [[...columns, ...intervals], looks]);
}

function resolutionTable({ emergence: { points, readings } }: EmergenceReport): string[] {
  const known = readings.filter((reading): reading is RulerReading & Required<Pick<RulerReading, 'resolution'>> => reading.resolution !== undefined);
  return tablesWithin([['l', 'C (FLOP)', points.map(({ C }) => formatPower(C, 3))]], known.map(({ ruler, resolution, values }): Column[] => [
    ['r', rulerTitle(ruler), values.map(({ value }) => formatReading(ruler, value))],
    ['r', '±', resolution.map(({ deviation }) => formatReading(ruler, deviation))],
    ['r', 'P(zero)', resolution.map(({ zero }) => formatReading(ruler, zero))],
  ]));
}

/** What is not to be missed, one sentence or two each. */
export function emergenceWarnings({ emergence: { points }, resampling }: EmergenceReport): string[] {
  const none = points.filter(({ loss }) => !Number.isFinite(loss)).length;
  const far = points.filter(({ beyond }) => isBeyond(beyond));
  return [
    ...(none > 0 ? ['The law has no optimum: its exponents are not positive.'] : []),
    ...(far.length > 0 ? [`${far.length} of the ${points.length} models ${far.length === 1 ? 'is' : 'are'} beyond the runs, by up to ` +
      `${formatTimes(Math.max(...far.map(({ beyond }) => beyond)))}: no run says that the law holds there.`] : []),
    ...resampling?.bootstrap.warnings ?? [],
  ];
}

/** What was assumed, and whose constants are used. */
export function emergenceNotes({ errorSource, options: { rulers } }: EmergenceReport): string[] {
  const has = (kind: string) => rulers.some((ruler) => ruler.kind === kind);
  return [
    'The loss is taken as that of the tokens of the right answer, the same for each and independent: p = exp(-loss).',
    'A jump: the whole change is at least twice what steps as large as the typical one, the median, would make. A score hangs on the ' +
      'models it is taken over: take them evenly, as --budgets 1e18..1e26:9 does.',
    ...(has('multiple-choice') ? ['Multiple choice: an answer is one token, and what is not on it is spread evenly over the other options.'] : []),
    ...(errorSource === undefined ? [] : [`Downstream error: ${errorSource}; theirs, not refitted to these runs.`]),
  ];
}

/**
 * What `isoloss emergence --json` prints, with names that are stable; what is not finite is null. A number of the law is an
 * object: value, and with resamples its interval and the share of them without it.
 */
export function emergenceJson(report: EmergenceReport) {
  const { law, params, source, ranges, fit, resampling, options: { floor, items }, emergence } = report;
  const { kind, replicates, requested, seed, confidence, interval } = resampling?.bootstrap ?? {};
  return jsonable({
    law, params, source, ranges, floor, items,
    ...(fit && { certificate: { verdict: fit.certificate.verdict, reasons: fit.certificate.reasons } }),
    ...(resampling && { intervals: { kind, replicates, requested, seed, confidence, interval } }),
    points: emergence.points,
    readings: emergence.readings.map((reading) => ({ name: rulerName(reading.ruler), ...reading })),
    verdict: verdictText(emergence),
    resolution: items === undefined ? undefined : resolutionTexts(emergence, items),
    notes: [...emergenceNotes(report), ...fit?.notes ?? []],
    warnings: [...emergenceWarnings(report), ...fit?.warnings ?? []],
    version,
  });
}
