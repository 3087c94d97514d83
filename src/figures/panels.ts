/** Small multiples: panels with axes of their own, in rows from the upper left, each with a title above it. */
import type { Layout, LayoutAxis, XAxisName, YAxisName } from 'plotly.js-dist-min';
import type { Interval } from '../types.ts';
import type { Look } from './figure.ts';

/** Part of the plot in shares of its width and height, from the lower left. */
export interface Box {
  readonly x: Interval;
  readonly y: Interval;
}

/** `gap` between panels, shares of the plot's width and height. */
export function boxesOf(count: number, columns: number, gap: readonly [x: number, y: number]): Box[] {
  const rows = Math.ceil(count / columns);
  const [width, height] = [(1 - (columns - 1) * gap[0]) / columns, (1 - (rows - 1) * gap[1]) / rows];
  return Array.from({ length: count }, (_, k) => {
    const left = (k % columns) * (width + gap[0]);
    const top = 1 - Math.floor(k / columns) * (height + gap[1]);
    return { x: [left, Math.min(1, left + width)], y: [Math.max(0, top - height), top] };
  });
}

/** Names of the axes of panel k: x and y, then x2 and y2. */
export function axesOf(k: number): { xaxis: XAxisName; yaxis: YAxisName } {
  const number = k === 0 ? '' : k + 1;
  return { xaxis: `x${number}` as XAxisName, yaxis: `y${number}` as YAxisName };
}

/** Axes of panel k, placed in its box, as a layout has them. */
export function panelAxes(k: number, { x, y }: Box, xaxis: Partial<LayoutAxis>, yaxis: Partial<LayoutAxis>): Partial<Layout> {
  const number = k === 0 ? '' : k + 1;
  const anchors = axesOf(k);
  const axes: Record<string, unknown> = {
    [`xaxis${number}`]: { ...xaxis, domain: [...x], anchor: anchors.yaxis },
    [`yaxis${number}`]: { ...yaxis, domain: [...y], anchor: anchors.xaxis },
  };
  return axes as Partial<Layout>;
}

type Annotation = NonNullable<Layout['annotations']>[number];

/** Above a panel, from its left. */
export function panelTitle(text: string, { x, y }: Box, { compact, ink }: Look): Annotation {
  return {
    ...TEXT, text, font: { size: compact ? 11 : 12, color: ink },
    x: x[0], y: y[1], yanchor: 'bottom', yshift: 1,
  };
}

/** Of a chart as a whole, `shift` pixels above the upper left of the plot, or below the lower left; none where it is empty. */
export function noteOf(text: string, at: 'above' | 'below', shift: number, { muted }: Look): Annotation[] {
  const place = at === 'above' ? { y: 1, yanchor: 'bottom', yshift: shift } as const : { y: 0, yanchor: 'top', yshift: -shift } as const;
  return text === '' ? [] : [{ ...TEXT, text, font: { size: 11, color: muted }, x: 0, ...place }];
}

const TEXT = { xref: 'paper', yref: 'paper', xanchor: 'left', align: 'left', showarrow: false } as const;
