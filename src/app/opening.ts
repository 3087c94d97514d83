/** Where a table comes from, in the worker. */
import { comparableLaws, InputError, lawIds, openTable, paperReplica, rolesLacking, type OpenTable, type Role, type Sweep } from '../index.ts';

/** An address, absolute or beside that of the page, or what was chosen, dropped or pasted. */
export type Given = { readonly url: string; readonly beside: string } | { readonly file: Blob; readonly name: string };
/** Those, and the bundled sweep. */
export type Source = { readonly replica: true } | Given;

/** Undefined for the bundled sweep. @throws InputError where there is no table. */
export async function openSource(source: Source, signal: AbortSignal): Promise<OpenTable | undefined> {
  if ('replica' in source) return undefined;
  const [table, options] = tableOf(source);
  return openTable(table, { ...options, signal });
}

/** As the library takes it. @throws InputError where the address is none. */
export function tableOf(given: Given): readonly [table: URL | Blob, options: { readonly name?: string }] {
  return 'url' in given ? [addressOf(given), {}] : [given.file, { name: given.name }];
}

function addressOf({ url, beside }: { readonly url: string; readonly beside: string }): URL {
  if (URL.canParse(url, beside)) return new URL(url, beside);
  throw new InputError(`source: expected the address of a table such as https://example.org/runs.csv, got "${url}". Check how it begins.`);
}

/** The runs, and what the page would else have to find out by going through all of them. */
export interface ReadTable {
  readonly sweep: Sweep;
  /** Of each law what it reads and the table does not say. */
  readonly lacking: Readonly<Record<string, readonly Role[]>>;
  /** Laws that can be compared on it. */
  readonly comparable: readonly string[];
}

/** The table that is open; the bundled sweep where there is none. @throws InputError where its columns or cells cannot be used. */
export function readOpened(opened: OpenTable | undefined, columns: Readonly<Record<string, string>>, groups: readonly string[], where: readonly string[]): ReadTable {
  const sweep = opened?.sweep(columns, [], where, groups) ?? paperReplica();
  return { sweep, lacking: Object.fromEntries(lawIds.map((id) => [id, rolesLacking(sweep, id)])), comparable: comparableLaws(sweep) };
}
