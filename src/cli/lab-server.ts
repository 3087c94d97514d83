/**
 * What `isoloss lab` answers: the built page at /, one file of the user at /data/NAME, nothing else of the disk.
 *
 * Another site can send requests to a server on this machine, and can have its own name point here (DNS rebinding). So
 * only requests that name this machine as the host are answered, none with leave for another origin to read it.
 */
import { open, readFile } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import sirv from 'sirv';
import { InputError } from '../errors.ts';

/** A worker takes its policy from its own answer. The page asks this server alone; its worker reads the user's addresses. */
const WORKER = /^\/assets\/worker-[^/]*\.js$/;
/** Their names change with what they hold: a browser may keep them. Nothing else tells two versions of the page apart. */
const HASHED = /^\/assets\//;

/**
 * @param dist folder of the built lab
 * @param file path of the table, read at each request
 * @throws InputError where `dist` holds no lab.
 */
export async function labListener(dist: string, file?: string): Promise<RequestListener> {
  const policy = await policyOf(dist);
  const page = sirv(dist, { dev: true, setHeaders: keepHashed }); // looks at the folder at each request: it may be built anew
  return (request, response) => {
    const path = pathOf(request);
    setHeaders(response, path, policy);
    delete request.headers.range; // sirv throws on one that ends before it starts
    if (!isHere(request)) refuse(response, 403, `Open http://127.0.0.1:${request.socket.localPort}/`);
    else if (request.method !== 'GET' && request.method !== 'HEAD') refuse(response, 405, 'There is nothing to change.');
    else if (file !== undefined && path === dataPath(file)) void sendFile(file, response);
    else page(request, response);
  };
}

/** Where a file is served, "/data/my%20runs.csv". */
export function dataPath(file: string): string {
  return `/data/${encodeURIComponent(basename(file))}`;
}

/** The page's own, which it has in its head; a page cannot say there who may frame it. */
async function policyOf(dist: string): Promise<string> {
  const page = await readFile(join(dist, 'index.html'), 'utf8').catch((cause: unknown) => {
    throw new InputError(`${dist}: expected the built lab, got nothing there. Build it: npm run build`, { cause });
  });
  const [, policy] = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(page) ?? [];
  if (policy !== undefined) return `${policy}; frame-ancestors 'none'`;
  throw new InputError(`${dist}: expected a page with a Content-Security-Policy, got none. Build it anew: npm run build`);
}

function setHeaders(response: ServerResponse, path: string, policy: string): void {
  const headers = {
    'Content-Security-Policy': WORKER.test(path) ? policy.replace(/connect-src [^;]*/, "connect-src 'self' https: http:") : policy,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function keepHashed(response: ServerResponse, path: string): void {
  if (HASHED.test(path)) response.setHeader('Cache-Control', 'max-age=31536000, immutable');
}

function isHere({ headers: { host }, socket: { localPort } }: IncomingMessage): boolean {
  return host === `127.0.0.1:${localPort}` || host === `localhost:${localPort}`;
}

/** Without the query. Names stay encoded, as a browser encodes them. */
function pathOf({ url = '/' }: IncomingMessage): string {
  return url.replace(/[?#].*$/s, '');
}

function refuse(response: ServerResponse, status: 403 | 404 | 405, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain' }).end(`${text}\n`);
}

/** As bytes: a browser shows none of it, whatever it holds. */
async function sendFile(file: string, response: ServerResponse): Promise<void> {
  try {
    const handle = await open(file);
    response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
    await pipeline(handle.createReadStream(), response);
  } catch {
    if (!response.headersSent) refuse(response, 404, 'The file cannot be read.'); // an answer that fails later breaks off
  }
}
