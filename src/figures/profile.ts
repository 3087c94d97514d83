/** The profile of a fit along one parameter: how far the objective is above the fit's, the others solved at every value. */
import type { Data } from 'plotly.js-dist-min';
import { byEveryName } from '../stats/axes.ts';
import { excessOf, type Profile } from '../stats/landscape.ts';
import { baseLayout, chartConfig, frameAxis, lookOf, titleOf, type Figure, type Look, type LookOptions } from './figure.ts';
import { axisTitle } from './parameters.ts';
import { formatValue, symbolOf } from './units.ts';

/**
 * Per cent above the fit; no height stands for a level of confidence. A gap is where no fit is finite.
 * A pure function of its arguments; the result is plain JSON.
 */
export function profileFigure(profile: Profile, options: LookOptions = {}): Figure {
  const look = lookOf(options);
  const { axes: [{ name, values }], law, params, minimum } = profile;
  const excess = Array.from(excessOf(profile), (share) => (Number.isFinite(share) ? 100 * share : null));
  const solved = params.filter((param) => param !== name).map(symbolOf);
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
      ...titleOf(`Objective above the fit’s, with ${solved.slice(0, -1).join(', ')} and ${solved.at(-1)} solved`, look),
      margin: look.compact ? { l: 56, r: 12, t: 56, b: 60 } : { l: 68, r: 24, t: 48, b: 60 },
      xaxis: { ...frameAxis(look, axisTitle(law, name)), range: [values[0], values[values.length - 1]] },
      yaxis: { ...frameAxis(look, 'above the fit, %'), rangemode: 'tozero' },
      showlegend: false,
    },
    config: chartConfig(`profile-${name}`, look),
  };
}

/** The hover tells what the others were solved to. */
function lineTrace({ axes: [{ name, values }], params, natural }: Profile, excess: readonly (number | null)[], look: Look): Data {
  return {
    type: 'scatter', mode: 'lines+markers', name: 'objective',
    x: [...values], y: [...excess],
    text: excess.map((_, cell) => params.flatMap((param, j) => (param === name ? [] : `<br>${symbolOf(param)} ${formatValue(natural[cell * params.length + j])}`)).join('')),
    hovertemplate: `${symbolOf(name)} %{x:.4f}<br>%{y:.4g} % above the fit%{text}<extra></extra>`,
    line: { width: 2, color: look.mark }, marker: { size: 5, color: look.mark },
  };
}
