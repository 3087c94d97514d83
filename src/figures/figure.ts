/** What every chart is: plain JSON for plotly, made by a pure function from a result, in a light or a dark theme. */
import type { Config, Data, Layout, LayoutAxis } from 'plotly.js-dist-min';
import { countName, roundTicks } from './ticks.ts';
import { formatValue, powerOfTen } from './units.ts';

/** The arguments of plotly's `newPlot`. */
export interface Figure {
  readonly data: Data[];
  readonly layout: Partial<Layout>;
  readonly config: Partial<Config>;
}

export type ThemeName = 'light' | 'dark';

/** How a chart is to look; options of every figure. */
export interface LookOptions {
  /** Default "light". */
  readonly theme?: ThemeName;
  /** For a narrow screen: fewer words, less margin, no zoom under the finger. Default false. */
  readonly compact?: boolean;
}

export interface Theme {
  /** Behind everything; also of a downloaded image. */
  readonly paper: string;
  readonly ink: string;
  /** Axis titles and ticks. */
  readonly muted: string;
  /** Lines that stay in the background. */
  readonly faint: string;
  /** The one thing to look at. */
  readonly accent: string;
  /** Around each marker. */
  readonly rim: string;
  /** What is measured, where its colour says nothing else: runs, resamples. */
  readonly mark: string;
  /** Between the ends of an interval. */
  readonly band: string;
}

export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  light: { paper: '#ffffff', ink: '#1c2127', muted: '#58616b', faint: '#6e7781', accent: '#c4261d', rim: '#ffffff', mark: '#2f6f9f', band: 'rgba(196, 38, 29, 0.16)' },
  dark: { paper: '#14181d', ink: '#e8ebee', muted: '#a3acb6', faint: '#7b858f', accent: '#ff8a75', rim: '#c9d0d7', mark: '#6cb2e0', band: 'rgba(255, 138, 117, 0.22)' },
};

/** How a chart looks. `compact`: a narrow touch screen, where a finger on the chart should scroll the page. */
export interface Look extends Theme {
  readonly compact: boolean;
}

export function lookOf({ theme = 'light', compact = false }: LookOptions): Look {
  return { ...THEMES[theme], compact };
}

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif';

/** What all layouts share. */
export function baseLayout(look: Look): Partial<Layout> {
  return {
    autosize: true,
    paper_bgcolor: look.paper,
    plot_bgcolor: look.paper,
    font: { family: FONT, size: 12, color: look.muted },
    hovermode: 'closest',
    dragmode: look.compact ? false : 'zoom',
    hoverlabel: {
      align: 'left', bgcolor: look.paper, bordercolor: look.faint, font: { family: FONT, size: 12, color: look.ink },
    },
  };
}

/** Text of the data, without what plotly would read as a tag. */
export function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/** plotly labels whole decades while a tick covers more than this share of one, and 2 and 5 between them below. */
const DECADE_TICKS = 0.71;

/** Pixels that each further line moves a title up, which plotly does. */
const LEADING = 7;

/** The title of a chart, at its upper left. `lines`: of a text that is broken. */
export function titleOf(text: string, { compact, ink }: Look, lines = 1): Partial<Layout> {
  return {
    title: {
      text,
      font: { family: FONT, size: compact ? 12 : 16, color: ink },
      x: 0, xref: compact ? 'container' : 'paper', xanchor: 'left',
      y: 1, yref: 'container', yanchor: 'top', pad: { t: 14 + (lines - 1) * LEADING, l: compact ? 8 : 0 },
    },
  };
}

/** What all axes share: a frame with ticks outside, no grid. */
export function frameAxis(look: Look, title: string): Partial<LayoutAxis> {
  return {
    title: { text: title, standoff: 10 },
    showgrid: false,
    zeroline: false,
    showline: true,
    mirror: true,
    linecolor: look.faint,
    ticks: 'outside',
    ticklen: 5,
    tickcolor: look.faint,
  };
}

/** Of an axis that holds no power of ten, where alone it would have ticks: those at 2 and 5 times one. */
function ticksBetween(range: readonly [number, number], name: (tick: number) => string): Partial<LayoutAxis> {
  const [low, high] = range.map(Math.log10);
  const ticks = Math.ceil(low) > high ? roundTicks(range) : [];
  return ticks.length > 0 ? { tickvals: ticks, ticktext: ticks.map((tick) => name(tick)) } : {};
}

/** A log axis of training FLOPs with ticks 10¹⁸, 10²⁰. `range` in FLOPs. */
export function flopsAxis(look: Look, [low, high]: readonly [number, number], title = 'C, training FLOPs'): Partial<LayoutAxis> {
  return {
    ...frameAxis(look, title),
    type: 'log',
    range: [Math.log10(low), Math.log10(high)],
    exponentformat: 'power',
    tickfont: { size: 10 }, // plotly writes 10ⁿ a quarter larger than other ticks
    dtick: Math.max(1, Math.round(Math.log10(high / low) / 6)),
    ...ticksBetween([low, high], (tick) => powerOfTen(tick, 1)),
  };
}

/** Of fewer decades an axis of counts has ticks at 20B and 50B too: plotly would write 2 and 5, without their unit. */
const FEW_DECADES = 1.5;

/** A log axis of counts with ticks 10M, 100M, 1B, 10B, 1T. `range` in counts. */
export function countAxis(look: Look, title: string, [low, high]: readonly [number, number]): Partial<LayoutAxis> {
  const decades = Math.log10(high / low);
  const ticks = decades < FEW_DECADES ? roundTicks([low, high]) : [];
  return {
    ...frameAxis(look, title),
    type: 'log',
    range: [Math.log10(low), Math.log10(high)],
    exponentformat: 'B',
    nticks: Math.max(Math.floor(decades / DECADE_TICKS), Math.ceil(decades)), // of fewer than its decades it would skip some
    ...(ticks.length > 1 && { tickvals: ticks, ticktext: ticks.map(countName) }),
    minor: { ticks: 'outside', ticklen: 3, tickcolor: look.faint, dtick: 'D1' },
  };
}

/** A log axis of ratios with ticks 0.1, 1, 10. */
export function ratioAxis(look: Look, title: string, [low, high]: readonly [number, number]): Partial<LayoutAxis> {
  return {
    ...frameAxis(look, title),
    type: 'log',
    range: [Math.log10(low), Math.log10(high)],
    exponentformat: 'none',
    dtick: Math.max(1, Math.round(Math.log10(high / low) / 6)),
    ...ticksBetween([low, high], formatValue),
    minor: { ticks: 'outside', ticklen: 3, tickcolor: look.faint, dtick: 'D1' },
  };
}

/** Downloads as PNG (three times the pixels) or SVG; `name` is the file's. */
export function chartConfig(name: string, { compact }: Look): Partial<Config> {
  return {
    responsive: true,
    displaylogo: false,
    showSendToCloud: false, // plotly's default is a button that uploads the data
    displayModeBar: compact ? false : 'hover',
    modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d'],
    toImageButtonOptions: { format: 'png', filename: name.replaceAll(/[^\w.-]+/g, '-'), scale: 3 },
  };
}
