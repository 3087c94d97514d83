/**
 * The landscape of a fit as contours: how far the objective is above the fit's, over two parameters, the others solved.
 *
 * Heights run from a fraction of a per cent to many times the fit's own objective, so that each line stands for twice the
 * excess of the one inside it: z = log₂(100·(f/f_min − 1)), 0 at 1 %. No line stands for a level of confidence.
 */
import type { Data, Layout } from 'plotly.js-dist-min';
import type { Params } from '../plan/frontier.ts';
import { byEveryName, type Axis } from '../stats/axes.ts';
import { excessOf, type Landscape } from '../stats/landscape.ts';
import type { Truth } from '../types.ts';
import { formatPower } from '../units.ts';
import { groundScale } from './colours.ts';
import { MARKS } from './parameters.ts';
import { baseLayout, chartConfig, lookOf, plain, type Figure, type Look, type LookOptions } from './figure.ts';
import type { Levels } from './levels.ts';
import { solvedAxis, solvedTitle } from './solved.ts';
import { symbolOf } from './units.ts';

export interface LandscapeFigureOptions extends LookOptions {
  /** Natural parameters that starts of the fit ended at. */
  readonly ends?: readonly Params[];
  /** Laws to mark, such as published ones, each with its name in the legend; those beyond the axes are left out. */
  readonly marks?: readonly Pick<Truth, 'name' | 'params'>[];
}

/** An excess below it is shown as none. */
const LEAST_EXCESS = 1e-4;
/** Contour lines at most; of a wider range every second, third, … doubling. */
const MOST_LEVELS = 14;

/** A pure function of its arguments; the result is plain JSON. */
export function landscapeFigure(landscape: Landscape, options: LandscapeFigureOptions = {}): Figure {
  const look = lookOf(options);
  const { ends = [], marks = [] } = options;
  return {
    data: [
      contourTrace(landscape, look),
      ...pointTrace(landscape, [landscape.minimum.params], 'fit', { size: 15, symbol: 'diamond-open', color: look.accent, line: { width: 3 } }),
      ...pointTrace(landscape, ends, 'ends of starts', { size: 5, color: look.ink, opacity: 0.6 }),
      ...marks.filter(({ params }) => isInside(landscape, byEveryName(params))).flatMap(({ name, params }, k) => pointTrace(landscape, [params], name, {
        size: 9, symbol: MARKS[k % MARKS.length], color: look.ink, line: { width: 1, color: look.paper },
      })),
    ],
    layout: layoutOf(landscape, look),
    config: chartConfig(`landscape-${landscape.axes.map(({ name }) => name).join('-')}`, look),
  };
}

/** Doublings above 1 %, z [second axis][first axis]: null without a finite fit; what no line tells apart is one depth. */
function contourTrace(landscape: Landscape, look: Look): Data {
  const [first, second] = landscape.axes;
  const excess = rows(landscape, excessOf(landscape));
  const levels = levelsOf(landscape);
  const { start, end, size } = levels;
  return {
    type: 'contour',
    name: 'objective',
    x: [...first.values],
    y: [...second.values],
    z: excess.map((row) => row.map((value) => (Number.isFinite(value) ? Math.max(start - size, doublings(value)) : null))),
    text: excess.map((row) => row.map(percent)) as unknown as string[],
    hovertemplate: `${symbolOf(first.name)} %{x:.4f}<br>${symbolOf(second.name)} %{y:.4f}<br>%{text} above the fit<extra></extra>`,
    zmin: start - size,
    zmax: end + size,
    colorscale: groundScale(look),
    colorbar: colourBar(levels, look),
    autocontour: false,
    contours: { coloring: 'fill', start, end, size },
    line: { width: 1, color: look.paper },
    showlegend: false,
  };
}

function colourBar({ start, end, size }: Levels, { compact }: Look) {
  const at = Array.from({ length: Math.round((end - start) / size) + 1 }, (_, k) => start + k * size);
  const labelled = (k: number) => !compact || k % 2 === 0;
  return {
    // Anchored at its bottom, plotly would move the chart's title out of sight.
    ...(compact ? { orientation: 'h', y: 1.08, yanchor: 'middle', tickangle: 0 } as const : {}),
    tickvals: at,
    ticktext: at.map((z, k) => (labelled(k) ? percent(2 ** z / 100) : '')),
    thickness: 12, len: 1, outlinewidth: 0,
  };
}

/** From the lowest line that the grid resolves, which has nine cells inside, to the highest. */
function levelsOf(landscape: Landscape): Levels {
  const excess = excessOf(landscape).filter(Number.isFinite).toSorted();
  const start = Math.ceil(doublings(excess[8] ?? 0));
  const most = Math.max(start, doublings(excess.at(-1) ?? 0));
  const size = Math.max(1, Math.ceil((most - start) / MOST_LEVELS));
  return { start, size, end: start + size * Math.floor((most - start) / size) };
}

/** Above 1 %. */
function doublings(excess: number): number {
  return Math.log2(100 * Math.max(LEAST_EXCESS, excess));
}

/** "0.25 %", "64 %" */
function percent(excess: number): string {
  const value = 100 * excess;
  return `${value < 1e6 ? String(Number(value.toPrecision(4))) : formatPower(value, 4)} %`;
}

function rows({ axes: [first, second] }: Landscape, values: Float64Array): number[][] {
  const width = first.values.length;
  return Array.from(second.values, (_, row) => [...values.subarray(row * width, (row + 1) * width)]);
}

/** Points by their parameters; none where they all lie beyond the axes. */
function pointTrace({ axes }: Pick<Landscape, 'axes'>, all: readonly Params[], name: string, marker: object): Data[] {
  const [first, second] = axes;
  const points = all.map(byEveryName).filter((params) => isInside({ axes }, params));
  if (points.length === 0) return [];
  return [{
    type: 'scatter', mode: 'markers', name: plain(name),
    x: points.map((params) => params[first.name]),
    y: points.map((params) => params[second.name]),
    hovertemplate: `<b>${plain(name)}</b><br>${symbolOf(first.name)} %{x:.4f}<br>${symbolOf(second.name)} %{y:.4f}<extra></extra>`,
    marker,
  }];
}

function isInside({ axes }: Pick<Landscape, 'axes'>, params: Params): boolean {
  return axes.every((axis) => isWithin(axis, params[axis.name]));
}

function isWithin({ values }: Axis, value: number): boolean {
  return value >= values[0] && value <= values[values.length - 1];
}

function layoutOf(landscape: Landscape, look: Look): Partial<Layout> {
  const { compact } = look;
  const { law, axes: [first, second] } = landscape;
  return {
    ...baseLayout(look),
    ...solvedTitle(landscape, compact ? { l: 56, r: 12, t: 76, b: 60 } : { l: 68, r: 24, t: 48, b: 60 }, look),
    xaxis: solvedAxis(first, law, look),
    yaxis: solvedAxis(second, law, look),
    showlegend: true,
    legend: { orientation: 'h', x: 0, y: compact ? -0.2 : -0.11, yanchor: 'top' },
  };
}
