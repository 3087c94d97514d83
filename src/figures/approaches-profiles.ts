/**
 * Approach 2: the runs of each budget against model size, the parabola through them, and its vertex.
 *
 * After Hoffmann et al. 2022, arXiv:2203.15556, Fig. 3 (left). A vertex that no power law goes through is open; its profile
 * says why.
 */
import type { Data, Layout } from 'plotly.js-dist-min';
import type { IsoflopApproach, IsoflopProfile } from '../approaches/isoflop.ts';
import type { Parabola } from '../approaches/parabola.ts';
import { logSpaced } from '../math/log-spaced.ts';
import type { Sweep } from '../types.ts';
import { formatNumber } from '../units.ts';
import { chartConfig, lookOf, plain, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { describeOptimum } from './optima.ts';
import { rangeOf } from './plane.ts';
import { thinned } from './runs.ts';
import { sequence } from './sequence.ts';
import { axesOf, curveTrace, labelTrace, slicedRuns, sliceLayout, type Axes, type Curve } from './slices.ts';

/** Points of a parabola. */
const POINTS = 60;
/** It goes this share of its width beyond its runs, and on to its vertex where that is within a factor of them. */
const [BEYOND, REACH] = [0.08, 10];

/** `approach`: of `sweep`. A pure function of its arguments; the result is plain JSON. */
export function isoflopProfilesFigure(sweep: Sweep, approach: IsoflopApproach, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const { profiles } = approach;
  const colours = sequence(profiles.length, options.theme);
  const curves = profiles.flatMap((profile, k) => curveOf(sweep, profile, colours[k]));
  const held = profiles.flatMap((profile) => profile.runs);
  const axes = axesOf(sweep, held.length > 0 ? held : [...sweep.loss.keys()], curves, look);
  const runs = slicedRuns(sweep, undefined, profiles, colours, look);
  return {
    data: [
      ...curves.map(curveTrace),
      runs,
      ...vertexTrace(profiles.filter(({ used }) => used), 'vertices', look),
      ...vertexTrace(profiles.filter(({ used }) => !used), 'vertices not used', look),
      labelTrace(curves, runs, axes, look),
    ],
    layout: layoutOf(sweep, approach, axes, look),
    config: chartConfig('isoflop-profiles', look),
  };
}

function curveOf({ columns }: Sweep, { C, runs, parabola, vertex }: IsoflopProfile, colour: string): Curve[] {
  if (runs.length === 0 || !Object.values(parabola).every(Number.isFinite)) return [];
  const [low, high] = rangeOf(runs.map((i) => columns.N[i]));
  const near = vertex && vertex.N > low / REACH && vertex.N < high * REACH ? [vertex.N] : [];
  const [first, last] = rangeOf([low, high, ...near]);
  const room = (last / first) ** BEYOND;
  const N = logSpaced([first / room, last * room], POINTS);
  return [{ C, colour, N, loss: N.map((size) => heightOf(parabola, size)) }];
}

function heightOf({ centre, c0, c1, c2 }: Parabola, N: number): number | null {
  const x = Math.log10(N) - centre;
  const loss = c0 + c1 * x + c2 * x ** 2;
  return loss > 0 && Number.isFinite(loss) ? loss : null;
}

function vertexTrace(profiles: readonly IsoflopProfile[], name: string, look: Look): Data[] {
  const found = profiles.flatMap(({ vertex, used, warnings }) => (vertex ? [{ vertex, used, warnings }] : []));
  if (found.length === 0) return [];
  return [{
    type: 'scatter', mode: 'markers', name,
    x: found.map(({ vertex }) => vertex.N),
    y: found.map(({ vertex }) => vertex.loss),
    text: found.map(({ vertex, warnings }) => [describeOptimum(vertex), ...warnings.map(plain)].join('<br>')),
    hovertemplate: '%{text}<extra></extra>',
    marker: {
      size: look.compact ? 9 : 11, symbol: found.map(({ used }) => (used ? 'diamond' : 'diamond-open')), color: look.accent,
      line: { width: found[0].used ? 1 : 2, color: found[0].used ? look.paper : look.accent },
    },
  }];
}

function layoutOf(sweep: Sweep, { profiles, N }: IsoflopApproach, axes: Axes, look: Look): Partial<Layout> {
  const used = profiles.filter((profile) => profile.used).length;
  const law = Number.isFinite(N.exponent) ? `, <i>N</i><sub>opt</sub> ∝ <i>C</i><sup>${formatNumber(N.exponent, 3)}</sup>` : '';
  const title = `IsoFLOP profiles: ${used} of ${profiles.length} vertices used${law}`;
  return {
    ...sliceLayout(axes, 76, look),
    ...titleOf([title, thinned(sweep)].filter(Boolean).join(look.compact ? '<br>' : ', '), look),
  };
}
