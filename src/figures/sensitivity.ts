/**
 * What the choices of a fit do to its answer: for alpha, beta and the optimal N and D a row for each kind of choice, from the least
 * to the greatest that it makes of the number, a point for each fit; the fit as given as a line, and the interval that the runs
 * themselves leave as a band. The kind that moves N most is the uppermost row.
 */
import type { Data, Layout, LayoutAxis } from 'plotly.js-dist-min';
import { choiceText, WRITTEN } from '../report/sensitivity.ts';
import type { ChoiceKind } from '../stats/choices.ts';
import type { MovedName, Sensitivity } from '../stats/sensitivity.ts';
import type { Interval } from '../types.ts';
import { formatCount, formatLevel } from '../units.ts';
import { translucent } from './categories.ts';
import { baseLayout, chartConfig, countAxis, frameAxis, lookOf, plain, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { axesOf, boxesOf, noteOf, panelAxes, type Box } from './panels.ts';
import { rangeOf } from './plane.ts';
import { linearTicks, roundTicks } from './ticks.ts';
import { formatFlops } from './units.ts';

const NAMES: Readonly<Record<ChoiceKind, string>> = {
  delta: 'threshold δ', loss: 'loss', drop: 'highest losses', cut: 'range of C', count: 'count', law: 'law',
};
const [WIDE, NARROW]: readonly (readonly MovedName[])[] = [['alpha', 'beta', 'N', 'D'], ['alpha', 'beta', 'N']];
const TITLES: Readonly<Partial<Record<MovedName, string>>> = {
  alpha: 'α, exponent of N', beta: 'β, exponent of D', N: '<i>N</i><sub>opt</sub>, parameters', D: '<i>D</i><sub>opt</sub>, training tokens',
};
/** Free at either end of an axis, a share of it. */
const PAD = 0.06;

/** A pure function of its arguments; the result is plain JSON. */
export function sensitivityFigure(sensitivity: Sensitivity, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const kinds = sensitivity.moves.N.map(({ kind }) => kind).toReversed(); // rows count from below
  const names = look.compact ? NARROW : WIDE;
  return {
    data: names.flatMap((name, panel) => [
      bandTrace(sensitivity, name, kinds, panel, look), ...moveTraces(sensitivity, name, kinds, panel, look), givenTrace(sensitivity, name, kinds, panel, look),
    ]),
    layout: layoutOf(sensitivity, names, kinds, look),
    config: chartConfig('sensitivity', look),
  };
}

const edges = (kinds: readonly ChoiceKind[]) => [-0.6, kinds.length - 0.4] as const;

function bandTrace({ given: { intervals } }: Sensitivity, name: MovedName, kinds: readonly ChoiceKind[], panel: number, look: Look): Data {
  const [low, high] = intervals[name];
  const [bottom, top] = edges(kinds);
  return {
    type: 'scatter', mode: 'lines', showlegend: false, hoverinfo: 'skip', ...axesOf(panel),
    x: Number.isFinite(low + high) ? [low, high, high, low] : [],
    y: [bottom, bottom, top, top],
    fill: 'toself', fillcolor: look.band, line: { width: 0 },
  };
}

function givenTrace({ given: { numbers } }: Sensitivity, name: MovedName, kinds: readonly ChoiceKind[], panel: number, look: Look): Data {
  return {
    type: 'scatter', mode: 'lines', showlegend: false, ...axesOf(panel),
    x: [numbers[name], numbers[name]],
    y: [...edges(kinds)],
    hovertemplate: `as given: ${WRITTEN[name](numbers[name])}<extra></extra>`,
    line: { width: 1.5, color: look.accent },
  };
}

/** A bar, and its fits; those whose certificate fails are open and not in the bar. */
function moveTraces({ moves, variants }: Sensitivity, name: MovedName, kinds: readonly ChoiceKind[], panel: number, look: Look): Data[] {
  const size = look.compact ? 5 : 7;
  return kinds.flatMap((kind, row): Data[] => {
    const move = moves[name].find((each) => each.kind === kind)!;
    const fits = variants.filter(({ choice, numbers }) => choice.kind === kind && Number.isFinite(numbers[name]));
    return [{
      type: 'scatter', mode: 'lines', showlegend: false, hoverinfo: 'skip', ...axesOf(panel),
      x: [...move.range], y: [row, row],
      line: { width: look.compact ? 6 : 9, color: translucent(look.mark, 0.45) },
    }, {
      type: 'scatter', mode: 'markers', showlegend: false, ...axesOf(panel),
      x: fits.map(({ numbers }) => numbers[name]),
      y: fits.map(() => row),
      text: fits.map(({ choice, numbers, certificate: { verdict } }) =>
        `<b>${plain(choiceText(choice))}</b><br>${WRITTEN[name](numbers[name])}${verdict === 'pass' ? '' : '<br>the certificate fails'}`),
      hovertemplate: '%{text}<extra></extra>',
      marker: {
        size, color: look.mark, symbol: fits.map(({ certificate: { verdict } }) => (verdict === 'pass' ? 'circle' : 'circle-open')),
        line: { width: 1, color: look.rim },
      },
    }];
  });
}

function layoutOf(sensitivity: Sensitivity, names: readonly MovedName[], kinds: readonly ChoiceKind[], look: Look): Partial<Layout> {
  const { compact } = look;
  const { budget, confidence, given: { fit } } = sensitivity;
  const columns = compact ? 1 : 2;
  const boxes = boxesOf(names.length, columns, compact ? [0, 0.16] : [0.06, 0.22]);
  const title = compact ? 'What the choices of the fit move' : `What the choices of the fit move; optimum for ${formatFlops(budget)}`;
  const note = compact ? `line: as given; band: its ${formatLevel(confidence)} interval`
    : `line: the ${plain(fit.law)} fit as given; band: its ${formatLevel(confidence)} interval by the runs alone; points: a fit by each choice`;
  return {
    ...baseLayout(look),
    ...titleOf(title, look),
    margin: compact ? { l: 88, r: 14, t: 52, b: 44 } : { l: 106, r: 26, t: 72, b: 52 },
    showlegend: false,
    annotations: noteOf(note, 'above', 6, look),
    ...Object.assign({}, ...names.map((name, panel) => panelOf(sensitivity, name, kinds, panel, boxes[panel], panel % columns === 0, look))),
  };
}

function panelOf(sensitivity: Sensitivity, name: MovedName, kinds: readonly ChoiceKind[], panel: number, box: Box, labelled: boolean, look: Look): Partial<Layout> {
  const rows: Partial<LayoutAxis> = {
    ...frameAxis(look, ''), range: [...edges(kinds)], ticks: '',
    tickvals: kinds.map((_, row) => row), ticktext: kinds.map((kind) => NAMES[kind]), showticklabels: labelled,
    ...(look.compact && { tickfont: { size: 10 } }),
  };
  return panelAxes(panel, box, valueAxis(sensitivity, name, look), rows);
}

function valueAxis({ given, moves }: Sensitivity, name: MovedName, look: Look): Partial<LayoutAxis> {
  const values = [given.numbers[name], ...given.intervals[name], ...moves[name].flatMap(({ range }) => range)].filter(Number.isFinite);
  const isCount = name === 'N' || name === 'D';
  const [low, high] = rangeOf(values.length > 0 ? values : [1, 2]);
  const title = TITLES[name] ?? name;
  const room = PAD * (high - low || low);
  const axis: Partial<LayoutAxis> = isCount
    ? countTicks(look, title, widened([low, high]))
    : { ...frameAxis(look, title), range: [low - room, high + room], nticks: 6 };
  return { ...axis, title: { text: title, standoff: 4 }, ...(look.compact && { tickfont: { size: 10 }, ticklen: 3 }) };
}

function widened([low, high]: Interval): Interval {
  const pad = Math.max(1.02, (high / low) ** PAD);
  return [low / pad, high * pad];
}

/** 1, 2 and 5 of each decade, of a short axis round values between: no automatic ticks would do for it. */
function countTicks(look: Look, title: string, range: Interval): Partial<LayoutAxis> {
  const [low, high] = range;
  const shown = high / low <= 3 ? linearTicks(low, high) : roundTicks(range).filter((tick) => high / low <= 100 || tick.toExponential().startsWith('1'));
  return { ...countAxis(look, title, range), tickvals: shown, ticktext: shown.map(tickText), minor: {} };
}

/** 50B, 1.5T: without the zeros that say nothing. */
function tickText(tick: number): string {
  return formatCount(tick).replace(/(\.\d*?)0+(?=\D|$)/, '$1').replace(/\.(?=\D|$)/, '');
}
