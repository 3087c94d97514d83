/**
 * Loss against compute: the runs, the lowest loss that the law gives for each budget, and how far that can be carried
 * beyond the runs. The band is of the law's parameters only: it does not know whether the law still holds out there.
 */
import type { Data, Layout } from 'plotly.js-dist-min';
import type { Bootstrap, Fit, Interval, Sweep } from '../types.ts';
import {
  around, bandTrace, chosenAt, chosenLabel, chosenTitle, chosenTrace, computeAxis, frameOf, intervalsOf, lineOf, lineTraces, pointsOf,
  spanOf, type Chosen, type Line, type Quantity, type Span,
} from './compute.ts';
import { chartConfig, lookOf, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { placeLabels, shareAlong, type Position } from './labels.ts';
import { lossAxis, lossRange } from './losses.ts';
import { rangeOf } from './plane.ts';
import { runTrace, thinned } from './runs.ts';
import { formatFlops, formatLoss } from './units.ts';

export interface ScalingFigureOptions extends LookOptions {
  /** Its budgets give the band; the chosen one has its interval where it is among them. */
  readonly bootstrap?: Bootstrap;
  /** Training FLOPs to mark, and how far the law is drawn. Default: none, and 1000 times the largest run. */
  readonly budget?: number;
}

const LOSS: Quantity = {
  name: 'loss', best: 'Lowest loss', of: ({ loss }) => loss, intervalOf: ({ loss }) => loss, format: formatLoss,
};
/** E is drawn where it is within this factor of the lowest loss. */
const NEAR = 1.25;
/** Room for a label under a law that has no floor to flatten towards, a share of the axis, which is logarithmic. */
const ROOM = 0.1;
/** The law falls, and ever less: under it is room. */
const POSITIONS: readonly Position[] = ['bottom left', 'bottom center', 'top right', 'top center', 'middle right'];

/**
 * A pure function of its arguments; the result is plain JSON.
 * @throws InputError where the budget is not positive.
 */
export function scalingFigure(sweep: Sweep, fit: Fit, options: ScalingFigureOptions = {}): Figure {
  const look = lookOf(options);
  const { bootstrap, budget } = options;
  const span = spanOf(sweep, budget);
  const line = lineOf(fit, span);
  const chosen = chosenAt(fit, budget, bootstrap, LOSS);
  const floor = floorOf(fit, sweep, line);
  const reached = lossRange([...sweep.loss], [...expected(line, bootstrap, span), ...floor]);
  const losses = chosen && floor.length === 0 ? withRoomBelow(reached) : reached;
  return {
    data: [
      ...bandTrace(bootstrap, LOSS, look),
      runTrace(sweep, fit, look, (i) => [sweep.columns.C[i], sweep.loss[i]]),
      ...floor.map((E) => floorTrace(E, around(span), look)),
      ...lineTraces(line, LOSS, look),
      ...(chosen ? [chosenTrace(chosen, LOSS, positionOf(chosen, line, around(span), losses, look), look)] : []),
    ],
    layout: layoutOf(sweep, span, losses, chosen, look),
    config: chartConfig(`scaling-${fit.law}`, look),
  };
}

/** Of the law, and the ends of the band on the chart. */
function expected(line: Line, bootstrap: Bootstrap | undefined, { all: [low, high] }: Span): number[] {
  const band = intervalsOf(bootstrap, LOSS).filter(({ C }) => C >= low && C <= high);
  return [...pointsOf(line).map(({ loss }) => loss), ...band.flatMap(({ interval }) => interval)];
}

/** E, where the law has one near the losses. */
function floorOf({ params: { E } }: Fit, { loss }: Sweep, line: Line): number[] {
  const lowest = pointsOf(line).reduce((least, point) => Math.min(least, point.loss), rangeOf(loss)[0]);
  return E !== undefined && E > lowest / NEAR && E < Infinity ? [E] : [];
}

function withRoomBelow([low, high]: Interval): Interval {
  return [low * (low / high) ** ROOM, high];
}

function floorTrace(E: number, [low, high]: Interval, look: Look): Data {
  return {
    type: 'scatter', mode: 'lines', name: 'E, irreducible',
    x: [low, high],
    y: [E, E],
    hovertemplate: `E ${formatLoss(E)}<extra></extra>`,
    line: { width: 1.2, dash: 'dot', color: look.faint },
  };
}

function positionOf(chosen: Chosen, line: Line, compute: Interval, losses: Interval, look: Look): Position {
  const share = (C: number, loss: number) => ({ x: shareAlong(compute, C), y: shareAlong(losses, loss) });
  const label = { at: [share(chosen.point.C, chosen.value)], text: chosenLabel(chosen, look), positions: POSITIONS };
  const [placed] = placeLabels([label], pointsOf(line).map(({ C, loss }) => share(C, loss)), look);
  return placed?.position ?? POSITIONS[0]!;
}

function layoutOf(sweep: Sweep, span: Span, losses: Interval, chosen: Chosen | undefined, look: Look): Partial<Layout> {
  const title = chosen ? chosenTitle(chosen, LOSS) : `Loss against compute, up to ${formatFlops(span.all[1])}`;
  return {
    ...frameOf(look),
    ...titleOf([title, thinned(sweep)].filter(Boolean).join(look.compact ? '<br>' : ', '), look),
    xaxis: computeAxis(look, span),
    yaxis: lossAxis(look, losses),
  };
}
