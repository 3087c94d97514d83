/** From a source to a `Sweep` in one step. */

import type { Sweep } from '../types.ts';
import type { TableSource } from './bytes.ts';
import type { AskedColumns } from './columns.ts';
import { openTable, type OpenOptions } from './open.ts';

/** How to read a table. All have defaults. */
export interface ReadOptions extends OpenOptions {
  /** Columns by role, { loss: 'val_loss' }, where their names do not tell. An empty name leaves a role out. */
  readonly columns?: AskedColumns;
  /** Names of further columns to keep as they are, in `Sweep.extra`: texts or numbers. */
  readonly keep?: readonly string[];
  /** Comparisons for `filterSweep`: the columns that they are of are kept too, empty cells as ''. */
  readonly where?: readonly string[];
  /**
   * What tells groups or clusters of runs apart: roles of the sweep, D/N, or columns of the table, kept too, empty cells as '' that
   * `groupsBy` and a fit of groups refuse of the runs that are left.
   */
  readonly groups?: readonly string[];
}

/**
 * A table of training runs, checked. CSV, TSV, JSON (an array of objects), JSON Lines or Parquet, plain or gzipped.
 * The loss is in nats per token; counts may be written 1.4T, 70B, 6.9e9 or 1,000,000.
 * @param source The text of a table, its bytes, or the http(s) URL of it.
 * @throws InputError where there is no table, a column is missing or ambiguous, or a cell is no positive number.
 */
export async function readSweep(source: TableSource, options: ReadOptions = {}): Promise<Sweep> {
  return (await openTable(source, options)).sweep(options.columns, options.keep, options.where, options.groups);
}
