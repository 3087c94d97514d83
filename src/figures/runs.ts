/**
 * Runs as markers. A trace of runs has `meta` "runs" and the line of each run as `customdata`, so that who draws it can
 * tell which run was clicked. A run without weight has no part in the fit: it is an open circle.
 */
import type { Data } from 'plotly.js-dist-min';
import { fitOfGroup } from '../fit/groups.ts';
import { runAt } from '../laws/inputs.ts';
import { predictLoss } from '../plan/frontier.ts';
import type { Fit, Model, Sweep } from '../types.ts';
import { formatCount, formatNumber } from '../units.ts';
import { LOSS_SCALE } from './colours.ts';
import type { Look } from './figure.ts';
import type { Levels } from './levels.ts';
import { formatFlops, formatLoss } from './units.ts';

/** `meta` of a trace of runs. */
export const RUNS = 'runs';
/** Markers at most: of more runs an even sample is drawn, and the chart says so. */
const MOST_DRAWN = 2000;

/** Markers of all panels of a chart. */
const MOST_MARKERS = 3000;

function mostDrawn(panels: number): number {
  return Math.min(MOST_DRAWN, Math.floor(MOST_MARKERS / panels));
}

/** Indices of the runs that are drawn, in order. */
export function drawnRuns({ loss: { length } }: Sweep, panels = 1): number[] {
  const drawn = Math.min(length, mostDrawn(panels));
  return Array.from({ length: drawn }, (_, k) => Math.floor((k * length) / drawn));
}

/** "2,000 of 100,000 runs drawn", or nothing where all are. */
export function thinned({ loss: { length } }: Sweep, panels = 1): string {
  const most = mostDrawn(panels);
  return length > most ? `${most.toLocaleString('en')} of ${length.toLocaleString('en')} runs drawn` : '';
}

/** Predicted loss of a model, null where the law gives no finite one. */
export function lossAt({ law, params }: Pick<Fit, 'law' | 'params'>, model: Model): number | null {
  const loss = Object.values(params).every(Number.isFinite) ? predictLoss(law, params, model) : NaN;
  return Number.isFinite(loss) ? loss : null;
}

/** Predicted loss of run i, of its group where the fit has groups; null where the law gives no finite one. */
export function lossOfRun({ columns, extra }: Sweep, fit: Fit, i: number): number | null {
  if (!fit.groups) return lossAt(fit, runAt(columns, i));
  const name = String(extra?.[fit.groups.column]?.[i]);
  return fit.groups.names.includes(name) ? lossAt(fitOfGroup(fit, name), runAt(columns, i)) : null;
}

/** Of the hover: which run, its counts, its loss and, where there is a fit, the law's. */
export function describeRun(sweep: Sweep, fit: Fit | undefined, i: number): string {
  const { columns, loss, weight, lines } = sweep;
  const { N, D, C, ...further } = runAt(columns, i);
  const counts = [['N', N, formatCount], ['D', D, formatCount], ['C', C, formatFlops]] as const;
  return [
    `<b>line ${lines[i]}</b>`,
    counts.flatMap(([name, value = NaN, write]) => (Number.isNaN(value) ? [] : [`${name} ${write(value)}`])).join(' · '),
    Object.entries(further).map(([name, value]) => `${name} ${value < 1000 ? formatNumber(value, 4) : formatCount(value)}`).join(' · '),
    `loss ${formatLoss(loss[i])}${fit ? `, law ${lawText(lossOfRun(sweep, fit, i))}` : ''}`,
    weight[i] > 0 ? '' : 'left out of the fit',
  ].filter(Boolean).join('<br>');
}

function lawText(predicted: number | null): string {
  return predicted === null ? 'none' : formatLoss(predicted);
}

/** Where a run stands on a chart; null where it has no place. */
export type Place = (i: number) => readonly [x: number, y: number | null];

/** Colours of the runs by their loss, on the levels of a chart's ground. */
export function lossColours({ loss }: Sweep, { start, end, size }: Levels, { compact }: Look) {
  return (drawn: readonly number[]) => ({
    color: drawn.map((i) => loss[i]),
    cmin: start - size,
    cmax: end + size,
    colorscale: LOSS_SCALE,
    showscale: !compact,
    colorbar: { title: { text: 'loss, nats/token', side: 'right' as const }, thickness: 12, outlinewidth: 0, len: 1 },
  });
}

/** Of `runs` (indices; default: those that are drawn) one marker each. `colours` of them: by default all alike. */
export function runTrace(
  sweep: Sweep, fit: Fit | undefined, look: Look, at: Place,
  { runs = drawnRuns(sweep), colours, axes = {}, name = 'runs' }: {
    readonly runs?: readonly number[];
    readonly colours?: (drawn: readonly number[]) => object;
    /** Of a chart with several: { xaxis: 'x2', yaxis: 'y2' }. */
    readonly axes?: { readonly xaxis?: string; readonly yaxis?: string };
    readonly name?: string;
  } = {},
): Data {
  const places = runs.map(at);
  return {
    type: 'scatter', mode: 'markers', name, meta: RUNS,
    ...axes,
    x: places.map(([x]) => x),
    y: places.map(([, y]) => y),
    customdata: runs.map((i) => sweep.lines[i]),
    text: runs.map((i) => describeRun(sweep, fit, i)),
    hovertemplate: '%{text}<extra></extra>',
    marker: {
      size: look.compact ? 5 : 7,
      symbol: runs.map((i) => (sweep.weight[i] > 0 ? 'circle' : 'circle-open')),
      color: look.mark,
      line: { width: look.compact ? 0.5 : 0.8, color: look.rim },
      ...colours?.(runs),
    },
  };
}
