/**
 * Two sweeps against each other: the lowest loss for each compute by the law of each, solid where it has runs, with the bands of
 * their resamples; and at each loss that was asked the gap between them, which is what one needs in compute over the other.
 */
import type { Data, Layout, LayoutAxis } from 'plotly.js-dist-min';
import { wrap } from '../report/layout.ts';
import { isOpen, needSpan, needText } from '../report/multiplier-words.ts';
import type { Answer } from '../stats/answers.ts';
import type { Curve, Multiplier, MultiplierAt, Side } from '../stats/multiplier.ts';
import type { Interval } from '../types.ts';
import { formatLevel } from '../units.ts';
import { bandOf } from './band.ts';
import { categoryColour, translucent } from './categories.ts';
import { baseLayout, chartConfig, flopsAxis, lookOf, plain, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { besideMarker, LABEL_SIZE, placeLabels, shareAlong } from './labels.ts';
import { legendLayout, legendName } from './legend.ts';
import { lossAxis, lossRange } from './losses.ts';
import { rangeOf } from './plane.ts';
import { formatFlops, formatLoss } from './units.ts';

const BAND = 0.15;
/** Free at either end of the axis of compute, a factor. */
const PAD = 1.6;
/** Characters of a line of the title. */
const TITLE = { wide: 92, compact: 46 } as const;

/** A pure function of its arguments; the result is plain JSON. */
export function multiplierFigure(multiplier: Multiplier, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const { base, other, curves, at } = multiplier;
  const compute = around(rangeOf(curves.C));
  const both = [...curves.base, ...curves.other];
  const losses = lossRange(both.map(({ loss }) => loss).filter(Number.isFinite), both.flatMap(({ interval }) => interval));
  const lines = [
    { side: base, curve: curves.base, colour: categoryColour(1, options.theme) },
    { side: other, curve: curves.other, colour: categoryColour(0, options.theme) },
  ];
  const gaps = at.filter(({ answers: { compute: factor } }) => Number.isFinite(factor.value));
  return {
    data: [
      ...lines.flatMap(({ curve, colour }) => bandTrace(curves.C, curve, colour)),
      ...lines.flatMap(({ side, curve, colour }) => lineTraces(side, curves.C, curve, colour, look)),
      ...gaps.map((gap) => gapTrace(gap, multiplier, look)),
      ...labelTraces(gaps, multiplier, { compute, losses }, look),
    ],
    layout: layoutOf(multiplier, compute, losses, look),
    config: chartConfig('multiplier', look),
  };
}

function around([low, high]: Interval): Interval {
  return [low / PAD, high * PAD];
}

function bandTrace(C: readonly number[], curve: readonly Curve[], colour: string): Data[] {
  const known = curve.flatMap(({ interval: [low, high] }, k) => (low > 0 && high < Infinity ? [[C[k], low, high] as const] : []));
  return bandOf(known, translucent(colour, BAND), { showlegend: false });
}

/** Dashed where the sweep has no runs of that compute. */
function lineTraces({ name, ranges: { C: [low, high] } }: Side, C: readonly number[], curve: readonly Curve[], colour: string, look: Look): Data[] {
  const trace = (within: boolean): Data => {
    const kept = (k: number) => (C[k] >= low && C[k] <= high) === within;
    const shown = C.map((_, k) => kept(k) || (!within && (kept(k - 1) || kept(k + 1)) && k > 0 && k < C.length - 1));
    return {
      type: 'scatter', mode: 'lines', name: legendName(name, look), legendgroup: name, showlegend: within,
      x: C.map((value, k) => (shown[k] ? value : null)),
      y: curve.map(({ loss }, k) => (shown[k] && Number.isFinite(loss) ? loss : null)),
      text: curve.map(({ loss, interval }, k) => `<b>${plain(name)}, ${formatFlops(C[k])}</b><br>loss ${formatLoss(loss)} (${interval.map(formatLoss).join(' to ')})`),
      hovertemplate: '%{text}<extra></extra>',
      line: { width: 2.5, color: colour, dash: within ? 'solid' : 'dash' },
    };
  };
  return [trace(true), trace(false)];
}

function gapTrace(gap: MultiplierAt, multiplier: Multiplier, look: Look): Data {
  const { loss, baseC, otherC } = gap.answers;
  return {
    type: 'scatter', mode: 'lines+markers', showlegend: false,
    x: [baseC.value, otherC.value],
    y: [loss.value, loss.value],
    text: [gapText(gap, multiplier), gapText(gap, multiplier)],
    hovertemplate: '%{text}<extra></extra>',
    line: { width: 1.5, color: look.ink },
    marker: { size: look.compact ? 4 : 5, color: look.ink },
  };
}

/** "1.70× less", of the compute of the other; with its interval where there is room, which may not tell which. */
function needLabel({ answers: { compute } }: MultiplierAt, { compact }: Look): string {
  const sure = compute.interval?.every(Number.isFinite) ? needSpan(compute.interval) : '';
  if (isOpen(compute)) return compact ? 'undecided' : sure;
  const text = needText(compute.value);
  return compact || sure === '' ? text : `<b>${text}</b> (${sure})`;
}

function gapText({ answers: { compute, loss, tokens } }: MultiplierAt, { base, other, confidence }: Multiplier): string {
  const spanned = (answer: Answer, fewer: 'less' | 'fewer') => (answer.interval?.every(Number.isFinite) ? ` (${needSpan(answer.interval, fewer)})` : '');
  const need = (answer: Answer, fewer: 'less' | 'fewer') => `${needText(answer.value, fewer)}${spanned(answer, fewer)}`;
  const inTokens = Number.isFinite(tokens.value) ? `<br>tokens at the same N: ${need(tokens, 'fewer')}` : '';
  return `<b>${plain(other.name)} needs, against ${plain(base.name)}</b><br>compute: ${need(compute, 'less')}${inTokens}` +
    `<br>loss ${formatLoss(loss.value)}, ${formatLevel(confidence)} intervals`;
}

/** Beside an end of each gap, where there is room: the frontiers fall, so that it is above the right end and below the left. */
function labelTraces(gaps: readonly MultiplierAt[], { curves }: Multiplier, { compute, losses }: Frame, look: Look): Data[] {
  const share = ([C, loss]: Place) => ({ x: shareAlong(compute, C), y: shareAlong(losses, loss) });
  const ends = gaps.map(({ answers: { baseC, otherC, loss } }) =>
    [baseC.value, otherC.value].toSorted((one, two) => two - one).map((C): Place => [C, loss.value]));
  const texts = gaps.map((gap) => needLabel(gap, look));
  const lines = [curves.base, curves.other].flatMap((curve) => curve.flatMap(({ loss }, k) => (Number.isFinite(loss) ? [share([curves.C[k], loss])] : [])));
  const placed = placeLabels(ends.map((places, k) => ({ at: places.map(share), text: texts[k], positions: ['top right', 'bottom left', 'middle right', 'middle left'] })), lines, look);
  return placed.flatMap((place, k): Data[] => (place ? [{
    type: 'scatter', mode: 'text', showlegend: false, hoverinfo: 'skip',
    x: [ends[k][place.at][0]], y: [ends[k][place.at][1]], text: [besideMarker(texts[k])], textposition: place.position,
    textfont: { size: LABEL_SIZE, color: look.ink },
  }] : []));
}

type Place = readonly [C: number, loss: number];

/** Ranges of the axes. */
interface Frame {
  readonly compute: Interval;
  readonly losses: Interval;
}

function layoutOf({ base, other, confidence }: Multiplier, compute: Interval, losses: Interval, look: Look): Partial<Layout> {
  const what = `Compute that ${short(other.name)} needs for the same loss`;
  const title = wrap(look.compact ? what : `${what}, against ${short(base.name)}; ${formatLevel(confidence)} intervals`, look.compact ? TITLE.compact : TITLE.wide);
  const axis: Partial<LayoutAxis> = { ...flopsAxis(look, compute), dtick: Math.max(1, Math.round(Math.log10(compute[1] / compute[0]) / (look.compact ? 4 : 6))) };
  return {
    ...baseLayout(look),
    ...titleOf(title.map(plain).join('<br>'), look, title.length),
    ...legendLayout({ names: [base.name, other.name], title: title.length }, look),
    xaxis: axis,
    yaxis: lossAxis(look, losses),
  };
}

const NAME = 20;

function short(name: string): string {
  return name.length > NAME ? `${name.slice(0, NAME - 1)}…` : name;
}
