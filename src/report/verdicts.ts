/** Comparisons as they are read: how many came out how, and each number to the digits that tell it from the published one. */
import type { Comparison } from '../reproduce/comparison.ts';
import type { Reproduction, Section } from '../reproduce/reproduction.ts';
import { formatCount, formatNumber, formatPower } from '../units.ts';

/** Of comparisons by their verdict, and of sections that lack their data. */
export interface VerdictCounts {
  readonly reproduced: number;
  readonly differs: number;
  readonly notReproducible: number;
  readonly unresolved: number;
  /** Sections. */
  readonly notRun: number;
}

export function countVerdicts(reproductions: readonly Pick<Reproduction, 'sections'>[]): VerdictCounts {
  const sections = reproductions.flatMap((reproduction) => reproduction.sections);
  const verdicts = sections.flatMap(({ comparisons }) => comparisons.map(({ verdict }) => verdict));
  const count = (verdict: Comparison['verdict']) => verdicts.filter((each) => each === verdict).length;
  return {
    reproduced: count('reproduced'),
    differs: count('differs'),
    notReproducible: count('not reproducible'),
    unresolved: count('unresolved'),
    notRun: sections.filter(({ missing }) => missing !== undefined).length,
  };
}

/** "31 reproduced, 4 differ, 9 not reproducible, 2 sections not run": what there is none of is not named, but for the first. */
export function formatVerdicts({ reproduced, differs, notReproducible, unresolved, notRun }: VerdictCounts): string {
  return [
    `${reproduced} reproduced`,
    differs > 0 ? `${differs} ${differs === 1 ? 'differs' : 'differ'}` : '',
    notReproducible > 0 ? `${notReproducible} not reproducible` : '',
    unresolved > 0 ? `${unresolved} unresolved` : '',
    notRun > 0 ? `${notRun} ${notRun === 1 ? 'section' : 'sections'} not run` : '',
  ].filter(Boolean).join(', ');
}

/** Significant digits: at most, and of ours at least; those of ours beyond the first that differs from the published one. */
const [MOST, LEAST, BEYOND] = [9, 4, 2];
/** Whole numbers below this are written as they are, larger ones by powers of ten. */
const COUNT = 1e6;

/** As it was printed, where the comparison says so; else all digits that it has: 0.34, 8e9. */
export function formatPublished({ published, printed }: Pick<Comparison, 'published' | 'printed'>): string {
  return printed ?? written(published, Math.min(MOST, digitsOf(published)));
}

/**
 * To the digits that tell it from the published one: no more than one beyond that one's, and at least four; a count as it is,
 * and in billions where that one is.
 */
export function formatOurs({ published, printed = '', ours }: Pick<Comparison, 'published' | 'printed' | 'ours'>): string {
  if (Number.isInteger(ours) && Math.abs(ours) < COUNT) return String(ours);
  const alike = Math.ceil(-Math.log10(Math.abs(ours / published - 1))); // infinite where they are equal
  const telling = Number.isNaN(alike) ? LEAST : Math.max(LEAST, alike + BEYOND);
  const digits = Math.min(MOST, telling, Math.max(LEAST, digitsOf(published) + 1));
  return /^[\d.]+[KMBT]$/.test(printed) ? formatCount(ours, digits) : written(ours, digits);
}

/** A power of ten from a million on, whatever the digits: numbers beside each other look alike. */
function written(value: number, digits: number): string {
  return Math.abs(value) >= COUNT ? formatPower(value, digits) : formatNumber(value, digits);
}

/** ours/published: 1.003; "-" where there is none. */
export function formatComparedRatio({ ratio }: Pick<Comparison, 'ratio'>): string {
  return Number.isFinite(ratio) ? formatNumber(ratio, 4) : '-';
}

/** Of the shortest decimal that is this number. */
function digitsOf(value: number): number {
  return value.toExponential().replace(/e.*/, '').replaceAll(/\D/g, '').length;
}

/** The comparisons that share how ours was made, in the order in which these first occur. */
export interface Group {
  readonly from: string;
  readonly rows: readonly Comparison[];
}

export function groupsOf({ comparisons }: Section): Group[] {
  const froms = [...new Set(comparisons.map(({ from }) => from))];
  return froms.map((from) => ({ from, rows: comparisons.filter((comparison) => comparison.from === from) }));
}

/** Why comparisons of a section are not reproduced, each reason once: a verdict refers to its place in the list, from 1. */
export function reasonsOf({ comparisons }: Section): string[] {
  return [...new Set(comparisons.flatMap(({ because }) => because ?? []))];
}
