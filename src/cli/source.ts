/** Tables and files that a command reads. */
import { readFile } from 'node:fs/promises';
import { InputError } from '../errors.ts';
import { readSweepFrom } from '../sources.ts';
import type { Sweep } from '../types.ts';
import { stoppable } from './interrupt.ts';
import type { TableRequest } from './values.ts';

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'nothing there', EISDIR: 'a directory', EACCES: 'one that may not be read',
};

/**
 * The table of a file, an http(s) address, or "-"; a note says which columns were taken. `keep`: further columns of it.
 * @throws InputError that says where in which source; the signal's reason as soon as it aborts.
 */
export async function readTable(
  source: string, { columns, format }: TableRequest, signal: AbortSignal, keep: readonly string[] = [],
): Promise<Sweep> {
  try {
    const reading = readSweepFrom(source, { columns, signal, keep, ...(format && { format }) });
    const sweep = await stoppable(reading, signal, 0); // standard input takes no notice of the signal
    return { ...sweep, notes: [...columnsRead(sweep), ...sweep.notes] };
  } catch (error) {
    throw error instanceof InputError ? placed(error, source) : error;
  }
}

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
function columnsRead({ mapping }: Sweep): string[] {
  const columns = Object.entries(mapping).filter(([, column]) => !FORMULAS.has(column));
  if (columns.every(([role, column]) => role === column)) return [];
  return [`Columns: ${columns.map(([role, column]) => `${role} = ${column}`).join(', ')}.`];
}

const FORMULAS: ReadonlySet<string> = new Set(['C/(6D)', 'C/(6N)', '6·N·D']);

/** A message that begins with a line does not say of what. */
function placed(error: InputError, source: string): InputError {
  const name = source === '-' ? 'standard input' : source;
  return /^(?:line|row) \d/.test(error.message) ? new InputError(`${name}, ${error.message}`, { cause: error }) : error;
}
