/** What to train next as text for a terminal, and as JSON. */
import type { BudgetPlan, Plan, PlanOptions, TargetPlan } from '../stats/plan.ts';
import { formatInteger, formatNumber, formatPower } from '../units.ts';
import { version } from '../version.ts';
import { lawRows } from './asked.ts';
import { jsonable } from './jsonable.ts';
import { hang, indent, list, remarkItems, sectionsText, tablesWithin, type Column } from './layout.ts';
import { mixtureSources, mixturesJson } from './plan-mixtures.ts';
import { modelsJson } from './plan-models.ts';
import { precisionJson, precisionSources } from './plan-precision.ts';
import { planSections, type PlanReport, type PlanSection } from './plan-sections.ts';
import { formatPercent } from './plan-tables.ts';
import { planWarnings } from './plan-warnings.ts';

export type { PlanReport } from './plan-sections.ts';
export { planWarnings } from './plan-warnings.ts';

/** Lines that end in a line feed, at most 100 columns wide but for a word that is longer. */
export function planText(report: PlanReport): string {
  const { law, fit, source } = report;
  const doubt = fit?.certificate.verdict === 'fail' ? ' (the certificate fails)' : '';
  const sections = [
    hang('', `Plan by the law ${law}${fit ? ' fitted to' : ':'} ${source}${doubt}`),
    list(planFacts(report)),
    ...planSections(report).map(({ title, columns }) => [title, ...indent(tableLines(columns))]),
    remarks(report),
  ];
  return sectionsText(sections);
}

/** What has no room is a table of its own below, that begins with the same column. */
function tableLines(columns: PlanSection['columns']): string[] {
  const [first, ...others] = columns;
  return tablesWithin([first], withIntervals(others));
}

/** Columns that stay together: one of intervals, and what these are of. */
function withIntervals(columns: readonly Column[]): Column[][] {
  const groups: Column[][] = [];
  for (const column of columns) {
    if (column[1].endsWith(' interval') && groups.length > 0) groups.at(-1)!.push(column);
    else groups.push([column]);
  }
  return groups;
}

/** What a plan is made of, by name. */
export function planFacts(report: PlanReport): (readonly [name: string, value: string])[] {
  const { options, plan, resampling } = report;
  const law = lawRows(report).map(([name, text]) => [name, name === 'Intervals' && resampling ? `${text}; where some have it not, their share stands beside` : text] as const);
  const unknown = report.ranges ? [] : [['Runs', 'not known: nothing says how far beyond them an answer is'] as const];
  return [...law, ...unknown, ...(options.cluster ? [['Cluster', clusterText(options.cluster, options, plan)] as const] : [])];
}

function clusterText(cluster: NonNullable<PlanOptions['cluster']>, { layout }: PlanOptions, { goodput }: Plan): string {
  const machine = 'device' in cluster ? cluster.device : `devices of ${formatPower(cluster.peakFlops, 3)} FLOP/s`;
  const saved = goodput && `; goodput ${formatPercent(goodput.goodput)}, a checkpoint every ${formatNumber(goodput.interval, 3)} hours`;
  const alone = layout ? ' by itself' : '';
  const done = cluster.recompute ? ', a quarter of it recomputation' : '';
  return `${formatInteger(cluster.devices)} ${machine} at ${formatPercent(cluster.utilisation)} of the peak rate${alone}${done}${saved ?? ''}`;
}

function remarks(report: PlanReport): string[] {
  return list(remarkItems([...planWarnings(report), ...report.fit?.warnings ?? []], [...planNotes(report), ...report.fit?.notes ?? []]));
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
    ...(plan.budgets.length > 0 ? [...precisionSources(options), ...mixtureSources(options)] : []),
    ...(plan.models
      ? ['Models: N and D as published (sources in the JSON), C = 6ND, loss by this law, whatever their own data and recipe were. More ' +
        'compute than the loss takes is wasted on a model that is large for it, and spent on purpose, on one that is cheaper to serve, ' +
        'where it is small.']
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
    ...(options.shapes && { context: options.shapes.context, recompute: options.shapes.recompute }),
    budgets: plan.budgets.map(budgetJson),
    targets: plan.targets.map(targetJson),
    ...(plan.models && { models: modelsJson(plan.models) }),
    notes: [...planNotes(report), ...fit?.notes ?? []],
    warnings: [...planWarnings(report), ...fit?.warnings ?? []],
    version,
  });
}

function budgetJson(budget: BudgetPlan) {
  const { C, limit, optimum, beyond, flatness, beside, training, utilisation, serving, repetition, shapes, precision, mixtures } = budget;
  return {
    C, limit, ...optimum, beyond,
    flatness: { excess: flatness.excess, ...flatness.N },
    beside: beside.map(({ what, N, D, beyond: far, answers }) => ({ ...what, N, D, ...answers, beyond: far })),
    training, utilisation, serving: serving && servingJson(serving),
    repetition: repetition.map(({ unique, beyond: far, answers }) => ({ unique, ...answers, beyond: far })),
    shapes,
    ...(precision && { precision: precisionJson(precision) }),
    ...(mixtures && { mixtures: mixturesJson(mixtures) }),
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
  const one = ({ answers, beyond, cheaperFrom, beside }: typeof flops) =>
    ({ ...answers, cheaperFrom, beside: beside.map(({ what, cheaperFrom: from }) => ({ ...what, cheaperFrom: from })), beyond });
  return { flops: one(flops), ...(money && { money: one(money) }) };
}
