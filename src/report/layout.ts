/** Plain text in columns. A character is one column wide: no wide letters, no colour codes. */

/** The widest line of a report. */
export const WIDTH = 100;

/** Rows of cells as lines: columns two spaces apart, 'l' flush left, 'r' flush right, '.' by the decimal point. */
export function alignColumns(rows: readonly (readonly string[])[], alignment: string): string[] {
  const columns = [...alignment].map((kind, column) => pad(rows.map((row) => row[column] ?? ''), kind));
  return rows.map((_, row) => columns.map((cells) => cells[row]).join('  ').trimEnd());
}

function pad(cells: readonly string[], kind: string): string[] {
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
