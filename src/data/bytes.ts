/** The bytes of a source in the browser and in Node: a text, bytes, a file, an http(s) address. */

import { InputError } from '../errors.ts';

/** The text of a table, its bytes, or the http(s) URL of it. */
export type TableSource = string | Uint8Array | ArrayBuffer | Blob | URL;

/** The name of the file or the address; "table" where the source has none. */
export function nameOf(source: TableSource): string {
  if (source instanceof URL) return source.href;
  return typeof File === 'function' && source instanceof File ? source.name : 'table';
}

/**
 * All of it; `name` stands in errors.
 * @throws InputError for a text that is no table, and for an address that gives none; the signal's reason when it aborts.
 */
export async function bytesOf(source: TableSource, name: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (typeof source === 'string') return new TextEncoder().encode(checkText(source));
  if (source instanceof URL) return download(source, name, signal);
  if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer());
  return source instanceof ArrayBuffer ? new Uint8Array(source) : source;
}

/** A path or an address given as a string is a likely mistake: both are one line, as no table is. */
function checkText(text: string): string {
  const line = text.trim();
  if (line === '' || /[\n\r]/.test(line) || /^[[{<]/.test(line)) return text;
  throw new InputError(
    `source: expected the text of a table, got one line, "${line.slice(0, 80)}". ` +
      `For an address give new URL('…'); for a file use readSweepFrom of isoloss/node.`,
  );
}

async function download(url: URL, name: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  if (!/^https?:$/.test(url.protocol)) {
    throw new InputError(`${name}: expected an http or https address, got ${url.protocol}//. Give the file itself.`);
  }
  const response = await fetch(url, signal ? { signal } : {}).catch((error: Error) => { throw signal?.aborted ? signal.reason : unreachable(error, name); });
  if (!response.ok) {
    throw new InputError(`${name}: expected a table of runs, got the answer ${`${response.status} ${response.statusText}`.trim()}. Check the address.`);
  }
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    signal?.throwIfAborted();
    throw new InputError(`${name}: expected a table of runs, got an answer that breaks off. Open it again.`, { cause });
  }
}

function reasonOf({ cause, message }: Error): string {
  return cause instanceof Error ? cause.message : message;
}

function unreachable(error: Error, name: string): InputError {
  const remedy = 'Check the address and the connection; a page can only read from servers that allow it (CORS).';
  return new InputError(`${name}: expected a table of runs, got no answer (${reasonOf(error)}). ${remedy}`, { cause: error, place: { remedy } });
}
