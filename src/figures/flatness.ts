/**
 * How flat the optimum of a budget is: loss against model size with C = 6·N·D fixed, and the sizes that lose no more than a
 * given share of the best loss (src/plan/flatness.ts).
 */
import type { Data } from 'plotly.js-dist-min';
import { logSpaced } from '../math/log-spaced.ts';
import { flatness } from '../plan/flatness.ts';
import type { Fit, Interval } from '../types.ts';
import { formatCount } from '../units.ts';
import { translucent } from './categories.ts';
import { baseLayout, chartConfig, countAxis, frameAxis, lookOf, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { describeOptimum, optimaOf } from './optima.ts';
import { lossAt } from './runs.ts';
import { formatFlops } from './units.ts';

export interface FlatnessFigureOptions extends LookOptions {
  /** Shares of the best loss that are given up, each a band. Default: 0.1 % and 1 %. */
  readonly excesses?: readonly number[];
  /** Of the optimal size, to be drawn with it. */
  readonly interval?: Interval;
}

const EXCESSES = [0.001, 0.01];
/** The curve goes on to this excess, beyond the widest band. */
const DRAWN = 2;
const POINTS = 120;
/** An end that does not exist is drawn this factor from the optimum. */
const FAR = 100;
/** Opacity of the widest band, and by how much each within it has more: the legend tells them apart as the chart does. */
const BAND = 0.2;

/** A pure function of its arguments; the result is plain JSON. Without an optimum it is an empty chart that says so. */
export function flatnessFigure(fit: Pick<Fit, 'law' | 'params'>, budget: number, options: FlatnessFigureOptions = {}): Figure {
  const look = lookOf(options);
  const excesses = (options.excesses ?? EXCESSES).toSorted((a, b) => b - a);
  const [best] = optimaOf(fit, [budget]);
  const config = chartConfig(`flatness-${fit.law}`, look);
  if (!best) return { data: [], layout: { ...baseLayout(look), ...titleOf('No size is optimal with these parameters', look) }, config };
  const within = (excess: number): Interval => {
    const [low, high] = flatness(fit.law, fit.params, budget, excess).N;
    return [Math.max(low, best.N / FAR), Math.min(high, best.N * FAR)];
  };
  const span = within(DRAWN * excesses[0]);
  const at = (N: number) => lossAt(fit, { N, D: budget / (6 * N) });
  const N = logSpaced(span, POINTS);
  const [top, step] = [best.loss * (1 + DRAWN * excesses[0]), best.loss * excesses[0]];
  return {
    data: [
      ...excesses.map((excess, k) => bandTrace(within(excess), excess, [best.loss - step / 4, top], translucent(look.accent, BAND * (k + 1)))),
      { type: 'scatter', mode: 'lines', name: 'law', x: N, y: N.map(at), line: { width: 2.5, color: look.accent },
        text: N.map((size) => `N ${formatCount(size)} · D ${formatCount(budget / (6 * size))}`), hovertemplate: '%{text}<br>loss %{y:.4f}<extra></extra>' },
      { type: 'scatter', mode: 'markers', name: 'optimum', x: [best.N], y: [best.loss], text: [describeOptimum(best)],
        hovertemplate: '%{text}<extra></extra>', ...barOf(best.N, options.interval, look), marker: { size: 10, symbol: 'diamond', color: look.accent, line: { width: 1, color: look.paper } } },
    ],
    layout: {
      ...baseLayout(look),
      ...titleOf(`Loss of ${formatFlops(budget)} against model size`, look),
      margin: look.compact ? { l: 56, r: 12, t: 48, b: 88 } : { l: 68, r: 24, t: 64, b: 56 },
      xaxis: countAxis(look, 'N, parameters', span),
      yaxis: { ...frameAxis(look, 'loss, nats/token'), range: [best.loss - step / 4, top] },
      showlegend: true,
      legend: look.compact ? { orientation: 'h', x: 0, y: -0.24, yanchor: 'top' } : { orientation: 'h', x: 1, xanchor: 'right', y: 1.01, yanchor: 'bottom' },
    },
    config,
  };
}

/** How sure the optimal size is. */
function barOf(N: number, interval: Interval | undefined, { accent }: Look): object {
  if (!interval || !Number.isFinite(interval[0] + interval[1])) return {};
  return { error_x: { type: 'data', symmetric: false, array: [interval[1] - N], arrayminus: [N - interval[0]], color: accent, thickness: 1.5, width: 5 } };
}

/** A rectangle over the sizes of an interval. */
function bandTrace([low, high]: Interval, excess: number, [bottom, top]: Interval, fillcolor: string): Data {
  return {
    type: 'scatter', mode: 'lines', name: `within ${Number((100 * excess).toPrecision(6))} %`, hoverinfo: 'skip',
    x: [low, high, high, low], y: [bottom, bottom, top, top], fill: 'toself', fillcolor, line: { width: 0 },
  };
}
