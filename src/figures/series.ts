/** The charts of reproductions: lines, points and bands over a plane, as `Chart` in src/reproduce/reproduction.ts says. */
import type { Data, LayoutAxis } from 'plotly.js-dist-min';
import { wrap } from '../report/layout.ts';
import type { Chart, ChartAxis, ChartSeries } from '../reproduce/reproduction.ts';
import type { Interval } from '../types.ts';
import { bandOf } from './band.ts';
import { roomAround } from './bulk.ts';
import { categoryColour, categoryDash, categorySymbol, translucent } from './categories.ts';
import {
  baseLayout, chartConfig, countAxis, flopsAxis, frameAxis, lookOf, plain, ratioAxis, titleOf, type Figure, type Look, type LookOptions,
} from './figure.ts';
import { legendLayout, legendName } from './legend.ts';
import { rangeOf } from './plane.ts';
import { countName, roundTicks } from './ticks.ts';
import { formatValue, powerOfTen } from './units.ts';

/** Free at either end of an axis whose ends are not given, a share of it. */
const ROOM = 0.05;
/** Characters of a line of the title. */
const TITLE = { wide: 92, compact: 46 } as const;
const BAND = 0.16;

/** Series of one name have one colour and one entry in the legend. A pure function of its arguments; plain JSON. */
export function seriesFigure(chart: Chart, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const names = [...new Set(chart.series.map(({ name }) => name))];
  const title = wrap(chart.title, look.compact ? TITLE.compact : TITLE.wide);
  const [x, y] = [axisOf(chart.x, chart.series.map((series) => series.x), look), axisOf(chart.y, chart.series.flatMap(heights), look)];
  const drawn = chart.series.map((series) => ({ series, place: names.indexOf(series.name), positive: [chart.x.log, chart.y.log] as const }));
  return {
    data: [
      ...drawn.flatMap((each) => bandTrace(each, options)),
      ...drawn.map((each, k) => seriesTrace(each, chart.series.findIndex(({ name }) => name === each.series.name) === k, look, options)),
    ],
    layout: {
      ...baseLayout(look),
      ...titleOf(title.map(plain).join('<br>'), look, title.length),
      ...legendLayout({ names, title: title.length }, look),
      xaxis: x,
      yaxis: y,
    },
    config: chartConfig(chart.name, look),
  };
}

function heights({ y, low = [], high = [] }: ChartSeries): (readonly number[])[] {
  return [y, low, high];
}

interface Drawn {
  readonly series: ChartSeries;
  /** Of its name among the names. */
  readonly place: number;
  /** Are x and y on log axes? */
  readonly positive: readonly [x: boolean | undefined, y: boolean | undefined];
}

/** An area between the ends, for lines; points have bars, which need not hold their points. */
function bandTrace({ series: { name, mark, x, low, high }, place, positive }: Drawn, { theme }: LookOptions): Data[] {
  if (mark === 'points' || !low || !high) return [];
  const known = x.flatMap((at, k) => {
    const ends = [shown(at, positive[0]), shown(low[k], positive[1]), shown(high[k], positive[1])] as const;
    return ends.includes(null) ? [] : [ends as readonly [number, number, number]];
  });
  return bandOf(known, translucent(categoryColour(place, theme), BAND), { name: plain(name), legendgroup: plain(name), showlegend: false });
}

function seriesTrace({ series, place, positive }: Drawn, showlegend: boolean, look: Look, { theme }: LookOptions): Data {
  const { name, mark, x, y } = series;
  const colour = categoryColour(place, theme);
  const points = mark === 'points';
  return {
    type: 'scatter', mode: points ? 'markers' : 'lines', name: legendName(name, look), legendgroup: plain(name), showlegend,
    x: x.map((value) => shown(value, positive[0])),
    y: y.map((value) => shown(value, positive[1])),
    text: x.map((value, k) => `<b>${plain(name)}</b><br>${formatValue(value)}, ${formatValue(y[k])}${rangeText(series, k)}`),
    hovertemplate: '%{text}<extra></extra>',
    ...(points ? {
      marker: { size: look.compact ? 7 : 9, symbol: categorySymbol(place), color: colour, line: { width: 1, color: look.paper } },
      ...barsOf(series, colour),
    } : { line: { width: 2.2, color: colour, dash: mark === 'dashed' ? 'dash' as const : categoryDash(place) } }),
  };
}

function rangeText({ low, high }: ChartSeries, k: number): string {
  return low && high ? `<br>${formatValue(low[k])} to ${formatValue(high[k])}` : '';
}

function barsOf({ y, low, high }: ChartSeries, color: string): object {
  if (!low || !high) return {};
  const up = high.map((end, k) => shown(end - y[k], false));
  const down = low.map((end, k) => shown(y[k] - end, false));
  return { error_y: { type: 'data', symmetric: false, array: up, arrayminus: down, color, thickness: 1.4, width: 4 } };
}

/** What has no place on the axis is null. */
function shown(value: number, positive: boolean | undefined): number | null {
  return Number.isFinite(value) && (!positive || value > 0) ? value : null;
}

function axisOf({ title, log, range }: ChartAxis, columns: readonly (readonly number[])[], look: Look): Partial<LayoutAxis> {
  const values = columns.flat().filter((value) => shown(value, log) !== null);
  const text = plain(title);
  if (log) return logAxis(text, range ?? logRange(values), look);
  return {
    ...frameAxis(look, text),
    range: [...range ?? roomAround(wide(values.length > 0 ? rangeOf(values) : [0, 1]), ROOM)],
    exponentformat: 'power',
    nticks: look.compact ? 5 : 8,
  };
}

/** A range of one value has some width. */
function wide([low, high]: Interval): Interval {
  const half = low < high ? 0 : 0.05 * (Math.abs(low) || 1);
  return [low - half, high + half];
}

function logRange(values: readonly number[]): Interval {
  const [low, high] = roomAround(wide(rangeOf((values.length > 0 ? values : [1, 10]).map(Math.log10))), ROOM);
  return [10 ** low, 10 ** high];
}

/** Axes of fewer decades have ticks at 1, 2 and 5 times a power of ten: one or two powers alone would not tell what a curve reads. */
const FEW_DECADES = 2.5;

/** Counts are written 10M, 1B; other numbers over many decades 10¹⁸. */
function logAxis(title: string, range: readonly [number, number], look: Look): Partial<LayoutAxis> {
  if (/parameters|tokens/.test(title) && !/per |\//.test(title)) return countAxis(look, title, range);
  const [low, high] = range;
  const decades = Math.log10(high / low);
  const short = low >= 1e-3 && high <= 1e5;
  if (decades >= FEW_DECADES) {
    const axis = short ? ratioAxis(look, title, range) : flopsAxis(look, range, title);
    return { ...axis, dtick: Math.max(1, Math.round(decades / (look.compact ? 4 : 6))) };
  }
  const ticks = roundTicks(range);
  const name = short ? formatValue : low >= 1 && high < 1e15 ? countName : (tick: number) => powerOfTen(tick, 1);
  return {
    ...frameAxis(look, title),
    type: 'log',
    range: [Math.log10(low), Math.log10(high)],
    ...(ticks.length > 2 ? { tickvals: ticks, ticktext: ticks.map((tick) => (look.compact && isLong(name(tick)) ? '' : name(tick))) }
      : { exponentformat: short ? 'none' : 'power', nticks: look.compact ? 6 : 9 }),
  };
}

/** "5·10²³": no room beside the title of a narrow chart, 10²³ has. */
function isLong(name: string): boolean {
  return name.includes('·');
}
