/**
 * N_opt and D_opt/N_opt against compute by each approach: its power law, solid where its optima lie and dashed beyond, the
 * band of its resamples, and the optima that it goes through. Tokens per parameter show what N_opt hides: C = 6·N·D makes
 * them C/(6·N_opt²), so that approaches differ by twice as much, over far fewer decades.
 *
 * After Hoffmann et al. 2022, arXiv:2203.15556, Fig. 1.
 */
import type { Data, Layout, LayoutAxis } from 'plotly.js-dist-min';
import type { Approaches, ApproachResult } from '../approaches/approaches.ts';
import { powerAt } from '../approaches/power.ts';
import { logSpaced } from '../math/log-spaced.ts';
import { APPROACHES } from '../report/approaches.ts';
import type { FrontierPoint, Interval } from '../types.ts';
import { formatCount, formatLevel, formatNumber } from '../units.ts';
import { bandOf } from './band.ts';
import { evenly } from './bulk.ts';
import { categoryColour, categorySymbol, translucent } from './categories.ts';
import {
  baseLayout, chartConfig, countAxis, flopsAxis, lookOf, ratioAxis, titleOf, type Figure, type Look, type LookOptions,
} from './figure.ts';
import { legendLayout } from './legend.ts';
import { describeOptimum, formatRatio } from './optima.ts';
import { axesOf, boxesOf, panelAxes } from './panels.ts';
import { rangeOf } from './plane.ts';
import { formatFlops } from './units.ts';

interface Quantity {
  readonly title: string;
  readonly short: string;
  readonly of: (point: Pick<FrontierPoint, 'C' | 'N'>) => number;
}

const QUANTITIES: readonly Quantity[] = [
  { title: '<i>N</i><sub>opt</sub>, parameters', short: '<i>N</i><sub>opt</sub>', of: ({ N }) => N },
  { title: '<i>D</i><sub>opt</sub>/<i>N</i><sub>opt</sub>, tokens per parameter', short: '<i>D</i>/<i>N</i>', of: ({ C, N }) => C / (6 * N ** 2) },
];

/** Points of a law where its optima lie, and beyond; optima of an approach, at most. */
const [POINTS, MOST_OPTIMA] = [40, 40];
/** Free at either end of an axis, a factor. */
const PAD = 1.6;
const BAND = 0.15;

/** A pure function of its arguments; the result is plain JSON. */
export function approachesFigure(approaches: Approaches, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const { results } = approaches;
  const computes = rangeOf([...results.flatMap(({ optima, at }) => [...optima, ...at].map(({ C }) => C)), ...(results.length > 0 ? [] : [1e18, 1e24])]);
  return {
    data: QUANTITIES.flatMap((quantity, panel) => results.flatMap((result) => {
      const colour = categoryColour(result.approach - 1, options.theme);
      return [
        ...bandTrace(result, quantity, panel, colour),
        ...lawTraces(result, quantity, panel, colour, computes),
        ...optimaTrace(result, quantity, panel, colour, look),
      ];
    })),
    layout: layoutOf(approaches, computes, look),
    config: chartConfig('approaches', look),
  };
}

function nameOf({ approach, N }: ApproachResult): string {
  return `Approach ${approach}, ${APPROACHES[approach]}: a = ${formatNumber(N.exponent, 3)}`;
}

function bandTrace({ approach, at }: ApproachResult, { of }: Quantity, panel: number, colour: string): Data[] {
  const known = at.filter(({ intervals: { N: [low, high] } }) => low > 0 && high < Infinity).toSorted((one, other) => one.C - other.C);
  return bandOf(known.map(({ C, intervals: { N: [low, high] } }) => [C, of({ C, N: low }), of({ C, N: high })]), translucent(colour, BAND), {
    name: `interval ${approach}`, legendgroup: String(approach), showlegend: false, ...axesOf(panel),
  });
}

function lawTraces(result: ApproachResult, quantity: Quantity, panel: number, colour: string, [low, high]: Interval): Data[] {
  const [first, last] = result.optima.length > 0 ? rangeOf(result.optima.map(({ C }) => C)) : [low, high];
  const along = (from: number, to: number) => (from < to ? logSpaced([from, to], POINTS) : []);
  const trace = (computes: readonly (number | null)[], dash: 'solid' | 'dash', showlegend: boolean): Data => ({
    type: 'scatter', mode: 'lines', name: nameOf(result), legendgroup: String(result.approach), showlegend, ...axesOf(panel),
    x: [...computes],
    y: computes.map((C) => C && quantity.of({ C, N: powerAt(result.N, C) })),
    text: computes.map((C) => (C ? describeLaw(result, C) : '')),
    hovertemplate: '%{text}<extra></extra>',
    line: { width: 2, color: colour, dash },
  });
  return [trace(along(first, last), 'solid', panel === 0), trace([...along(low, first), null, ...along(last, high)], 'dash', false)];
}

function describeLaw({ approach, ...laws }: ApproachResult, C: number): string {
  const [N, D] = [powerAt(laws.N, C), powerAt(laws.D, C)];
  return `<b>Approach ${approach}, ${formatFlops(C)}</b><br>N ${formatCount(N)} · D ${formatCount(D)} · D/N ${formatRatio(D / N)}`;
}

/** Those of approach 3 are its own law. */
function optimaTrace({ approach, optima }: ApproachResult, quantity: Quantity, panel: number, colour: string, look: Look): Data[] {
  if (approach === 3) return [];
  const shown: FrontierPoint[] = evenly(optima.length, MOST_OPTIMA).map((k) => optima[k]);
  return [{
    type: 'scatter', mode: 'markers', name: `optima ${approach}`, legendgroup: String(approach), showlegend: false, ...axesOf(panel),
    x: shown.map(({ C }) => C),
    y: shown.map(quantity.of),
    text: shown.map(describeOptimum),
    hovertemplate: '%{text}<extra></extra>',
    marker: { size: look.compact ? 5 : 6, symbol: categorySymbol(approach - 1), color: colour, line: { width: 0.8, color: look.paper } },
  }];
}

function layoutOf({ results, confidence }: Approaches, computes: Interval, look: Look): Partial<Layout> {
  const { compact } = look;
  const boxes = boxesOf(QUANTITIES.length, compact ? 1 : 2, compact ? [0, 0.08] : [0.12, 0]);
  const bands = results.some(({ at }) => at.length > 1) ? `, ${formatLevel(confidence)} intervals` : '';
  return {
    ...baseLayout(look),
    ...titleOf(`${compact ? 'Optimum' : 'Compute-optimal training'} by each approach${bands}`, look),
    ...legendLayout({ names: results.map(nameOf), title: 1 }, look),
    ...Object.assign({}, ...QUANTITIES.map((quantity, panel) => {
      const title = compact ? quantity.short : quantity.title;
      const range = around(results, quantity, computes);
      return panelAxes(panel, boxes[panel], computeAxis(computes, compact && panel === 0, look), panel === 0 ? countAxis(look, title, range) : ratioAxis(look, title, range));
    })),
  };
}

/** `bare`: of the upper one of two that share it. */
function computeAxis([low, high]: Interval, bare: boolean, look: Look): Partial<LayoutAxis> {
  return {
    ...flopsAxis(look, [low / PAD, high * PAD], bare ? '' : undefined),
    dtick: Math.max(1, Math.round(Math.log10(high / low) / (look.compact ? 5 : 4))),
    showticklabels: !bare,
  };
}

/** Intervals widen an axis by no more than this factor: those of a poor approach can lie anywhere. */
const REACH = 10;

/** Of what is drawn, and the intervals near it. */
function around(results: readonly ApproachResult[], { of }: Quantity, ends: Interval): Interval {
  const usable = (values: readonly number[]) => values.filter((value) => value > 0 && value < Infinity);
  const values = usable(results.flatMap(({ N, optima }) => [...ends.map((C) => of({ C, N: powerAt(N, C) })), ...optima.map(of)]));
  const [low, high] = rangeOf(values.length > 0 ? values : [1, 1e3]);
  const intervals = usable(results.flatMap(({ at }) => at.flatMap(({ C, intervals: { N } }) => N.map((end) => of({ C, N: end })))));
  const [least, most] = rangeOf([low, high, ...intervals.filter((end) => end > low / REACH && end < high * REACH)]);
  return [least / PAD, most * PAD];
}
