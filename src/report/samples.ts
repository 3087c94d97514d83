/** Test-time compute as text for a terminal, and as JSON. */
import { sampleCounts, SPARSE } from '../plan/pass.ts';
import type { SampleTable } from '../plan/sample-table.ts';
import type { Answer } from '../stats/answers.ts';
import type { Coverage, CoverageOptions, ModelCoverage, ModelTrade } from '../stats/coverage.ts';
import { formatCount, formatInteger, formatNumber, formatPower, formatShare } from '../units.ts';
import { version } from '../version.ts';
import { intervalTitle } from './bootstrap.ts';
import { jsonable } from './jsonable.ts';
import { hang, indent, list, table, type Column } from './layout.ts';

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
    ...models.map((model) => [titled('Coverage', model), ...indent(curveTable(model, report.coverage))]),
    lawLines(report.coverage),
    askedLines(report),
    targetLines(report),
    ...models.map((model) => bestLines(model, report)),
    trades.length === 0 ? [] : ['A larger model or more samples, at equal cost', ...trades.flatMap((trade) => hang('  ', tradeText(trade, report)))],
    list([...samplesWarnings(report).map((text) => ['WARNING', text] as const), ...samplesNotes(report).map((text) => ['Note', text] as const)]),
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** "Coverage of k samples", of a model where it has a name. */
function titled(what: string, { model }: ModelCoverage): string {
  return `${what} of k samples${model === '' ? '' : `, ${model}`}`;
}

/** What stands for a model in a sentence. */
export function modelName({ model }: Pick<ModelCoverage, 'model'>): string {
  return model === '' ? 'the model' : model;
}

function factLines({ coverage: { models, paired, replicates, confidence, seed } }: SamplesReport): string[] {
  const resamples = `percentiles of ${formatInteger(replicates)} resamples of the problems${models.length > 1 ? paired ? ', the same for all models' : ', of each model by itself' : ''}, seed ${seed}`;
  return list([
    ...models.map((model, k) => [k === 0 ? 'Problems' : '', `${formatInteger(model.problems)}, ${formatInteger(model.solved)} of them with a right sample, ` +
      `${formatInteger(model.most)} samples each or more${ofModel(model)}`] as const),
    ['Intervals', replicates === 0 ? 'none: leave --bootstrap 0 out' : `${intervalTitle({ confidence })}s: ${resamples}`],
  ]);
}

function ofModel({ model, N, cost }: ModelCoverage): string {
  const parts = [model, N === undefined ? '' : `${formatCount(N)} parameters`, cost === undefined ? '' : `${formatPower(cost, 3)} FLOPs a sample`].filter(Boolean);
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

export const formatCoverage = (share: number) => (share > 0 && share < 0.01 ? formatPower(share, 2) : share.toFixed(3));
const formatSamples = (samples: number) => (samples < 1e6 ? formatInteger(Number(samples.toPrecision(3))) : formatPower(samples, 3));

function cellsOf(answers: readonly Answer[], title: string, format: (value: number) => string, { replicates, confidence }: Coverage): Column[] {
  const without = answers.map(({ unanswered = 0 }) => (unanswered > 0 ? formatShare(unanswered, 1) : ''));
  return [
    ['r', title, answers.map(({ value }) => shown(value, format))],
    ...(replicates > 0 ? [['l', intervalTitle({ confidence }), answers.map(({ interval }) => rangeText(interval, format))] as const] : []),
    ...(without.some(Boolean) ? [['r', 'without', without] as const] : []),
  ];
}

function shown(value: number, format: (value: number) => string): string {
  return Number.isFinite(value) ? format(value) : '-';
}

function rangeText(interval: Answer['interval'], format: (value: number) => string): string {
  return interval?.every(Number.isFinite) ? interval.map(format).join(' to ') : '-';
}

/** At some of the numbers of samples, the first and the last among them. */
function curveTable({ curve, most, fit, cost }: ModelCoverage, coverage: Coverage): string[] {
  const shownAt = new Set(sampleCounts(most, SPARSE));
  const some = curve.filter(({ k }) => shownAt.has(k));
  return table([
    ['r', 'k', some.map(({ k }) => formatInteger(k))],
    ...cellsOf(some.map((row) => row.coverage), 'pass@k', formatCoverage, coverage),
    ...(fit ? [['r', 'by the law', some.map(({ k }) => formatCoverage(Math.exp(fit.a * k ** fit.b)))] as const] : []),
    ...(cost === undefined ? [] : [['r', 'FLOPs', some.map(({ k }) => formatPower(cost * k, 3))] as const]),
  ]);
}

function lawLines({ models, ...coverage }: Coverage): string[] {
  const known = models.filter(({ fit }) => fit);
  if (known.length === 0) return [];
  const fits = known.map(({ fit }) => fit!);
  const all = { models, ...coverage };
  return [
    'The law exp(a k^b), least squares of the coverage',
    ...indent(table([
      ...(known.some(({ model }) => model !== '') ? [['l', '', known.map(({ model }) => model)] as const] : []),
      ...cellsOf(fits.map(({ intervals }) => intervals.a), 'a', (value) => formatNumber(value, 4), all),
      ...cellsOf(fits.map(({ intervals }) => intervals.b), 'b', (value) => formatNumber(value, 4), all),
      ['r', 'rms off', fits.map(({ rms }) => formatNumber(rms, 2))],
      ['r', 'most', fits.map(({ worst }) => formatNumber(worst, 2))],
    ])),
    ...list(known.flatMap((model, k) => [
      [k === 0 ? 'Minimum' : '', certificateText(model)] as const,
      ...(model.trial ? [['Trial', trialText(model)] as const] : []),
    ])),
  ];
}

function certificateText({ model, fit }: ModelCoverage): string {
  const { verdict, agreeing, starts, gradientNorm } = fit!;
  return `${verdict === 'pass' ? 'certified' : 'NOT certified'}${model === '' ? '' : `, ${model}`}: ${agreeing} of ${starts} starts agree, gradient ${formatPower(gradientNorm, 2)} of the pulls`;
}

/** "fitted to the first 10 samples it says 0.62 for 100, where 0.60 is measured" */
export function trialText({ model, trial }: ModelCoverage): string {
  const { upTo, k, predicted, measured } = trial!;
  return `${model === '' ? '' : `${model}: `}fitted up to k = ${formatInteger(upTo)} alone it says ${formatCoverage(predicted)} for ${formatInteger(k)}, where ${formatCoverage(measured)} is measured`;
}

function beyondCells(factors: readonly number[]): Column[] {
  const cells = factors.map((factor) => (factor > 1 ? `${formatNumber(factor, 2)}×` : ''));
  return cells.some(Boolean) ? [['l', 'beyond the samples', cells]] : [];
}

function nameCells(names: readonly string[]): Column[] {
  return names.some((name) => name !== '') ? [['l', '', names]] : [];
}

function askedLines({ coverage }: SamplesReport): string[] {
  const rows = coverage.models.flatMap(({ model, asked }) => asked.map((each) => ({ model, ...each })));
  if (rows.length === 0) return [];
  return ['Coverage by the law', ...indent(table([
    ...nameCells(rows.map(({ model }) => model)),
    ['r', 'k', rows.map(({ k }) => formatSamples(k))],
    ...cellsOf(rows.map((row) => row.coverage), 'coverage', formatCoverage, coverage),
    ...beyondCells(rows.map(({ beyond }) => beyond)),
  ]))];
}

/** The cheapest of each target is marked, where costs are known. */
function targetLines({ coverage }: SamplesReport): string[] {
  const rows = coverage.models.flatMap(({ model, targets }) => targets.map((each) => ({ model, ...each }))).toSorted((one, other) => one.coverage - other.coverage);
  if (rows.length === 0) return [];
  const flops = rows.flatMap((row) => (row.flops ? [row.flops] : []));
  const least = (share: number) => Math.min(...rows.filter((row) => row.coverage === share && Number.isFinite(row.flops?.value)).map((row) => row.flops!.value));
  const isCompared = coverage.models.length > 1 && flops.length === rows.length;
  return ['Samples for a coverage, by the law', ...indent(table([
    ['r', 'coverage', rows.map((row) => formatCoverage(row.coverage))],
    ...nameCells(rows.map(({ model }) => model)),
    ...cellsOf(rows.map(({ samples }) => samples), 'samples', formatSamples, coverage),
    ...(flops.length === rows.length ? [['r', 'FLOPs a problem', flops.map(({ value }) => shown(value, (each) => formatPower(each, 3)))] as const] : []),
    ...(isCompared ? [['l', '', rows.map((row) => (row.flops!.value === least(row.coverage) ? 'cheapest' : ''))] as const] : []),
    ...beyondCells(rows.map(({ beyond }) => beyond)),
  ]))];
}

function bestLines(model: ModelCoverage, { coverage, options: { verifier } }: SamplesReport): string[] {
  if (!model.best || !verifier) return [];
  const { curve, plateau } = model.best;
  const rows = [...curve.map(({ k, accuracy }) => ({ k: formatInteger(k), accuracy })), { k: 'ever more', accuracy: plateau }];
  const accepts = `accepts ${percent(verifier.truePositive)} of the right ones and ${percent(verifier.falsePositive)} of the wrong`;
  return [...hang('', `${titled('The best', model)}, by a verifier that ${accepts}`), ...indent(table([['r', 'k', rows.map(({ k }) => k)], ...cellsOf(rows.map(({ accuracy }) => accuracy), 'right', formatCoverage, coverage)]))];
}

const percent = (share: number) => `${formatNumber(100 * share, 3)} %`;

/** "7B and 70B cover as much, 0.62, at 3e13 FLOPs a problem …: below 70B covers more, above 7B." */
export function tradeText({ small, large, flops, samples, coverage, first, last, beyond }: ModelTrade, { coverage: { confidence, replicates } }: SamplesReport): string {
  const nameOf = (which: 'one' | 'other') => (which === 'one' ? small : large);
  if (!Number.isFinite(flops.value)) return `${nameOf(first)} covers more than ${nameOf(first === 'one' ? 'other' : 'one')} at every equal cost, from one sample of each on.`;
  const range = replicates > 0 ? ` (${intervalTitle({ confidence })} ${rangeText(flops.interval, (value) => formatPower(value, 3))}` +
    `${flops.unanswered ? `; ${formatShare(flops.unanswered, 1)} of the resamples have no crossing` : ''})` : '';
  const far = beyond > 1 ? `, ${formatNumber(beyond, 2)}× beyond the samples` : '';
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
        `${formatInteger(problems)} have no right sample, and what it says is up to ${formatNumber(far, 2)}× beyond the samples.`] : []),
    ];
  });
}

/** What was assumed. */
export function samplesNotes({ table: { mapping }, options: { verifier, tokens }, coverage: { models } }: SamplesReport): string[] {
  const isPriced = models.some(({ cost }) => cost !== undefined);
  return [
    'pass@k is unbiased, 1 - C(n-c, k)/C(n, k), the mean over problems. The points of a curve are of the same samples: they err together.',
    ...(isPriced && mapping.tokens === undefined && tokens === undefined ? ['No tokens of a sample are given: a cost is that of one generated token, as if samples of all models were as long.'] : []),
    ...(isPriced ? ['A sample costs 2N FLOPs for each generated token; prompts, attention and training are not counted.'] : []),
    ...(verifier ? ['The best of k takes c/n for the probability of a right sample: of few samples it is a little low, as 1 - (1 - c/n)^k is.'] : []),
  ];
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
