/**
 * What a model costs over its life, against its size: training to one loss, serving, and both; the size of least total cost with
 * its interval, and the compute-optimal one. Sardana et al. 2024, arXiv:2401.00448; see src/plan/serving.ts.
 */
import { logSpaced } from '../math/log-spaced.ts';
import { goalLoss, servingFor, type Goal, type Question } from '../plan/questions.ts';
import { costOfSize, type ParameterCost } from '../plan/serving.ts';
import { asker, type Ask } from '../stats/answers.ts';
import type { PlanBasis } from '../stats/plan.ts';
import { formatCount, formatNumber } from '../units.ts';
import { lookOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { answerSeries, markTrace, planFigure } from './plan-marks.ts';
import { powerOfTen } from './units.ts';

export interface ServingFigureOptions extends LookOptions {
  /** Of the costs, as an axis names it. Default "FLOPs". */
  readonly unit?: string;
}

const POINTS = 80;
/** Drawn from the smaller of the two sizes to the larger, a factor beyond either; and up to so many times the least cost. */
const [BELOW, ABOVE, HIGH] = [2.5, 2.5, 6];
/** Free below the lowest cost, a factor. */
const ROOM = 1.5;
/** Of two sizes that are nearer, a factor, the labels are side by side; of those nearer still they go either way. */
const [NEAR, CLOSE] = [1.8, 1.12];

/**
 * `goal`: the loss that all sizes reach; `cost`: of a parameter. A pure function of its arguments; the result is plain JSON.
 * @throws InputError where the law is none of two power terms, or a number cannot be used.
 */
export function servingFigure(basis: PlanBasis, goal: Goal, cost: ParameterCost, options: ServingFigureOptions = {}): Figure {
  const look = lookOf(options);
  const { unit = 'FLOPs' } = options;
  const ask = asker(basis.law, basis.params, basis.resampling);
  const plan = ask(servingFor(goal, cost));
  const [best, total] = [plan.N.value, plan.total.value];
  const optimal = plan.optimalServing.value / cost.serve;
  const known = Number.isFinite(best + total);
  const x = known ? logSpaced([best / BELOW, Math.max(best, optimal || 0) * ABOVE], POINTS) : [];
  const answers = x.map((N) => ask(costAt(goal, N, cost)));
  const lowest = answers.reduce((least, { training, serving }) => Math.min(least, training.value || Infinity, serving.value || Infinity), total);
  const highest = answers.reduce((most, answer) => Math.max(most, answer.total.value || 0), total);
  return planFigure({
    name: 'serving', title: titleOf(plan.N.interval, best, unit),
    x: { title: 'N, parameters', log: true },
    y: { title: `cost, ${unit}`, log: true, ...(known && { range: [lowest / ROOM, Math.min(highest * ROOM, total * HIGH)] as const }) },
    series: [
      answerSeries('total', 'line', x, answers.map((answer) => answer.total)),
      { name: 'training', mark: 'line', x, y: answers.map(({ training }) => training.value) },
      { name: 'serving', mark: 'line', x, y: answers.map(({ serving }) => serving.value) },
    ],
  }, known ? marksOf(plan, optimal, unit, look) : [], options);
}

function titleOf(interval: readonly [number, number] | undefined, best: number, unit: string): string {
  if (!Number.isFinite(best)) return 'The law does not reach this loss';
  const between = interval ? ` (${formatCount(interval[0])} to ${formatCount(interval[1])})` : '';
  return `Least total cost in ${unit}: ${formatCount(best)} parameters${between}`;
}

type Plan = ReturnType<Ask>;

function marksOf({ N, total, optimalTotal, saving, D }: Plan, optimal: number, unit: string, look: Look) {
  const said = (cost: number) => (unit === 'FLOPs' ? powerOfTen(cost, 3) : formatCount(cost));
  const label = `<b>${formatCount(N.value)}</b>${look.compact ? '' : `, ${said(total.value)}`}`;
  const apart = optimal / N.value;
  return [
    ...markTrace({
      x: optimal, y: optimalTotal.value, open: true, position: apart < NEAR ? 'top right' : 'top left', label: look.compact ? '' : raised('compute-optimal'),
      hover: `<b>compute-optimal</b><br>N ${formatCount(optimal)}<br>total ${said(optimalTotal.value)} ${unit}`,
    }, look),
    ...markTrace({
      x: N.value, y: total.value, interval: N.interval, label: raised(label), position: apart < CLOSE && !look.compact ? 'top left' : 'top center',
      hover: `<b>least total cost</b><br>N ${formatCount(N.value)} · D ${formatCount(D.value)}<br>total ${said(total.value)} ${unit}, ${formatNumber(100 * saving.value, 2)} % less`,
    }, look),
  ];
}

/** A line higher: above the curve, which is flat there, its band and the bar of the interval. */
function raised(label: string): string {
  return `${label}<br>\u00a0`;
}

/** What N parameters cost that reach the goal. */
function costAt(goal: Goal, N: number, cost: ParameterCost): Question<'training' | 'serving' | 'total'> {
  return {
    names: ['training', 'serving', 'total'],
    write(law, numbers) {
      const loss = goalLoss(law, goal);
      const life = loss === undefined ? undefined : costOfSize(law, loss, N, cost);
      if (!life) return;
      numbers[0] = life.training;
      numbers[1] = life.serving;
      numbers[2] = life.total;
    },
  };
}
