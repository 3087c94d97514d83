/**
 * isoLoss contours: the fitted law over the N–D plane, the runs on it, and the efficient frontier.
 *
 * After Hoffmann et al. 2022, Fig. 4, with tokens for FLOPs: on log axes an IsoFLOP line C = 6·N·D is straight with
 * slope −1, and the frontier passes where such a line touches a contour. Runs have the colour of their measured
 * loss, so that one that stands out from the ground below it is one that the law does not explain.
 */
import type { Data, Layout } from 'plotly.js-dist-min';
import { lawById } from '../laws/registry.ts';
import { logSpaced } from '../math/log-spaced.ts';
import type { Fit, FrontierPoint, Sweep } from '../types.ts';
import { baseLayout, chartConfig, countAxis, lookOf, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { lawWithNumbers } from './formula.ts';
import { lossLevels } from './levels.ts';
import { lossContours, type LossGrid } from './loss-contours.ts';
import { describeOptimum, optimaOf } from './optima.ts';
import { decades, isoflopEnds, planeOf, rangeOf, type Plane } from './plane.ts';
import { lossAt, lossColours, runTrace } from './runs.ts';
import { formatFlops, powerOfTen } from './units.ts';

export interface IsolossOptions extends LookOptions {
  /** Training FLOPs marked on the frontier, each with its IsoFLOP line. Default: the decades around the runs. */
  readonly budgets?: readonly number[];
}

/** Nodes of the contour grid along each axis. */
const NODES = 60;

/** A pure function of its arguments; the result is plain JSON. */
export function isolossFigure(sweep: Sweep, fit: Fit, options: IsolossOptions = {}): Figure {
  const look = lookOf(options);
  const budgets = options.budgets ?? decades(rangeOf(sweep.columns.C));
  const optima = optimaOf(fit, budgets);
  const plane = planeOf(sweep, optima);
  const contours = gridOf(fit, plane);
  const levels = lossLevels(contours.z.flat().filter((loss) => loss !== null), sweep.loss, look.compact ? 8 : 16);
  return {
    data: [
      lossContours(contours, levels, look, { hoverinfo: 'skip' }),
      ...isoflopTraces(plane, budgets, look),
      runTrace(sweep, fit, look, (i) => [sweep.columns.N[i], sweep.columns.D[i]], { colours: lossColours(sweep, levels, look) }),
      frontierTrace(optima, look),
    ],
    layout: layoutOf(fit, plane, look),
    config: chartConfig(`isoloss-${fit.law}`, look),
  };
}

/** Predicted loss at the nodes, z [D][N]. */
function gridOf(fit: Fit, { N, D }: Plane): LossGrid {
  const x = logSpaced(N, NODES);
  const y = logSpaced(D, NODES);
  return { x, y, z: y.map((tokens) => x.map((size) => lossAt(fit, { N: size, D: tokens }))) };
}

/** One trace of all the lines, broken by nulls, and one of their labels. */
function isoflopTraces(plane: Plane, budgets: readonly number[], look: Look): Data[] {
  const lines = budgets.flatMap((C) => {
    const ends = isoflopEnds(plane, C);
    return ends ? [{ C, ends }] : [];
  });
  const inward = (plane.D[1] / plane.D[0]) ** 0.06;
  const nearRight = plane.N[1] * (plane.N[0] / plane.N[1]) ** 0.2;
  const labelled = lines.map(({ C, ends: [[n]] }) => ({ C, N: n * inward }));
  return [{
    type: 'scatter', mode: 'lines', name: 'IsoFLOP', hoverinfo: 'skip', showlegend: false,
    x: lines.flatMap(({ ends: [[n], [m]] }) => [n, m, null]),
    y: lines.flatMap(({ ends: [[, d], [, e]] }) => [d, e, null]),
    line: { width: 1, dash: 'dot', color: look.faint },
  }, {
    type: 'scatter', mode: 'text', name: 'IsoFLOP label', hoverinfo: 'skip', showlegend: false,
    x: labelled.map(({ N }) => N),
    y: labelled.map(({ C, N }) => C / (6 * N)),
    text: labelled.map(({ C }) => (look.compact ? powerOfTen(C, 3) : formatFlops(C))),
    textposition: labelled.map(({ N }) => (N > nearRight ? 'top left' : 'top right')),
    textfont: { size: 10, color: look.ink },
  }];
}

function frontierTrace(optima: readonly FrontierPoint[], look: Look): Data {
  return {
    type: 'scatter', mode: 'lines+markers', name: 'efficient frontier',
    x: optima.map(({ N }) => N),
    y: optima.map(({ D }) => D),
    text: optima.map(describeOptimum),
    hovertemplate: '%{text}<extra></extra>',
    line: { width: 2.5, color: look.accent },
    marker: { size: 8, symbol: 'diamond', color: look.accent, line: { width: 1, color: look.paper } },
  };
}

function layoutOf(fit: Fit, plane: Plane, look: Look): Partial<Layout> {
  const { compact } = look;
  return {
    ...baseLayout(look),
    ...titleOf(lawWithNumbers(lawById(fit.law).formula, fit.params), look),
    margin: compact ? { l: 56, r: 12, t: 56, b: 84 } : { l: 68, r: 24, t: 64, b: 60 },
    xaxis: countAxis(look, 'N, parameters', plane.N),
    yaxis: countAxis(look, 'D, training tokens', plane.D),
    legend: compact
      ? { orientation: 'h', x: 0, y: -0.2, yanchor: 'top' }
      : { orientation: 'h', x: 1, xanchor: 'right', y: 1.01, yanchor: 'bottom' },
  };
}
