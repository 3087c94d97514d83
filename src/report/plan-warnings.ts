/** What of a plan is not to be missed: what is beyond the runs, and beyond those that constants of others are of. */
import { beyondRange, type Columns, type Ranges } from '../plan/extrapolation.ts';
import { formatCount, formatNumber, formatPower } from '../units.ts';
import type { BudgetPlan, PlanOptions } from '../stats/plan.ts';
import { formatTimes } from './beyond.ts';
import type { PlanReport } from './plan-sections.ts';
import { formatPercent, shown } from './plan-tables.ts';
import type { Interval } from '../types.ts';

/** One sentence or two each. */
export function planWarnings({ plan, options, ranges, resampling }: PlanReport): string[] {
  const places = [
    ...plan.budgets.map((budget) => [`${formatPower(budget.C, 4)} FLOPs`, budget] as const),
    ...plan.targets.map((target) => [`a loss of ${target.loss}`, target] as const),
  ];
  const optima = places.flatMap(([name, { optimum, beyond }]) => {
    if (Number.isNaN(optimum.N.value)) return [`The law has no optimum for ${name}: it does not get there, or its exponents are not positive.`];
    if (optimum.N.value < 1 || optimum.D.value < 1) return [`The optimum for ${name} has less than one parameter or token: there is no such model.`];
    const far = Object.entries(beyond).filter(([, factor]) => factor > 1).map(([column, factor]) => `${formatTimes(factor)} in ${column}`);
    return far.length === 0 ? [] : [`The optimum for ${name} is beyond the runs, ${far.join(', ')}: no run says that the law holds there.`];
  });
  return [...optima, ...goodputWarning(plan), ...bitWarnings(plan.budgets, ranges), ...constantWarnings(plan.budgets, options), ...resampling?.bootstrap.warnings ?? []];
}

/** Below this share of their time devices hardly train. */
const LEAST_GOODPUT = 0.05;

function goodputWarning({ goodput: found }: PlanReport['plan']): string[] {
  if (!found || found.goodput >= LEAST_GOODPUT) return [];
  return [`Failures and checkpoints leave ${formatPercent(found.goodput)} of the devices' time: one fails about as often as a checkpoint is made.`];
}

const TENSORS = [['P_w', 'weights'], ['P_a', 'activations'], ['P_kv', 'keys and values']] as const;

/** Of widths beyond those of the runs, once for all budgets: they are the same. */
function bitWarnings([first]: readonly BudgetPlan[], ranges: Ranges = {}): string[] {
  return (first?.precision?.widths ?? []).flatMap(({ bits }) => TENSORS.flatMap(([role, name]) => {
    const range = ranges[role];
    const factor = beyondRange(range, bits);
    return range && factor > 1 ? [`${formatPlain(bits)} bits are ${formatTimes(factor)} beyond the runs, whose ${name} have ${rangeText(range, formatPlain)}.`] : [];
  }));
}

/** Of constants of others, where they are taken beyond the runs that they are of. */
function constantWarnings(budgets: readonly BudgetPlan[], { precision, mixtures }: PlanOptions): string[] {
  const sizes = ({ optimum: { N, D } }: BudgetPlan) => ({ N: N.value, D: D.value });
  const widths = budgets.flatMap((budget) => (budget.precision?.widths ?? []).map(({ answers: { N, D } }) => ({ N: N.value, D: D.value })));
  return [
    ...(precision && precision.widths.length > 0 ? coverWarning('The γ of the bit widths', precision.scales.covers, widths) : []),
    ...(precision?.afterwards ? coverWarning('The constants of quantising', precision.afterwards.quantising.covers, budgets.map(sizes)) : []),
    ...granularityWarning(budgets, mixtures?.granularity?.laws.covers?.G, mixtures?.granularity?.each ?? []),
    ...(mixtures?.experts ? coverWarning('The constants of experts', mixtures.experts.law.covers, budgets.map(sizes)) : []),
  ];
}

function granularityWarning(budgets: readonly BudgetPlan[], range: Interval | undefined, each: readonly number[]): string[] {
  const far = each.filter((G) => beyondRange(range, G) > 1);
  if (!range || far.length === 0 || budgets.length === 0) return [];
  const most = Math.max(...far);
  return [`A granularity of ${formatPlain(most)} is ${formatTimes(beyondRange(range, most))} beyond those that the law is of, ${rangeText(range, formatPlain)}.`];
}

/** One sentence, of the largest factors. */
function coverWarning(what: string, covers: Ranges | undefined, models: readonly Pick<Columns<number>, 'N' | 'D'>[]): string[] {
  const far = (['N', 'D'] as const).flatMap((role) => {
    const range = covers?.[role];
    const [farthest] = models.map((model) => model[role]).filter(Number.isFinite).toSorted((one, other) => beyondRange(range, other) - beyondRange(range, one));
    const factor = beyondRange(range, farthest);
    return range && factor > 1 ? [`${formatTimes(factor)} ${farthest < range[0] ? 'below' : 'above'} ${rangeText(range, formatCount)} in ${role}`] : [];
  });
  return far.length === 0 ? [] : [`${what} are of other models: these are ${far.join(', ')}.`];
}

/** "1 to 16", "130B" where both ends are the same. */
function rangeText([low, high]: Interval, format: (value: number) => string): string {
  return low === high ? format(low) : `${format(low)} to ${format(high)}`;
}

/** To three digits, without zeros that say nothing. */
function formatPlain(value: number): string {
  return shown(value, (known) => String(Number(formatNumber(known, 3))));
}
