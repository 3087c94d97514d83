/** The service worker, in Chromium: what it keeps of the built page, and what a visit without a server finds. */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DIST, launch, serveLab, untilDrawn, untilDone, visit, type LabServer, type Visit } from './lab.ts';

let browser: Browser;
let server: LabServer;
let seen: Visit;
let page: Page;

/** Caches that are there before: of a lab in another folder, of another program; and of older versions of this one. */
let others: string[];
let older: string[];

beforeAll(async () => {
  [browser, server] = [await launch({ webgpu: false }), await serveLab()];
  others = [`isoloss ${server.origin}/ 1`, `isoloss ${server.url}more/ 1`, 'another program'];
  older = [`isoloss ${server.url} 0`, `isoloss ${server.url} ${'f'.repeat(16)}`];
  seen = await visit(browser, { serviceWorkers: 'allow' });
  page = seen.page;
  await page.goto(`${server.url}offline.js`); // a text: nothing runs yet
  await page.evaluate((names) => Promise.all(names.map((name) => caches.open(name))), [...others, ...older]);
  await page.goto(server.url);
  await keepFiles(page);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** Until all files are kept. A page may have registered it before: there is one a folder. */
async function keepFiles(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('./offline.js');
    const { active } = await navigator.serviceWorker.ready;
    while (active!.state !== 'activated') await new Promise((changed) => { active!.addEventListener('statechange', changed, { once: true }); });
  });
}

const controller = () => page.evaluate(() => navigator.serviceWorker.controller?.scriptURL);
const isOwn = (name: string) => name.startsWith(`isoloss ${server.url} `);

it('leaves the visit that brings it alone, and takes the next', async () => {
  expect(await controller()).toBe(undefined);
  await page.reload();
  expect(await controller()).toBe(`${server.url}offline.js`);
});

it('keeps one version, and what is not its own', async () => {
  const names = await page.evaluate(() => caches.keys());
  expect(names.filter((name) => !isOwn(name)).toSorted()).toEqual(others.toSorted());
  expect(names.filter(isOwn)).toEqual([expect.stringMatching(/ [0-9a-f]{16}$/)]);
  expect(older).not.toContain(names.find(isOwn));
});

it('keeps all files of the build, and no others', async () => {
  await page.evaluate(() => Promise.all(['./data/runs.csv', './offline.js', './none.js'].map((address) => fetch(address))));
  const name = (await page.evaluate(() => caches.keys())).find(isOwn)!;
  const kept = await page.evaluate(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url), name);
  const built = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(DIST, join(parentPath, name)));
  expect(built).toContain('offline.js');
  const want = built.filter((file) => file !== 'offline.js').map((file) => server.url + file.replace(/^index\.html$/, ''));
  expect(kept.toSorted()).toEqual(want.toSorted());
});

it('without a server the page comes up, fits and draws', async () => {
  server.close();
  seen.complaints.length = 0;
  await page.reload();
  await untilDone(page);
  await untilDrawn(page);
  expect(seen.complaints).toEqual([]);
  await page.goto(`${server.url}index.html?from=elsewhere#drop=3`);
  expect(await page.title()).toMatch(/^isoloss/);
});

it('and what is no file of the page does not, nor the page in a browser that was never here', async () => {
  await expect(page.goto(`${server.url}data/runs.csv`)).rejects.toThrow('ERR_CONNECTION_REFUSED');
  const { page: stranger } = await visit(browser, { serviceWorkers: 'allow' });
  await expect(stranger.goto(server.url)).rejects.toThrow('ERR_CONNECTION_REFUSED');
});
