/** A table and how it is fitted, as `isoloss fit` and `isoloss landscape` are asked for it. */
import { parseComparison } from '../data/filter.ts';
import { parseLines } from '../data/lines.ts';
import { lawIds } from '../laws/registry.ts';
import type { FitOptions } from '../types.ts';
import type { Options } from './command.ts';
import { lossOptions } from './loss-options.ts';
import { refusal, UsageError } from './usage.ts';
import {
  oneOf, OUTPUT_OPTIONS, readBackend, readSeed, refused, TABLE_OPTIONS, whole, wordOrCount, type Output, type TableRequest,
} from './values.ts';

/** What is absent was not given. */
export interface FittedTable extends Output, TableRequest {
  /** File, http(s) address, or "-"; the bundled replica where there is none. */
  readonly source?: string;
  readonly fit: { -readonly [K in keyof FitOptions]: FitOptions[K] };
  readonly filter: { dropHighest?: number; exclude?: readonly number[]; readonly where: string[] };
}

/** Where starts come from. */
export const STARTS = ['auto', 'paper'] as const;

/** The last of an option counts, and all of --where, --exclude, --columns, --fix and --bound. */
export const FITTED_TABLE_OPTIONS: Options<FittedTable> = {
  ...OUTPUT_OPTIONS,
  ...TABLE_OPTIONS,
  where: {
    set({ filter }, value, where) {
      readFilter(parseComparison, value, where);
      filter.where.push(value);
    },
  },
  exclude: { set({ filter }, value, where) { filter.exclude = [...filter.exclude ?? [], ...readFilter(parseLines, value, where)]; } },
  'drop-highest': { set({ filter }, value, where) { filter.dropHighest = whole(value, where, 0); } },
  law: { set({ fit }, value, where) { fit.law = oneOf(lawIds, value, where); } },
  ...lossOptions(({ fit }) => fit),
  starts: { set({ fit }, value, where) { fit.starts = wordOrCount(STARTS, value, where); } },
  screen: { set({ fit }, value, where) { fit.screen = whole(value, where, 1); } },
  seed: { set({ fit }, value, where) { fit.seed = readSeed(value, where); } },
  backend: { set({ fit }, value, where) { fit.backend = readBackend(value, where); } },
};

/** The column that tells groups of runs apart. */
export function readGroup(value: string, where: string): string {
  return readName(value, where, 'the name of a column', 'It is the column that tells the groups apart.');
}

/** @throws UsageError where it is empty. */
export function readName(value: string, where: string, expected: string, remedy: string): string {
  if (value !== '') return value;
  throw refused(where, expected, value, remedy);
}

/** Before the options are read. `where`: "isoloss fit". @throws UsageError for more than one source, or an empty one. */
export function beginTable(sources: readonly string[], where: string): FittedTable {
  if (sources.length > 1) {
    const got = sources.map((source) => `"${source}"`).join(' and ');
    throw refusal(where, 'one source', got, 'Quote what holds a space: --columns "N=Model Size".');
  }
  if (sources[0] === '') throw refusal(where, 'a file, an address or -', '""', 'Leave it out for the bundled sweep.');
  return {
    fit: {}, filter: { where: [] }, columns: {}, json: false, quiet: false,
    ...(sources[0] !== undefined && { source: sources[0] }),
  };
}

/** What the library reads, in messages that begin with its own name of the option. */
function readFilter<T>(read: (text: string) => T, value: string, where: string): T {
  try {
    return read(value);
  } catch (error) {
    throw new UsageError((error as Error).message.replace(/^\w+/, where));
  }
}
