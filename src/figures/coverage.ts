/**
 * Coverage against samples: what is measured with the band of its resamples, and the law, dashed beyond the samples. Where costs
 * are known the same against FLOPs a problem, with the crossings at which two models cover as much.
 *
 * After Brown et al. 2024, arXiv:2407.21787, Figs. 2 and 3.
 */
import type { Data, Layout, LayoutAxis } from 'plotly.js-dist-min';
import { logSpaced } from '../math/log-spaced.ts';
import { coverageAt } from '../plan/coverage.ts';
import { formatCoverage } from '../report/samples.ts';
import type { Coverage, ModelCoverage } from '../stats/coverage.ts';
import type { Interval } from '../types.ts';
import { formatInteger, formatLevel } from '../units.ts';
import { bandOf } from './band.ts';
import { categoryColour, categorySymbol, translucent } from './categories.ts';
import { baseLayout, chartConfig, countAxis, flopsAxis, frameAxis, lookOf, plain, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { legendLayout, legendName } from './legend.ts';
import { axesOf, boxesOf, panelAxes } from './panels.ts';
import { rangeOf } from './plane.ts';
import { formatFlops } from './units.ts';

export interface CoverageFigureOptions extends LookOptions {
  /** The law is drawn up to so many times the samples. Default 10, or as far as what was asked. */
  readonly beyond?: number;
}

const [BEYOND, POINTS, PAD, BAND] = [10, 50, 1.35, 0.16];
/** Free above and below the coverages, a share of their range. */
const ROOM = 0.05;

/** A model with its place among the models, which gives its colour; and the x of k samples in a panel. */
interface Drawn {
  readonly model: ModelCoverage;
  readonly place: number;
  readonly panel: number;
  readonly x: (k: number) => number;
  readonly most: number;
}

/** A pure function of its arguments; the result is plain JSON. */
export function coverageFigure(coverage: Coverage, options: CoverageFigureOptions = {}): Figure {
  const look = lookOf(options);
  const { models } = coverage;
  const priced = models.filter(({ cost }) => cost !== undefined);
  const most = models.map(({ most: drawn, asked }) => Math.max(drawn * (options.beyond ?? BEYOND), ...asked.map(({ k }) => k)));
  const drawn = models.flatMap((model, place): Drawn[] => [
    { model, place, panel: 0, x: (k) => k, most: most[place] },
    ...(priced.length > 1 && model.cost !== undefined ? [{ model, place, panel: 1, x: (k: number) => k * model.cost!, most: most[place] }] : []),
  ]);
  return {
    data: [...drawn.flatMap((each) => tracesOf(each, look, options)), ...(priced.length > 1 ? crossingTrace(coverage, look) : [])],
    layout: layoutOf(coverage, drawn, look),
    config: chartConfig('coverage', look),
  };
}

function nameOf({ model }: ModelCoverage): string {
  return model === '' ? 'coverage' : model;
}

function tracesOf({ model, place, panel, x, most }: Drawn, look: Look, { theme }: LookOptions): Data[] {
  const colour = categoryColour(place, theme);
  const { curve, fit } = model;
  const shared = { legendgroup: String(place), ...axesOf(panel) };
  const known = curve.flatMap(({ k, coverage: { interval } }) => (interval?.every(Number.isFinite) ? [{ k, interval }] : []));
  const law = (from: number, to: number, dash: 'solid' | 'dash', name: string): Data => {
    const k = logSpaced([from, to], POINTS);
    return {
      type: 'scatter', mode: 'lines', name, showlegend: false, hoverinfo: 'skip', ...shared,
      x: k.map(x), y: k.map((each) => coverageAt(fit!, each)), line: { width: 1.8, color: colour, dash },
    };
  };
  return [
    ...bandOf(known.map(({ k, interval: [low, high] }) => [x(k), low, high]), translucent(colour, BAND), { name: 'interval', showlegend: false, ...shared }),
    ...(fit && model.most > 1 ? [law(1, model.most, 'solid', 'law')] : []),
    ...(fit && most > model.most ? [law(model.most, most, 'dash', 'law, beyond')] : []),
    {
      type: 'scatter', mode: 'markers', name: legendName(nameOf(model), look), showlegend: panel === 0, ...shared,
      x: curve.map(({ k }) => x(k)),
      y: curve.map(({ coverage }) => coverage.value),
      text: curve.map(({ k, coverage }) => describe(model, k, coverage)),
      hovertemplate: '%{text}<extra></extra>',
      marker: { size: look.compact ? 5 : 7, symbol: categorySymbol(place), color: colour, line: { width: 0.8, color: look.paper } },
    },
  ];
}

function describe(model: ModelCoverage, k: number, { value, interval }: ModelCoverage['curve'][number]['coverage']): string {
  return [
    `<b>${plain(nameOf(model))}, ${formatInteger(k)} ${k === 1 ? 'sample' : 'samples'}</b>`,
    `coverage ${formatCoverage(value)}${interval ? ` (${interval.map(formatCoverage).join(' to ')})` : ''}`,
    ...(model.cost === undefined ? [] : [formatFlops(k * model.cost)]),
  ].join('<br>');
}

function crossingTrace({ trades, confidence }: Coverage, look: Look): Data[] {
  const known = trades.filter(({ flops }) => Number.isFinite(flops.value));
  if (known.length === 0) return [];
  return [{
    type: 'scatter', mode: 'markers', name: 'equal at equal cost', ...axesOf(1),
    x: known.map(({ flops }) => flops.value),
    y: known.map(({ coverage }) => coverage),
    text: known.map(({ small, large, flops: { value, interval }, coverage }) => [
      `<b>${plain(small)} and ${plain(large)} cover as much</b>`, `${formatCoverage(coverage)} at ${formatFlops(value)} a problem`,
      ...(interval?.every(Number.isFinite) ? [`${formatLevel(confidence)} interval ${interval.map(formatFlops).join(' to ')}`] : []),
    ].join('<br>')),
    hovertemplate: '%{text}<extra></extra>',
    marker: { size: look.compact ? 10 : 13, symbol: 'circle-open', color: look.ink, line: { width: 2 } },
  }];
}

function layoutOf({ models, trades, replicates, confidence }: Coverage, drawn: readonly Drawn[], look: Look): Partial<Layout> {
  const { compact } = look;
  const panels = drawn.some(({ panel }) => panel === 1) ? 2 : 1;
  const boxes = boxesOf(panels, compact ? 1 : panels, compact ? [0, 0.22] : [0.1, 0]);
  const bands = replicates > 0 ? `, ${formatLevel(confidence)} intervals` : '';
  const crossings = panels === 2 && trades.some(({ flops }) => Number.isFinite(flops.value)) ? ['equal at equal cost'] : [];
  const values = drawn.flatMap(({ model: { curve, fit }, most }) => [
    ...curve.flatMap(({ coverage: { value, interval = [value, value] } }) => [value, ...interval]), ...(fit ? [coverageAt(fit, most)] : []),
  ]).filter(Number.isFinite);
  const [low, high] = rangeOf([...values, 0]);
  const range: Interval = [low - ROOM * (high - low || 1), high + ROOM * (high - low || 1)];
  return {
    ...baseLayout(look),
    ...titleOf(`Coverage${compact ? '' : ` against ${panels === 2 ? 'samples and cost' : 'samples'}`}${bands}`, look),
    ...legendLayout({ names: [...models.map(nameOf), ...crossings], title: 1 }, look),
    ...Object.assign({}, ...boxes.map((box, panel) => panelAxes(panel, box, xAxis(drawn, panel, look), {
      ...frameAxis(look, panel === 0 || compact ? compact ? 'pass@k' : 'coverage, pass@k' : ''), range: [...range], nticks: compact ? 5 : 8, tickformat: '.2~f',
    }))),
  };
}

function xAxis(drawn: readonly Drawn[], panel: number, look: Look): Partial<LayoutAxis> {
  const ends = drawn.filter((each) => each.panel === panel).flatMap(({ x, most }) => [x(1), x(most)]);
  const [low, high] = rangeOf(ends);
  const around: Interval = [low / PAD, high * PAD];
  if (panel > 0) return flopsAxis(look, around, look.compact ? 'FLOPs a problem' : 'generation, FLOPs a problem');
  return countAxis(look, look.compact ? 'k, samples' : 'k, samples of a problem', around);
}
