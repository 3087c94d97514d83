/**
 * The service worker: keeps the files of the page, so that it opens without a network. Built to offline.js beside
 * index.html, as a classic script; its scope is that folder. vite.config.ts writes the list of files into it.
 *
 * Everything comes from the cache but the page itself, which is asked for first: its name does not change with what it
 * holds, and on a loopback port it may be another program that answers by now. The files that a page names have hashes
 * in their names, so a page and its files always fit together, whichever version is kept. Nothing else is touched: what
 * the user asks for elsewhere, or beside the page, is neither kept nor seen here.
 */
interface WorkEvent extends Event {
  /** The worker lives until the work is done; where it fails, so does what the event stands for. */
  waitUntil(work: Promise<unknown>): void;
}

interface FetchEvent extends WorkEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

/**
 * The part of ServiceWorkerGlobalScope that is used here: TypeScript has it in a library that goes with no page's. A type,
 * exported so that this file is a module and its names are its own; what is built exports nothing.
 */
export interface OfflineScope {
  addEventListener(type: 'install' | 'activate', listener: (event: WorkEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
}

/** Of the build, relative to the folder; "./" is the page. */
declare const OFFLINE_FILES: readonly string[];
/** Changes with any of them. */
declare const OFFLINE_VERSION: string;

const scope = globalThis as unknown as OfflineScope;
const folder = new URL('./', location.href).href;
const page = new URL('index.html', folder).href;
const files = new Set(OFFLINE_FILES.map((file) => new URL(file, folder).href));
/** Other folders of this origin may hold a lab too. */
const family = `isoloss ${folder} `;
const cacheName = family + OFFLINE_VERSION;

scope.addEventListener('install', (event) => event.waitUntil(keep()));
scope.addEventListener('activate', (event) => event.waitUntil(forgetOthers()));
scope.addEventListener('fetch', (event) => {
  const answer = answerTo(event.request);
  if (answer) event.respondWith(answer);
});

async function keep(): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.addAll(Array.from(files, (file) => new Request(file, { cache: 'no-cache' })));
}

async function forgetOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(family) && name !== cacheName).map((name) => caches.delete(name)));
}

/** Undefined where the browser is to go on as if nobody listened. */
function answerTo(request: Request): Promise<Response> | undefined {
  if (request.method !== 'GET') return undefined;
  const address = request.url.replace(/[?#].*$/s, '');
  if (request.mode === 'navigate') return [folder, page].includes(address) ? fresh(request) : undefined;
  return files.has(address) && address !== folder ? kept(address, request) : undefined;
}

/** From the network; without one, the page that is kept. */
async function fresh(request: Request): Promise<Response> {
  return fetch(request).catch(() => kept(folder, request));
}

/** From the cache; a browser that is short of space may have emptied it. */
async function kept(address: string, request: Request): Promise<Response> {
  return (await caches.match(address, { cacheName })) ?? fetch(request);
}
