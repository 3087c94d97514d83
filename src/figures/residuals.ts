/**
 * Residuals of a fit, log L − log L̂, against N, D and C: what the law leaves unexplained, and where.
 *
 * In hundredths of a nat, which is per cent while it is small. Between the lines at ±δ the objective is quadratic, beyond
 * them linear, where it is a Huber loss of these residuals.
 */
import type { Data, Layout, LayoutAxis } from 'plotly.js-dist-min';
import { inputOf, INPUTS, isOfSize, type InputName } from '../laws/inputs.ts';
import { lawById } from '../laws/registry.ts';
import type { Fit, Interval, Sweep } from '../types.ts';
import { formatNumber } from '../units.ts';
import { bulkOf, finiteAscending } from './bulk.ts';
import { axisAround, edgeSymbol, heldWithin, keyOf, sideOf } from './edges.ts';
import { baseLayout, chartConfig, countAxis, flopsAxis, frameAxis, lookOf, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { axesOf, boxesOf, noteOf, panelAxes, type Box } from './panels.ts';
import { rangeOf } from './plane.ts';
import { describeRun, drawnRuns, lossOfRun, runTrace, thinned } from './runs.ts';
import { formatValue } from './units.ts';

/** Side by side. */
const PANELS = 3;
/** Around the runs, a factor; and the least ratio of the ends of an axis, which then has a tick. */
const [PAD, LEAST_RATIO] = [1.3, 10];
/** The axis of residuals reaches at least so far to either side, per cent: below it runs are on the law. */
const LEAST_RESIDUAL = 0.01;

/**
 * Runs that are left out of the fit are open, those that are far from all others stand at the edge. A pure function of
 * its arguments; the result is plain JSON.
 */
export function residualsFigure(sweep: Sweep, fit: Fit, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const columns = columnsOf(sweep, fit);
  const runs = drawnRuns(sweep, columns.length);
  const residuals = new Map(runs.map((i) => [i, percentOf(sweep, fit, i)]));
  const bulk = bulkOfResiduals([...residuals.values()]);
  const symbols = runs.map((i) => edgeSymbol(sweep.weight[i], 0, sideOf(residuals.get(i)!, bulk)));
  const text = runs.map((i) => `${describeRun(sweep, fit, i)}${describe(residuals.get(i)!)}`);
  const held = (residual: number | null) => (residual === null ? null : heldWithin(residual, bulk));
  return {
    data: columns.map(({ name, values }, k) => ({
      ...runTrace(sweep, fit, look, (i) => [values[i], held(residuals.get(i)!)], {
        runs, colours: () => ({ symbol: symbols }), axes: axesOf(k), name: `residuals against ${name}`,
      }),
      text,
      cliponaxis: false,
    } as Data)),
    layout: layoutOf(columns, axisAround(bulk), deltaOf(fit), [keyOf(symbols), thinned(sweep, columns.length)], look),
    config: chartConfig(`residuals-${fit.law}`, look),
  };
}

/** The threshold on residuals of logs, nats; Infinity of a loss that has none, or one on other residuals. */
function deltaOf({ loss, delta }: Fit): number {
  return (loss === 'huber-log' || loss === 'lower-log') && delta > 0 ? delta : Infinity;
}

/** What residuals are drawn against. */
interface Against {
  readonly name: InputName;
  readonly title: string;
  readonly values: Float64Array;
}

/** All that the law reads of a run; and C, of a law of size. */
function columnsOf({ columns }: Sweep, { law: id }: Fit): Against[] {
  const law = lawById(id);
  const names = isOfSize(law) ? ['N', 'D', 'C'] as const : law.inputs;
  return names.map((name) => ({ name, title: name === 'x' ? 'x' : `${name}, ${INPUTS[name].meaning}`, values: inputOf(name, columns) }));
}

/** Of run i; null where the law gives no loss. */
function percentOf(sweep: Sweep, fit: Fit, i: number): number | null {
  const predicted = lossOfRun(sweep, fit, i);
  const residual = predicted === null ? NaN : 100 * Math.log(sweep.loss[i] / predicted);
  return Number.isFinite(residual) ? residual : null;
}

function describe(residual: number | null): string {
  return residual === null ? '' : `<br>residual ${residual > 0 ? '+' : ''}${formatNumber(residual, 3)} %`;
}

function bulkOfResiduals(residuals: readonly (number | null)[]): Interval {
  const bulk = bulkOf(finiteAscending(residuals.map((residual) => residual ?? NaN))) ?? [0, 0];
  return rangeOf([...bulk, -LEAST_RESIDUAL, LEAST_RESIDUAL]);
}

function layoutOf(columns: readonly Against[], range: Interval, delta: number, notes: readonly string[], look: Look): Partial<Layout> {
  const { compact } = look;
  const rows = Math.ceil(columns.length / PANELS);
  const boxes = compact ? boxesOf(columns.length, 1, [0, 0.54 / columns.length]) : boxesOf(columns.length, Math.min(PANELS, columns.length), [0.03, rows > 1 ? 0.16 : 0]);
  const shown = compact ? [] : [-100 * delta, 100 * delta].filter((at) => sideOf(at, range) === 0);
  const dotted = shown.length > 0 ? `dotted: ±δ, ${formatValue(100 * delta)} %` : '';
  const axes = columns.map((column, k) => panelAxes(k, boxes[k], runsAxis(column, look), residualAxis(k, columns.length, range, look)));
  return {
    ...baseLayout(look),
    ...titleOf('Residuals of the fit', look),
    ...Object.assign({}, ...axes),
    margin: compact ? { l: 52, r: 12, t: 56, b: 48 } : { l: 68, r: 24, t: 64, b: 60 },
    showlegend: false,
    shapes: boxes.flatMap((box, k) => shown.map((at) => deltaLine(k, box, at, look))),
    annotations: noteOf([dotted, ...notes].filter(Boolean).join(', '), 'above', 4, look),
  };
}

function deltaLine(k: number, { x: [x0, x1] }: Box, at: number, look: Look): NonNullable<Layout['shapes']>[number] {
  return {
    type: 'line', layer: 'below', xref: 'paper', yref: axesOf(k).yaxis, x0, x1, y0: at, y1: at,
    line: { color: look.faint, width: 1, dash: 'dot' },
  };
}

function runsAxis({ name, title, values }: Against, look: Look): Partial<LayoutAxis> {
  const [low, high] = rangeOf(values);
  const pad = Math.max(PAD, Math.sqrt(LEAST_RATIO / (high / low)));
  const range = [low / pad, high * pad] as const;
  const axis = name === 'C' ? flopsAxis(look, range) : countAxis(look, title, range);
  return { ...axis, title: { text: title, standoff: look.compact ? 2 : 10 } };
}

/** One axis for all panels, `count` of them; zooming one zooms all. */
function residualAxis(k: number, count: number, range: Interval, look: Look): Partial<LayoutAxis> {
  const left = look.compact || k % PANELS === 0;
  const titled = look.compact ? k === count >> 1 : left;
  return {
    ...frameAxis(look, titled ? 'log L − log L̂, %' : ''),
    range: [...range],
    zeroline: true, zerolinecolor: look.faint, zerolinewidth: 1.5,
    showticklabels: left,
    ...(look.compact ? { nticks: 5 } : {}),
    ...(k > 0 && { matches: 'y' as const }),
  };
}
