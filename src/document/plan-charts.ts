/** The charts of a plan: of each question that was asked, at each of its budgets and losses. */
import { flatnessFigure } from '../figures/flatness.ts';
import { bitsFigure } from '../figures/plan-bits.ts';
import { contextFigure } from '../figures/plan-context.ts';
import { devicesFigure } from '../figures/plan-devices.ts';
import { epochsFigure, epochValueFigure } from '../figures/plan-epochs.ts';
import { expertsFigure, granularityFigure, sparsityFigure } from '../figures/plan-mixtures.ts';
import { modelsFigure } from '../figures/plan-models.ts';
import { penaltyFigure } from '../figures/plan-penalty.ts';
import { servingFigure } from '../figures/plan-serving.ts';
import type { Goal } from '../plan/questions.ts';
import { flopsPerParameter, moneyPerParameter } from '../plan/serving.ts';
import type { PlanReport } from '../report/plan.ts';
import { withGoodput } from '../stats/plan-serving.ts';
import type { BudgetPlan, TargetPlan } from '../stats/plan.ts';
import type { ReportFigure } from './charts.ts';

const TEXTS = {
  flatness: {
    title: 'How flat the optimum is',
    caption: 'Loss against model size at this compute, with the sizes that lose no more than 0.1 % and 1 % of the best loss, and the interval of the best size.',
  },
  penalty: {
    title: 'What other tokens per parameter cost',
    caption: 'By the law at each budget. Trained models stand where this law puts them, each against the best of its own compute.',
  },
  serving: {
    title: 'Total cost against size',
    caption: 'Training to one loss, serving, and both together. A smaller model takes longer to train and costs less to serve.',
  },
  epochs: {
    title: 'Sizes and epochs',
    caption: 'Loss of any size and number of epochs of the unique tokens; the dotted line is what the compute allows.',
  },
  'epoch-value': {
    title: 'The worth of repeated tokens',
    caption: 'Epochs of fresh tokens that are worth as much as so many epochs of the same ones, by the published fit.',
  },
  devices: {
    title: 'More or fewer devices',
    caption: 'Time, what failures and the layout leave of the rate, and money or energy, against the number of devices.',
  },
  bits: {
    title: 'Bit widths',
    caption: 'Loss against the bits that training is done in, at one cost; the lowest of each curve is marked. Published constants, an example.',
  },
  granularity: {
    title: 'Mixtures of experts against compute',
    caption: 'Loss of the best mixture of each granularity and of the best dense model; the factor is the compute that a dense model ' +
      'takes to the loss of the last. A published law, not that of the runs: an example.',
  },
  sparsity: {
    title: 'Sparsity',
    caption: 'Loss at this compute against how many parameters there are for each active one; of sizes that are held the best share is marked. A published law, not that of the runs: an example.',
  },
  experts: {
    title: 'More experts',
    caption: 'The dense parameters that the compute-optimal model counts for with so many experts, over its own. Published constants, an example.',
  },
  context: {
    title: 'FLOPs against context',
    caption: 'What a token of training takes, counted matrix by matrix, the part that grows with the context, and 6N, or 8N with recomputation, which knows of neither.',
  },
  models: {
    title: 'Well-known models on the frontier',
    caption: 'The loss that this law gives each model, and how much less compute would have reached it.',
  },
} as const;

/** Budgets and losses that have charts of their own, at most. */
const MOST = 6;

/** "Charts of the first 6 of 9 budgets; the others are in the tables." Nothing where none is left out. */
export function undrawnText({ plan: { budgets, targets }, options: { cluster, serving } }: PlanReport): string {
  const drawn = { budgets: budgets.filter(isAnswered), losses: cluster || serving ? targets.filter(isAnswered) : [] }; // else no chart is of a loss
  const left = Object.entries(drawn).flatMap(([what, { length }]) => (length > MOST ? [`the first ${MOST} of ${length} ${what}`] : []));
  return left.length === 0 ? '' : `Charts of ${left.join(' and of ')}; the others are in the tables.`;
}

/** In the order of the tables. */
export function planFigures(report: PlanReport): ReportFigure[] {
  const { plan, options: { repetition } } = report;
  const budgets = plan.budgets.filter(isAnswered).slice(0, MOST);
  const targets = plan.targets.filter(isAnswered).slice(0, MOST);
  const computes = budgets.map(({ C }) => C);
  return numbered([
    ...budgets.map((budget) => chart('flatness', (look) => flatnessFigure(report, budget.C, { ...look, ...intervalOf(budget) }))),
    ...(computes.length > 0 ? [chart('penalty', (look) => penaltyFigure(report, computes, look))] : []),
    ...budgets.flatMap((budget) => deviceFigures(budget, budget.C, report)),
    ...targets.flatMap((target) => deviceFigures(target, target.optimum.C.value, report)),
    ...budgets.flatMap(({ C }) => servingFigures({ compute: C }, report)),
    ...targets.flatMap(({ loss }) => servingFigures({ loss }, report)),
    ...(repetition && budgets.length > 0 ? [chart('epoch-value', (look) => epochValueFigure(repetition.decay.tokens, look))] : []),
    ...budgets.flatMap(({ C, repetition: limits }) => limits.map(({ unique }) =>
      chart('epochs', (look) => epochsFigure(report, { compute: C, unique, decay: repetition!.decay }, look)))),
    ...budgets.flatMap((budget) => bitsFigures(budget, report)),
    ...mixtureFigures(computes, report),
    ...[...budgets, ...targets].slice(0, 1).flatMap((planned) => contextFigures(planned, report)),
    ...(plan.models ? [chart('models', (look) => modelsFigure(report, look))] : []),
  ]);
}

function isAnswered({ optimum }: BudgetPlan | TargetPlan): boolean {
  return Number.isFinite(optimum.N.value);
}

function chart(name: keyof typeof TEXTS, figure: ReportFigure['figure']): ReportFigure {
  return { name, ...TEXTS[name], figure };
}

/** The second of a kind is "serving-2". */
function numbered(figures: readonly ReportFigure[]): ReportFigure[] {
  return figures.map((figure, k) => {
    const before = figures.slice(0, k).filter(({ name }) => name === figure.name).length;
    return before === 0 ? figure : { ...figure, name: `${figure.name}-${before + 1}` };
  });
}

function intervalOf({ optimum: { N: { interval } } }: BudgetPlan): { interval?: readonly [number, number] } {
  return interval ? { interval } : {};
}

function deviceFigures({ training, optimum }: BudgetPlan | TargetPlan, compute: number, { options: { cluster, failures, layout } }: PlanReport): ReportFigure[] {
  if (!cluster || !training) return [];
  const planned = { cluster, ...(failures && { failures }), ...(layout && { layout: { ...layout, N: optimum.N.value } }) };
  return [chart('devices', (look) => devicesFigure(compute, planned, look))];
}

function servingFigures(goal: Goal, report: PlanReport): ReportFigure[] {
  const { serving } = report.options;
  if (!serving) return [];
  const { demand, hardware } = serving;
  return [
    chart('serving', (look) => servingFigure(report, goal, flopsPerParameter(demand), look)),
    ...(hardware ? [chart('serving', (look) => servingFigure(report, goal, moneyPerParameter(demand, withGoodput(hardware, report.plan.goodput)), { ...look, unit: 'money' }))] : []),
  ];
}

function bitsFigures({ C }: BudgetPlan, report: PlanReport): ReportFigure[] {
  const { precision } = report.options;
  if (!precision || precision.widths.length === 0) return [];
  return [chart('bits', (look) => bitsFigure(report, C, precision.scales, { ...look, sizes: precision.sizes ?? [] }))];
}

function mixtureFigures(computes: readonly number[], report: PlanReport): ReportFigure[] {
  const { granularity, sparsity, experts } = report.options.mixtures ?? {};
  if (computes.length === 0) return [];
  return [
    ...(granularity ? [chart('granularity', (look) => granularityFigure(granularity.laws, computes, granularity.each, look))] : []),
    ...(sparsity ? computes.map((C) => chart('sparsity', (look) => sparsityFigure(sparsity.law, C, { ...look, sizes: sparsity.sizes ?? [] }))) : []),
    ...(experts ? computes.map((C) => chart('experts', (look) => expertsFigure(report, experts.law, C, experts.each, look))) : []),
  ];
}

function contextFigures({ shapes }: BudgetPlan | TargetPlan, { options }: PlanReport): ReportFigure[] {
  const [shape] = shapes;
  if (!shape || !options.shapes) return [];
  const { context, recompute = false } = options.shapes;
  return [chart('context', (look) => contextFigure(shape.architecture, { ...look, context, recompute }))];
}
