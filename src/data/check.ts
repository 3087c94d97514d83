/** The cells of the chosen columns as numbers, or the first cell that is none. Rows are never dropped here. */

import { InputError } from '../errors.ts';
import type { Role } from '../types.ts';
import type { Column, Matched } from './columns.ts';
import { isFurther, ROLES } from './columns.ts';
import type { CellKind } from './counts.ts';
import { COUNT, LOSS, SHARE, WEIGHT, describeCell, readCell } from './counts.ts';
import type { Table } from './table.ts';

const KINDS: Readonly<Record<Role, CellKind>> = {
  N: COUNT, D: COUNT, C: COUNT, loss: LOSS, weight: WEIGHT,
  x: COUNT, U: COUNT, P_w: COUNT, P_a: COUNT, P_kv: COUNT, S: SHARE, experts: COUNT, G: COUNT,
};

interface BadCell {
  readonly row: number;
  readonly column: Column;
  readonly kind: CellKind;
}

/** One array a matched role, one entry a row: N, D, C counts, loss in nats per token, weight free of units. */
export interface Cells {
  readonly values: Readonly<Partial<Record<Role, Float64Array>>>;
  /** Columns that were recognised as what only some laws read, and whose cells do not do: why, a sentence each. */
  readonly passedOver: readonly string[];
}

/**
 * @param asked Roles whose columns were named: a bad cell there is never passed over.
 * @throws InputError with line and column of the first bad cell, and how many more there are.
 */
export function readCells(table: Table, matched: Matched, asked: readonly string[]): Cells {
  const values: Partial<Record<Role, Float64Array>> = {};
  const bad: BadCell[] = [];
  const passedOver: string[] = [];
  for (const role of ROLES) {
    const column = matched[role];
    if (!column) continue;
    const here: BadCell[] = [];
    const read = readColumn(table, column, KINDS[role], here);
    if (here.length > 0 && isFurther(role) && !asked.includes(role)) passedOver.push(`${notRead(role)}${refuse(table, here).message}`);
    else values[role] = read;
    if (!isFurther(role) || asked.includes(role)) bad.push(...here);
  }
  if (bad.length > 0) throw refuse(table, bad);
  return { values, passedOver };
}

/** How a note begins that says why a column was passed over. */
export function notRead(role: Role): string {
  return `${role} is not read. `;
}

function readColumn(table: Table, column: Column, kind: CellKind, bad: BadCell[]): Float64Array {
  return Float64Array.from(table.rows, (cells, row) => {
    const cell = cells[column.index];
    const value = readCell(kind, cell) * (hasSuffix(cell) ? 1 : column.scale);
    if (!kind.accepts(value)) bad.push({ row, column, kind });
    return value;
  });
}

/** "70M" says its own scale, also in a column "Params (M)". */
function hasSuffix(cell: unknown): boolean {
  return typeof cell === 'string' && /[a-z]\s*$/i.test(cell);
}

function refuse({ unit, lines, rows }: Table, bad: readonly BadCell[]): InputError {
  const { row, column: { index, name }, kind } = bad.reduce((first, next) => (next.row < first.row ? next : first));
  const line = lines[row];
  const message = describeCell(kind, rows[row][index], name, `${unit} ${line}`);
  const others = bad.length - 1;
  const more = others === 0 ? '' : ` ${others} more ${others === 1 ? 'cell' : 'cells'} cannot be used either.`;
  return new InputError(message + more, { place: { line, column: name } });
}
