/**
 * What charts against compute share: the law's line at its optimum, solid where there are runs that it was fitted to and dashed beyond;
 * the band of a bootstrap; and the budget that was chosen.
 */
import type { Data, Layout, LayoutAxis } from 'plotly.js-dist-min';
import { logSpaced } from '../math/log-spaced.ts';
import { checkBudgets } from '../plan/frontier.ts';
import type { Bootstrap, Fit, FrontierPoint, Interval, Sweep } from '../types.ts';
import { formatLevel } from '../units.ts';
import { bandOf } from './band.ts';
import { baseLayout, flopsAxis, type Look } from './figure.ts';
import { besideMarker, LABEL_SIZE, type Position } from './labels.ts';
import { describeOptimum, optimaOf } from './optima.ts';
import { rangeOf } from './plane.ts';
import { formatFlops } from './units.ts';

/** Where no budget is chosen, the law is drawn this factor beyond the largest run. */
const AHEAD = 1e3;
/** Points of the law over the runs, and on either side of them. */
const POINTS = 40;
/** Free at either end of the axis, a factor. */
const PAD = 1.5;
/** Decades between ticks: so many of them on a narrow chart. */
const COMPACT_TICKS = 4;

type Planned = Bootstrap['frontier'][number];

/** What a chart shows of the optimum. */
export interface Quantity {
  readonly name: string;
  /** What its title calls it: "Lowest loss". */
  readonly best: string;
  readonly of: (point: FrontierPoint) => number;
  readonly intervalOf: (planned: Planned) => Interval;
  readonly format: (value: number) => string;
}

/** Training FLOPs of the runs that were fitted, and of all that is drawn. */
export interface Span {
  readonly runs: Interval;
  readonly all: Interval;
}

/**
 * `others`: further FLOPs to show.
 * @throws InputError where the budget is not positive.
 */
export function spanOf({ columns: { C }, weight }: Sweep, budget: number | undefined, others: readonly number[] = []): Span {
  checkBudgets(budget === undefined ? [] : [budget]);
  const [lowest, highest] = rangeOf(C);
  const fitted = C.filter((_, i) => weight[i] > 0);
  return { runs: rangeOf(fitted.length > 0 ? fitted : C), all: rangeOf([lowest, highest, budget ?? highest * AHEAD, ...others]) };
}

/** Ends of the axis around a span. */
export function around({ all: [low, high] }: Span): Interval {
  return [low / PAD, high * PAD];
}

export function computeAxis(look: Look, span: Span): Partial<LayoutAxis> {
  const [low, high] = around(span);
  const apart = Math.max(1, Math.round(Math.log10(high / low) / COMPACT_TICKS));
  return { ...flopsAxis(look, [low, high]), ...(look.compact && { dtick: apart }) };
}

/** The optimum of the law where there are runs, and before and after them. */
export interface Line {
  readonly within: readonly FrontierPoint[];
  readonly before: readonly FrontierPoint[];
  readonly after: readonly FrontierPoint[];
}

export function lineOf(fit: Fit, { runs, all }: Span): Line {
  const along = (from: number, to: number) => (from < to ? optimaOf(fit, logSpaced([from, to], POINTS)) : []);
  return { within: along(...runs), before: along(all[0], runs[0]), after: along(runs[1], all[1]) };
}

/** All of a line, by rising compute. */
export function pointsOf({ within, before, after }: Line): FrontierPoint[] {
  return [...before, ...within, ...after];
}

export function lineTraces({ within, before, after }: Line, { of }: Quantity, look: Look): Data[] {
  const trace = (points: readonly (FrontierPoint | null)[], name: string, dash: 'solid' | 'dash'): Data[] => (points.some(Boolean) ? [{
    type: 'scatter', mode: 'lines', name,
    x: points.map((point) => point && point.C),
    y: points.map((point) => point && of(point)),
    text: points.map((point) => (point ? describeOptimum(point) : '')),
    hovertemplate: '%{text}<extra></extra>',
    line: { width: 2.5, color: look.accent, dash },
  }] : []);
  return [...trace(within, 'compute-optimal', 'solid'), ...trace([...before, null, ...after], 'extrapolated', 'dash')];
}

interface Known { readonly C: number; readonly interval: Interval }

/** By rising budget, less the intervals that cannot stand on a log axis. */
export function intervalsOf(bootstrap: Bootstrap | undefined, { intervalOf }: Quantity): Known[] {
  return (bootstrap?.frontier ?? []).map((planned) => ({ C: planned.C, interval: intervalOf(planned) }))
    .filter(({ interval: [low, high] }) => low > 0 && high < Infinity)
    .toSorted((one, other) => one.C - other.C);
}

/** An area over the budgets that the bootstrap has. */
export function bandTrace(bootstrap: Bootstrap | undefined, quantity: Quantity, look: Look): Data[] {
  if (!bootstrap) return [];
  const known = intervalsOf(bootstrap, quantity);
  return bandOf(known.map(({ C, interval: [low, high] }) => [C, low, high]), look.band, { name: `${formatLevel(bootstrap.confidence)} interval` });
}

/** The optimum at the budget that was chosen. */
export interface Chosen {
  readonly point: FrontierPoint;
  readonly value: number;
  /** Where the bootstrap has that budget. */
  readonly interval: Interval | undefined;
  /** "1.959", and "1.934 to 1.990" or nothing. */
  readonly said: string;
  readonly between: string;
}

/** Nothing where none was chosen, or the law has no optimum there. */
export function chosenAt(fit: Fit, budget: number | undefined, bootstrap: Bootstrap | undefined, quantity: Quantity): Chosen | undefined {
  const [point] = optimaOf(fit, budget === undefined ? [] : [budget]);
  if (!point) return undefined;
  const value = quantity.of(point);
  const interval = intervalsOf(bootstrap, quantity).find(({ C }) => Math.abs(C / point.C - 1) < 1e-9)?.interval;
  const between = interval ? interval.map(quantity.format).join(' to ') : '';
  return { point, value, interval, said: quantity.format(value), between };
}

/** Beside the mark; on a narrow chart the title alone says the interval. */
export function chosenLabel({ said, between }: Chosen, { compact }: Look): string {
  return `<b>${said}</b>${between && !compact ? `<br>${between}` : ''}`;
}

/** "Lowest loss for 10²⁴ FLOPs: 1.959 (1.934 to 1.990)" */
export function chosenTitle({ point, said, between }: Chosen, { best }: Quantity): string {
  return `${best} for ${formatFlops(point.C)}: ${said}${between && ` (${between})`}`;
}

/** A diamond with its interval. */
export function chosenTrace(chosen: Chosen, { name }: Quantity, textposition: Position, look: Look): Data {
  const { point, value, interval, between } = chosen;
  return {
    type: 'scatter', mode: 'text+markers', name: 'chosen budget', showlegend: false,
    x: [point.C],
    y: [value],
    text: [besideMarker(chosenLabel(chosen, look))],
    textposition,
    textfont: { size: LABEL_SIZE, color: look.ink },
    hovertext: [`${describeOptimum(point)}${between && `<br>${name} ${between}`}`],
    hovertemplate: '%{hovertext}<extra></extra>',
    ...(interval && { error_y: {
      type: 'data', symmetric: false, array: [interval[1] - value], arrayminus: [value - interval[0]],
      color: look.accent, thickness: 1.5, width: 5,
    } as const }),
    marker: { size: look.compact ? 10 : 12, symbol: 'diamond', color: look.accent, line: { width: 1, color: look.paper } },
  };
}

/** Margins and legend, which a narrow chart has below it in two columns. */
export function frameOf(look: Look): Partial<Layout> {
  return {
    ...baseLayout(look),
    margin: look.compact ? { l: 56, r: 12, t: 48, b: 116 } : { l: 68, r: 24, t: 76, b: 60 },
    legend: look.compact
      ? { orientation: 'h', x: 0, y: -0.24, yanchor: 'top', entrywidth: 0.5, entrywidthmode: 'fraction', font: { size: 11 } }
      : { orientation: 'h', x: 1, xanchor: 'right', y: 1.01, yanchor: 'bottom' },
  };
}
