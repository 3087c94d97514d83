/**
 * Approach 1: the training curves of all models, loss against the compute spent so far, and their lower envelope.
 *
 * After Hoffmann et al. 2022, arXiv:2203.15556, Fig. 2 (left).
 */
import type { Data, Layout } from 'plotly.js-dist-min';
import type { Envelope, EnvelopePoint } from '../approaches/envelope.ts';
import type { TrainingCurve, TrainingCurves } from '../data/curves.ts';
import { logSpaced } from '../math/log-spaced.ts';
import type { Interval } from '../types.ts';
import { formatCount, formatInteger, formatNumber } from '../units.ts';
import { evenly } from './bulk.ts';
import { baseLayout, chartConfig, flopsAxis, lookOf, plain, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { shareAlong } from './labels.ts';
import { lossAxis, lossRange } from './losses.ts';
import { describeOptimum } from './optima.ts';
import { rangeOf } from './plane.ts';
import { sequence } from './sequence.ts';

/** Curves that are drawn, points of each, and of the envelope, at most. */
const [MOST_CURVES, MOST_POINTS, MOST_ENVELOPE] = [300, 60, 300];
/** Digits of a checkpoint: more than a pixel shows. */
const DIGITS = 5;
/** Shades of the sizes. */
const SHADES = 64;
/** The axis ends this factor above the lowest loss, or above the envelope: where training begins is of no interest. */
const ABOVE = 2;

/** `found`: of `curves`. A pure function of its arguments; the result is plain JSON. */
export function envelopeFigure({ curves }: TrainingCurves, found: Envelope, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const drawn = evenly(curves.length, MOST_CURVES).map((k) => curves[k]);
  const sizes = rangeOf(drawn.map(({ N }) => N));
  const shades = sequence(SHADES, options.theme);
  const shadeOf = (N: number) => shades[Math.round((SHADES - 1) * shareIn(sizes, N))];
  return {
    data: [
      ...drawn.map((curve) => curveTrace(curve, shadeOf(curve.N), look)),
      ...envelopeTraces(found.points, look),
      ...(look.compact || sizes[0] === sizes[1] ? [] : [scaleTrace(sizes, shades)]),
    ],
    layout: layoutOf(curves.length, drawn, found, look),
    config: chartConfig('envelope', look),
  };
}

/** How far along the sizes, 0 to 1; of one size only, the middle. */
function shareIn(sizes: Interval, N: number): number {
  return sizes[0] < sizes[1] ? shareAlong(sizes, N) : 0.5;
}

function curveTrace(curve: TrainingCurve, colour: string, { compact }: Look): Data {
  const { name, N, D, loss } = curve;
  const kept = checkpointsOf(curve);
  return {
    type: 'scatter', mode: 'lines', name: plain(name), showlegend: false,
    x: kept.map((i) => Number((6 * N * D[i]).toPrecision(DIGITS))),
    y: kept.map((i) => Number(loss[i].toPrecision(DIGITS))),
    hovertemplate: `<b>${plain(name)}</b><br>N ${formatCount(N)}<extra></extra>`,
    line: { width: compact ? 0.8 : 1, color: colour },
    opacity: 0.8,
  };
}

/** Evenly along log D, as far as there are so many, and always the last. */
function checkpointsOf({ D }: TrainingCurve): number[] {
  const all = [...D.keys()];
  const [first, last] = [D[0], D[D.length - 1]];
  if (all.length <= MOST_POINTS || !(last > first)) return all;
  const marks = logSpaced([first, last], MOST_POINTS);
  let next = 0;
  return all.filter((i) => {
    if (D[i] < marks[next] && i < all.length - 1) return false;
    while (next < marks.length && marks[next] <= D[i]) next++;
    return true;
  });
}

/** Solid where the power laws go through it. */
function envelopeTraces(points: readonly EnvelopePoint[], look: Look): Data[] {
  const shown = evenly(points.length, MOST_ENVELOPE).map((k) => points[k]);
  return [true, false].flatMap((used): Data[] => (shown.some((point) => point.used === used) ? [{
    type: 'scatter', mode: 'lines', name: used ? 'lower envelope' : 'not used: smallest or largest of this compute', connectgaps: false,
    x: shown.map(({ C }) => C),
    y: shown.map((point, k) => (point.used === used || (!used && shown[k - 1]?.used === false) ? point.loss : null)),
    text: shown.map(describeOptimum),
    hovertemplate: '%{text}<extra></extra>',
    line: { width: look.compact ? 2.5 : 3, color: look.accent, dash: used ? 'solid' : 'dot' },
  }] : []));
}

/** No points: the scale of the sizes. */
function scaleTrace([low, high]: Interval, shades: readonly string[]): Data {
  const ticks = logSpaced([low, high], 5);
  return {
    type: 'scatter', mode: 'markers', name: 'sizes', x: [null], y: [null], hoverinfo: 'skip', showlegend: false,
    marker: {
      color: [Math.log10(low)], cmin: Math.log10(low), cmax: Math.log10(high), showscale: true,
      colorscale: shades.map((shade, k): [number, string] => [k / (shades.length - 1), shade]),
      colorbar: {
        title: { text: 'N, parameters', side: 'right' }, thickness: 12, outlinewidth: 0, len: 1,
        tickvals: ticks.map(Math.log10), ticktext: ticks.map((tick) => formatCount(tick)),
      },
    },
  };
}

function layoutOf(count: number, drawn: readonly TrainingCurve[], { points, N }: Envelope, look: Look): Partial<Layout> {
  const { compact } = look;
  const compute = computesOf(drawn, lossesOf(drawn, points)[1]);
  const law = Number.isFinite(N.exponent) ? `, <i>N</i><sub>opt</sub> ∝ <i>C</i><sup>${formatNumber(N.exponent, 3)}</sup>` : '';
  const some = drawn.length < count ? `${formatInteger(drawn.length)} of ${formatInteger(count)}` : formatInteger(count);
  return {
    ...baseLayout(look),
    ...titleOf(`${some} training curves and their envelope${compact ? law.replace(', ', '<br>') : law}`, look, compact && law ? 2 : 1),
    margin: compact ? { l: 56, r: 12, t: 60, b: 84 } : { l: 68, r: 24, t: 76, b: 60 },
    xaxis: { ...flopsAxis(look, compute, 'C, training FLOPs so far'), ...(compact && { dtick: Math.max(1, Math.round(Math.log10(compute[1] / compute[0]) / 4)) }) },
    yaxis: lossAxis(look, lossesOf(drawn, points)),
    showlegend: true,
    legend: compact
      ? { orientation: 'h', x: 0, y: -0.2, yanchor: 'top' }
      : { orientation: 'h', x: 1, xanchor: 'right', y: 1.01, yanchor: 'bottom' },
  };
}

/** From where the first curve comes below the top of the chart to where the last one ends. */
function computesOf(drawn: readonly TrainingCurve[], top: number): Interval {
  const seen = drawn.flatMap(({ N, D, loss }) => [...D.keys()].filter((i) => loss[i] <= top).map((i) => 6 * N * D[i]));
  const [low, high] = rangeOf(seen);
  return [low / 1.3, high * 1.3];
}

/** Of the ends of the curves and of the envelope, and of what else of the curves is not far above. */
function lossesOf(drawn: readonly TrainingCurve[], points: readonly EnvelopePoint[]): Interval {
  const [low, high] = rangeOf([...drawn.map(({ loss }) => loss[loss.length - 1]), ...points.map(({ loss }) => loss)]);
  const highest = drawn.reduce((most, { loss }) => Math.max(most, loss[0]), high);
  return lossRange([low, Math.min(highest, Math.max(high, ABOVE * low))], []);
}
