/** What to train next as text for a terminal, and as JSON. */
import { lawById } from '../laws/registry.ts';
import type { PlanBasis, Plan, BudgetPlan, PlanOptions, TargetPlan } from '../stats/plan.ts';
import type { Fit } from '../types.ts';
import { version } from '../version.ts';
import { jsonable } from './jsonable.ts';
import { hang, indent, list } from './layout.ts';
import {
  answersTable, besideName, besideTable, certain, formatPercent, optimumRows, reachingRows, repetitionRows, servingRows, shapesTable,
  trainingRows, type Confidence,
} from './plan-tables.ts';
import { formatCount, formatInteger, formatNumber, formatPower } from './units.ts';

/** A plan, and what it is made of. */
export interface PlanReport extends PlanBasis {
  /** Where the law is from: a table, a paper, a file. */
  readonly source: string;
  /** Where it was fitted. */
  readonly fit?: Fit;
  readonly options: PlanOptions;
  readonly plan: Plan;
  /** Where the worth of repeated tokens is from, where it is asked for. */
  readonly decaySource?: string;
}

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. */
export function planText(report: PlanReport): string {
  const { plan, law, fit, source } = report;
  const doubt = fit?.certificate.verdict === 'fail' ? ' (the certificate fails)' : '';
  const sections = [
    hang('', `Plan by the law ${law}${fit ? ' fitted to' : ':'} ${source}${doubt}`),
    basisLines(report),
    ...plan.budgets.flatMap((budget) => budgetSections(budget, report)),
    ...plan.targets.flatMap((target) => targetSections(target, report)),
    remarks(report),
  ];
  return sections.filter((lines) => lines.length > 0).map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function basisLines({ law, params, ranges = {}, resampling, fit, plan, options }: PlanReport): string[] {
  const runs = Object.entries(ranges).map(([name, [low, high]]) => `${name} ${formatRange(name, low, high)}`);
  const { replicates, kind, interval } = resampling?.bootstrap ?? {};
  return list([
    ['Law', lawById(law).formula],
    ['Parameters', Object.entries(params).map(([name, value]) => `${name} ${formatNumber(value, 6)}`).join(', ')],
    ...(runs.length > 0 ? [['Runs', runs.join(', ')] as const] : []),
    ['Intervals', replicates === undefined
      ? `none: ${fit ? 'add --bootstrap 1000, or --interval sandwich' : 'a law that is given has none'}`
      : `${interval} of ${formatInteger(replicates)} ${kind === 'sandwich' ? 'draws from the covariance of the fit' : `resamples (${kind})`}, ` +
        'of those that have the number; the share without it stands beside'],
    ...(options.cluster ? [['Cluster', clusterText(options.cluster, options, plan)] as const] : []),
  ]);
}

function formatRange(name: string, low: number, high: number): string {
  return name === 'C' ? `${formatPower(low, 3)} to ${formatPower(high, 3)}` : `${formatCount(low)} to ${formatCount(high)}`;
}

function clusterText(cluster: NonNullable<PlanOptions['cluster']>, { layout }: PlanOptions, { goodput }: Plan): string {
  const machine = 'device' in cluster ? cluster.device : `devices of ${formatPower(cluster.peakFlops, 3)} FLOP/s`;
  const saved = goodput && `; goodput ${formatPercent(goodput.goodput)}, a checkpoint every ${formatNumber(goodput.interval, 3)} hours`;
  const alone = layout ? ' by itself' : '';
  return `${formatInteger(cluster.devices)} ${machine} at ${formatPercent(cluster.utilisation)} of the peak rate${alone}${saved ?? ''}`;
}

function confidenceOf({ resampling }: PlanReport): Confidence {
  return resampling?.bootstrap.confidence;
}

function budgetSections(budget: BudgetPlan, report: PlanReport): string[][] {
  const { C, limit, beside, training, repetition, optimum } = budget;
  const confidence = confidenceOf(report);
  const name = `${formatPower(C, 4)} FLOPs`;
  const allowed = limit === undefined ? '' : `, what the ${limit} allow${limit === 'hours' ? '' : 's'}`;
  const far = budget.beyond.C !== undefined && budget.beyond.C > 1 ? `, ${formatNumber(budget.beyond.C, 2)}× beyond the runs` : '';
  return [
    [`Compute-optimal for ${name}${allowed}${far}`, ...indent(answersTable(optimumRows(budget), confidence))],
    beside.length > 0 ? [`Beside it, at ${name}`, ...indent(besideTable(beside, confidence))] : [],
    training ? [`Training, ${name}${layoutText(budget)}`, ...indent(answersTable(trainingRows(certain(training)), confidence))] : [],
    ...servingSections(budget, 'the same loss', report),
    ...repetition.map((each) =>
      [`With ${formatCount(each.unique)} unique tokens, at ${name}`, ...indent(answersTable(repetitionRows(each), confidence))]),
    shapesSection(budget, optimum.N.value, report),
  ];
}

function targetSections(target: TargetPlan, report: PlanReport): string[][] {
  const { loss, optimum, beyond, beside, training } = target;
  const confidence = confidenceOf(report);
  const name = `a loss of ${loss}`;
  return [
    [`Least compute for ${name}`, ...indent(answersTable(reachingRows(optimum, beyond), confidence))],
    ...beside.map((each) => [`${name.replace('a', 'A')} with ${besideName(each.what)}`, ...indent(answersTable([
      ...reachingRows(each.answers, each.beyond), ['more compute', each.answers.overhead, formatPercent],
    ], confidence))]),
    training ? [`Training, for ${name}${layoutText(target)}`, ...indent(answersTable(trainingRows(training), confidence))] : [],
    ...servingSections(target, name, report),
    shapesSection(target, optimum.N.value, report),
  ];
}

function layoutText({ utilisation: used }: BudgetPlan | TargetPlan): string {
  if (!used) return '';
  const [all, pipeline, waiting] = [used.utilisation, used.pipeline, used.communication].map(formatPercent);
  return `: ${all} of the peak rate, pipeline ${pipeline}, communication ${waiting}, ${formatNumber(used.step, 3)} s a step`;
}

function servingSections({ serving }: BudgetPlan | TargetPlan, goal: string, report: PlanReport): string[][] {
  if (!serving) return [];
  const { inputTokens = 0, outputTokens = 0 } = report.options.serving?.demand ?? {};
  const confidence = confidenceOf(report);
  const title = `Least total cost with ${formatCount(inputTokens + outputTokens)} served tokens, for ${goal}, in`;
  return [
    [`${title} FLOPs`, ...indent(answersTable(servingRows(serving.flops, 'FLOPs'), confidence))],
    serving.money ? [`${title} money`, ...indent(answersTable(servingRows(serving.money, 'money'), confidence))] : [],
  ];
}

function shapesSection({ shapes }: BudgetPlan | TargetPlan, N: number, { options }: PlanReport): string[] {
  if (!options.shapes || shapes.length === 0) return [];
  const context = formatInteger(options.shapes.context);
  return [`Architectures nearest to ${formatCount(N)} parameters, D_opt tokens in contexts of ${context}`, ...indent(shapesTable(shapes))];
}

function remarks(report: PlanReport): string[] {
  return list([
    ...planWarnings(report).map((warning) => ['WARNING', warning] as const),
    ...(report.fit?.warnings ?? []).map((warning) => ['WARNING', warning] as const),
    ...planNotes(report).map((note) => ['Note', note] as const),
    ...(report.fit?.notes ?? []).map((note) => ['Note', note] as const),
  ]);
}

/** What is not to be missed, one sentence or two each. */
export function planWarnings({ plan }: PlanReport): string[] {
  const places = [
    ...plan.budgets.map((budget) => [`${formatPower(budget.C, 4)} FLOPs`, budget] as const),
    ...plan.targets.map((target) => [`a loss of ${target.loss}`, target] as const),
  ];
  return places.flatMap(([name, { optimum, beyond }]) => {
    if (Number.isNaN(optimum.N.value)) return [`The law has no optimum for ${name}: it does not get there, or its exponents are not positive.`];
    const far = Object.entries(beyond).filter(([, factor]) => factor > 1).map(([column, factor]) => `${formatNumber(factor, 2)}× in ${column}`);
    return far.length === 0 ? [] : [`The optimum for ${name} is beyond the runs, ${far.join(', ')}: no run says that the law holds there.`];
  });
}

/** Whose constants are used. */
export function planNotes({ options, plan, decaySource }: Pick<PlanReport, 'options' | 'plan' | 'decaySource'>): string[] {
  const { rules = [], repetition } = options;
  return [
    ...(plan.budgets.length > 0 ? rules.map(({ name, source }) => `${name}: ${source}.`) : []),
    ...(repetition && decaySource !== undefined
      ? [`Repeated tokens are worth what R_D* = ${formatNumber(repetition.decay.tokens, 4)} and R_N* = ` +
        `${formatNumber(repetition.decay.parameters, 4)} say: ${decaySource}; theirs, not refitted to these runs.`]
      : []),
  ];
}

/**
 * What `isoloss plan --json` prints, with names that are stable; what is not finite is null. A number of the law is an object:
 * value, and with resamples its interval and the share of them without it.
 */
export function planJson(report: PlanReport) {
  const { law, params, source, ranges, fit, resampling, plan, options } = report;
  const { kind, replicates, requested, seed, confidence, interval } = resampling?.bootstrap ?? {};
  return jsonable({
    law, params, source, ranges,
    ...(fit && { certificate: { verdict: fit.certificate.verdict, reasons: fit.certificate.reasons } }),
    ...(resampling && { intervals: { kind, replicates, requested, seed, confidence, interval } }),
    ...(options.cluster && { cluster: options.cluster }),
    ...(options.layout && { layout: options.layout }),
    ...(plan.goodput && { goodput: plan.goodput }),
    ...(options.serving && { served: options.serving.demand }),
    ...(options.repetition && { repetition: { ...options.repetition.decay } }),
    ...(options.shapes && { context: options.shapes.context }),
    budgets: plan.budgets.map(budgetJson),
    targets: plan.targets.map(targetJson),
    notes: [...planNotes(report), ...fit?.notes ?? []],
    warnings: [...planWarnings(report), ...fit?.warnings ?? []],
    version,
  });
}

function budgetJson({ C, limit, optimum, beyond, flatness, beside, training, utilisation, serving, repetition, shapes }: BudgetPlan) {
  return {
    C, limit, ...optimum, beyond,
    flatness: { excess: flatness.excess, ...flatness.N },
    beside: beside.map(({ what, N, D, beyond: far, answers }) => ({ ...what, N, D, ...answers, beyond: far })),
    training, utilisation, serving: serving && servingJson(serving),
    repetition: repetition.map(({ unique, beyond: far, answers }) => ({ unique, ...answers, beyond: far })),
    shapes,
  };
}

function targetJson({ loss, optimum, beyond, beside, training, utilisation, serving, shapes }: TargetPlan) {
  return {
    loss, ...optimum, beyond,
    beside: beside.map(({ what, beyond: far, answers }) => ({ ...('ratio' in what ? what : {}), ...answers, beyond: far })),
    training, utilisation, serving: serving && servingJson(serving), shapes,
  };
}

function servingJson({ flops, money }: NonNullable<BudgetPlan['serving']>) {
  return { flops: { ...flops.answers, beyond: flops.beyond }, ...(money && { money: { ...money.answers, beyond: money.beyond } }) };
}
