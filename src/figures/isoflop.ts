/**
 * IsoFLOP slices: loss against model size at equal compute, with the law's curve L(N, C/(6N)) and its minimum.
 *
 * After Hoffmann et al. 2022, Fig. 3 (left). The minima are the efficient frontier; a slice whose runs do not follow
 * its curve is a budget at which the law does not hold.
 */
import type { Data, Layout } from 'plotly.js-dist-min';
import { logSpaced } from '../math/log-spaced.ts';
import { checkBudgets } from '../plan/frontier.ts';
import { isoflopSlices, slicesAt, type IsoflopSlice } from '../plan/slices.ts';
import type { Fit, FrontierPoint, Interval, Sweep } from '../types.ts';
import { formatInteger } from '../units.ts';
import { chartConfig, lookOf, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { describeOptimum, optimaOf } from './optima.ts';
import { decades, isoflopEnds, planeOf, rangeOf } from './plane.ts';
import { drawnRuns, lossAt, thinned } from './runs.ts';
import { sequence } from './sequence.ts';
import { axesOf, curveTrace, labelTrace, slicedRuns, sliceLayout, type Axes, type Curve } from './slices.ts';

export interface IsoflopFigureOptions extends LookOptions {
  /** Training FLOPs, each a slice with the runs within a factor 1.2 of it. Default: `isoflopSlices` of the sweep. */
  readonly budgets?: readonly number[];
}

/** Curves of a sweep without slices, each through a run of its own, at most. */
const MOST_OWN = 12;
/** Points of a curve. */
const POINTS = 60;
/** A curve goes this factor beyond its runs. */
const BEYOND = 1.2;
/** It goes on to its minimum where that is within this factor of the runs. */
const REACH = 10;

/**
 * A pure function of its arguments; the result is plain JSON.
 * @throws InputError where a budget is not positive.
 */
export function isoflopFigure(sweep: Sweep, fit: Fit, options: IsoflopFigureOptions = {}): Figure {
  const look = lookOf(options);
  const slices = slicesOf(sweep, options.budgets);
  const colours = sequence(slices.length, options.theme);
  const optima = optimaOf(fit, slices.map(({ C }) => C));
  const curves = slices.flatMap((slice, k) => curveOf(sweep, fit, slice, optima, colours[k]));
  const held = slices.flatMap((slice) => slice.runs);
  const axes = axesOf(sweep, held.length > 0 ? held : drawnRuns(sweep), curves, look, optima.map(({ loss }) => loss));
  const runs = slicedRuns(sweep, fit, slices, colours, look);
  return {
    data: [
      ...curves.map((curve) => curveTrace(curve)),
      runs,
      minimaTrace(optima, look),
      labelTrace(curves, runs, axes, look),
    ],
    layout: layoutOf(sweep, slices, axes, look),
    config: chartConfig(`isoflop-${fit.law}`, look),
  };
}

/** Of a sweep without slices, the computes of its runs, or the decades around them where these are many. */
function slicesOf(sweep: Sweep, budgets?: readonly number[]): IsoflopSlice[] {
  if (budgets) {
    checkBudgets(budgets);
    return slicesAt(sweep, budgets.toSorted((one, other) => one - other));
  }
  const slices = isoflopSlices(sweep);
  if (slices.length > 0) return slices;
  const own = [...new Set(sweep.columns.C)].toSorted((one, other) => one - other);
  return slicesAt(sweep, own.length <= MOST_OWN ? own : decades(rangeOf(sweep.columns.C)));
}

function curveOf(sweep: Sweep, fit: Fit, { C, runs }: IsoflopSlice, optima: readonly FrontierPoint[], colour: string): Curve[] {
  const best = optima.filter((optimum) => optimum.C === C).map(({ N }) => N);
  const sizes = runs.length > 0 ? rangeOf(runs.map((i) => sweep.columns.N[i])) : sizesWithout(sweep, C, best);
  if (!sizes) return [];
  const near = best.filter((N) => N > sizes[0] / REACH && N < sizes[1] * REACH);
  const N = logSpaced([Math.min(sizes[0], ...near) / BEYOND, Math.max(sizes[1], ...near) * BEYOND], POINTS);
  return [{ C, colour, N, loss: N.map((size) => lossAt(fit, { N: size, D: C / (6 * size) })) }];
}

/** Of a budget without runs: the sizes that the other runs span with as many tokens as they, else around the optimum. */
function sizesWithout(sweep: Sweep, C: number, [best]: readonly number[]): Interval | undefined {
  const ends = isoflopEnds(planeOf(sweep, []), C);
  if (ends) return [ends[0][0], ends[1][0]];
  return best === undefined ? undefined : [best / 4, best * 4];
}

function minimaTrace(optima: readonly FrontierPoint[], look: Look): Data {
  return {
    type: 'scatter', mode: 'lines+markers', name: 'efficient frontier',
    x: optima.map(({ N }) => N),
    y: optima.map(({ loss }) => loss),
    text: optima.map(describeOptimum),
    hovertemplate: '%{text}<extra></extra>',
    line: { width: 2, color: look.accent },
    marker: { size: look.compact ? 8 : 10, symbol: 'diamond', color: look.accent, line: { width: 1, color: look.paper } },
  };
}

function layoutOf(sweep: Sweep, slices: readonly IsoflopSlice[], axes: Axes, look: Look): Partial<Layout> {
  const held = slices.reduce((count, { runs }) => count + runs.length, 0);
  const budgets = `${slices.length} ${slices.length === 1 ? 'budget' : 'budgets'}`;
  const title = `IsoFLOP slices: ${formatInteger(held)} of ${formatInteger(sweep.loss.length)} runs at ${budgets}`;
  return {
    ...sliceLayout(axes, 64, look),
    ...titleOf([title, thinned(sweep)].filter(Boolean).join(look.compact ? '<br>' : ', '), look),
  };
}
