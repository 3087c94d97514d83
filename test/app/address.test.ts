/** Tables at addresses of other servers: one that answers, and all the ways in which others do not. */
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSweep } from '../../src/index.ts';
import { DIST, launch, PATIENCE, serveLab, shown, untilDone, visit, type LabServer } from './lab.ts';
import { library, REPLICATES, untilShows } from './screen.ts';
import { drop, tableOf } from './tables.ts';

const TABLE = tableOf(50);
const OPEN = { 'access-control-allow-origin': '*' };
/** Begun, and not ended before a test does. */
const held: ServerResponse[] = [];

let lab: LabServer;
let other: Server;
let origin: string;
let browser: Browser;
let page: Page;

const ANSWERS: Readonly<Record<string, (response: ServerResponse) => void>> = {
  '/runs.csv': (response) => response.writeHead(200, OPEN).end(TABLE),
  '/epoch.csv': (response) => response.writeHead(200, OPEN).end(TABLE),
  '/closed.csv': (response) => response.writeHead(200).end(TABLE),
  '/page.csv': (response) => response.writeHead(200, { ...OPEN, 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'),
  '/failing.csv': (response) => response.writeHead(503, OPEN).end(),
  '/broken.csv': (response) => { response.writeHead(200, { ...OPEN, 'content-length': TABLE.length }).write(TABLE.slice(0, 100), () => setTimeout(() => response.destroy(), 300)); },
  '/slow.csv': (response) => { held.push(response.writeHead(200, OPEN)); response.write(TABLE.slice(0, 100)); },
};

beforeAll(async () => {
  other = createServer(({ url }, response) => (ANSWERS[url!] ?? (() => response.writeHead(404, OPEN).end()))(response)).listen(0, '127.0.0.1');
  await once(other, 'listening');
  [lab, browser] = [await serveLab(), await launch({ webgpu: false })];
  origin = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  ({ page } = await visit(browser, { viewport: { width: 1440, height: 900 } }));
  await page.goto(`${lab.url}#view=data&device=cpu&replicates=${REPLICATES}`);
  await untilDone(page);
});
afterAll(async () => {
  await browser?.close();
  lab?.close();
  other?.close();
  other?.closeAllConnections();
});

async function open(path: string): Promise<void> {
  await page.getByLabel('Address of a table').fill(origin + path);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
}

it('a server that lets pages read: its table is fitted, by its field and by a link', async () => {
  const want = await library(await readSweep(TABLE));
  await open('/runs.csv');
  await untilShows(page, want);
  expect(await shown(page, '[data-fact="sweep"]')).toBe(`${origin}/runs.csv`);
  const { page: second } = await visit(browser);
  await second.goto(page.url());
  await untilShows(second, want);
  await second.close();
});

const EPOCH = 'https://raw.githubusercontent.com/epoch-research/analyzing-chinchilla/HEAD/data/svg_extracted_data.csv';

/** The built scripts in which Epoch's address stands, by their path, with that of the other server in its place: tests have no network. */
function scriptsWithOther(): Record<string, string> {
  const scripts = readdirSync(join(DIST, 'assets')).filter((name) => name.endsWith('.js')).map((name) => [`assets/${name}`, readFileSync(join(DIST, 'assets', name), 'utf8')] as const);
  return Object.fromEntries(scripts.filter(([, text]) => text.includes(EPOCH)).map(([path, text]) => [path, text.replaceAll(EPOCH, `${origin}/epoch.csv`)]));
}

it("Epoch's runs are opened from their repository by their button, and again by a link", async () => {
  const there = await serveLab(scriptsWithOther());
  const want = await library(await readSweep(TABLE));
  const { page: own, requests } = await visit(browser);
  await own.goto(`${there.url}#view=data&device=cpu&replicates=${REPLICATES}`);
  await untilDone(own);
  const asked = () => requests.filter((address) => !address.startsWith(there.origin) && address.startsWith('http'));
  expect(asked()).toEqual([]); // nothing before it is asked for
  const button = own.getByRole('button', { name: 'Epoch’s digitised runs (online)' });
  await button.click();
  await untilShows(own, want);
  expect([asked(), await button.getAttribute('aria-pressed')]).toEqual([[`${origin}/epoch.csv`], 'true']);
  expect(own.url()).toContain('epoch');
  const { page: second } = await visit(browser);
  await second.goto(own.url());
  await untilShows(second, want);
  await own.close();
  await second.close();
  there.close();
});

const UNREACHED = 'Either nothing is there, or its server lets no other page read it (CORS): then download the table, and drop it here.';
const RAW = 'Give the address of the file itself; on GitHub that is "Raw".';
const EXPECTED = 'a table of runs (CSV, TSV, JSON, JSON Lines or Parquet)';

describe('what stops a table is said, and the one that is open stays', () => {
  beforeAll(async () => {
    await drop(page, 'mine.csv', tableOf(40));
    await page.locator('[data-fact="points"]', { hasText: '40 fitted' }).waitFor({ timeout: PATIENCE });
  });

  it.each([
    ['a server that lets no page read', '/closed.csv', `expected a table of runs, got no answer (Failed to fetch). ${UNREACHED}`],
    ['nothing at the address', '/none.csv', 'expected a table of runs, got the answer 404 Not Found. Check the address.'],
    ['a server that fails', '/failing.csv', 'expected a table of runs, got the answer 503 Service Unavailable. Check the address.'],
    ['a web page', '/page.csv', `expected ${EXPECTED}, got a web page. ${RAW}`],
    ['an answer that breaks off', '/broken.csv', `expected a table of runs, got an answer that breaks off. Open it again.`],
  ])('%s', async (_, path, message) => {
    await open(path);
    await expect.poll(() => page.locator('[data-trouble="read"]').allTextContents(), { timeout: PATIENCE }).toEqual([`${origin}${path}: ${message}`]);
    expect(await shown(page, '[data-fact="sweep"]')).toBe('mine.csv');
    await expect.poll(() => shown(page, '#status')).toMatch(/^Fitted 40 runs/);
  });

  it('no server at all', async () => {
    const nobody = createServer().listen(0, '127.0.0.1');
    await once(nobody, 'listening');
    const { port } = nobody.address() as AddressInfo;
    nobody.close();
    await page.getByLabel('Address of a table').fill(`http://127.0.0.1:${port}/runs.csv`);
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('[data-trouble="read"]').allTextContents(), { timeout: PATIENCE })
      .toEqual([`http://127.0.0.1:${port}/runs.csv: expected a table of runs, got no answer (Failed to fetch). ${UNREACHED}`]);
  });

  it('a slow server is waited for by its name, and left where another table is opened', async () => {
    await open('/slow.csv');
    await expect.poll(() => shown(page, '#status')).toBe(`Reading ${origin}/slow.csv …`);
    await expect.poll(() => held.length).toBe(1);
    const left = once(held[0], 'close');
    await drop(page, 'other.csv', tableOf(45));
    await left;
    await expect.poll(() => shown(page, '#status'), { timeout: PATIENCE }).toMatch(/^Fitted 45 runs/);
    expect(await page.locator('[data-trouble]').count()).toBe(0);
  });

  it('and once it has sent all, its table is fitted', async () => {
    await open('/slow.csv');
    await expect.poll(() => held.length).toBe(2);
    held[1].end(TABLE.slice(100));
    await expect.poll(() => shown(page, '#status'), { timeout: PATIENCE }).toMatch(/^Fitted 50 runs/);
  });
});
