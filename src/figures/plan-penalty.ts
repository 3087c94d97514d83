/**
 * What other tokens per parameter cost: the loss above the best of the same compute, against D/N, at one or more budgets; and
 * trained models, each against the best of its own compute.
 *
 * After de Vries 2023, "Go smol or go home", with the compute held and not the loss.
 */
import { logSpaced } from '../math/log-spaced.ts';
import { wellKnownModels } from '../plan/models.ts';
import { modelAgainst, optimumFor, penaltyFor } from '../plan/questions.ts';
import { ratioRule } from '../plan/rules.ts';
import { asker, type Ask } from '../stats/answers.ts';
import type { PlanBasis } from '../stats/plan.ts';
import type { Interval } from '../types.ts';
import { formatNumber, formatPower } from '../units.ts';
import { lookOf, ratioAxis, type Figure, type LookOptions } from './figure.ts';
import { shareAlong } from './labels.ts';
import { formatRatio } from './optima.ts';
import { answerSeries, modelsTrace, planFigure, type PlacedModel } from './plan-marks.ts';
import { rangeOf } from './plane.ts';
import type { TrainedModel } from './ratio.ts';

export interface PenaltyFigureOptions extends LookOptions {
  /** Default: `wellKnownModels`. */
  readonly models?: readonly TrainedModel[];
}

const POINTS = 90;
/** Free at either end of the axis of D/N, a factor; and above the highest model, of its excess. */
const [PAD, ROOM] = [1.8, 1.15];
/** Excess that is drawn at least, %; and a factor of D/N on either side of each optimum. */
const [LEAST, AROUND] = [4, 20];

/**
 * `budgets`: training FLOPs. A pure function of its arguments; the result is plain JSON.
 * @throws InputError where the law is none of two power terms.
 */
export function penaltyFigure(basis: PlanBasis, budgets: readonly number[], options: PenaltyFigureOptions = {}): Figure {
  const look = lookOf(options);
  const ask = asker(basis.law, basis.params, basis.resampling);
  const models = (options.models ?? wellKnownModels).map((model) => modelOf(ask, model)).filter(({ y }) => Number.isFinite(y));
  const optima = budgets.map((C) => ask(optimumFor(C)).tokensPerParameter.value).filter(Number.isFinite);
  const [low, high] = rangeOf([...models.map(({ x }) => x), ...optima.flatMap((ratio) => [ratio / AROUND, ratio * AROUND]), 20]);
  const ratios: Interval = [low / PAD, high * PAD];
  const top = ROOM * Math.max(LEAST, ...models.map(({ y }) => y));
  const bottom = -top / 40;
  const x = logSpaced(ratios, POINTS);
  const series = budgets.map((C) => answerSeries(`${formatPower(C, 4)} FLOPs`, 'line', x, x.map((ratio) => ask(penaltyFor(ratioRule(C, ratio))).excess), 0.01));
  const share = (ratio: number, excess: number) => ({ x: shareAlong(ratios, ratio), y: (excess - bottom) / (top - bottom) });
  const busy = series.flatMap(({ y }) => y.flatMap((excess, k) => (excess <= top ? [share(x[k], excess)] : [])));
  const figure = planFigure({
    name: 'penalty', title: 'Loss above the best of the same compute',
    x: { title: 'D/N, tokens per parameter', log: true, range: ratios }, y: { title: 'more loss, %', range: [bottom, top] }, series,
  }, modelsTrace(models, busy, share, look), options, models.length > 0 ? ['trained models'] : []);
  return { ...figure, layout: { ...figure.layout, xaxis: ratioAxis(look, 'D/N, tokens per parameter', ratios) } };
}

function modelOf(ask: Ask, model: TrainedModel): PlacedModel {
  const { excess, optimalRatio } = ask(modelAgainst(model));
  const y = 100 * excess.value;
  return { model, x: model.D / model.N, y, said: `${formatNumber(y, 2)} % more loss than the best of its compute, which has D/N ${formatRatio(optimalRatio.value)}` };
}
