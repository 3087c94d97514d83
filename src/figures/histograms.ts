/** Histograms as small multiples, each with lines and a band. The height of a bar is a count; its axis has no numbers. */
import type { Data, Layout, LayoutAxis } from 'plotly.js-dist-min';
import type { Interval } from '../types.ts';
import { formatInteger } from '../units.ts';
import { baseLayout, chartConfig, frameAxis, titleOf, type Figure, type Look } from './figure.ts';
import type { Histogram } from './histogram.ts';
import { axesOf, boxesOf, noteOf, panelAxes, panelTitle, type Box } from './panels.ts';
import { linearTicks, logTicks, tickName } from './ticks.ts';
import { formatValue } from './units.ts';

/** One number over many fits. */
export interface HistogramPanel {
  /** With plotly's tags. */
  readonly title: string;
  readonly histogram: Histogram;
  readonly lines: readonly { readonly at: number; readonly colour: string; readonly dash: 'solid' | 'dash' }[];
  readonly band?: Interval;
}

interface Words {
  /** Of the chart, with plotly's tags. */
  readonly title: string;
  /** What is counted: "replicates". */
  readonly counted: string;
  /** Name of a download. */
  readonly file: string;
}

/** Height of a line of the title where it is narrow, pixels; the margin has room for two. */
const LINE = 24;

/** Height of an axis over that of the highest bar. */
const HEADROOM = 1.06;

/** Panels in two rows, or in two columns where it is narrow. */
export function histogramsFigure(panels: readonly HistogramPanel[], { title, counted, file }: Words, look: Look): Figure {
  const { compact } = look;
  const lines = title.split('<br>').length;
  const boxes = boxesOf(panels.length, compact ? 2 : Math.ceil(panels.length / 2), compact ? [0.07, 0.125] : [0.035, 0.2]);
  return {
    data: panels.map(({ histogram }, k) => barTrace(histogram, k, look)),
    layout: {
      ...baseLayout(look),
      ...titleOf(title, look, lines),
      ...Object.assign({}, ...panels.map(({ histogram }, k) => panelAxes(k, boxes[k], valueAxis(histogram, look), heightAxis(histogram, look)))),
      margin: compact ? { l: 10, r: 12, t: 66 + LINE * Math.max(0, lines - 2), b: 42 } : { l: 24, r: 24, t: 76, b: 52 },
      showlegend: false,
      annotations: [
        ...panels.map((panel, k) => panelTitle(panel.title, boxes[k], look)),
        ...noteOf(beyondNote(panels, counted), 'below', compact ? 24 : 30, look),
      ],
      shapes: panels.flatMap((panel, k) => shapesOf(panel, k, boxes[k], look)),
    },
    config: chartConfig(file, look),
  };
}

/** Text in the colour of what it speaks of. */
export function coloured(text: string, colour: string): string {
  return `<span style="color:${colour}">${text}</span>`;
}

/** How many a panel leaves out, at most. */
function beyondNote(panels: readonly HistogramPanel[], counted: string): string {
  const { beyond, total } = panels.map(({ histogram }) => histogram).reduce((most, next) => (next.beyond > most.beyond ? next : most));
  return beyond === 0 ? '' : `Beyond each axis: at most ${formatInteger(beyond)} of ${formatInteger(total)} ${counted}`;
}

function barTrace({ edges, counts, total }: Histogram, k: number, look: Look): Data {
  const name = (edge: number) => formatValue(edge);
  return {
    type: 'bar',
    ...axesOf(k),
    x: counts.map((_, bin) => (edges[bin] + edges[bin + 1]) / 2),
    width: counts.map((_, bin) => edges[bin + 1] - edges[bin]),
    y: [...counts],
    hovertext: counts.map((count, bin) => `${name(edges[bin])} to ${name(edges[bin + 1])}<br>${formatInteger(count)} of ${formatInteger(total)}`),
    hovertemplate: '%{hovertext}<extra></extra>',
    marker: { color: look.mark, line: { width: 0 } },
  };
}

/** Without zoom: bins become no finer. */
function valueAxis({ log, range: [low, high] }: Histogram, look: Look): Partial<LayoutAxis> {
  const tickvals = log ? logTicks(10 ** low, 10 ** high) : linearTicks(low, high);
  return {
    ...frameAxis(look, ''),
    type: log ? 'log' : 'linear',
    mirror: false,
    range: [low, high],
    fixedrange: true,
    tickfont: { size: look.compact ? 10 : 11 },
    tickangle: 0,
    tickvals,
    ticktext: tickvals.map((tick) => tickName(tick, log)),
  };
}

function heightAxis({ counts }: Histogram, look: Look): Partial<LayoutAxis> {
  const highest = counts.reduce((most, count) => Math.max(most, count), 1);
  return { ...frameAxis(look, ''), showline: false, ticks: '', showticklabels: false, fixedrange: true, range: [0, HEADROOM * highest] };
}

type Shape = NonNullable<Layout['shapes']>[number];

/** Over the height of panel k; nothing where it has no place on the axis. */
function spanOf(from: number, to: number, { log }: Histogram, k: number, { y: [y0, y1] }: Box): Partial<Shape>[] {
  const placed = [from, to].every((x) => Number.isFinite(x) && !(log && x <= 0));
  return placed ? [{ xref: axesOf(k).xaxis, yref: 'paper', x0: from, x1: to, y0, y1 }] : [];
}

function shapesOf({ band = [NaN, NaN], lines, histogram }: HistogramPanel, k: number, box: Box, look: Look): Shape[] {
  return [
    ...spanOf(...band, histogram, k, box).map((span): Shape => ({ ...span, type: 'rect', layer: 'below', fillcolor: look.band, line: { width: 0 } })),
    ...lines.flatMap(({ at, colour, dash }) =>
      spanOf(at, at, histogram, k, box).map((span): Shape => ({ ...span, type: 'line', line: { color: colour, width: 2, dash } }))),
  ];
}
