/** `isoloss lab`: serves the page to this machine until Ctrl-C, and opens it. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { InputError } from '../errors.ts';
import { EXIT } from './exit.ts';
import type { LabCommand } from './lab-options.ts';
import { dataPath, labListener } from './lab-server.ts';
import { remark, writeOut } from './output.ts';
import { readBytes } from './source.ts';

/** In the package, beside the program's folder. */
const DIST = join(import.meta.dirname, '../dist');
/** Always the same: what a page stores, and what it needs offline, belongs to its port. */
const PORTS = Array.from({ length: 20 }, (_, i) => 4800 + i);

/** Exit code: 0. Stopping it is how it ends. `dist`: the folder that is served. */
export async function runLab({ source, port, open }: LabCommand, signal: AbortSignal, dist = DIST): Promise<number> {
  const file = source === undefined || /^https?:/i.test(source) ? undefined : source;
  if (file !== undefined) await readBytes(file, 'a table of runs', signal); // what is wrong is said before the page opens
  const server = createServer(await labListener(dist, file));
  const origin = `http://127.0.0.1:${await listen(server, port)}`;
  const address = `${origin}/${fragment(file === undefined ? source : dataPath(file).slice(1))}`;
  await writeOut(`isoloss lab: ${address} (Ctrl-C to stop)\n`);
  if (open) void openBrowser(address);
  if (!signal.aborted) await once(signal, 'abort');
  server.close();
  server.closeAllConnections();
  return EXIT.done;
}

/** The page's setting `source`: an address, absolute or relative to the page. */
function fragment(source: string | undefined): string {
  return source === undefined ? '' : `#source=${encodeURIComponent(source).replaceAll('%2F', '/').replaceAll('%3A', ':')}`;
}

/** Resolves to the port. @throws InputError where none is free. */
async function listen(server: Server, asked: number | undefined): Promise<number> {
  for (const port of asked === undefined ? PORTS : [asked]) {
    if (await listenAt(server, port)) return port;
  }
  if (asked !== undefined) {
    throw new InputError(`isoloss lab --port: expected a free port, got ${asked}, which is in use. Give another, or leave it out.`);
  }
  throw new InputError(`isoloss lab: expected a free port from ${PORTS[0]} to ${PORTS.at(-1)}, got none. Give another as --port PORT.`);
}

/** False where something else has the port, or the system keeps it (EACCES, on Windows). */
async function listenAt(server: Server, port: number): Promise<boolean> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch (error) {
    if (['EADDRINUSE', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

/** A machine without a browser can still serve: the address is on the screen. */
async function openBrowser(address: string): Promise<void> {
  try {
    const { default: open } = await import('open');
    await open(address);
  } catch (error) {
    remark(`no browser was opened: ${(error as Error).message}`);
  }
}
