/** The cells of the chosen columns as numbers, or the first cell that is none. Rows are never dropped here. */

import { InputError } from '../errors.ts';
import type { Role } from '../types.ts';
import type { Column, Matched } from './columns.ts';
import { ROLES } from './columns.ts';
import type { CellKind } from './counts.ts';
import { COUNT, LOSS, WEIGHT, describeCell, readCell } from './counts.ts';
import type { Table } from './table.ts';

const KINDS: Readonly<Record<Role, CellKind>> = { N: COUNT, D: COUNT, C: COUNT, loss: LOSS, weight: WEIGHT };

interface BadCell {
  readonly row: number;
  readonly column: Column;
  readonly kind: CellKind;
}

/**
 * One array a matched role, one entry a row: N, D, C counts, loss in nats per token, weight free of units.
 * @throws InputError with line and column of the first bad cell, and how many more there are.
 */
export function readCells(table: Table, matched: Matched): Partial<Record<Role, Float64Array>> {
  const values: Partial<Record<Role, Float64Array>> = {};
  const bad: BadCell[] = [];
  for (const role of ROLES) {
    const column = matched[role];
    if (column) values[role] = readColumn(table, column, KINDS[role], bad);
  }
  if (bad.length > 0) throw refuse(table, bad);
  return values;
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
