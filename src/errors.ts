/**
 * Mistakes throw one of these; outcomes (converged, out of iterations, …) are returned.
 * A message has one grammar: where: expected …, got …. Remedy.
 */
import type { Role } from './types.ts';

/** What a mistake is about, for a page that shows the message beside its cause. */
export interface Place {
  /** 1-based line (CSV, TSV, JSON Lines) or row (JSON, Parquet) of the source. */
  readonly line?: number;
  /** Name of the column, as the table has it. */
  readonly column?: string;
  /** Role for which there is no column, or not one only. */
  readonly role?: Role;
  /** Option of the library: "delta", "where". */
  readonly option?: string;
  /** The end of the message, where it says what to do on a command line or in code: a page says what to do on it. */
  readonly remedy?: string;
}

/** The caller gave something that cannot be used: a table, a column, an option. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly #place: Place | undefined;

  constructor(message: string, { cause, place }: ErrorOptions & { readonly place?: Place | undefined } = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.#place = place;
  }

  /** Where a page can show it; undefined where it is about the source as a whole. An accessor: a printed error is its message. */
  get place(): Place | undefined {
    return this.#place;
  }
}

/** The mistake that an option is: "delta: expected …" is about the option delta. */
export function optionError(option: string, message: string): InputError {
  return new InputError(`${option}: ${message}`, { place: { option } });
}

/** The backend that was asked for cannot be had here; the message says why and what to do. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
}

/** WGSL that did not compile; the message holds file:line:column and text of each compiler message. */
export class ShaderError extends Error {
  override readonly name = 'ShaderError';
}
