/** Lines of a table as a short text: 12,15-18 stands for 12, 15, 16, 17 and 18. */

import { InputError, optionError } from '../errors.ts';
import { showText } from './counts.ts';

/** More than any table that is fitted has; a range is written out as numbers. */
const MOST_LINES = 1e6;

/**
 * The lines of a text, ascending, each once; none of an empty one.
 * @throws InputError `exclude: expected lines such as 12,15-18, got "12;15". …`
 */
export function parseLines(text: string): number[] {
  if (text.trim() === '') return [];
  const ranges = text.split(',').map((item) => parseRange(item));
  const count = ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  if (!(count <= MOST_LINES)) throw refuse(`at most ${MOST_LINES} lines`, text, 'Leave out by where what is so many.');
  const lines = ranges.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, k) => first + k));
  return [...new Set(lines)].toSorted((a, b) => a - b);
}

/** The shortest text that `parseLines` reads as these lines, whatever their order; empty of none. */
export function showLines(lines: readonly number[]): string {
  const ranges: [first: number, last: number][] = [];
  for (const line of lines.toSorted((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range && line <= range[1] + 1) range[1] = line;
    else ranges.push([line, line]);
  }
  return ranges.map(([first, last]) => (last > first ? `${first}-${last}` : `${first}`)).join(',');
}

function parseRange(item: string): [first: number, last: number] {
  const [, start, end = start] = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(item) ?? [];
  const [first, last] = [Number(start), Number(end)];
  if (first >= 1 && last >= first) return [first, last];
  throw refuse('lines such as 12,15-18', item, 'Write numbers from 1 on, and ranges with the lower one first, parted by commas.');
}

function refuse(expected: string, text: string, remedy: string): InputError {
  return optionError('exclude', `expected ${expected}, got ${showText(text)}. ${remedy}`);
}
