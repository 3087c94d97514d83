/** The built lab, served under a sub-path as a static host would, and a Chromium to open it in. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { chromiumArguments, ensureChromium } from '../support/chromium.ts';

/** Milliseconds that a page may take for anything: a machine shared by others can stop for many seconds. */
export const PATIENCE = 60_000;

/** The built lab: dist/, or ISOLOSS_TEST_DIST. */
export const DIST = process.env['ISOLOSS_TEST_DIST'] ?? 'dist';
const FOLDER = '/static/lab/';
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.csv': 'text/csv' };

export interface LabServer {
  readonly url: string;
  readonly origin: string;
  close(): void;
}

/** Serves dist/ on loopback, and beside it what is given, by its path in the folder. */
export async function serveLab(beside: Readonly<Record<string, string>> = {}): Promise<LabServer> {
  if (!existsSync(join(DIST, 'index.html'))) throw new Error('The lab is not built: run `npm run build:lab`.');
  const server = createServer((request, response) => {
    const path = new URL(request.url!, 'http://lab').pathname;
    const [file, given] = [fileOf(path), beside[path.slice(FOLDER.length)]];
    if (given !== undefined) response.writeHead(200, { 'content-type': TYPES[extname(path)] }).end(given);
    else if (!file) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': TYPES[extname(file)] }).end(readFileSync(file));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: origin + FOLDER, origin, close: () => { server.close(); server.closeAllConnections(); } };
}

function fileOf(path: string): string | undefined {
  if (!path.startsWith(FOLDER)) return undefined;
  const file = join(DIST, normalize(`/${path.slice(FOLDER.length)}`));
  return extname(file) === '' ? join(DIST, 'index.html') : existsSync(file) ? file : undefined;
}

export async function launch(options: { webgpu: boolean }): Promise<Browser> {
  const { executable } = await ensureChromium();
  return chromium.launch({ executablePath: executable, args: chromiumArguments(options) });
}

export interface Visit {
  readonly page: Page;
  /** Addresses of all requests, in order; those of the service worker too. */
  readonly requests: string[];
  /** Addresses of those that the page and its workers made. */
  readonly own: string[];
  /** Errors and warnings of the console (breaches of the Content-Security-Policy among them), and uncaught errors. */
  readonly complaints: string[];
}

/** What the console says where a service worker is not allowed. */
const BLOCKED = 'Service Worker registration blocked by Playwright';

/**
 * A fresh page, watched from before it loads. Its service worker, which keeps all files of the lab and compiles them, is
 * left out where the options do not say `serviceWorkers: 'allow'`.
 */
export async function visit(browser: Browser, options: Parameters<Browser['newPage']>[0] = {}): Promise<Visit> {
  const page = await browser.newPage({ serviceWorkers: 'block', ...options });
  const [requests, own, complaints]: [string[], string[], string[]] = [[], [], []];
  page.context().on('request', (request) => {
    requests.push(request.url());
    if (!request.serviceWorker()) own.push(request.url());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && message.text() !== BLOCKED) complaints.push(message.text());
  });
  return { page, requests, own, complaints };
}

/** Of the link to each view. */
export const VIEWS = {
  fit: 'Law', data: 'Data', check: 'Residuals', certainty: 'Certainty', plan: 'Plan', approaches: 'Approaches', laws: 'Laws', simulate: 'Simulate',
  paper: 'Paper', bench: 'Benchmark',
} as const;

/** Goes to a view, as a person does; it is there when its code is. */
export async function goTo(page: Page, view: keyof typeof VIEWS): Promise<void> {
  await page.getByRole('link', { name: VIEWS[view], exact: true }).click();
  await page.locator(`[data-view="${view}"] > :not([data-loading])`).first().waitFor();
}

/** Until the fit is shown, and its resamples are done. */
export async function untilDone(page: Page): Promise<void> {
  await page.locator('[data-results="done"]').waitFor({ timeout: PATIENCE });
}

/** Until the fit is shown, its resamples are done, and every chart of the view is drawn as things are now. */
export async function untilDrawn(page: Page): Promise<void> {
  await untilDone(page);
  await page.waitForFunction(() => [...document.querySelectorAll('.chart')].every((chart) => chart.getAttribute('data-drawn') === 'yes' && chart.querySelector('.main-svg')), null, { timeout: PATIENCE });
}

/** The text of an element that the lab marks with a data attribute. */
export async function shown(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).textContent()) ?? '';
}
