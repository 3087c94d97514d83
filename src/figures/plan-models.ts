/**
 * Trained models on the frontier of a law: the loss that it gives each of them against the compute that it took, and a line to the
 * least compute for that loss. How long that line is, is what was wasted, or spent on a smaller model.
 */
import type { Data } from 'plotly.js-dist-min';
import { logSpaced } from '../math/log-spaced.ts';
import { wellKnownModels } from '../plan/models.ts';
import { modelAgainst, optimumFor } from '../plan/questions.ts';
import { asker } from '../stats/answers.ts';
import type { PlanBasis } from '../stats/plan.ts';
import type { Interval } from '../types.ts';
import { formatNumber } from '../units.ts';
import { flopsAxis, lookOf, type Figure, type LookOptions } from './figure.ts';
import { shareAlong } from './labels.ts';
import { lossAxis } from './losses.ts';
import { answerSeries, modelsTrace, planFigure } from './plan-marks.ts';
import { rangeOf } from './plane.ts';
import type { TrainedModel } from './ratio.ts';

export interface ModelsFigureOptions extends LookOptions {
  /** Default: `wellKnownModels`. */
  readonly models?: readonly TrainedModel[];
}

const POINTS = 70;
/** Free at either end of the axes, factors. */
const [PAD, ROOM] = [1.7, 1.015];

/**
 * A pure function of its arguments; the result is plain JSON.
 * @throws InputError where the law is none of two power terms.
 */
export function modelsFigure(basis: PlanBasis, options: ModelsFigureOptions = {}): Figure {
  const look = lookOf(options);
  const ask = asker(basis.law, basis.params, basis.resampling);
  const models = (options.models ?? wellKnownModels).flatMap((model) => {
    const C = 6 * model.N * model.D;
    const { loss, overhead, surplus } = ask(modelAgainst(model));
    const said = `loss ${formatNumber(loss.value, 4)} by this law<br>${formatNumber(100 * overhead.value, 3)} % more compute than its loss takes`;
    return Number.isFinite(overhead.value) ? [{ model, x: C, y: loss.value, said, least: C - surplus.value }] : [];
  });
  const [low, high] = rangeOf(models.length > 0 ? models.flatMap(({ x, least }) => [x, least]) : [1e20, 1e26]);
  const compute: Interval = [low / PAD, high * PAD];
  const C = logSpaced(compute, POINTS);
  const frontier = answerSeries('compute-optimal', 'line', C, C.map((flops) => ask(optimumFor(flops)).loss));
  const reached = [...models.map(({ y }) => y), ...frontier.y].filter(Number.isFinite);
  const [least, most] = rangeOf(reached.length > 0 ? reached : [1, 2]);
  const losses: Interval = [least / ROOM, most * ROOM];
  const share = (x: number, y: number) => ({ x: shareAlong(compute, x), y: shareAlong(losses, y) });
  const busy = [...C.map((flops, k) => share(flops, frontier.y[k])), ...models.flatMap(({ x, y, least: from }) => logSpaced([from, x], 24).map((flops) => share(flops, y)))];
  const lines: Data = {
    type: 'scatter', mode: 'lines', name: 'beyond the least compute', hoverinfo: 'skip',
    x: models.flatMap(({ least: from, x }) => [from, x, null]),
    y: models.flatMap(({ y }) => [y, y, null]),
    line: { width: 1.4, color: look.mark },
  };
  const figure = planFigure({
    name: 'models', title: 'Trained models and the frontier of this law',
    x: { title: 'C, training FLOPs', log: true, range: compute }, y: { title: 'loss, nats/token', log: true, range: losses }, series: [frontier],
  }, [...(models.length > 0 ? [lines] : []), ...modelsTrace(models, busy, share, look)], options, models.length > 0 ? ['beyond the least compute', 'trained models'] : []);
  const ticks = { ...flopsAxis(look, compute), dtick: 1 };
  return { ...figure, layout: { ...figure.layout, xaxis: ticks, yaxis: lossAxis(look, losses) } };
}
