/**
 * Legends of names whose number and length are not known before: in a wide chart one row above the plot where they have
 * room there, else rows below it, which a narrow chart has always.
 */
import type { Layout } from 'plotly.js-dist-min';
import { wrap } from '../report/layout.ts';
import { plain, type Look } from './figure.ts';

/** Characters of a row of the legend, and those that the mark of an entry takes. */
const ROW = { wide: 92, compact: 46 } as const;
const MARK = 8;
/** Height of a row and of what is between the plot and the legend, pixels. */
const [LINE, AXIS] = [19, 62];

/** A name as a legend has it: escaped, broken where it is too long for a row. */
export function legendName(name: string, { compact }: Look): string {
  return wrap(name, (compact ? ROW.compact : ROW.wide) - MARK).map(plain).join('<br>');
}

export interface LegendOptions {
  /** Those that the legend names, once each, before they are escaped. */
  readonly names: readonly string[];
  /** Lines of the title. */
  readonly title: number;
}

/** Margins and the legend; none where there is but one name. */
export function legendLayout({ names, title }: LegendOptions, { compact }: Look): Partial<Layout> {
  const top = compact ? 30 + 17 * title : 34 + 22 * title;
  const sides = compact ? { l: 58, r: 14 } : { l: 72, r: 26 };
  if (names.length < 2) return { showlegend: false, margin: { ...sides, t: top, b: AXIS } };
  const row = compact ? ROW.compact : ROW.wide;
  const above = !compact && names.reduce((sum, name) => sum + name.length + MARK, 0) <= row;
  if (above) {
    return {
      showlegend: true,
      margin: { ...sides, t: top + 28, b: AXIS },
      legend: { orientation: 'h', x: 1, xanchor: 'right', y: 1.01, yanchor: 'bottom', tracegroupgap: 0 },
    };
  }
  const columns = compact ? 1 : columnsOf(names, row);
  const rows = Array.from({ length: Math.ceil(names.length / columns) }, (_, k) => names.slice(k * columns, (k + 1) * columns));
  const lines = rows.reduce((sum, entries) => sum + Math.max(...entries.map((name) => wrap(name, row - MARK).length)), 0);
  return {
    showlegend: true,
    margin: { ...sides, t: top, b: AXIS + LINE * lines },
    legend: {
      orientation: 'h', x: 0, y: 0, yref: 'container', yanchor: 'bottom', entrywidth: 1 / columns - 0.01, entrywidthmode: 'fraction',
      tracegroupgap: 0,
      ...(compact && { font: { size: 11 } }),
    },
  };
}

/** As many as have room for the longest name, at most three. */
function columnsOf(names: readonly string[], row: number): number {
  const longest = Math.max(...names.map((name) => name.length)) + MARK;
  return Math.max(1, Math.min(3, names.length, Math.floor(row / longest)));
}
