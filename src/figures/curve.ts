/** A law of one variable along it: the runs and the curve, dashed beyond the runs that it was fitted to, and where it bends. */
import type { Data, Layout } from 'plotly.js-dist-min';
import { inputOf, INPUTS } from '../laws/inputs.ts';
import { lawById } from '../laws/registry.ts';
import { logSpaced } from '../math/log-spaced.ts';
import type { Fit, Interval, Sweep } from '../types.ts';
import { baseLayout, chartConfig, countAxis, lookOf, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { lossAxis, lossRange } from './losses.ts';
import { rangeOf } from './plane.ts';
import { lossAt, runTrace, thinned } from './runs.ts';
import { logTicks } from './ticks.ts';
import { formatLoss, formatValue } from './units.ts';

/** How far the curve goes beyond the runs, a factor of the variable. */
const BEYOND = 10;
const POINTS = 100;
/** The parameter that is a value of the variable: where the law bends. */
const BREAK = 'd_1';
/** Of its name, a share of the height. */
const BELOW_TOP = 0.04;
/** Of a shorter axis 2 and 5 are named too, decades. */
const SHORT = 2.5;

/**
 * A pure function of its arguments; the result is plain JSON.
 * @param fit Of a law of one variable.
 */
export function curveFigure(sweep: Sweep, fit: Fit, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const [name] = lawById(fit.law).inputs;
  const values = inputOf(name, sweep.columns);
  const [low, high] = rangeOf(values);
  const [first, last] = rangeOf(values.filter((_, i) => sweep.weight[i] > 0));
  const within = curve(fit, name, [first, last]);
  const before = low < first ? [...curve(fit, name, [low, first]), { at: first, loss: null }] : [];
  const beyond = [...before, ...curve(fit, name, [last, high * BEYOND])];
  const losses = lossRange([...sweep.loss], [...within, ...beyond].flatMap(({ loss }) => loss ?? []));
  return {
    data: [
      runTrace(sweep, fit, look, (i) => [values[i], sweep.loss[i]]),
      lineTrace(within, 'law', 'solid', name, look),
      lineTrace(beyond, 'extrapolated', 'dash', name, look),
      ...breakTraces(fit, name, [low, high * BEYOND], losses, look),
    ],
    layout: layoutOf(sweep, name, [low / 1.3, high * BEYOND], losses, look),
    config: chartConfig(`curve-${fit.law}`, look),
  };
}

type Name = keyof typeof INPUTS;

interface Point {
  readonly at: number;
  readonly loss: number | null;
}

function curve(fit: Fit, name: Name, range: Interval): Point[] {
  return logSpaced(range, POINTS).map((at) => ({ at, loss: lossAt(fit, { [name]: at }) }));
}

function lineTrace(points: readonly Point[], name: string, dash: 'solid' | 'dash', input: Name, look: Look): Data {
  return {
    type: 'scatter', mode: 'lines', name,
    x: points.map(({ at }) => at),
    y: points.map(({ loss }) => loss),
    text: points.map(({ at, loss }) => `${input} ${formatValue(at)}<br>loss ${loss === null ? 'none' : formatLoss(loss)}`),
    hovertemplate: '%{text}<extra></extra>',
    line: { width: 2.5, color: look.accent, dash },
  };
}

/** A line across the chart at the break, where the chart has it, and its value beside it. */
function breakTraces({ params: { [BREAK]: at = NaN } }: Fit, input: Name, [low, high]: Interval, [bottom, top]: Interval, look: Look): Data[] {
  if (!(at > low && at < high)) return [];
  const text = `break at ${input} = ${formatValue(at)}`;
  const beside = look.compact ? 'break' : text;
  return [{
    type: 'scatter', mode: 'lines+text', name: 'break',
    x: [at, at, at], y: [bottom, top * (bottom / top) ** BELOW_TOP, top],
    text: ['', `\u00a0${beside}\u00a0`, ''],
    textposition: at * at > low * high ? 'middle left' : 'middle right',
    textfont: { size: 11, color: look.muted },
    hovertemplate: `${text}<extra></extra>`,
    line: { width: 1.5, color: look.faint, dash: 'dot' },
  }];
}

function layoutOf(sweep: Sweep, name: Name, range: Interval, losses: Interval, look: Look): Partial<Layout> {
  const source = sweep.mapping[INPUTS[name].reads[0]];
  const title = source === undefined || source === name ? name : `${name}, ${source.replaceAll(/[<>&]/g, ' ')}`;
  return {
    ...baseLayout(look),
    ...titleOf([`Loss along ${name}`, thinned(sweep)].filter(Boolean).join(', '), look),
    margin: look.compact ? { l: 56, r: 12, t: 56, b: 60 } : { l: 68, r: 24, t: 64, b: 60 },
    xaxis: { ...countAxis(look, title, range), ...(Math.log10(range[1] / range[0]) < SHORT && { tickvals: logTicks(...range) }) },
    yaxis: lossAxis(look, losses),
    showlegend: !look.compact,
  };
}
