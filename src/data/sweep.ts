/** From a table to a `Sweep`: check every cell, complete N, D and C by C = 6·N·D. */

import { InputError } from '../errors.ts';
import type { Role, Sweep } from '../types.ts';
import { readCells } from './check.ts';
import type { Matched } from './columns.ts';
import { showCell } from './counts.ts';
import type { Table } from './table.ts';
import { listNames } from './table.ts';
import { suspectUnits } from './warnings.ts';

/**
 * The sweep of these columns; `keep` names further ones. A loss that is not matched is NaN in every run.
 * @throws InputError where a cell is no positive number, or a column to keep is not there or has an empty cell.
 */
export function sweepOf(table: Table, name: string, matched: Matched, keep: readonly string[]): Sweep {
  const values = readCells(table, matched);
  return {
    name,
    columns: completeCounts(values),
    loss: values.loss ?? new Float64Array(table.rows.length).fill(NaN),
    weight: values.weight ?? new Float64Array(table.rows.length).fill(1),
    lines: Int32Array.from(table.lines),
    dropped: [],
    ...describe(matched),
    warnings: suspectUnits(values, matched),
    ...(keep.length > 0 && { extra: keepColumns(table, keep, name) }),
  };
}

const FORMULAS = { N: 'C/(6D)', D: 'C/(6N)', C: '6·N·D' } as const;

/** N, D and C from the two or three that the table has. */
function completeCounts({ N, D, C }: Readonly<Partial<Record<Role, Float64Array>>>): Sweep['columns'] {
  if (N && D) return { N, D, C: C ?? N.map((n, i) => 6 * n * D[i]) };
  if (N && C) return { N, D: C.map((c, i) => c / (6 * N[i])), C };
  if (D && C) return { N: C.map((c, i) => c / (6 * D[i])), D, C };
  throw new Error('matchColumns found fewer than two of N, D and C');
}

function describe(matched: Matched): Pick<Sweep, 'mapping' | 'notes'> {
  const names = Object.fromEntries(Object.entries(matched).map(([role, { name }]) => [role, name]));
  const taken = (['N', 'D'] as const).filter((role) => !matched[role]);
  const scaled = Object.entries(matched).filter(([, { scale }]) => scale !== 1);
  return {
    mapping: { ...FORMULAS, ...names },
    notes: [
      ...taken.map((role) => `${role} is not in the table: taken as ${FORMULAS[role]}.`),
      ...scaled.map(([role, { name, scale }]) => `${role} is "${name}" times ${scale}.`),
    ],
  };
}

function keepColumns(table: Table, names: readonly string[], source: string): NonNullable<Sweep['extra']> {
  return Object.fromEntries(names.map((name) => [name, keepColumn(table, name, source)]));
}

/** The column of this name, also in another case; texts without the space around them. */
function keepColumn({ columns, rows, lines, unit }: Table, asked: string, source: string): (string | number)[] {
  const exact = columns.indexOf(asked);
  const index = exact >= 0 ? exact : columns.findIndex((column) => column.toLowerCase() === asked.toLowerCase());
  if (index < 0) {
    const got = listNames(columns);
    throw new InputError(`${source}: expected a column "${asked}", got the columns ${got}. Name one of these.`, { place: { option: 'keep' } });
  }
  return rows.map(({ [index]: cell }, row) => {
    const value = typeof cell === 'bigint' ? Number(cell) : typeof cell === 'string' ? cell.trim() : cell;
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return value;
    const [line, column] = [lines[row], columns[index]];
    throw new InputError(`${unit} ${line}, column "${column}": expected a text or a number, ` +
      `got ${showCell(cell)}. Write a value in every row.`, { place: { line, column } });
  });
}
