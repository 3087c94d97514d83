/**
 * The built page, through what a person sees and does: the law on screen is the library's, computed on the GPU, or
 * on the CPU where there is no WebGPU; the page keeps to itself.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { fit, paperReplica, type Fit } from '../../src/index.ts';
import { EQ10 } from '../../src/paper/hoffmann.ts';
import { launch, serveLab, shown, untilDrawn, visit, type LabServer, type Visit } from './lab.ts';

/** Three standard errors of Epoch's 240 runs, which lie as the replica's do. */
const TRUTH = { E: 3 * 0.0257, alpha: 3 * 0.0154, beta: 3 * 0.0206 } as const;
/** The page shows four digits. */
const FOUR_DIGITS = 5e-4;

let server: LabServer;
let want: Fit;

beforeAll(async () => {
  server = await serveLab();
  want = await fit(paperReplica(), { backend: 'cpu' });
});
afterAll(() => server?.close());

async function shownParams(page: Page): Promise<Record<string, number>> {
  const entries = await page.locator('[data-param]').evaluateAll((cells) =>
    cells.map((cell) => [cell.getAttribute('data-param')!, Number(cell.textContent)] as const));
  return Object.fromEntries(entries);
}

async function expectTheLaw(page: Page): Promise<void> {
  const got = await shownParams(page);
  expect(Object.keys(got)).toEqual(Object.keys(want.params));
  for (const [name, value] of Object.entries(want.params)) {
    expect(Math.abs(got[name]! / value - 1), name).toBeLessThan(FOUR_DIGITS);
  }
  for (const [name, off] of Object.entries(TRUTH)) {
    expect(Math.abs(got[name]! - EQ10[name as keyof typeof EQ10]), `${name} of the truth`).toBeLessThan(off);
  }
}

/** Run in the page by the debugger, which its Content-Security-Policy does not bind. */
async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const { passes, violations } = await (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run();
    if (passes.length < 10) throw new Error(`axe found little to check: ${passes.length} rules`);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}

describe('with WebGPU', () => {
  let browser: Browser;
  let seen: Visit;
  let page: Page;

  beforeAll(async () => {
    browser = await launch({ webgpu: true });
    seen = await visit(browser, { viewport: { width: 1440, height: 900 } });
    page = seen.page;
    await page.goto(server.url);
    await untilDrawn(page);
  });
  afterAll(() => browser?.close());

  it('shows the law that made the sweep', async () => {
    await expectTheLaw(page);
    expect(await shown(page, '#chart .gtitle')).toContain(Number(want.params['E']!.toPrecision(4)).toString());
  });

  it('shows exponents, certificate and the optimal models', async () => {
    const { a, b } = want.exponents;
    expect(await page.locator('[data-exponent]').allTextContents()).toEqual([a.toFixed(3), b.toFixed(3)]);
    expect(await shown(page, '#certificate .verdict')).toBe('Passes.');
    expect(await page.locator('#models tbody tr').count()).toBe(5);
  });

  it('was fitted on the GPU, by an adapter with a name', async ({ skip }) => {
    const status = await shown(page, '#status');
    const onGpu = status.includes('on the GPU');
    if (!onGpu && !inject('requireGpu')) skip(`GPU test skipped: ${await shown(page, '#notice')}`);
    expect(status).toMatch(/^Fitted \d+ runs on the GPU \([a-z].+\) in [\d.]+ m?s\.$/);
    expect(await shown(page, '[data-fact="backend"]')).toMatch(/^GPU: [a-z]/);
    expect(await page.locator('#notice').isVisible()).toBe(false);
  });

  it('draws the chart with human ticks', async () => {
    const labels = async (ticks: string) => (await page.locator(ticks).allTextContents()).filter(Boolean);
    expect(await labels('#chart .xtick')).toEqual(['100M', '1B', '10B']);
    expect(await labels('#chart .ytick')).toEqual(['1B', '10B', '100B', '1T']);
    expect(await page.locator('#chart .scatterlayer .points path').count()).toBe(want.points + 4);
  });

  it('keeps to its own folder, without a complaint', () => {
    expect(seen.requests.filter((url) => !url.startsWith(server.url) && !/^(data|blob):/.test(url))).toEqual([]);
    expect(seen.complaints).toEqual([]);
  });

  it('saves the chart, by keyboard', async () => {
    await page.locator('#png').focus();
    expect(await savedBy(page, 'Enter')).toMatchObject({ name: 'isoloss.png', head: '\x89PNG' });
    await page.keyboard.press('Tab');
    expect(await savedBy(page, 'Space')).toMatchObject({ name: 'isoloss.svg', head: '<svg' });
    expect(seen.complaints).toEqual([]);
  });

  it('follows the colours of the system', async () => {
    const sheet = page.locator('#chart .main-svg').first();
    const paper = () => sheet.evaluate((svg) => getComputedStyle(svg).backgroundColor);
    expect(await paper()).toBe('rgb(255, 255, 255)');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(paper).toBe('rgb(20, 24, 29)');
  });

  it.each([['light', 1440], ['dark', 360]] as const)('has no axe violations: %s, %i px', async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  it('may ask nothing of another server', async () => {
    const { page } = await visit(browser);
    await page.goto(server.url);
    expect(await page.evaluate(() => new Promise((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
      fetch('http://127.0.0.1:9/').catch(() => {});
    }))).toBe('connect-src');
  });

  it('says so where the worker does not start, and never asks for plotly', async () => {
    const broken = await visit(browser);
    await broken.page.route(/worker.*\.js/, (route) => route.abort());
    await broken.page.goto(server.url);
    await broken.page.locator('#trouble').waitFor();
    expect(await shown(broken.page, '#trouble')).toBe('The worker did not start. Reload the page.');
    expect(await shown(broken.page, '#status')).toBe('Stopped.');
    expect(broken.requests.filter((url) => url.includes('plotly'))).toEqual([]);
    expect(seen.requests.filter((url) => url.includes('plotly'))).toHaveLength(1);
  });
});

async function savedBy(page: Page, key: string): Promise<{ name: string; head: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press(key)]);
  return { name: download.suggestedFilename(), head: readFileSync(await download.path()).toString('latin1', 0, 4) };
}

describe('without WebGPU', () => {
  let browser: Browser;
  beforeAll(async () => { browser = await launch({ webgpu: false }); });
  afterAll(() => browser?.close());

  it('the CPU finds the same law, and a line says why', async () => {
    const { page, complaints } = await visit(browser);
    await page.goto(server.url);
    await untilDrawn(page);
    await expectTheLaw(page);
    expect(await shown(page, '#status')).toMatch(/ on the CPU \(\d+ threads?\) in /);
    const notice = await shown(page, '#notice');
    expect(notice).toMatch(/^The CPU did the work\. WebGPU found no graphics adapter\. Turn on .*chrome:\/\/gpu/);
    expect(complaints).toEqual([]);
  });
});
