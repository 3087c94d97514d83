/**
 * The same models under each ruler, side by side: readings against compute, those under which they look like a jump in the
 * colour to look at. Bands are the resamples'; bars the noise of a test, where its items are known.
 *
 * After Schaeffer et al. 2023, arXiv:2304.15004, Fig. 2.
 */
import type { Data, Layout, LayoutAxis } from 'plotly.js-dist-min';
import type { Ruler } from '../plan/rulers.ts';
import { formatReading, rulerName } from '../report/rulers.ts';
import type { Interval } from '../types.ts';
import { formatCount, formatLevel, formatNumber } from '../units.ts';
import type { Emergence, RulerReading } from '../stats/emergence.ts';
import { bandOf } from './band.ts';
import { atLeastWide, roomAround } from './bulk.ts';
import { translucent } from './categories.ts';
import { baseLayout, chartConfig, flopsAxis, frameAxis, lookOf, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { axesOf, boxesOf, panelAxes, panelTitle } from './panels.ts';
import { rangeOf } from './plane.ts';
import { formatFlops } from './units.ts';

export interface EmergenceFigureOptions extends LookOptions {
  /** Of the intervals, where the readings have some; the title says it. */
  readonly confidence?: number;
}

/** Panels that have room, and columns of them. */
const MOST = { wide: 9, compact: 4 } as const;
const COLUMNS = { wide: 3, compact: 2 } as const;
/** Free at either end of an axis: a factor, and a share. */
const [PAD, ROOM] = [1.6, 0.06];
const BAND = 0.18;
/** The noise of a test is drawn up to so many times the highest reading, which it would squash to nothing. */
const NOISE = 2;

/** A pure function of its arguments; the result is plain JSON. Of many rulers the most telling have panels. */
export function emergenceFigure(emergence: Emergence, options: EmergenceFigureOptions = {}): Figure {
  const look = lookOf(options);
  const shown = toldBy(emergence.readings, look);
  return {
    data: shown.flatMap((reading, panel) => tracesOf(emergence, reading, panel, look)),
    layout: layoutOf(emergence, shown, options, look),
    config: chartConfig('emergence', look),
  };
}

/** In their order; where there is no room for all, a smooth ruler stands beside each that jumps. */
function toldBy(readings: readonly RulerReading[], { compact }: Look): RulerReading[] {
  const most = MOST[compact ? 'compact' : 'wide'];
  if (readings.length <= most) return [...readings];
  const last = (kind: Ruler['kind']) => readings.findLast(({ ruler }) => ruler.kind === kind);
  const first = (['token-accuracy', 'exact-match', 'brier', 'multiple-choice'] as const).map(last).filter((reading) => reading !== undefined);
  const kept = new Set([...new Set([...first, ...readings])].slice(0, most));
  return readings.filter((reading) => kept.has(reading));
}

function colourOf({ shape }: RulerReading, look: Look): string {
  return shape === 'jump' ? look.accent : shape === 'smooth' ? look.mark : look.faint;
}

function tracesOf({ points }: Emergence, reading: RulerReading, panel: number, look: Look): Data[] {
  const { ruler, values, resolution } = reading;
  const colour = colourOf(reading, look);
  const known = points.flatMap(({ C }, k) => {
    const { interval } = values[k];
    return interval?.every(Number.isFinite) ? [[C, ...interval] as const] : [];
  });
  const there = points.flatMap(({ C, N, D }, k) => (Number.isFinite(values[k].value) ? [{ C, N, D, k, value: values[k].value }] : []));
  return [...bandOf(known, translucent(colour, BAND), { name: `${rulerName(ruler)}, interval`, showlegend: false, ...axesOf(panel) }), {
    type: 'scatter', mode: 'lines+markers', name: rulerName(ruler), showlegend: false, ...axesOf(panel),
    x: there.map(({ C }) => C),
    y: there.map(({ value }) => value),
    text: there.map(({ C, N, D, k, value }) => [
      `<b>${rulerName(ruler)} ${formatReading(ruler, value)}</b>`, formatFlops(C), `N ${formatCount(N)} · D ${formatCount(D)}`,
      ...(resolution ? [`zero with probability ${formatReading(ruler, resolution[k].zero)}`] : []),
    ].join('<br>')),
    hovertemplate: '%{text}<extra></extra>',
    line: { width: 2, color: colour },
    marker: { size: look.compact ? 4 : 6, color: colour },
    ...(resolution && { error_y: {
      type: 'data', symmetric: false, color: colour, thickness: 1, width: 3,
      array: there.map(({ k, value }) => Math.min(resolution[k].deviation, 1 - value)), arrayminus: there.map(({ k, value }) => Math.min(resolution[k].deviation, value)),
    } as const }),
  }];
}

/** The ruler, and below it what the models look like: "a jump, 49× equal steps". */
function captionOf({ ruler, shape, score, values }: RulerReading, { compact }: Look): string {
  const times = score.value > 0 && !compact ? `, ${formatNumber(score.value / (values.length - 1), 2)}× that of equal steps` : '';
  const looks = shape === 'jump' ? '<b>a jump</b>' : shape === 'smooth' ? 'smooth' : 'unchanged';
  const name = rulerName(ruler).replace('token edit', 'edit');
  return `${compact ? name.replace(' of ', ', ').replace(/ tokens?$/, '').replace('multiple choice', 'choice') : name}<br>${looks}${times}`;
}

function layoutOf({ points, readings }: Emergence, shown: readonly RulerReading[], { confidence }: EmergenceFigureOptions, look: Look): Partial<Layout> {
  const { compact } = look;
  const columns = COLUMNS[compact ? 'compact' : 'wide'];
  const boxes = boxesOf(shown.length, columns, compact ? [0.19, 0.18] : [0.09, shown.length > 6 ? 0.13 : 0.16]);
  const computes = rangeOf(points.map(({ C }) => C).filter(Number.isFinite));
  const rows = Math.ceil(shown.length / columns);
  const left = readings.length - shown.length;
  const titles = ['The same models under each ruler', left > 0 ? `${shown.length} of ${readings.length} shown` : '',
    confidence !== undefined && !compact ? `${formatLevel(confidence)} intervals` : ''].filter(Boolean);
  return {
    ...baseLayout(look),
    ...titleOf(titles.join(', '), look),
    showlegend: false,
    margin: compact ? { l: 44, r: 18, t: 72, b: 48 } : { l: 60, r: 26, t: 92, b: 56 },
    annotations: shown.map((reading, k) => panelTitle(captionOf(reading, look), boxes[k], look)),
    ...Object.assign({}, ...shown.map((reading, k) => {
      const lowest = k + columns >= shown.length || Math.floor(k / columns) === rows - 1;
      return panelAxes(k, boxes[k], computeAxis(computes[0] < Infinity ? computes : [1e18, 1e24], lowest, look), valueAxis(reading, look));
    })),
  };
}

function computeAxis([low, high]: Interval, lowest: boolean, look: Look): Partial<LayoutAxis> {
  const axis = flopsAxis(look, [low / PAD, high * PAD], lowest ? look.compact ? 'C, FLOPs' : 'C, training FLOPs' : '');
  return { ...axis, dtick: Math.max(1, Math.ceil(Math.log10(high / low) / (look.compact ? 2 : 4))), showticklabels: lowest };
}

/** From zero but of the loss, so that what is small looks small; a grade from 0 to 1. Bars that are far longer leave the panel. */
function valueAxis({ ruler, values, resolution = [] }: RulerReading, look: Look): Partial<LayoutAxis> {
  const read = values.flatMap(({ value, interval = [value, value] }) => [value, ...interval]).filter(Number.isFinite);
  const top = NOISE * Math.max(...read);
  const finite = [...read, ...resolution.map(({ deviation }, k) => Math.min(1, top, values[k].value + deviation)).filter(Number.isFinite)];
  const small = top < 1e-3;
  const ends = ruler.kind === 'loss' ? [] : ruler.kind === 'multiple-choice' ? [0, 1] : [0];
  return {
    ...frameAxis(look, ''),
    range: [...roomAround(atLeastWide(finite.length > 0 ? rangeOf([...finite, ...ends]) : [0, 1]), ROOM)],
    nticks: look.compact ? small ? 3 : 4 : 5,
    exponentformat: look.compact ? 'e' : 'power', // 1×10⁻²³ would reach into the panel at its left
    ...(look.compact && small && { tickfont: { size: 10 } }),
    showexponent: 'all',
  };
}
