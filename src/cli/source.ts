/** Tables and files that a command reads. */
import { readFile } from 'node:fs/promises';
import type { ReadCurvesOptions, TrainingCurves } from '../data/curves.ts';
import type { ReadOptions } from '../data/read.ts';
import { InputError } from '../errors.ts';
import { readCurvesFrom, readSweepFrom } from '../sources.ts';
import type { Sweep } from '../types.ts';
import { stoppable } from './interrupt.ts';
import { withOptionNames } from './option-names.ts';
import type { TableRequest } from './values.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'nothing there', EISDIR: 'a directory', EACCES: 'one that may not be read',
};

/** A table, and the comparisons that are to be made of it. */
type Filtered = TableRequest & { readonly filter?: { readonly where?: readonly string[] } };

/**
 * The table of a file, an http(s) address, or "-"; a note says which columns were taken.
 * @throws InputError that says where in which source; the signal's reason as soon as it aborts.
 */
export function readTable(
  source: string, { columns, format, filter: { where = [] } = {} }: Filtered, signal: AbortSignal, options: Pick<ReadOptions, 'keep' | 'groups' | 'planned'> = {},
): Promise<Sweep> {
  const read = () => noted(source, signal, () => readSweepFrom(source, { columns, where, signal, ...options, ...(format && { format }) }));
  return withOptionNames(['where'], read);
}

/** The training curves of a file, an http(s) address, or "-"; else as `readTable`. */
export function readCurveTable(source: string, options: Pick<ReadCurvesOptions, 'columns' | 'run'>, signal: AbortSignal): Promise<TrainingCurves> {
  return noted(source, signal, () => readCurvesFrom(source, { ...options, signal }));
}

function noted<T extends Pick<Sweep, 'mapping' | 'notes'>>(source: string, signal: AbortSignal, read: () => Promise<T>): Promise<T> {
  return placedIn(source === '-' ? 'standard input' : source, async () => {
    const table = await stoppable(read(), signal, 0); // standard input takes no notice of the signal
    return { ...table, notes: [...columnsRead(table), ...table.notes] };
  });
}

/** `work` on the table of this name: its errors that begin with a line or a cluster do not say of what. */
export async function placedIn<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError && PLACE.test(error.message))) throw error;
    throw new InputError(`${name}, ${error.message}`, { cause: error, place: error.place });
  }
}

/** A value of a cluster is a text in quotes, or a number. */
const PLACE = /^(?:line \d|row \d|cluster ["\d-])/;

/** The bytes of a file. `what` it holds, "a file of counts". @throws InputError where it cannot be read. */
export async function readBytes(path: string, what: string, signal: AbortSignal): Promise<Uint8Array> {
  try {
    return await readFile(path, { signal });
  } catch (error) {
    signal.throwIfAborted();
    const { code = '', message } = error as NodeJS.ErrnoException;
    const got = REASONS[code] ?? (code || message);
    throw new InputError(`${path}: expected ${what}, got ${got}. Check the path.`, { cause: error });
  }
}

/** Which columns were taken for which role, unless they say so themselves. */
function columnsRead({ mapping }: Pick<Sweep, 'mapping'>): string[] {
  const columns = Object.entries(mapping).filter(([, column]) => !FORMULAS.has(column));
  if (columns.every(([role, column]) => role === column)) return [];
  return [`Columns: ${columns.map(([role, column]) => `${role} = ${column}`).join(', ')}.`];
}

const FORMULAS: ReadonlySet<string> = new Set(['C/(6D)', 'C/(6N)', '6·N·D']);
