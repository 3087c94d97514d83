/** Predicted against measured loss on log axes of one scale: along the diagonal, equal distances are equal shares. */
import type { Data, Layout, LayoutAxis } from 'plotly.js-dist-min';
import { quantile } from '../math/quantile.ts';
import type { Fit, Interval, Sweep } from '../types.ts';
import { formatNumber } from '../units.ts';
import { bulkOf, finiteAscending } from './bulk.ts';
import { axisAround, edgeSymbol, heldWithin, keyOf, sideOf } from './edges.ts';
import { baseLayout, chartConfig, lookOf, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { lossAxis } from './losses.ts';
import { noteOf } from './panels.ts';
import { rangeOf } from './plane.ts';
import { drawnRuns, lossOfRun, runTrace, thinned } from './runs.ts';

/** Least range of an axis, a factor. */
const LEAST = 1.02;

/**
 * Runs that are left out of the fit are open, those that are far from all others stand at the edge. A pure function of
 * its arguments; the result is plain JSON.
 */
export function predictedFigure(sweep: Sweep, fit: Fit, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const runs = drawnRuns(sweep);
  const logs = new Map(runs.map((i) => [i, logsOf(sweep, fit, i)]));
  const bulk = bulkOfLogs([...logs.values()]);
  const axis = axisAround(bulk).map((end) => 10 ** end) as unknown as Interval;
  const held = (log: number | null) => (log === null ? null : 10 ** heldWithin(log, bulk));
  const at = (i: number) => { const [x, y] = logs.get(i)!; return [held(x)!, held(y)] as const; };
  const symbols = runs.map((i) => { const [x, y] = logs.get(i)!; return edgeSymbol(sweep.weight[i], sideOf(x, bulk), sideOf(y, bulk)); });
  return {
    data: [
      diagonalTrace(axis, look),
      { ...runTrace(sweep, fit, look, at, { runs, colours: () => ({ symbol: symbols }) }), cliponaxis: false } as Data,
    ],
    layout: layoutOf(titleFor(sweep, runs, logs), axis, [keyOf(symbols), thinned(sweep)].filter(Boolean).join(', '), look),
    config: chartConfig(`predicted-${fit.law}`, look),
  };
}

/** log10 of the measured and the predicted loss. */
type Logs = readonly [measured: number, predicted: number | null];

function logsOf(sweep: Sweep, fit: Fit, i: number): Logs {
  const predicted = lossOfRun(sweep, fit, i);
  return [Math.log10(sweep.loss[i]), predicted !== null && predicted > 0 ? Math.log10(predicted) : null];
}

/** Of both, so that both axes have one range. */
function bulkOfLogs(logs: readonly Logs[]): Interval {
  const ends = [0, 1].flatMap((which) => bulkOf(finiteAscending(logs.map((pair) => pair[which] ?? NaN))) ?? []);
  const [low, high] = rangeOf(ends);
  const more = Math.max(0, Math.log10(LEAST) - (high - low)) / 2;
  return [low - more, high + more];
}

function diagonalTrace(ends: Interval, look: Look): Data {
  return {
    type: 'scatter', mode: 'lines', name: 'diagonal', hoverinfo: 'skip', x: [...ends], y: [...ends],
    line: { width: 1.2, color: look.faint },
  };
}

/** Of the runs that are fitted. */
function titleFor({ weight }: Sweep, runs: readonly number[], logs: ReadonlyMap<number, Logs>): string {
  const errors = finiteAscending(runs.filter((i) => weight[i] > 0).map((i) => { const [x, y] = logs.get(i)!; return Math.abs(10 ** (x - (y ?? NaN)) - 1); }));
  return errors.length > 0 ? `Half of the runs lie within ${formatNumber(100 * quantile(errors, 0.5), 2)} % of the law` : 'No run has a loss by the law';
}

function layoutOf(title: string, range: Interval, note: string, look: Look): Partial<Layout> {
  const { compact } = look;
  const axis = (title: string): Partial<LayoutAxis> => ({
    ...lossAxis(look, range), title: { text: `${title} loss, nats/token`, standoff: 10 }, constrain: 'domain',
  });
  return {
    ...baseLayout(look),
    ...titleOf(title, look),
    margin: compact ? { l: 56, r: 12, t: 56, b: 60 } : { l: 68, r: 24, t: 64, b: 60 },
    xaxis: axis('measured'),
    yaxis: { ...axis('predicted'), scaleanchor: 'x' },
    showlegend: false,
    annotations: noteOf(note, 'above', 4, look),
  };
}
