/** A law of one variable along it: the runs and the curve, dashed beyond the runs, and where it flattens out. */
import type { Data, Layout } from 'plotly.js-dist-min';
import { inputOf, INPUTS } from '../laws/inputs.ts';
import { lawById } from '../laws/registry.ts';
import type { Fit, Sweep } from '../types.ts';
import { baseLayout, chartConfig, countAxis, lookOf, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { lossAxis, lossRange } from './losses.ts';
import { logSpaced, rangeOf, type Range } from './plane.ts';
import { lossAt, runTrace, thinned } from './runs.ts';
import { formatLoss, formatValue } from './units.ts';

/** How far the curve goes beyond the runs, a factor of the variable. */
const BEYOND = 10;
const POINTS = 100;

/**
 * A pure function of its arguments; the result is plain JSON.
 * @param fit Of a law of one variable.
 */
export function curveFigure(sweep: Sweep, fit: Fit, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const [name] = lawById(fit.law).inputs;
  const values = inputOf(name, sweep.columns);
  const [low, high] = rangeOf(values);
  const within = curve(fit, name, [low, high]);
  const beyond = curve(fit, name, [high, high * BEYOND]);
  const losses = lossRange([...sweep.loss], [...within, ...beyond].flatMap(({ loss }) => loss ?? []));
  return {
    data: [
      runTrace(sweep, fit, look, (i) => [values[i], sweep.loss[i]]),
      lineTrace(within, 'law', 'solid', name, look),
      lineTrace(beyond, 'extrapolated', 'dash', name, look),
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

function curve(fit: Fit, name: Name, range: Range): Point[] {
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

function layoutOf(sweep: Sweep, name: Name, range: Range, losses: Range, look: Look): Partial<Layout> {
  const source = sweep.mapping[INPUTS[name].reads[0]];
  const title = source === undefined || source === name ? name : `${name}, ${source.replaceAll(/[<>&]/g, ' ')}`;
  return {
    ...baseLayout(look),
    ...titleOf([`Loss along ${name}`, thinned(sweep)].filter(Boolean).join(', '), look),
    margin: look.compact ? { l: 56, r: 12, t: 56, b: 60 } : { l: 68, r: 24, t: 64, b: 60 },
    xaxis: countAxis(look, title, range),
    yaxis: lossAxis(look, losses),
    showlegend: !look.compact,
  };
}
