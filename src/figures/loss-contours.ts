/** A loss over a plane as filled contours, its levels written on the lines. */
import type { Data } from 'plotly.js-dist-min';
import { groundScale } from './colours.ts';
import { FONT, type Look } from './figure.ts';
import type { Levels } from './levels.ts';

/** Loss at the nodes, nats per token, z [y][x]. */
export interface LossGrid {
  readonly x: number[];
  readonly y: number[];
  readonly z: (number | null)[][];
}

/** `hover`: what the pointer shows. */
export function lossContours(grid: LossGrid, { start, end, size }: Levels, look: Look, hover: { readonly hoverinfo: 'skip' } | { readonly hovertemplate: string }): Data {
  return {
    type: 'contour', name: 'law', ...grid,
    zmin: start - size, zmax: end + size, colorscale: groundScale(look), showscale: false, autocontour: false,
    contours: {
      coloring: 'fill', start, end, size, showlabels: true,
      labelfont: { family: FONT, size: 11, color: look.ink }, labelformat: '.4~f',
    },
    line: { width: 0.7, color: look.paper, smoothing: 0 },
    showlegend: false,
    ...hover,
  };
}
