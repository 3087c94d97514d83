/**
 * The charts of a report as one value for its script (drawing.ts): each in four looks, which differ in colours and margins.
 * What is long in them is alike, so lists are kept once, in `shared`, and a list is written as its place there: { "$": 3 }.
 */
import type { Figure, LookOptions } from '../figures/figure.ts';
import type { ReportFigure } from './charts.ts';

/** The looks by name, which the script asks for by the reader's system and screen. */
export const LOOKS = {
  light: { theme: 'light' },
  dark: { theme: 'dark' },
  'light compact': { theme: 'light', compact: true },
  'dark compact': { theme: 'dark', compact: true },
} as const satisfies Readonly<Record<string, LookOptions>>;

export type LookName = keyof typeof LOOKS;

export interface PackedCharts {
  readonly shared: readonly unknown[];
  /** `figures`: a Figure but for its lists. */
  readonly charts: readonly { readonly name: string; readonly figures: Readonly<Record<LookName, unknown>> }[];
}

/** Shorter lists, characters, are not worth a place. */
const SHORT = 40;

export function packCharts(figures: readonly ReportFigure[]): PackedCharts {
  const places = new Map<string, number>();
  const pack = (figure: Figure) => JSON.parse(JSON.stringify(figure, (_, value: unknown) => {
    if (!isPlainList(value)) return value;
    const text = JSON.stringify(value);
    if (text.length < SHORT) return value;
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return { $: place };
  })) as unknown;
  const names = Object.keys(LOOKS) as LookName[];
  const charts = figures.map(({ name, figure }) => ({
    name, figures: Object.fromEntries(names.map((look) => [look, pack(figure(LOOKS[look]))])) as Record<LookName, unknown>,
  }));
  return { shared: Array.from(places.keys(), (text) => JSON.parse(text) as unknown), charts };
}

/** A list without objects in it. */
function isPlainList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null || isPlainList(item));
}
