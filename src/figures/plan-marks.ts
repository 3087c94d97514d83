/** What charts of plans share: curves of answers with their bands, marks with intervals and labels, and trained models. */
import type { Data } from 'plotly.js-dist-min';
import type { Chart, ChartSeries } from '../reproduce/reproduction.ts';
import type { Answer } from '../stats/answers.ts';
import type { Interval } from '../types.ts';
import { formatCount } from '../units.ts';
import { lookOf, plain, type Figure, type Look, type LookOptions } from './figure.ts';
import { besideMarker, LABEL_SIZE, placeLabels, type Label, type Placed, type Point, type Position } from './labels.ts';
import { legendLayout } from './legend.ts';
import { formatRatio } from './optima.ts';
import type { TrainedModel } from './ratio.ts';
import { seriesFigure } from './series.ts';
import { formatFlops, powerOfTen } from './units.ts';

/** Lines and points of a plan, and over them its marks; `named`: marks that the legend names too. */
export function planFigure(chart: Omit<Chart, 'caption'>, marks: readonly Data[], options: LookOptions, named: readonly string[] = []): Figure {
  const { data, layout, config } = seriesFigure({ ...chart, caption: '' }, options);
  const names = [...new Set(chart.series.map(({ name }) => name)), ...named];
  const title = layout.title as { readonly text: string };
  return {
    data: [...data.map((trace) => ({ ...trace, name: written(String(trace.name)) }) as Data), ...marks],
    layout: {
      ...layout, title: { ...title, text: written(title.text) }, yaxis: { ...layout.yaxis, title: { ...layout.yaxis?.title, text: written(chart.y.title) } },
      ...legendLayout({ names, title: title.text.split('<br>').length }, lookOf(options)),
    },
    config,
  };
}

/** "1e24 FLOPs", N_opt and R_D* as a chart writes them. */
function written(text: string): string {
  return text.replaceAll(/\b\d(?:\.\d+)?e\d+\b/g, (power) => powerOfTen(Number(power), 4)).replaceAll(/\b([NDR])_(\w+)/g, '$1<sub>$2</sub>');
}

/** An answer at each place, in units of `unit`; the ends of its intervals are a band. */
export function answerSeries(name: string, mark: ChartSeries['mark'], x: readonly number[], answers: readonly Answer[], unit = 1): ChartSeries {
  const ends = (k: 0 | 1) => answers.map(({ interval }) => (interval?.[k] ?? NaN) / unit);
  return {
    name, mark, x,
    y: answers.map(({ value }) => value / unit),
    ...(answers.some(({ interval }) => interval) && { low: ends(0), high: ends(1) }),
  };
}

export interface Mark {
  readonly x: number;
  readonly y: number;
  /** Ends of an interval of x. */
  readonly interval?: Interval | undefined;
  /** Beside it, with plotly's tags. */
  readonly label: string;
  readonly hover: string;
  readonly position: Position;
  readonly open?: boolean;
}

/** A diamond, its label, and how sure its x is; nothing where it has no place. */
export function markTrace({ x, y, interval, label, hover, position, open = false }: Mark, look: Look): Data[] {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return [];
  const known = interval && Number.isFinite(interval[0] + interval[1]) ? interval : undefined;
  const colour = open ? look.ink : look.accent;
  return [{
    type: 'scatter', mode: 'text+markers', name: 'mark', showlegend: false,
    x: [x],
    y: [y],
    text: [besideMarker(label)],
    textposition: position,
    textfont: { size: LABEL_SIZE, color: look.ink },
    hovertext: [hover],
    hovertemplate: '%{hovertext}<extra></extra>',
    ...(known && { error_x: {
      type: 'data', symmetric: false, array: [known[1] - x], arrayminus: [x - known[0]], color: look.accent, thickness: 1.5, width: 5,
    } as const }),
    marker: { size: look.compact ? 10 : 12, symbol: open ? 'diamond-open' : 'diamond', color: colour, line: { width: open ? 1.8 : 1, color: open ? colour : look.paper } },
  }];
}

/** Where a model stands on a chart, and what the hover adds. */
export interface PlacedModel {
  readonly model: TrainedModel;
  readonly x: number;
  readonly y: number;
  readonly said: string;
}

/** Open diamonds with their names as far as these have room; `share`: how far along the axes a place is, 0 to 1. */
export function modelsTrace(models: readonly PlacedModel[], busy: readonly Point[], share: (x: number, y: number) => Point, look: Look): Data[] {
  if (models.length === 0) return [];
  const points = models.map(({ x, y }) => share(x, y));
  const labels = models.map(({ model }, k): Label => ({ at: [points[k]], text: plain(model.name) }));
  const places: (Placed | null)[] = look.compact ? models.map(() => null) : placeLabels(labels, [...busy, ...points], look);
  return [{
    type: 'scatter', mode: 'text+markers', name: 'trained models',
    x: models.map(({ x }) => x),
    y: models.map(({ y }) => y),
    text: models.map(({ model }, k) => (places[k] ? besideMarker(plain(model.name)) : '')),
    textposition: places.map((place) => place?.position ?? 'middle right'),
    textfont: { size: LABEL_SIZE, color: look.ink },
    hovertext: models.map(({ model, said }) => `${describeModel(model)}<br>${said}`),
    hovertemplate: '%{hovertext}<extra></extra>',
    marker: { size: look.compact ? 7 : 9, symbol: 'diamond-open', color: look.ink, line: { width: 1.5 } },
  }];
}

function describeModel({ name, N, D, year }: TrainedModel): string {
  return `<b>${plain(name)}</b>${year === undefined ? '' : `, ${year}`}<br>N ${formatCount(N)} · D ${formatCount(D)} · D/N ${formatRatio(D / N)}`
    + `<br>C ${formatFlops(6 * N * D)}`;
}
