/** Bounds of parameters, in words and in JSON. */
import type { Certificate, Fit, Interval } from '../types.ts';
import { jsonable } from './jsonable.ts';

/** Of each: "alpha from 0.1 to 0.6", "E at most 1.8". */
export function boundTexts(bounds: NonNullable<Fit['bounds']>): string[] {
  return Object.entries(bounds).map(([name, ends]) => `${name} ${spanText(ends)}`);
}

function spanText([low, high]: Interval): string {
  if (low === -Infinity) return `at most ${high}`;
  return high === Infinity ? `at least ${low}` : `from ${low} to ${high}`;
}

/** What the fit reached: edges of the law, and bounds that were asked for: "alpha at its upper bound 0.6". */
export function reachedTexts({ activeBounds, atBounds = [] }: Pick<Certificate, 'activeBounds' | 'atBounds'>): string[] {
  return [...activeBounds, ...atBounds.map(({ param, end, value }) => `${param} at its ${end} bound ${value}`)];
}

/** Lowest and highest by name; null where an end is open. */
export type BoundsJson = Readonly<Record<string, readonly [low: number | null, high: number | null]>>;

/** Of a result that may have bounds, to be spread into its JSON. */
export function boundsJson({ bounds }: { readonly bounds?: Fit['bounds'] }): { bounds?: BoundsJson } {
  if (!bounds) return {};
  return { bounds: jsonable(bounds) };
}
