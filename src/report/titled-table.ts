/** A table with its title and what is to be known to read it: what a text and a page show alike. */
import { hang, indent, table, type Column } from './layout.ts';

export interface TitledTable {
  readonly title: string;
  readonly columns: readonly Column[];
  /** What stands above some of the rows, by their place; a text has the rows indented below it. */
  readonly above?: ReadonlyMap<number, string>;
  /** Below it, one paragraph each. */
  readonly notes?: readonly string[];
}

/** Lines of at most 100 columns, but for a row of longer cells. */
export function titledLines({ title, columns, above = new Map(), notes = [] }: TitledTable): string[] {
  const [head, ...rows] = table(columns);
  const below = above.size > 0 ? '  ' : '';
  const all = [below + head, ...rows.flatMap((row, k) => [...(above.has(k) ? [above.get(k)!] : []), below + row])];
  return [...hang('', title), ...indent(all), ...notes.flatMap((note) => hang('  ', note))];
}
