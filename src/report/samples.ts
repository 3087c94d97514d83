/** Test-time compute as text for a terminal, and as JSON. */
import { sampleCounts, SPARSE } from '../plan/pass.ts';
import type { SampleTable } from '../plan/sample-table.ts';
import type { Answer } from '../stats/answers.ts';
import type { Coverage, CoverageOptions, ModelCoverage, ModelTrade } from '../stats/coverage.ts';
import { formatCount, formatInteger, formatLevel, formatNumber, formatPower, formatShare } from '../units.ts';
import { version } from '../version.ts';
import { formatTimes } from './beyond.ts';
import { intervalTitle } from './bootstrap.ts';
import { jsonable } from './jsonable.ts';
import { hang, indent, list, remarkItems, sectionsText, table, type Column } from './layout.ts';
import { shown } from './plan-tables.ts';

/** What was asked, of which table, and the answer. */
export interface SamplesReport {
  readonly table: SampleTable;
  readonly options: CoverageOptions;
  readonly coverage: Coverage;
}

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. */
export function samplesText(report: SamplesReport): string {
  const { table: { name }, coverage: { models, trades } } = report;
  const sections = [
    [...hang('', `Samples of ${name}`)],
    factLines(report),
    ...models.map((model) => [`${titled('Coverage', model)}: the share of problems of which one of k samples is right`, ...indent(curveTable(model, report))]),
    lawLines(report.coverage),
    askedLines(report),
    targetLines(report),
    ...models.map((model) => bestLines(model, report)),
    trades.length === 0 ? [] : ['A larger model or more samples, at equal cost', ...trades.flatMap((trade) => hang('  ', tradeText(trade, report)))],
    list(remarkItems(samplesWarnings(report), samplesNotes(report))),
  ];
  return sectionsText(sections);
}

/** "Coverage of k samples", of a model where it has a name. */
function titled(what: string, { model }: ModelCoverage): string {
  return `${what} of k samples${model === '' ? '' : ` of ${model}`}`;
}

/** What stands for a model in a sentence. */
function modelName({ model }: Pick<ModelCoverage, 'model'>): string {
  return model === '' ? 'the model' : model;
}

function factLines(report: SamplesReport): string[] {
  const { models, paired, replicates, confidence, seed } = report.coverage;
  const resamples = `percentiles of ${formatInteger(replicates)} resamples of the problems${models.length > 1 ? paired ? ', the same for all models' : ', of each model by itself' : ''}, seed ${seed}`;
  return list([
    ...models.map((model, k) => [k === 0 ? 'Problems' : '', `${ofModel(model, perToken(report))}${formatInteger(model.problems)}, ${formatInteger(model.solved)} of them with a right sample; ` +
      `at least ${formatInteger(model.most)} samples of each`] as const),
    ['Intervals', replicates === 0 ? 'none: leave --bootstrap 0 out' : `${formatLevel(confidence)}: ${resamples}`],
  ]);
}

/** " and token" where a cost is that of one generated token, as nobody says how many a sample has. */
function perToken({ table: { mapping }, options: { tokens } }: SamplesReport): string {
  return mapping.tokens === undefined && tokens === undefined ? ' and token' : '';
}

function ofModel({ model, N, cost }: ModelCoverage, each: string): string {
  const parts = [model, N === undefined ? '' : `${formatCount(N)} parameters`, cost === undefined ? '' : `${formatPower(cost, 3)} FLOPs a sample${each}`].filter(Boolean);
  return parts.length === 0 ? '' : `${parts.join(', ')}: `;
}

export const formatCoverage = (share: number) => (share > 0 && share < 0.01 ? formatPower(share, 2) : share.toFixed(3));
const formatSamples = (samples: number) => (samples < 1e6 ? formatInteger(Number(samples.toPrecision(3))) : formatPower(samples, 3));

function cellsOf(answers: readonly Answer[], title: string, format: (value: number) => string, { replicates, confidence }: Coverage): Column[] {
  const without = answers.map(({ unanswered = 0 }) => (unanswered > 0 ? formatShare(unanswered, 1) : ''));
  return [
    ['r', title, answers.map(({ value }) => shown(value, format))],
    ...(replicates > 0 ? [['l', intervalTitle({ confidence }), answers.map(({ interval }) => rangeText(interval, format))] as const] : []),
    ...(without.some(Boolean) ? [['r', 'resamples without it', without] as const] : []),
  ];
}

function rangeText(interval: Answer['interval'], format: (value: number) => string): string {
  return interval?.every(Number.isFinite) ? interval.map(format).join(' to ') : '-';
}

/** At some of the numbers of samples, the first and the last among them. */
function curveTable({ curve, most, fit, cost }: ModelCoverage, report: SamplesReport): string[] {
  const { coverage } = report;
  const shownAt = new Set(sampleCounts(most, SPARSE));
  const some = curve.filter(({ k }) => shownAt.has(k));
  return table([
    ['r', 'k', some.map(({ k }) => formatInteger(k))],
    ...cellsOf(some.map((row) => row.coverage), 'measured (pass@k)', formatCoverage, coverage),
    ...(fit ? [['r', 'by the law', some.map(({ k }) => formatCoverage(Math.exp(fit.a * k ** fit.b)))] as const] : []),
    ...(cost === undefined ? [] : [['r', `FLOPs a problem${perToken(report)}`, some.map(({ k }) => formatPower(cost * k, 3))] as const]),
  ]);
}

function lawLines({ models, ...coverage }: Coverage): string[] {
  const known = models.filter(({ fit }) => fit);
  if (known.length === 0) return [];
  const fits = known.map(({ fit }) => fit!);
  const all = { models, ...coverage };
  return [
    'The law of the coverage, exp(a k^b), by least squares',
    ...indent(table([
      ...(known.some(({ model }) => model !== '') ? [['l', '', known.map(({ model }) => model)] as const] : []),
      ...cellsOf(fits.map(({ intervals: { a: { unanswered: _same, ...a } } }) => a), 'a', (value) => formatNumber(value, 4), all),
      ...cellsOf(fits.map(({ intervals }) => intervals.b), 'b', (value) => formatNumber(value, 4), all),
      ['r', 'rms misfit', fits.map(({ rms }) => formatNumber(rms, 2))],
      ['r', 'largest', fits.map(({ worst }) => formatNumber(worst, 2))],
    ])),
    '',
    ...list(known.map((model, k) => [k === 0 ? 'Minimum' : '', certificateText(model)] as const)),
    ...list(known.flatMap((model) => (model.trial ? [model] : [])).map((model, k) => [k === 0 ? 'Test' : '', trialText(model)] as const)),
  ];
}

function certificateText({ model, fit }: ModelCoverage): string {
  const { verdict, agreeing, starts, gradientNorm } = fit!;
  return `${model === '' ? '' : `${model}: `}${verdict === 'pass' ? 'certified' : 'NOT certified'}: ${agreeing} of ${starts} starts of the descent end there, where the pulls of the points ` +
    `balance to ${formatPower(gradientNorm, 2)}`;
}

/** "the law of up to 10 samples alone predicts 0.62 for 100, where 0.60 is measured" */
function trialText({ model, trial }: ModelCoverage): string {
  const { upTo, k, predicted, measured } = trial!;
  return `${model === '' ? '' : `${model}: `}the law fitted up to k = ${formatInteger(upTo)} alone predicts ${formatCoverage(predicted)} ` +
    `for k = ${formatInteger(k)}, where ${formatCoverage(measured)} is measured`;
}

function beyondCells(factors: readonly number[]): Column[] {
  const cells = factors.map((factor) => (factor > 1 ? `to ${formatTimes(factor)}` : ''));
  return cells.some(Boolean) ? [['l', 'extrapolated', cells]] : [];
}

function nameCells(names: readonly string[]): Column[] {
  return names.some((name) => name !== '') ? [['l', '', names]] : [];
}

function askedLines({ coverage }: SamplesReport): string[] {
  const rows = coverage.models.flatMap(({ model, asked }) => asked.map((each) => ({ model, ...each })));
  if (rows.length === 0) return [];
  return ['Coverage by k samples, by the law', ...indent(table([
    ...nameCells(rows.map(({ model }) => model)),
    ['r', 'k', rows.map(({ k }) => formatSamples(k))],
    ...cellsOf(rows.map((row) => row.coverage), 'coverage', formatCoverage, coverage),
    ...beyondCells(rows.map(({ beyond }) => beyond)),
  ]))];
}

/** The cheapest of each target is marked, where costs are known. */
function targetLines(report: SamplesReport): string[] {
  const { coverage } = report;
  const rows = coverage.models.flatMap(({ model, targets }) => targets.map((each) => ({ model, ...each }))).toSorted((one, other) => one.coverage - other.coverage);
  if (rows.length === 0) return [];
  const flops = rows.flatMap((row) => (row.flops ? [row.flops] : []));
  const least = (share: number) => Math.min(...rows.filter((row) => row.coverage === share && Number.isFinite(row.flops?.value)).map((row) => row.flops!.value));
  const isCompared = coverage.models.length > 1 && flops.length === rows.length;
  return ['Samples of a problem for a coverage, by the law', ...indent(table([
    ['r', 'coverage', rows.map((row) => formatCoverage(row.coverage))],
    ...nameCells(rows.map(({ model }) => model)),
    ...cellsOf(rows.map(({ samples }) => samples), 'samples', formatSamples, coverage),
    ...(flops.length === rows.length ? [['r', `FLOPs a problem${perToken(report)}`, flops.map(({ value }) => shown(value, (each) => formatPower(each, 3)))] as const] : []),
    ...(isCompared ? [['l', '', rows.map((row) => (row.flops!.value === least(row.coverage) ? 'cheapest' : ''))] as const] : []),
    ...beyondCells(rows.map(({ beyond }) => beyond)),
  ]))];
}

function bestLines(model: ModelCoverage, { coverage, options: { verifier } }: SamplesReport): string[] {
  if (!model.best || !verifier) return [];
  const { curve, plateau } = model.best;
  const rows = [...curve.map(({ k, accuracy }) => ({ k: formatInteger(k), accuracy })), { k: 'ever more', accuracy: plateau }];
  const accepts = `accepts ${percent(verifier.truePositive)} of the right ones and ${percent(verifier.falsePositive)} of the wrong`;
  return [
    ...hang('', `How often the one that is picked of k samples${model.model === '' ? '' : ` of ${model.model}`} is right: by a verifier that ${accepts}`),
    ...indent(table([['r', 'k', rows.map(({ k }) => k)], ...cellsOf(rows.map(({ accuracy }) => accuracy), 'share right', formatCoverage, coverage)])),
  ];
}

const percent = formatLevel;

/** "7B and 70B cover as much, 0.62, at 3e13 FLOPs a problem …: below 70B covers more, above 7B." */
export function tradeText({ small, large, flops, samples, coverage, first, last, beyond }: ModelTrade, { coverage: { confidence, replicates } }: SamplesReport): string {
  const nameOf = (which: 'one' | 'other') => (which === 'one' ? small : large);
  if (!Number.isFinite(flops.value)) return `${nameOf(first)} covers more than ${nameOf(first === 'one' ? 'other' : 'one')} at every equal cost, from one sample of each on.`;
  const range = replicates > 0 ? ` (${intervalTitle({ confidence })} ${rangeText(flops.interval, (value) => formatPower(value, 3))}` +
    `${flops.unanswered ? `; ${formatShare(flops.unanswered, 1)} of the resamples have no crossing` : ''})` : '';
  const far = beyond > 1 ? `, extrapolated to ${formatTimes(beyond)} the samples drawn` : '';
  return `${small} and ${large} cover as much, ${formatCoverage(coverage)}, at ${formatPower(flops.value, 3)} FLOPs a problem${range}: ` +
    `${formatSamples(samples[0])} samples of ${small} or ${formatSamples(samples[1])} of ${large}${far}. Below it ${nameOf(first)} covers more, above it ${nameOf(last)}.`;
}

/** What is not to be missed, one sentence or two each. */
export function samplesWarnings({ coverage: { models } }: SamplesReport): string[] {
  return models.flatMap((model) => {
    const { fit, solved, problems, asked, targets } = model;
    const far = Math.max(1, ...[...asked, ...targets].map(({ beyond }) => beyond).filter(Number.isFinite));
    const flat = solved === 0 ? 'no sample is right' : 'the coverage is the same for all k, or of too few of them between 0 and 1';
    return [
      ...(fit ? [] : [`No law goes through the coverage of ${modelName(model)}: ${flat}.`]),
      ...(fit?.verdict === 'fail' ? [`The minimum of the fit of ${modelName(model)} is not certified: the coverage does not rise as exp(a k^b) does.`] : []),
      ...(fit && solved < problems && far > 1 ? [`The law says that every problem is solved in the end; of ${modelName(model)} ${formatInteger(problems - solved)} of ` +
        `${formatInteger(problems)} have no right sample, and it is extrapolated to ${formatTimes(far)} the samples drawn.`] : []),
      ...(fit && solved === problems && far > 1 ? [`The law of ${modelName(model)} is extrapolated to ${formatTimes(far)} the samples drawn: nothing measured says that it holds there.`] : []),
    ];
  });
}

/** What was assumed. */
export function samplesNotes({ table: { mapping }, options: { verifier, tokens }, coverage: { models } }: SamplesReport): string[] {
  const isPriced = models.some(({ cost }) => cost !== undefined);
  return [
    'pass@k is the unbiased estimate, 1 - C(n - c, k)/C(n, k) with c of n samples right, the mean over problems. The points of a curve are of the same samples: they err together.',
    ...(models.some(({ fit }) => fit)
      ? ['The law is fitted to all k from 1 to the samples drawn, and misfits are differences of the coverage, a share. Extrapolated to ' +
        '10×: to ten times as many samples as were drawn of a problem.']
      : []),
    ...(models.some(lacksSome) ? ['Resamples without it: the share of the resamples of the problems that have no such number, as where no law goes through; the interval is of the others.'] : []),
    ...(isPriced && mapping.tokens === undefined && tokens === undefined ? ['No tokens of a sample are given: a cost is that of one generated token, as if samples of all models were as long.'] : []),
    ...(isPriced ? ['A sample costs 2N FLOPs for each generated token; prompts, attention and training are not counted.'] : []),
    ...(verifier ? ['The best of k takes c/n for the probability of a right sample: of few samples it is a little low, as 1 - (1 - c/n)^k is.'] : []),
  ];
}

/** Is there a number that some resamples have not? */
function lacksSome({ fit, asked, targets }: ModelCoverage): boolean {
  const answers = [...(fit ? [fit.intervals.a, fit.intervals.b] : []), ...asked.map(({ coverage }) => coverage), ...targets.map(({ samples }) => samples)];
  return answers.some(({ unanswered = 0 }) => unanswered > 0);
}

/** What `isoloss samples --json` prints, with names that are stable; what is not finite is null. */
export function samplesJson(report: SamplesReport) {
  const { table: { name, mapping }, options: { verifier, tokens }, coverage } = report;
  return jsonable({
    source: name, columns: mapping, verifier, tokens, ...coverage,
    sentences: coverage.trades.map((trade) => tradeText(trade, report)),
    notes: samplesNotes(report),
    warnings: samplesWarnings(report),
    version,
  });
}
