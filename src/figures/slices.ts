/** What charts of IsoFLOP slices share: a curve for each budget, its runs in its colour, and its name at one of its ends. */
import type { Data, Layout } from 'plotly.js-dist-min';
import type { IsoflopSlice } from '../plan/slices.ts';
import type { Fit, Interval, Sweep } from '../types.ts';
import { baseLayout, countAxis, type Look } from './figure.ts';
import { LABEL_SIZE, placeLabels, shareAlong, UNSEEN } from './labels.ts';
import { lossAxis, lossRange } from './losses.ts';
import { rangeOf } from './plane.ts';
import { drawnRuns, runTrace } from './runs.ts';
import { powerOfTen } from './units.ts';

/** Loss against size at one budget. */
export interface Curve {
  readonly C: number;
  readonly colour: string;
  readonly N: readonly number[];
  /** Null where there is none. */
  readonly loss: readonly (number | null)[];
}

export interface Axes { readonly N: Interval; readonly loss: Interval }

/** Room for the labels at the right, a share of the axis. */
const ROOM = { wide: 0.1, compact: 0.2 } as const;

/** Axes that hold some runs, by their indices, and the curves; and `others`, losses beside these. */
export function axesOf({ columns, loss }: Sweep, shown: readonly number[], curves: readonly Curve[], { compact }: Look, others: readonly number[] = []): Axes {
  const [low, high] = rangeOf([...shown.map((i) => columns.N[i]), ...curves.flatMap(({ N }) => [N[0]!, N.at(-1)!])]);
  const room = (high / low) ** (compact ? ROOM.compact : ROOM.wide);
  const predicted = [...curves.flatMap((curve) => curve.loss.filter((value) => value !== null)), ...others];
  return { N: [low / 1.1, high * 1.1 * room], loss: lossRange(shown.map((i) => loss[i]), predicted) };
}

/** All of a layout but the title, for which a wide chart has room of `top` pixels. */
export function sliceLayout({ N, loss }: Axes, top: number, look: Look): Partial<Layout> {
  return {
    ...baseLayout(look),
    margin: look.compact ? { l: 56, r: 12, t: 48, b: 84 } : { l: 68, r: 24, t: top, b: 60 },
    xaxis: countAxis(look, 'N, parameters', N),
    yaxis: lossAxis(look, loss),
    legend: look.compact
      ? { orientation: 'h', x: 0, y: -0.2, yanchor: 'top' }
      : { orientation: 'h', x: 1, xanchor: 'right', y: 1.01, yanchor: 'bottom' },
  };
}

export function curveTrace({ C, colour, N, loss }: Curve): Data {
  return {
    type: 'scatter', mode: 'lines', name: `${powerOfTen(C, 2)} FLOPs`, hoverinfo: 'skip', showlegend: false,
    x: [...N],
    y: [...loss],
    line: { width: 1.5, color: colour },
  };
}

/** Runs in the colours of their slices; those of no slice are not there. */
export function slicedRuns(sweep: Sweep, fit: Fit | undefined, slices: readonly Pick<IsoflopSlice, 'runs'>[], colours: readonly string[], look: Look): Data {
  const drawn = new Set(drawnRuns(sweep));
  const colourOf = new Map(slices.flatMap(({ runs }, k) => runs.filter((i) => drawn.has(i)).map((i) => [i, colours[k]!] as const)));
  return runTrace(sweep, fit, look, (i) => [sweep.columns.N[i], sweep.loss[i]], {
    runs: [...colourOf.keys()].toSorted((one, other) => one - other),
    colours: (runs) => ({ color: runs.map((i) => colourOf.get(i)) }),
  });
}

/** Budgets at the right ends of their curves, else at the left ones, as far as they have room; the first has the unit. */
export function labelTrace(curves: readonly Curve[], runs: Data, axes: Axes, look: Look): Data {
  const share = ({ N, loss }: Place) => ({ x: shareAlong(axes.N, N), y: shareAlong(axes.loss, loss) });
  const places = curves.map((curve) => placesOf(curve, axes));
  const { x, y } = runs as { x: number[]; y: number[] };
  const busy = [...x.map((N, k) => ({ N, loss: y[k]! })), ...places.flat()].map(share);
  const labels = places.map((along, k) => ({
    at: [along.at(-1), along[0]].filter((place) => place !== undefined).map(share),
    text: powerOfTen(curves[k]!.C, 2) + (k === 0 && !look.compact ? ' FLOPs' : ''),
  }));
  const placed = placeLabels(labels, busy, look).flatMap((label, k) => (label
    ? [{ ...places[k]!.at(label.at === 0 ? -1 : 0)!, text: labels[k]!.text, position: label.position }] : []));
  return {
    type: 'scatter', mode: 'text+markers', name: 'budgets', hoverinfo: 'skip', showlegend: false,
    x: placed.map(({ N }) => N),
    y: placed.map(({ loss }) => loss),
    text: placed.map(({ text }) => text),
    textposition: placed.map(({ position }) => position),
    textfont: { size: LABEL_SIZE, color: look.ink },
    marker: UNSEEN,
  };
}

interface Place { readonly N: number; readonly loss: number }

/** What of a curve is seen. */
function placesOf({ N, loss }: Curve, axes: Axes): Place[] {
  return N.flatMap((size, k) => {
    const value = loss[k];
    return typeof value === 'number' && value > axes.loss[0] && value < axes.loss[1] ? [{ N: size, loss: value }] : [];
  });
}
