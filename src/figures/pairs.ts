/**
 * Two numbers of a fit over the replicates of a bootstrap: what one can be exchanged for the other.
 *
 * The ellipse is a level of the normal density with the mean and covariance of the replicates. Its points lie at
 * mean + √(χ²)·R·(cos t, sin t), RRᵀ the covariance; of two dimensions, χ² at confidence p is −2·log(1 − p).
 */
import { meanOf } from '../math/mean.ts';
import type { Data, Layout, LayoutAxis } from 'plotly.js-dist-min';
import { byEveryName, type AxisName } from '../stats/axes.ts';
import type { Replicates } from '../stats/fits.ts';
import { covarianceOf } from '../stats/intervals.ts';
import type { LandscapePair } from '../stats/landscape.ts';
import type { Fit, Interval, Truth } from '../types.ts';
import { formatInteger, formatLevel } from '../units.ts';
import { ascendingSample, atLeastWide, bulkOf, evenly, reaching, roomAround } from './bulk.ts';
import { baseLayout, chartConfig, frameAxis, lookOf, plain, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { axisTitle, MARKS } from './parameters.ts';
import { sideOf } from './edges.ts';
import { rangeOf } from './plane.ts';
import { pairsOf, type Pairs } from './samples.ts';
import { symbolOf } from './units.ts';

export interface PairsOptions extends LookOptions {
  /** Of the ellipse. Default 0.95. */
  readonly confidence?: number;
  /** Laws to mark, such as published ones, each with its name in the legend; those far beyond the replicates are left out. */
  readonly marks?: readonly Pick<Truth, 'name' | 'params'>[];
}

type Names = [x: AxisName, y: AxisName];
interface Point { readonly x: number; readonly y: number }

/** Points at most; of more replicates an even sample is drawn. */
const MOST_POINTS = 2000;
/** Sides of the ellipse. */
const SIDES = 90;
/** Free at either end of an axis, a share of it. */
const PAD = 0.06;

/** Of replicates that are finite. A pure function of its arguments; the result is plain JSON. */
export function pairsFigure(fit: Pick<Fit, 'law' | 'params'>, replicates: Replicates, pair: LandscapePair, options: PairsOptions = {}): Figure {
  const look = lookOf(options);
  const { confidence = 0.95, marks = [] } = options;
  const names = pair.split(',') as Names;
  const pairs = pairsOf(fit.law, replicates, names);
  const estimate = [pointOf(fit.params, names)].filter(isFinitePoint);
  const marked = marks.map(({ name, params }) => ({ name, at: pointOf(params, names) }));
  const ellipse = ellipseOf(pairs, confidence);
  const ranges = (['x', 'y'] as const).map((key) => rangeOver(pairs, estimate, [...ellipse, ...marked.map(({ at }) => at)], key));
  const within = ({ x, y }: Point) => sideOf(x, ranges[0]) === 0 && sideOf(y, ranges[1]) === 0;
  const beyond = pairs.x.reduce((count, x, k) => count + (within({ x, y: pairs.y[k] }) ? 0 : 1), 0);
  const drawn = evenly(pairs.x.length, MOST_POINTS).map((k) => ({ x: pairs.x[k], y: pairs.y[k] }));
  return {
    data: [
      pointTrace(drawn, 'replicates', names, { size: look.compact ? 3.5 : 5, color: look.mark, opacity: 0.5 }),
      ...(ellipse.length > 0 ? [ellipseTrace(ellipse, confidence, look)] : []),
      pointTrace(estimate, 'fit', names, { size: 14, symbol: 'diamond-open', color: look.accent, line: { width: 3 } }),
      ...marked.flatMap(({ name, at }, k) => (within(at) ? [pointTrace([at], plain(name), names, {
        size: 9, symbol: MARKS[k % MARKS.length], color: look.ink, line: { width: 1, color: look.paper },
      })] : [])),
    ],
    layout: layoutOf(fit.law, names, ranges, titleFor(names, pairs.x.length, beyond, look), look),
    config: chartConfig(`pairs-${names.join('-')}`, look),
  };
}

function pointOf(params: Fit['params'], [first, second]: Names): Point {
  const named = byEveryName(params);
  return { x: named[first], y: named[second] };
}

function isFinitePoint({ x, y }: Point): boolean {
  return Number.isFinite(x) && Number.isFinite(y);
}

/** Around most of the pairs and the estimate, and what is near. */
function rangeOver(pairs: Pairs, estimate: readonly Point[], others: readonly Point[], key: 'x' | 'y'): Interval {
  const [fitted, near] = [estimate, others].map((all) => all.map((point) => point[key]));
  const bulk = bulkOf(ascendingSample(pairs[key]));
  const [middle = 0.5] = fitted;
  const range = bulk ? atLeastWide(bulk) : atLeastWide([middle, middle], 0.2);
  return roomAround(reaching(rangeOf([...range, ...fitted]), near), PAD);
}

/** Closed; none of fewer than three pairs, or where they lie on a line. */
function ellipseOf({ x, y }: Pairs, confidence: number): Point[] {
  const [middleX, middleY] = [x, y].map(meanOf);
  const alongX = Math.sqrt(covarianceOf(x, x));
  const shear = covarianceOf(x, y) / alongX;
  const alongY = Math.sqrt(covarianceOf(y, y) - shear * shear);
  const radius = Math.sqrt(-2 * Math.log1p(-confidence));
  if (!(x.length > 2 && alongX > 0 && alongY > 0 && radius < Infinity)) return [];
  return Array.from({ length: SIDES + 1 }, (_, k) => {
    const [c, s] = [Math.cos, Math.sin].map((of) => radius * of((2 * Math.PI * k) / SIDES));
    return { x: middleX + alongX * c, y: middleY + shear * c + alongY * s };
  });
}

function ellipseTrace(ellipse: readonly Point[], confidence: number, look: Look): Data {
  return {
    type: 'scatter', mode: 'lines', name: `${formatLevel(confidence)} of a normal, same covariance`, hoverinfo: 'skip',
    x: ellipse.map(({ x }) => x),
    y: ellipse.map(({ y }) => y),
    line: { width: 2, color: look.accent },
  };
}

function pointTrace(points: readonly Point[], name: string, [first, second]: Names, marker: object): Data {
  return {
    type: 'scatter', mode: 'markers', name,
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => y),
    hovertemplate: `<b>${name}</b><br>${symbolOf(first)} %{x:.4f}<br>${symbolOf(second)} %{y:.4f}<extra></extra>`,
    marker,
  };
}

function titleFor([first, second]: Names, all: number, beyond: number, { compact }: Look): string {
  const title = `${symbolOf(second)} against ${symbolOf(first)}, ${formatInteger(all)} replicates`;
  const notes = [all > MOST_POINTS ? `${formatInteger(MOST_POINTS)} drawn` : '', beyond > 0 ? `${formatInteger(beyond)} beyond the axes` : ''];
  return [title, notes.filter(Boolean).join(', ')].filter(Boolean).join(compact ? '<br>' : ', ');
}

function layoutOf(law: string, [first, second]: Names, [x, y]: readonly Interval[], title: string, look: Look): Partial<Layout> {
  const { compact } = look;
  const axis = (name: AxisName, range: Interval): Partial<LayoutAxis> =>
    ({ ...frameAxis(look, axisTitle(law, name)), range: [...range], nticks: compact ? 6 : 9 });
  return {
    ...baseLayout(look),
    ...titleOf(title, look),
    margin: compact ? { l: 60, r: 12, t: 48, b: 60 } : { l: 68, r: 24, t: 48, b: 60 },
    xaxis: axis(first, x),
    yaxis: { ...axis(second, y), automargin: true },
    showlegend: true,
    legend: { orientation: 'h', x: 0, y: compact ? -0.2 : -0.11, yanchor: 'top' },
  };
}
