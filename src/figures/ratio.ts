/**
 * Tokens per parameter against compute: what the law says is optimal, the rule of 20, the runs, and models that others
 * trained. Of Chinchilla's law D/N ∝ C^(b − a): a line that is level where the exponents of N and D are equal.
 *
 * The rule of 20 is Table 3 of Hoffmann et al. 2022 (arXiv:2203.15556), rounded.
 */
import type { Data, Layout } from 'plotly.js-dist-min';
import { logSpaced } from '../math/log-spaced.ts';
import { wellKnownModels } from '../plan/models.ts';
import { CHINCHILLA_RATIO } from '../plan/rules.ts';
import type { Bootstrap, Fit, Interval, Sweep } from '../types.ts';
import { formatCount } from '../units.ts';
import {
  around, bandTrace, chosenAt, chosenLabel, chosenTitle, chosenTrace, computeAxis, frameOf, lineOf, lineTraces, pointsOf, spanOf,
  type Chosen, type Line, type Quantity, type Span,
} from './compute.ts';
import { chartConfig, lookOf, plain, ratioAxis, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { besideMarker, LABEL_SIZE, placeLabels, shareAlong, UNSEEN, type Label, type Placed } from './labels.ts';
import { formatRatio } from './optima.ts';
import { rangeOf } from './plane.ts';
import { drawnRuns, runTrace, thinned } from './runs.ts';
import { formatFlops } from './units.ts';

/** A model that was trained: N parameters, D training tokens. */
export interface TrainedModel {
  readonly name: string;
  readonly N: number;
  readonly D: number;
  readonly year?: number;
  /** Where the counts are published. */
  readonly source?: string;
}

export interface RatioFigureOptions extends LookOptions {
  /** Its budgets give the band; the chosen one has its interval where it is among them. */
  readonly bootstrap?: Bootstrap;
  /** To show beside the law, those to be named first. Default: `wellKnownModels`. */
  readonly models?: readonly TrainedModel[];
  /** Training FLOPs to mark, and how far the law is drawn at least. Default: none, and 1000 times the largest run. */
  readonly budget?: number;
}

const ratioOf = ({ N, D }: { readonly N: number; readonly D: number }) => D / N;
const computeOf = ({ N, D }: TrainedModel) => 6 * N * D;

const RATIO: Quantity = {
  name: 'D/N', best: 'Optimal D/N', of: ratioOf, intervalOf: ({ tokensPerParameter }) => tokensPerParameter, format: formatRatio,
};
const RULE_NAME = `${CHINCHILLA_RATIO} tokens per parameter`;
/** The law widens the axis by no more than this factor: the optimum of a poor fit can lie anywhere. */
const REACH = 30;
/** Free at either end of the axis, a factor. */
const PAD = 1.6;

/**
 * A pure function of its arguments; the result is plain JSON.
 * @throws InputError where the budget is not positive.
 */
export function ratioFigure(sweep: Sweep, fit: Fit, options: RatioFigureOptions = {}): Figure {
  const look = lookOf(options);
  const { bootstrap, models = wellKnownModels, budget } = options;
  const span = spanOf(sweep, budget, models.map(computeOf));
  const line = lineOf(fit, span);
  const chosen = chosenAt(fit, budget, bootstrap, RATIO);
  const axes = { C: around(span), ratio: ratiosOf(sweep, line, models) };
  const places = placesOf(sweep, line, models, chosen, axes, look);
  return {
    data: [
      ...bandTrace(bootstrap, RATIO, look),
      faint(runTrace(sweep, fit, look, (i) => [sweep.columns.C[i], ratioOf(runOf(sweep, i))])),
      ...ruleTraces(axes, places.rule, look),
      ...lineTraces(line, RATIO, look),
      ...(models.length > 0 ? [modelTrace(models, places.models, look)] : []),
      ...(chosen ? [chosenTrace(chosen, RATIO, places.chosen?.position ?? 'top center', look)] : []),
    ],
    layout: layoutOf(sweep, span, axes, chosen, look),
    config: chartConfig(`ratio-${fit.law}`, look),
  };
}

const runOf = ({ columns: { N, D } }: Sweep, i: number) => ({ N: N[i], D: D[i] });

interface Axes { readonly C: Interval; readonly ratio: Interval }

/** Those of the runs, the models and the rule, and the law's near them. */
function ratiosOf({ columns: { N, D } }: Sweep, line: Line, models: readonly TrainedModel[]): Interval {
  const [low, high] = rangeOf([...D.map((tokens, i) => tokens / N[i]), ...models.map(ratioOf), CHINCHILLA_RATIO]);
  const near = pointsOf(line).map(ratioOf).filter((ratio) => ratio > low / REACH && ratio < high * REACH);
  const [least, most] = rangeOf([low, high, ...near]);
  return [least / PAD, most * PAD];
}

interface Places { readonly chosen: Placed | null; readonly rule: Placed | null; readonly models: readonly (Placed | null)[] }

/** Of the labels; in a compact chart legend and hover have the names of the rule and the models. */
function placesOf(sweep: Sweep, line: Line, models: readonly TrainedModel[], chosen: Chosen | undefined, axes: Axes, look: Look): Places {
  const share = (C: number, ratio: number) => ({ x: shareAlong(axes.C, C), y: shareAlong(axes.ratio, ratio) });
  const busy = [
    ...drawnRuns(sweep).map((i) => share(sweep.columns.C[i], ratioOf(runOf(sweep, i)))),
    ...pointsOf(line).map((point) => share(point.C, ratioOf(point))),
    ...models.map((model) => share(computeOf(model), ratioOf(model))),
    ...logSpaced(axes.C, 200).map((C) => share(C, CHINCHILLA_RATIO)),
    ...(chosen?.interval ? logSpaced(chosen.interval, 40).map((ratio) => share(chosen.point.C, ratio)) : []),
  ];
  const mark: Label[] = chosen ? [{ at: [share(chosen.point.C, chosen.value)], text: chosenLabel(chosen, look) }] : [];
  const rule: Label = { at: ruleSpots(axes.C).map((C) => share(C, CHINCHILLA_RATIO)), text: RULE_NAME, positions: ['top center', 'bottom center'] };
  const names = models.map((model): Label => ({ at: [share(computeOf(model), ratioOf(model))], text: plain(model.name) }));
  const placed = placeLabels(look.compact ? mark : [...mark, rule, ...names], busy, look);
  const [first = null] = chosen ? placed : [];
  const [second = null, ...rest] = placed.slice(mark.length);
  return { chosen: first, rule: second, models: rest };
}

/** Where the rule may have its label, from right to left. */
const ruleSpots = (compute: Interval) => logSpaced(compute, 25).toReversed();

function faint(runs: Data): Data {
  return { ...runs, opacity: 0.5 } as Data;
}

/** The line, and its label where it has room; else the legend names it. */
function ruleTraces({ C }: Axes, place: Placed | null, look: Look): Data[] {
  const line: Data = {
    type: 'scatter', mode: 'lines', name: `D/N = ${CHINCHILLA_RATIO}`, hoverinfo: 'skip', showlegend: !place,
    x: [...C],
    y: [CHINCHILLA_RATIO, CHINCHILLA_RATIO],
    line: { width: 1.5, dash: 'dot', color: look.ink },
  };
  if (!place) return [line];
  return [line, {
    type: 'scatter', mode: 'text+markers', name: 'rule label', hoverinfo: 'skip', showlegend: false,
    x: [ruleSpots(C)[place.at]!],
    y: [CHINCHILLA_RATIO],
    text: [RULE_NAME],
    textposition: place.position,
    textfont: { size: LABEL_SIZE, color: look.ink },
    marker: UNSEEN,
  }];
}

/** Diamonds with their names, as far as these have room. */
function modelTrace(models: readonly TrainedModel[], places: Places['models'], look: Look): Data {
  return {
    type: 'scatter', mode: 'text+markers', name: 'trained models',
    x: models.map(computeOf),
    y: models.map(ratioOf),
    text: models.map(({ name }, k) => (places[k] ? besideMarker(plain(name)) : '')),
    textposition: models.map((_, k) => places[k]?.position ?? 'middle right'),
    textfont: { size: LABEL_SIZE, color: look.ink },
    hovertext: models.map(describeModel),
    hovertemplate: '%{hovertext}<extra></extra>',
    marker: { size: look.compact ? 7 : 9, symbol: 'diamond-open', color: look.ink, line: { width: 1.5 } },
  };
}

function describeModel(model: TrainedModel): string {
  const { name, N, D, year, source } = model;
  return `<b>${plain(name)}</b>${year === undefined ? '' : `, ${year}`}<br>N ${formatCount(N)} · D ${formatCount(D)} · `
    + `D/N ${formatRatio(D / N)}<br>C ${formatFlops(computeOf(model))}${source === undefined ? '' : `<br>${plain(source)}`}`;
}

function layoutOf(sweep: Sweep, span: Span, axes: Axes, chosen: Chosen | undefined, look: Look): Partial<Layout> {
  const title = chosen ? chosenTitle(chosen, RATIO) : 'Compute-optimal tokens per parameter';
  return {
    ...frameOf(look),
    ...titleOf([title, thinned(sweep)].filter(Boolean).join(look.compact ? '<br>' : ', '), look),
    xaxis: computeAxis(look, span),
    yaxis: ratioAxis(look, 'D/N, tokens per parameter', axes.ratio),
  };
}
