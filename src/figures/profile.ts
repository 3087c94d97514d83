/** The profile of a fit along one parameter: how far the objective is above the fit's, the others solved at every value. */
import type { Data } from 'plotly.js-dist-min';
import { byEveryName } from '../stats/axes.ts';
import { excessOf, type Profile } from '../stats/landscape.ts';
import { baseLayout, chartConfig, frameAxis, lookOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { solvedAxis, solvedNames, solvedTitle } from './solved.ts';
import { formatValue, symbolOf } from './units.ts';

/**
 * Per cent above the fit; no height stands for a level of confidence. A gap is where no fit is finite.
 * A pure function of its arguments; the result is plain JSON.
 */
export function profileFigure(profile: Profile, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const { axes: [axis], law, minimum } = profile;
  const { name } = axis;
  const excess = Array.from(excessOf(profile), (share) => (Number.isFinite(share) ? 100 * share : null));
  const { [name]: at } = byEveryName(minimum.params);
  return {
    data: [
      lineTrace(profile, excess, look),
      {
        type: 'scatter', mode: 'markers', name: 'fit', x: [at], y: [0], cliponaxis: false,
        hovertemplate: `<b>fit</b><br>${symbolOf(name)} %{x:.4f}<extra></extra>`,
        marker: { size: 15, symbol: 'diamond-open', color: look.accent, line: { width: 3 } },
      },
    ],
    layout: {
      ...baseLayout(look),
      ...solvedTitle(profile, look.compact ? { l: 56, r: 12, t: 56, b: 60 } : { l: 68, r: 24, t: 48, b: 60 }, look),
      xaxis: solvedAxis(axis, law, look),
      yaxis: { ...frameAxis(look, 'above the fit, %'), rangemode: 'tozero' },
      showlegend: false,
    },
    config: chartConfig(`profile-${name}`, look),
  };
}

/** The hover tells what the others were solved to. */
function lineTrace(profile: Profile, excess: readonly (number | null)[], look: Look): Data {
  const { axes: [{ name, values }], params, natural } = profile;
  const solved = solvedNames(profile).map((param) => [symbolOf(param), params.indexOf(param)] as const);
  return {
    type: 'scatter', mode: 'lines+markers', name: 'objective',
    x: [...values], y: [...excess],
    text: excess.map((_, cell) => solved.map(([symbol, j]) => `<br>${symbol} ${formatValue(natural[cell * params.length + j])}`).join('')),
    hovertemplate: `${symbolOf(name)} %{x:.4f}<br>%{y:.4g} % above the fit%{text}<extra></extra>`,
    line: { width: 2, color: look.mark }, marker: { size: 5, color: look.mark },
  };
}
