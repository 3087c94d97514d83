/** Plain text in columns. A character is one column wide: no wide letters, no colour codes. */
import { formatInteger } from '../units.ts';

/** The widest line of a report. */
export const WIDTH = 100;

/** Rows of cells as lines: columns two spaces apart, 'l' flush left, 'r' flush right, '.' by the decimal point. */
export function alignColumns(rows: readonly (readonly string[])[], alignment: string): string[] {
  const columns = [...alignment].map((kind, column) => pad(rows.map((row) => row[column] ?? ''), kind));
  return rows.map((_, row) => columns.map((cells) => cells[row]).join('  ').trimEnd());
}

/** What a table has below a title; cells that are to stand by their decimal points are padded before. */
export type Column = readonly [alignment: 'l' | 'r', title: string, cells: readonly string[]];

/** Titles, then rows. */
export function table(columns: readonly Column[]): string[] {
  const [, , { length }] = columns[0];
  const rows = Array.from({ length }, (_, row) => columns.map(([, , cells]) => cells[row]));
  return alignColumns([columns.map(([, title]) => title), ...rows], columns.map(([alignment]) => alignment).join(''));
}

/**
 * Columns that may need more room than a report has: tables below each other, an empty line between them, each with the `fixed`
 * columns first and as many groups of the others as have room; those of a group stay together. Without titles where there are none.
 */
export function tablesWithin(fixed: readonly Column[], groups: readonly (readonly Column[])[]): string[] {
  const parts: Column[][] = [];
  for (const columns of groups) {
    const last = parts.at(-1);
    if (last && widthOf([...fixed, ...last, ...columns]) <= WIDTH - 2) last.push(...columns);
    else parts.push([...columns]);
  }
  return parts.flatMap((columns, k) => {
    const [titles, ...rows] = table([...fixed, ...columns]);
    return [...(k > 0 ? [''] : []), ...(titles === '' ? rows : [titles, ...rows])];
  });
}

function widthOf(columns: readonly Column[]): number {
  return Math.max(...table(columns).map((line) => line.length));
}

/** Cells of one column, made equally wide; `kind` as in `alignColumns`. */
export function pad(cells: readonly string[], kind: string): string[] {
  const level = kind === '.' ? alignPoints(cells) : cells;
  const width = Math.max(...level.map((cell) => cell.length));
  return level.map((cell) => (kind === 'r' ? cell.padStart(width) : cell.padEnd(width)));
}

/** Numbers shifted so that their decimal points stand below each other. */
function alignPoints(cells: readonly string[]): string[] {
  const before = cells.map((cell) => /^[^.e]*/.exec(cell)?.[0].length ?? 0);
  const most = Math.max(...before);
  return cells.map((cell, index) => ' '.repeat(most - (before[index] ?? 0)) + cell);
}

/** `text` broken between words into lines of at most `width`; a longer word has a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** `text` wrapped to WIDTH behind `label`, the later lines indented as far. */
export function hang(label: string, text: string): string[] {
  return wrap(text, WIDTH - label.length).map((line, index) => (index === 0 ? label : ' '.repeat(label.length)) + line);
}

const LABEL = 13;

/** Sections of lines with an empty line between them; one without lines is left out. Every line ends in a line feed. */
export function sectionsText(sections: readonly (readonly string[])[]): string {
  return sections.filter((lines) => lines.length > 0).map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** A label, and what it says: wrapped, or a value with a comment in brackets. */
type Item = readonly [label: string, text: string, comment?: string];

export function list(items: readonly Item[]): string[] {
  const width = Math.max(...items.map(([, value, comment]) => (comment === undefined ? 0 : value.length)));
  return items.flatMap(([label, text, comment]) => {
    const start = `  ${label}`.padEnd(LABEL);
    return comment === undefined ? hang(start, text) : hang(`${start}${text.padEnd(width)}  `, `(${comment})`);
  });
}

/** How many ended how, most first, and what each end means. */
export function tally(
  label: string, outcomes: Readonly<Record<string, number>>, meaning: (end: string) => string,
): string[] {
  const counts = Object.entries(outcomes).toSorted(([, a], [, b]) => b - a);
  const sizes = counts.map(([, count]) => formatInteger(count));
  const digits = Math.max(...sizes.map((size) => size.length));
  const letters = Math.max(...counts.map(([end]) => end.length));
  return counts.flatMap(([end], index) => {
    const start = `  ${index === 0 ? label : ''}`.padEnd(LABEL);
    return hang(`${start}${sizes[index].padStart(digits)} ${end.padEnd(letters)}  `, meaning(end));
  });
}

/** For `list`: what is not to be missed, then what was assumed. */
export function remarkItems(warnings: readonly string[], notes: readonly string[] = []): Item[] {
  return [...warnings.map((warning): Item => ['WARNING', warning]), ...notes.map((note): Item => ['Note', note])];
}

export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? '' : `  ${line}`));
}
