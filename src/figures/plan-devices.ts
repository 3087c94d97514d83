/**
 * A training on more or fewer devices: hours against devices, beside what they would be if nothing were lost; what is lost, to
 * failures and to the layout; and what it costs, in money or energy. See src/plan/scale-out.ts.
 */
import type { Data, LayoutAxis } from 'plotly.js-dist-min';
import { logSpaced } from '../math/log-spaced.ts';
import { scaleOut, type ScaledRun, type ScaleOut } from '../plan/scale-out.ts';
import { formatCount, formatInteger, formatNumber } from '../units.ts';
import { categoryColour } from './categories.ts';
import { baseLayout, chartConfig, countAxis, frameAxis, lookOf, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { axesOf, boxesOf, panelAxes, panelTitle } from './panels.ts';
import { rangeOf } from './plane.ts';
import { countName, logTicks } from './ticks.ts';
import { formatFlops } from './units.ts';

/** Devices that are drawn, over those that are planned, and points between them. */
const [FEWEST, MOST, POINTS] = [1 / 32, 32, 61];

/** Free at either end of an axis, a factor; and what a log axis spans at least: of less it might have no tick. */
const [ROOM, LEAST] = [1.4, 10];

interface Panel {
  readonly title: string;
  readonly log: boolean;
  readonly of: (run: ScaledRun) => number | undefined;
  readonly format: (value: number) => string;
}

/**
 * `compute`: training FLOPs; the devices of the cluster are marked. A pure function of its arguments; the result is plain JSON.
 * @throws InputError where a number cannot be used.
 */
export function devicesFigure(compute: number, planned: ScaleOut, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const { devices } = planned.cluster;
  const sizes = logSpaced([Math.max(1, devices * FEWEST), devices * MOST], POINTS).map(Math.round);
  const runs = distinct(scaleOut(compute, planned, sizes));
  const [here] = scaleOut(compute, planned, [devices]);
  const panels = panelsOf(here, planned);
  const boxes = boxesOf(panels.length, look.compact ? 1 : panels.length, look.compact ? [0, 0.17] : [0.1, 0]);
  const ticks = countAxis(look, 'devices', rangeOf(runs.map((run) => run.devices)));
  return {
    data: panels.flatMap((panel, k) => panelTraces(panel, k, runs, here, look, options, (run) => keptOf(run, planned))),
    layout: {
      ...baseLayout(look),
      ...titleOf(`${formatFlops(compute)}: ${formatNumber(here.training.hours, 3)} hours on ${formatInteger(here.devices)} devices`, look),
      margin: look.compact ? { l: 58, r: 14, t: 62, b: 52 } : { l: 66, r: 24, t: 84, b: 58 },
      showlegend: false,
      annotations: panels.map(({ title }, k) => panelTitle(title, boxes[k], look)),
      ...panels.reduce((all, panel, k) => {
        const last = !look.compact || k === panels.length - 1;
        const x = { ...ticks, ...(last ? {} : { title: { text: '' } }) };
        return { ...all, ...panelAxes(k, boxes[k], x, heightAxis(panel, runs, look)) };
      }, {}),
    },
    config: chartConfig('devices', look),
  };
}

/** What is known of the training. */
function panelsOf({ training: { money, energy } }: ScaledRun, planned: ScaleOut): Panel[] {
  const { failures, layout } = planned;
  const share = (value: number) => `${formatNumber(100 * value, 3)} %`;
  const count = (value: number) => formatCount(value);
  return [
    { title: failures || layout ? 'hours, dotted: nothing lost' : 'hours', log: true, of: (run) => run.training.hours, format: (value) => formatNumber(value, 3) },
    ...(failures || layout ? [{ title: 'share of the rate that is kept', log: false, of: (run: ScaledRun) => keptOf(run, planned), format: share }] : []),
    ...(money !== undefined ? [{ title: 'money', log: true, of: (run: ScaledRun) => run.training.money, format: count }] : []),
    ...(money === undefined && energy !== undefined ? [{ title: 'energy, kWh', log: true, of: (run: ScaledRun) => run.training.energy, format: count }] : []),
  ];
}

/** Of what the devices do by themselves without failures. */
function keptOf({ goodput, utilisation }: ScaledRun, { cluster }: ScaleOut): number {
  return (goodput * utilisation) / cluster.utilisation;
}

function panelTraces({ title, of, format }: Panel, k: number, runs: readonly ScaledRun[], here: ScaledRun, look: Look, { theme }: LookOptions, keptBy: (run: ScaledRun) => number): Data[] {
  const axes = axesOf(k);
  const text = (run: ScaledRun) => `<b>${formatInteger(run.devices)} devices</b><br>${title.split(',')[0]} ${format(of(run) ?? NaN)}`
    + `<br>goodput ${formatNumber(100 * run.goodput, 3)} % · utilisation ${formatNumber(100 * run.utilisation, 3)} %`;
  const line = (y: (number | undefined)[], dash: 'solid' | 'dot', color: string): Data => ({
    type: 'scatter', mode: 'lines', name: title, ...axes, x: runs.map((run) => run.devices), y: y.map((value) => value ?? null),
    text: runs.map(text), hovertemplate: dash === 'solid' ? '%{text}<extra></extra>' : '',
    ...(dash === 'dot' && { hoverinfo: 'skip' as const }), line: { width: dash === 'dot' ? 1.4 : 2.4, dash, color },
  });
  return [
    ...(k === 0 ? [line(runs.map((run) => run.training.hours * keptBy(run)), 'dot', look.faint)] : []),
    line(runs.map(of), 'solid', categoryColour(k, theme)),
    {
      type: 'scatter', mode: 'markers', name: 'planned', ...axes, x: [here.devices], y: [of(here) ?? null], text: [text(here)], hovertemplate: '%{text}<extra></extra>',
      marker: { size: look.compact ? 9 : 11, symbol: 'diamond', color: look.accent, line: { width: 1, color: look.paper } },
    },
  ];
}

function heightAxis({ log, of }: Panel, runs: readonly ScaledRun[], look: Look): Partial<LayoutAxis> {
  const values = runs.flatMap((run) => of(run) ?? []);
  if (!log) return { ...frameAxis(look, ''), range: [0, 1.04], tickformat: '.0%', nticks: 5 };
  const [low, high] = rangeOf(values);
  const room = Math.max(ROOM, Math.sqrt(LEAST / (high / low)));
  const ends = [low / room, high * room] as const;
  const ticks = logTicks(...ends);
  return { ...frameAxis(look, ''), type: 'log', range: [Math.log10(ends[0]), Math.log10(ends[1])], tickvals: ticks, ticktext: ticks.map(countName) };
}

/** Rounded to whole replicas, some are the same. */
function distinct(runs: readonly ScaledRun[]): ScaledRun[] {
  return runs.filter((run, k) => run.devices !== runs[k - 1]?.devices);
}
