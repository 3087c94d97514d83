/**
 * The rollout of each law: its errors at the runs that are dearer than those it was fitted to, against the dearest one that it
 * was. How large they are, on a log axis, and their mean, which is above 0 where the law says more than the runs have. Bars are
 * intervals over the resamples; laws stand a little beside each other, so that their bars do.
 */
import type { Data, Layout, LayoutAxis } from 'plotly.js-dist-min';
import { intervalTitle } from '../report/bootstrap.ts';
import { formatError } from '../report/compare-verdicts.ts';
import { formatInteger } from '../units.ts';
import type { ComparedLaw, LawComparison } from '../stats/compare-result.ts';
import type { RolloutAt } from '../stats/compare-rollout.ts';
import { categoryColour, categoryDash, categorySymbol, translucent } from './categories.ts';
import { baseLayout, chartConfig, flopsAxis, frameAxis, lookOf, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { legendLayout, legendName } from './legend.ts';
import { axesOf, boxesOf, panelAxes } from './panels.ts';
import { rangeOf } from './plane.ts';
import { logTicks, tickName } from './ticks.ts';
import { formatFlops } from './units.ts';

type Statistic = 'absolute' | 'signed';

const PANELS: readonly { readonly statistic: Statistic; readonly title: string }[] = [
  { statistic: 'absolute', title: 'mean |<i>L̂</i>/<i>L</i> − 1| of the dearer runs, %' },
  { statistic: 'signed', title: 'mean <i>L̂</i>/<i>L</i> − 1 of the dearer runs, %' },
];

/** Laws of a step are spread over this share of the way to the next one, or of a factor e where that is less. */
const SPREAD = 0.4;
/** Opacity of the bars. */
const BAR = 0.6;
/** Free at either end of an axis, a factor. */
const PAD = 1.6;
/** Of the axis of errors, a factor, and a share. */
const [ROOM, SHARE] = [1.25, 0.08];
/** An interval widens an axis by no more than this factor beyond the errors themselves. */
const REACH = 4;

/** A pure function of its arguments; the result is plain JSON. */
export function rolloutFigure(comparison: LawComparison, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const { laws } = comparison;
  return {
    data: panelsOf(look).flatMap(({ statistic }, panel) => laws.flatMap((law, k) => lawTraces(comparison, law, k, statistic, panel, options))),
    layout: layoutOf(comparison, look),
    config: chartConfig('rollout', look),
  };
}

/** On a narrow screen there is room for one. */
function panelsOf({ compact }: Look): typeof PANELS {
  return compact ? PANELS.slice(0, 1) : PANELS;
}

/** Bars, and the errors themselves, which an interval need not hold. */
function lawTraces({ steps, laws }: LawComparison, law: ComparedLaw, k: number, statistic: Statistic, panel: number, options: LookOptions): Data[] {
  const look = lookOf(options);
  const colour = categoryColour(k, options.theme);
  const known = law.rollout.map((at, s) => ({ at, step: steps[s] })).filter(({ at }) => Number.isFinite(at.error[statistic]));
  const beside = besideFactor(steps.map(({ C }) => C), k, laws.length);
  const shared = { type: 'scatter', name: legendName(law.law, look), legendgroup: law.law, ...axesOf(panel) } as const;
  return [{
    ...shared, mode: 'lines', showlegend: false, hoverinfo: 'skip',
    x: known.flatMap(({ step: { C } }) => [C * beside, C * beside, null]),
    y: known.flatMap(({ at }) => [...at.intervals[statistic].map((end) => 100 * end), null]),
    line: { width: look.compact ? 1.2 : 1.6, color: translucent(colour, BAR) },
  }, {
    ...shared, mode: 'lines+markers', showlegend: panel === 0,
    x: known.map(({ step: { C } }) => C * beside),
    y: known.map(({ at }) => 100 * at.error[statistic]),
    text: known.map(({ at, step }) => `<b>${law.law}, fitted up to ${formatFlops(step.C)}</b><br>${describeError(at, step.fitted, step.heldOut)}`),
    hovertemplate: '%{text}<extra></extra>',
    line: { width: 1.5, color: colour, dash: categoryDash(k) },
    marker: { size: look.compact ? 6 : 7, symbol: categorySymbol(k), color: colour, line: { width: 0.8, color: look.paper } },
  }];
}

/** Shifts of equal ratio about 1. */
function besideFactor(computes: readonly number[], k: number, count: number): number {
  const gaps = computes.slice(1).map((C, s) => Math.log(C / computes[s]));
  const room = SPREAD * Math.min(1, ...gaps);
  return Math.exp(room * ((k + 0.5) / count - 0.5));
}

function describeError({ error, intervals }: RolloutAt, fitted: number, heldOut: number): string {
  const [low, high] = intervals.absolute;
  return [
    `${formatInteger(fitted)} runs fitted, ${formatInteger(heldOut)} predicted`,
    `mean |error| ${formatError(error.absolute)} (${formatError(low)} to ${formatError(high)})`,
    `mean error ${formatError(error.signed)} · largest ${formatError(error.largest)}`,
  ].join('<br>');
}

function layoutOf({ laws, steps, confidence }: LawComparison, look: Look): Partial<Layout> {
  const { compact } = look;
  const panels = panelsOf(look);
  const boxes = boxesOf(panels.length, panels.length, [0.13, 0]);
  const title = `Dearer runs predicted from cheaper ones${compact ? '<br>' : ', '}bars: ${intervalTitle({ confidence })}`;
  const lines = compact ? 2 : 1;
  const [low, high] = rangeOf(steps.length > 0 ? steps.map(({ C }) => C) : [1e18, 1e21]);
  const computes = flopsAxis(look, [low / PAD, high * PAD], 'fitted up to <i>C</i>, training FLOPs');
  return {
    ...baseLayout(look),
    ...titleOf(title, look, lines),
    ...legendLayout({ names: laws.map(({ law }) => law), title: lines }, look),
    ...Object.assign({}, ...panels.map(({ statistic, title: name }, panel) => panelAxes(panel, boxes[panel], computes, errorAxis(laws, statistic, compact ? 'mean |error|, %' : name, look)))),
  };
}

function errorAxis(laws: readonly ComparedLaw[], statistic: Statistic, title: string, look: Look): Partial<LayoutAxis> {
  const at = laws.flatMap(({ rollout }) => rollout).filter(({ error }) => Number.isFinite(error[statistic]));
  const errors = at.map(({ error }) => 100 * error[statistic]);
  const ends = at.flatMap(({ intervals }) => intervals[statistic]).map((end) => 100 * end).filter(Number.isFinite);
  const axis = frameAxis(look, title);
  if (statistic === 'absolute') {
    const [low, high] = rangeOf(errors.length > 0 ? errors : [0.1, 10]);
    const near = ends.filter((end) => end > low / REACH && end < high * REACH);
    const [least, most] = rangeOf([low / ROOM, high * ROOM, ...near]);
    const tickvals = logTicks(least, most);
    return { ...axis, type: 'log', range: [Math.log10(least), Math.log10(most)], tickvals, ticktext: tickvals.map((tick) => tickName(tick, true)) };
  }
  const largest = Math.max(0.1, ...errors.map(Math.abs));
  const [least, most] = rangeOf([0, ...errors, ...ends.filter((end) => Math.abs(end) < REACH * largest)]);
  const room = SHARE * (most - least || 1);
  return { ...axis, range: [least - room, most + room], zeroline: true, zerolinecolor: look.faint, zerolinewidth: 1 };
}
