/** From a table to a `Sweep`: check every cell, complete N, D and C by C = 6·N·D. */

import { InputError } from '../errors.ts';
import type { SweepColumns, Role, Sweep } from '../types.ts';
import { readCells } from './check.ts';
import { FURTHER, howToName, isCount, type AskedColumns, type Matched } from './columns.ts';
import { showCell } from './counts.ts';
import { comparedColumns, ofRole, strayQuantity } from './filter.ts';
import type { Table } from './table.ts';
import { listNames } from './table.ts';
import { suspectUnits } from './warnings.ts';

/** What is kept beside the roles: `ReadOptions` says of each. */
export interface Kept {
  readonly keep?: readonly string[] | undefined;
  readonly where?: readonly string[] | undefined;
  readonly groups?: readonly string[] | undefined;
}

/**
 * The sweep of these columns, of which those `asked` for were named. A loss that is not matched is NaN in every run.
 * @throws InputError where a cell is no positive number, or a column to keep is not there or has an empty cell.
 */
export function sweepOf(table: Table, name: string, matched: Matched, asked: AskedColumns, { keep = [], where = [], groups = [] }: Kept = {}): Sweep {
  const { values, passedOver } = readCells(table, matched, Object.keys(asked));
  const runs = table.rows.length;
  const columns = { ...completeCounts(values, runs), ...furtherColumns(values, asked, name, runs) };
  const inRoles = { columns, loss: values.loss ?? new Float64Array(runs).fill(NaN), weight: values.weight ?? new Float64Array(runs).fill(1) };
  const extra = {
    ...comparedCells(table, where, columns),
    ...Object.fromEntries(groups.map((group) => [group, ofRole(inRoles, group) ?? keepColumn(table, group, name, true)])),
    ...Object.fromEntries(keep.map((column) => [column, keepColumn(table, column, name)])),
  };
  return {
    name,
    ...inRoles,
    lines: Int32Array.from(table.lines),
    dropped: [],
    ...describe(matched, values, asked, passedOver),
    warnings: asked.x === undefined ? suspectUnits(values, matched) : [], // x may be anything, and a column of N too
    ...(Object.keys(extra).length > 0 && { extra }),
  };
}

const FORMULAS = { N: 'C/(6D)', D: 'C/(6N)', C: '6·N·D' } as const;

type Values = Readonly<Partial<Record<Role, Float64Array>>>;

/** N, D and C from the two or three that the table has; of a table for a law of x alone, NaN where it has them not. */
function completeCounts({ N, D, C }: Values, runs: number): Pick<SweepColumns, 'N' | 'D' | 'C'> {
  const unknown = () => new Float64Array(runs).fill(NaN);
  if (N && D) return { N, D, C: C ?? N.map((n, i) => 6 * n * D[i]) };
  if (N && C) return { N, D: C.map((c, i) => c / (6 * N[i])), C };
  if (D && C) return { N: C.map((c, i) => c / (6 * D[i])), D, C };
  return { N: N ?? unknown(), D: D ?? unknown(), C: C ?? unknown() };
}

/** What only some laws read. @throws InputError where x is to be N, D or C and the table does not give it. */
function furtherColumns(values: Values, asked: AskedColumns, source: string, runs: number): Omit<SweepColumns, 'N' | 'D' | 'C'> {
  const read = Object.fromEntries(FURTHER.flatMap((role) => (values[role] ? [[role, values[role]] as const] : [])));
  const { x } = asked;
  if (x === undefined || values.x || !isCount(x)) return read;
  const column = completeCounts(values, runs)[x];
  if (!column.some(Number.isNaN)) return { ...read, x: column };
  throw new InputError(`${source}: expected a column for ${x}, which x is to be, got none. ${howToName('x')}`, { place: { role: 'x', remedy: howToName('x') } });
}

function describe(matched: Matched, values: Values, asked: AskedColumns, passedOver: readonly string[]): Pick<Sweep, 'mapping' | 'notes'> {
  const read = Object.entries(matched).filter(([role]) => values[role as Role]);
  const names = Object.fromEntries(read.map(([role, { name }]) => [role, name]));
  const complete = [values.N, values.D, values.C].filter(Boolean).length > 1;
  const taken = complete ? (['N', 'D'] as const).filter((role) => !matched[role]) : [];
  const scaled = read.filter(([, { scale }]) => scale !== 1);
  const ofX = asked.x !== undefined && !matched.x ? { x: asked.x } : {};
  return {
    mapping: { ...(complete && FORMULAS), ...ofX, ...names },
    notes: [
      ...taken.map((role) => `${role} is not in the table: taken as ${FORMULAS[role]}.`),
      ...scaled.map(([role, { name, scale }]) => `${role} is "${name}" times ${scale}.`),
      ...passedOver,
    ],
  };
}

/** Cells of the columns that are compared and are no role of the sweep: empty ones as ''. @throws InputError where there is no such column. */
function comparedCells({ columns, rows }: Table, where: readonly string[], roles: SweepColumns): NonNullable<Sweep['extra']> {
  const names = comparedColumns(where).filter((name) => !(name in roles));
  return Object.fromEntries(names.map((name) => {
    const index = indexOf(columns, name);
    if (index < 0) throw strayQuantity(where.find((text) => comparedColumns([text]).includes(name))!, name, ['N', 'D', 'C', 'loss', 'weight', ...FURTHER.filter((role) => role in roles)], columns);
    return [name, rows.map(({ [index]: cell }) => (typeof cell === 'number' ? cell : String(cell ?? '').trim()))];
  }));
}

/** Of the column of this name, also in another case. */
function indexOf(columns: readonly string[], asked: string): number {
  const exact = columns.indexOf(asked);
  return exact >= 0 ? exact : columns.findIndex((column) => column.toLowerCase() === asked.toLowerCase());
}

/** The column of this name, also in another case; texts without the space around them. `mayLack`: is an empty cell ''? */
function keepColumn({ columns, rows, lines, unit }: Table, asked: string, source: string, mayLack = false): (string | number)[] {
  const index = indexOf(columns, asked);
  if (index < 0) {
    const got = listNames(columns);
    throw new InputError(`${source}: expected a column "${asked}", got the columns ${got}. Name one of these.`, { place: { option: 'keep' } });
  }
  return rows.map(({ [index]: cell }, row) => {
    const value = typeof cell === 'bigint' ? Number(cell) : typeof cell === 'string' ? cell.trim() : cell;
    if (mayLack && (value ?? '') === '') return '';
    if (typeof value === 'number' || (typeof value === 'string' && value !== '')) return value;
    const [line, column] = [lines[row], columns[index]];
    throw new InputError(`${unit} ${line}, column "${column}": expected a text or a number, ` +
      `got ${showCell(cell)}. Write a value in every row.`, { place: { line, column } });
  });
}
