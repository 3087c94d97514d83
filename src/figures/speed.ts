/** Fits per second against the size of the batch, on log axes, a line for each backend with its name at its end. */
import type { Data, Layout } from 'plotly.js-dist-min';
import type { Interval } from '../types.ts';
import { formatCount, formatInteger, formatSeconds } from '../units.ts';
import { baseLayout, chartConfig, countAxis, lookOf, plain, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { LABEL_SIZE, placeLabels, shareAlong, type Placed, type Point, type Position } from './labels.ts';
import { rangeOf } from './plane.ts';

/** What one backend took for batches of several sizes. */
export interface SpeedSeries {
  /** "GPU, NVIDIA H200" */
  readonly name: string;
  readonly points: readonly { readonly fits: number; readonly seconds: number }[];
}

interface Line {
  readonly name: string;
  readonly colour: string;
  readonly symbol: typeof SYMBOLS[number];
  /** Fits of a batch and fits per second, by size. */
  readonly points: readonly { readonly fits: number; readonly seconds: number; readonly rate: number }[];
}

const SYMBOLS = ['circle', 'square', 'diamond', 'triangle-up', 'cross'] as const;
/** Around the points, a factor. */
const PAD = 1.8;
/** Of a label, at a point of its line, the last first: where it covers no line. */
const POSITIONS: readonly Position[] = ['top left', 'bottom left', 'middle right', 'top center', 'bottom center', 'top right', 'bottom right'];
/** Where plotly redraws a trace, it loses the names beside points whose text is empty: this is not. */
const UNNAMED = '\u00A0';
/** Points of a segment that labels keep off. */
const STEPS = 24;

/** Batches without a positive number of fits and seconds are left out. A pure function of its arguments; plain JSON. */
export function speedFigure(series: readonly SpeedSeries[], options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const lines = linesOf(series, look);
  const all = lines.flatMap(({ points }) => points);
  const [x, y] = [rangeAround(all.map(({ fits }) => fits)), rangeAround(all.map(({ rate }) => rate))];
  const labels = labelsOf(lines, x, y, look);
  return {
    data: lines.map((line, k) => lineTrace(line, labels?.[k], look)),
    layout: layoutOf(x, y, !labels, look),
    config: chartConfig('speed', look),
  };
}

function linesOf(series: readonly SpeedSeries[], { accent, mark, ink, muted }: Look): Line[] {
  const colours = [accent, mark, ink, muted];
  const counts = (value: number) => value > 0 && value < Infinity;
  return series.map(({ name, points }, k) => ({
    name: plain(name),
    colour: colours[k % colours.length],
    symbol: SYMBOLS[k % SYMBOLS.length],
    points: points.filter(({ fits, seconds }) => counts(fits) && counts(fits / seconds))
      .map(({ fits, seconds }) => ({ fits, seconds, rate: fits / seconds }))
      .toSorted((one, other) => one.fits - other.fits),
  })).filter(({ points }) => points.length > 0);
}

function rangeAround(values: readonly number[]): Interval {
  const [low, high] = rangeOf(values.length > 0 ? values : [1, 100]);
  return [low / PAD, high * PAD];
}

/** With its name at one of its points. */
function lineTrace({ name, colour, symbol, points }: Line, label: Placed | undefined, { paper }: Look): Data {
  return {
    type: 'scatter', mode: label ? 'text+lines+markers' : 'lines+markers', name,
    x: points.map(({ fits }) => fits),
    y: points.map(({ rate }) => rate),
    ...(label && {
      text: points.map((_, k) => (k === points.length - 1 - label.at ? name : UNNAMED)),
      textposition: label.position,
      textfont: { size: LABEL_SIZE, color: colour },
    }),
    hovertext: points.map(({ fits, seconds, rate }) =>
      `<b>${name}</b><br>${formatInteger(fits)} fits in ${formatSeconds(seconds)}<br>${formatCount(rate)} a second`),
    hovertemplate: '%{hovertext}<extra></extra>',
    line: { width: 2, color: colour },
    marker: { size: 8, symbol, color: colour, line: { width: 1, color: paper } },
  };
}

/** Places of the names at points of their lines, the last point first; none where one has no room. */
function labelsOf(lines: readonly Line[], x: Interval, y: Interval, look: Look): Placed[] | undefined {
  const paths = lines.map(({ points }) => points.map(({ fits, rate }) => ({ x: shareAlong(x, fits), y: shareAlong(y, rate) })));
  const labels = lines.map(({ name }, k) => ({ text: name, at: paths[k].toReversed(), positions: POSITIONS }));
  const places = placeLabels(labels, paths.flatMap(alongLine), look).filter((place) => place !== null);
  return places.length === lines.length ? places : undefined;
}

/** Points of a line, and points between them. */
function alongLine(points: readonly Point[]): Point[] {
  return points.flatMap((point, k) => {
    const next = points[k + 1] ?? point;
    const between = (step: number) => ({ x: point.x + ((next.x - point.x) * step) / STEPS, y: point.y + ((next.y - point.y) * step) / STEPS });
    return Array.from({ length: STEPS }, (_, step) => between(step));
  });
}

function layoutOf(x: Interval, y: Interval, showlegend: boolean, look: Look): Partial<Layout> {
  const { compact } = look;
  return {
    ...baseLayout(look),
    ...titleOf('Fits per second by batch size', look),
    margin: compact ? { l: 60, r: 12, t: 48, b: showlegend ? 96 : 60 } : { l: 68, r: 24, t: 48, b: showlegend ? 88 : 60 },
    xaxis: countAxis(look, 'fits in a batch', x),
    yaxis: countAxis(look, 'fits per second', y),
    showlegend,
    legend: { orientation: 'h', x: 0, y: compact ? -0.2 : -0.12, yanchor: 'top' },
  };
}
