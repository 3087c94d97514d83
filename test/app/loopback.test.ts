/** The page as `isoloss lab` serves it, in Chromium: what the headers allow, and a version that replaces another. */
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { labListener } from '../../src/cli/lab-server.ts';
import { DIST, launch, untilDrawn, untilDone, visit } from './lab.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
const servers: Server[] = [];
let browser: Browser;

beforeAll(async () => { browser = await launch({ webgpu: false }); });
afterAll(async () => {
  await browser?.close();
  servers.forEach(stop);
  rmSync(folder, { recursive: true });
});

async function listen(server: Server): Promise<string> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function stop(server: Server): void {
  server.close();
  server.closeAllConnections();
}

it('fits and draws, without a complaint', async () => {
  const url = await listen(createServer(await labListener(DIST)));
  const { page, requests, complaints } = await visit(browser, { serviceWorkers: 'allow' });
  await page.goto(url);
  await untilDone(page);
  await untilDrawn(page);
  expect(requests.filter((address) => !address.startsWith(url) && !/^(data|blob):/.test(address))).toEqual([]);
  expect(complaints).toEqual([]);
});

/** Posts the text of the address behind its own #. */
const WORKER = `fetch(location.hash.slice(1)).then((answer) => answer.text())
  .then((text) => postMessage(text), () => postMessage('refused'));`;

it('lets the worker ask another server, the page not, and no other site frame it', async () => {
  const dist = join(folder, 'asking');
  const [, meta] = /(<meta http-equiv="Content-Security-Policy"[^>]*>)/.exec(readFileSync(join(DIST, 'index.html'), 'utf8'))!;
  mkdirSync(join(dist, 'assets'), { recursive: true });
  writeFileSync(join(dist, 'index.html'), `<!doctype html>${meta}`);
  writeFileSync(join(dist, 'assets/worker-1.js'), WORKER);
  writeFileSync(join(dist, 'assets/other-1.js'), WORKER);
  const listener = await labListener(dist);
  const url = await listen(createServer(listener));
  const table = await listen(createServer((request, response) => {
    response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/html' });
    response.end(request.url === '/runs.csv' ? 'N,D,loss' : `<iframe src="${url}"></iframe>`);
  }));
  const { page } = await visit(browser);
  await page.goto(url);
  const askedBy = (script: string) => page.evaluate((address) => new Promise((answered) => {
    new Worker(address, { type: 'module' }).addEventListener('message', ({ data }) => answered(data));
  }), `${script}#${table}runs.csv`);
  expect(await askedBy('./assets/worker-1.js')).toBe('N,D,loss');
  expect(await askedBy('./assets/other-1.js')).toBe('refused');
  expect(await page.evaluate((address) => fetch(address).then(() => 'N,D,loss', () => 'refused'), `${table}runs.csv`)).toBe('refused');
  await page.goto(`${table}frame`);
  const frame = page.frames().find((each) => each !== page.mainFrame())!;
  expect(frame.url()).toBe('chrome-error://chromewebdata/');
});

it('shows the version that is served, and the one that was kept where none is', async () => {
  const dist = join(folder, 'changing');
  cpSync(DIST, dist, { recursive: true });
  const server = createServer(await labListener(dist));
  const { page } = await visit(browser, { serviceWorkers: 'allow' });
  await page.goto(await listen(server));
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('./offline.js');
    await navigator.serviceWorker.ready;
  });
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>another version</title>');
  await page.reload();
  expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  expect(await page.title()).toBe('another version');
  stop(server);
  await page.reload();
  expect(await page.title()).toMatch(/^isoloss/);
});
