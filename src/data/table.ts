/** A table as it was written: cells unread, every row knowing where it stood in its source. */
export interface Table {
  readonly columns: readonly string[];
  /** [row][column]; a string in CSV and TSV, any JSON value or bigint elsewhere, undefined where a key is missing. */
  readonly rows: readonly (readonly unknown[])[];
  /** 1-based number of each row, counted in `unit`. */
  readonly lines: readonly number[];
  /** What `lines` counts: lines of a text, or rows where lines mean nothing. */
  readonly unit: 'line' | 'row';
}

/** Objects as a table: one column a key, in the order in which keys first appear. */
export function tableOfObjects(
  objects: readonly Readonly<Record<string, unknown>>[],
  lines: readonly number[],
  unit: Table['unit'],
): Table {
  const columns = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  return { columns, rows: objects.map((object) => columns.map((column) => object[column])), lines, unit };
}

const NAMES_SHOWN = 40;

/** Names for a message: "N", "D", "loss". */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, NAMES_SHOWN).map((name) => `"${name}"`).join(', ');
  return names.length > NAMES_SHOWN ? `${shown} and ${names.length - NAMES_SHOWN} more` : shown;
}
