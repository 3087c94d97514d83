/** Answers of a plan as tables: a number a row, its interval, and how far it is beyond the runs. */
import type { Answer, Answers } from '../stats/answers.ts';
import type { Beyond, BudgetPlan, PlannedShape, TargetPlan } from '../stats/plan.ts';
import type { Interval } from '../types.ts';
import { formatCount, formatInteger, formatNumber, formatPower, formatShare } from '../units.ts';
import { formatTimes } from './beyond.ts';
import { intervalTitle } from './bootstrap.ts';
import type { Column } from './layout.ts';

/** A row of `answersTable`; `beyond`: the factor of its column, where it has one. */
export type Row = readonly [label: string, answer: Answer, format: (value: number) => string, beyond?: number | undefined];

/** Confidence of the intervals; absent where there are none. */
export type Confidence = number | undefined;

/** Columns that say nothing are left out; the last is the share of the resamples that have no such number. */
export function answerColumns(rows: readonly Row[], confidence: Confidence): Column[] {
  const answers = rows.map(([, answer]) => answer);
  const beyond = rows.map(([, , , factor]) => formatBeyond(factor));
  const without = answers.map(({ unanswered = 0 }) => (unanswered > 0 ? formatShare(unanswered, 1) : ''));
  return [
    ['l', '', rows.map(([label]) => label)],
    ['r', '', rows.map(([, { value }, format]) => shown(value, format))],
    ...(answers.some(({ interval }) => interval) ? [intervalColumn(rows, confidence)] : []),
    ...(beyond.some(Boolean) ? [['l', 'beyond runs', beyond] as const] : []),
    ...(without.some(Boolean) ? [['r', 'resamples without it', without] as const] : []),
  ];
}

function intervalColumn(rows: readonly Row[], confidence: Confidence): Column {
  const cells = rows.map(([, { interval }, format]) =>
    (interval && !isGiven(interval) ? between(interval, format) : ''));
  return ['l', intervalTitle({ confidence: confidence ?? NaN }), cells];
}

/** The same in every resample but for rounding: a number that was asked for. */
function isGiven([low, high]: Interval): boolean {
  return high - low <= 1e-12 * Math.abs(high);
}

/** "-" where there is no number. */
export function shown(value: number, format: (value: number) => string): string {
  return Number.isFinite(value) ? format(value) : '-';
}

/** "4.2×", "" where it is within. */
function formatBeyond(factor: number | undefined): string {
  return factor !== undefined && factor > 1 ? formatTimes(factor) : '';
}

/** Without C, of models that are all of one budget. */
export function inSize({ C: _C, ...size }: Beyond): Beyond {
  return size;
}

/** A column that says by how much each row is beyond the runs, in what it is most: "4.2× in N"; none where all are within. */
export function beyondColumn(rows: readonly Beyond[]): Column[] {
  const cells = rows.map((beyond) => {
    const [most] = Object.entries(beyond).filter(([, factor]) => factor > 1).toSorted(([, one], [, other]) => other - one);
    return most ? `${formatTimes(most[1])} in ${most[0]}` : '';
  });
  return cells.some(Boolean) ? [['l', 'beyond runs', cells]] : [];
}

/** Nothing where there is no number at all. */
function between([low, high]: Interval, format: (value: number) => string): string {
  return Number.isFinite(low) || Number.isFinite(high) ? `${shown(low, format)} to ${shown(high, format)}` : '';
}

export const formatLoss = (loss: number) => loss.toFixed(4);
/** Three digits, thousands apart. */
export const formatRatio = (ratio: number) => (ratio >= 1e3 && ratio < 1e6 ? formatInteger(Number(ratio.toPrecision(3))) : formatNumber(ratio, 3));
export const formatFlops = (flops: number) => formatPower(flops, 3);
/** Two digits: "0.52 %", "120,000 %"; "<0.001 %" of what is less and not 0. */
export const formatPercent = (share: number) => `${hundredths(share)} %`;

function hundredths(share: number): string {
  const percent = Number((100 * share).toPrecision(2));
  if (Math.abs(percent) >= 1e3 && Math.abs(percent) < 1e6) return formatInteger(percent);
  return percent !== 0 && Math.abs(percent) < 1e-3 ? (percent < 0 ? '>-0.001' : '<0.001') : formatNumber(percent, 2);
}

export function optimumRows({ optimum, flatness, beyond }: BudgetPlan): Row[] {
  const range = `${Number((100 * flatness.excess).toPrecision(3))} %`;
  return [
    ['N_opt', optimum.N, formatCount, beyond.N],
    ['D_opt', optimum.D, formatCount, beyond.D],
    ['D/N', optimum.tokensPerParameter, formatRatio],
    ['loss', optimum.loss, formatLoss],
    [`smallest N within ${range} of it`, flatness.N.smallest, formatCount],
    [`largest N within ${range} of it`, flatness.N.largest, formatCount],
  ];
}

type Reaching = Answers<'C' | 'N' | 'D' | 'tokensPerParameter'>;

export function reachingRows({ C, N, D, tokensPerParameter }: Reaching, beyond: Beyond): Row[] {
  return [
    ['C (FLOP)', C, formatFlops, beyond.C],
    ['N', N, formatCount, beyond.N],
    ['D', D, formatCount, beyond.D],
    ['D/N', tokensPerParameter, formatRatio],
  ];
}

export function trainingRows(training: NonNullable<TargetPlan['training']>): Row[] {
  const labels = { hours: 'hours by the clock', deviceHours: 'device-hours', money: 'money', energy: 'energy (kWh)' } as const;
  return Object.entries(labels).flatMap(([name, label]): Row[] => {
    const answer = training[name as keyof typeof labels];
    return answer ? [[label, answer, formatCount]] : [];
  });
}

/** Numbers that have no interval. */
export function certain(numbers: object): Record<string, Answer> {
  return Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, { value: Number(value) }]));
}

type Serving = NonNullable<TargetPlan['serving']>['flops'];

export function servingRows({ answers, beyond, cheaperFrom, beside }: Serving, unit: 'FLOPs' | 'money'): Row[] {
  const format = unit === 'FLOPs' ? formatFlops : formatCount;
  return [
    ['N', answers.N, formatCount, beyond.N],
    ['D', answers.D, formatCount, beyond.D],
    ['D/N', answers.tokensPerParameter, formatRatio],
    [`training, ${unit}`, answers.training, format],
    [`serving, ${unit}`, answers.serving, format],
    [`total, ${unit}`, answers.total, format],
    ['total if compute-optimal', answers.optimalTotal, format],
    ['saved of that', answers.saving, formatPercent],
    ['cheaper than that from, served tokens', cheaperFrom, formatCount],
    ...beside.map(({ what, cheaperFrom: from }): Row => [`cheaper with ${besideName(what)} from`, from, formatCount]),
  ];
}

export function repetitionRows({ answers, beyond }: BudgetPlan['repetition'][number]): Row[] {
  return [
    ['N', answers.N, formatCount, beyond.N],
    ['D', answers.D, formatCount, beyond.D],
    ['epochs', answers.epochs, formatRatio],
    ['loss', answers.loss, formatLoss],
    ['above the loss of fresh tokens', answers.excess, formatPercent],
  ];
}

/** Shares as percentages, and beside them their intervals where there are any. */
export function shareColumns(title: string, answers: readonly Answer[], confidence: Confidence): Column[] {
  const intervals = answers.map(({ interval }) => (interval ? between(interval, hundredths) : ''));
  return [
    ['r', title, answers.map(({ value }) => shown(value, formatPercent))],
    ...(confidence === undefined ? [] : [['l', `${intervalTitle({ confidence })}`, intervals] as const]),
  ];
}

/** Models beside the optimum of a budget. */
export function besideColumns(beside: BudgetPlan['beside'], confidence: Confidence): Column[] {
  return [
    ['l', '', beside.map(({ what }) => besideName(what))],
    ['r', 'N', beside.map(({ N }) => formatCount(N))],
    ['r', 'D', beside.map(({ D }) => formatCount(D))],
    ['r', 'loss', beside.map(({ answers: { loss } }) => shown(loss.value, formatLoss))],
    ...shareColumns('more loss', beside.map(({ answers }) => answers.excess), confidence),
    ...shareColumns('more C', beside.map(({ answers }) => answers.overhead), confidence),
    ...beyondColumn(beside.map(({ beyond }) => inSize(beyond))),
  ];
}

export function besideName(what: BudgetPlan['beside'][number]['what']): string {
  if ('rule' in what) return what.rule;
  return 'ratio' in what ? `D/N = ${Number(what.ratio.toPrecision(4))}` : `N = ${formatCount(what.N)}`;
}

export function shapesColumns(shapes: readonly PlannedShape[], recompute = false): Column[] {
  const rule = recompute ? '8ND' : '6ND';
  const cells = (of: (shape: PlannedShape) => string) => shapes.map(of);
  return [
    ['r', 'layers', cells(({ architecture }) => formatInteger(architecture.layers))],
    ['r', 'width', cells(({ architecture }) => formatInteger(architecture.width))],
    ['r', 'heads', cells(({ architecture }) => formatInteger(architecture.heads))],
    ['r', 'N', cells(({ parameters }) => formatCount(parameters.total))],
    ['r', 'without embeddings', cells(({ parameters }) => formatCount(parameters.withoutEmbeddings))],
    ['r', 'N off', cells(({ error }) => formatPercent(error))],
    ['r', rule, cells(({ approximate }) => formatFlops(approximate))],
    ['r', 'FLOPs counted', cells(({ counted }) => formatFlops(counted))],
    ['r', `counted/${rule}`, cells(({ counted, approximate }) => formatNumber(counted / approximate, 3))],
  ];
}
