/** A plan as tables with titles, in the order of the questions: what its text and its page show. */
import type { BudgetPlan, Plan, PlanBasis, PlanOptions, TargetPlan } from '../stats/plan.ts';
import type { Fit } from '../types.ts';
import { formatTimes } from './beyond.ts';
import type { Column } from './layout.ts';
import { mixtureSections } from './plan-mixtures.ts';
import { modelColumns } from './plan-models.ts';
import { precisionSections } from './plan-precision.ts';
import {
  answerColumns, besideColumns, besideName, certain, formatPercent, optimumRows, reachingRows, repetitionRows, servingRows, shapesColumns,
  trainingRows, type Confidence, type Row,
} from './plan-tables.ts';
import { formatCount, formatInteger, formatNumber, formatPower } from '../units.ts';

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

export interface PlanSection {
  readonly title: string;
  readonly columns: readonly Column[];
}

export function planSections(report: PlanReport): PlanSection[] {
  const { plan } = report;
  const confidence = report.resampling?.bootstrap.confidence;
  return [
    ...plan.budgets.flatMap((budget) => budgetSections(budget, report, confidence)),
    ...plan.targets.flatMap((target) => targetSections(target, report, confidence)),
    ...(plan.models ? [{ title: 'Well-known models against the frontier of this law', columns: modelColumns(plan.models, confidence) }] : []),
  ];
}

function answered(title: string, rows: readonly Row[], confidence: Confidence): PlanSection {
  return { title, columns: answerColumns(rows, confidence) };
}

function budgetSections(budget: BudgetPlan, report: PlanReport, confidence: Confidence): PlanSection[] {
  const { C, limit, beside, training, repetition, optimum, precision, mixtures } = budget;
  const name = `${formatPower(C, 4)} FLOPs`;
  const allowed = limit === undefined ? '' : `, what the ${limit} allow${limit === 'hours' ? '' : 's'}`;
  const far = budget.beyond.C !== undefined && budget.beyond.C > 1 ? `, ${formatTimes(budget.beyond.C)} beyond the runs` : '';
  return [
    answered(`Compute-optimal for ${name}${allowed}${far}`, optimumRows(budget), confidence),
    ...(beside.length > 0 ? [{ title: `Beside it, at ${name}`, columns: besideColumns(beside, confidence) }] : []),
    ...(training ? [answered(`Training, ${name}${doneText(report)}${layoutText(budget)}`, trainingRows(certain(training)), confidence)] : []),
    ...servingSections(budget, 'the same loss', report, confidence),
    ...repetition.map((each) => answered(`With ${formatCount(each.unique)} unique tokens, at ${name}`, repetitionRows(each), confidence)),
    ...(precision ? precisionSections(precision, name, confidence) : []),
    ...(mixtures ? mixtureSections(mixtures, name, report.options, confidence) : []),
    ...shapesSection(budget, optimum.N.value, report),
  ];
}

function targetSections(target: TargetPlan, report: PlanReport, confidence: Confidence): PlanSection[] {
  const { loss, optimum, beyond, beside, training } = target;
  const name = `a loss of ${loss}`;
  return [
    answered(`Least compute for ${name}`, reachingRows(optimum, beyond), confidence),
    ...beside.map((each) => answered(`A loss of ${loss} with ${besideName(each.what)}${Number.isNaN(each.answers.D.value) ? ': never reached' : ''}`, [
      ...reachingRows(each.answers, each.beyond), ['more compute', each.answers.overhead, formatPercent],
    ], confidence)),
    ...(training ? [answered(`Training, for ${name}${doneText(report)}${layoutText(target)}`, trainingRows(training), confidence)] : []),
    ...servingSections(target, name, report, confidence),
    ...shapesSection(target, optimum.N.value, report),
  ];
}

function doneText({ options: { cluster } }: PlanReport): string {
  return cluster?.recompute ? ', with recomputation' : '';
}

function layoutText({ utilisation: used }: BudgetPlan | TargetPlan): string {
  if (!used) return '';
  const [all, pipeline, waiting] = [used.utilisation, used.pipeline, used.communication].map(formatPercent);
  return `: ${all} of the peak rate, pipeline ${pipeline}, communication ${waiting}, ${formatNumber(used.step, 3)} s a step`;
}

function servingSections({ serving }: BudgetPlan | TargetPlan, goal: string, report: PlanReport, confidence: Confidence): PlanSection[] {
  if (!serving) return [];
  const { inputTokens = 0, outputTokens = 0 } = report.options.serving?.demand ?? {};
  const title = `Least total cost with ${formatCount(inputTokens + outputTokens)} served tokens, for ${goal}, in`;
  return [
    answered(`${title} FLOPs`, servingRows(serving.flops, 'FLOPs'), confidence),
    ...(serving.money ? [answered(`${title} money`, servingRows(serving.money, 'money'), confidence)] : []),
  ];
}

function shapesSection({ shapes }: BudgetPlan | TargetPlan, N: number, { options }: PlanReport): PlanSection[] {
  if (!options.shapes || shapes.length === 0) return [];
  const { context, recompute } = options.shapes;
  const done = recompute ? ', recomputed' : '';
  const title = `Architectures nearest to ${formatCount(N)} parameters, D_opt tokens in contexts of ${formatInteger(context)}${done}`;
  return [{ title, columns: shapesColumns(shapes, recompute) }];
}
