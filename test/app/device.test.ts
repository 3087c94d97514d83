/** What the page does about its device: none, the CPU by choice, one that is lost in mid-run; and resamples that stream in. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paperReplica } from '../../src/index.ts';
import { launch, PATIENCE, serveLab, shown, untilDone, visit, type LabServer } from './lab.ts';
import { differences, library, REPLICATES, texts, untilShows, type Want } from './screen.ts';

/** Seconds of work on a software GPU, so that something can happen in the midst of it; and what nobody waits for. */
const [MANY, ENDLESS] = [4000, 100_000];

let server: LabServer;
beforeAll(async () => { server = await serveLab(); });
afterAll(() => server?.close());

/** What the library makes of the paper's sweep, by the number of resamples. */
const known = new Map<number, Promise<Want>>();
function wantOf(replicates: number): Promise<Want> {
  const want = known.get(replicates) ?? library(paperReplica(), { bootstrap: { replicates } });
  known.set(replicates, want);
  return want;
}

const resamples = async (page: Page) => Number(await page.locator('[data-resamples]').getAttribute('data-resamples'));

describe('without WebGPU', () => {
  let browser: Browser;
  beforeAll(async () => { browser = await launch({ webgpu: false }); });
  afterAll(() => browser?.close());

  it('the CPU finds the same law, and a line says why and what would help', async () => {
    const { page, complaints } = await visit(browser);
    await page.goto(`${server.url}#view=data&replicates=${REPLICATES}`);
    await untilDone(page);
    expect(await differences(page, await wantOf(REPLICATES))).toEqual([]);
    expect(await shown(page, '#status')).toMatch(/ on the CPU \(\d+ threads?\) in /);
    expect(await shown(page, '#notice')).toMatch(/^The CPU does the work\. WebGPU found no graphics adapter\. Turn on .*chrome:\/\/gpu/);
    expect(complaints).toEqual([]);
  });
});

describe('with WebGPU', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launch({ webgpu: true });
    ({ page } = await visit(browser));
    await page.goto(`${server.url}#view=data&replicates=0&device=cpu`);
    await untilDone(page);
  });
  afterAll(() => browser?.close());

  async function fill(label: string, value: number): Promise<void> {
    await page.getByLabel(label, { exact: true }).fill(String(value));
    await page.keyboard.press('Enter');
  }

  it('takes the CPU where it is chosen, without a notice, and the GPU again', async () => {
    expect(await shown(page, '[data-fact="backend"]')).toMatch(/^CPU: /);
    expect(await page.locator('#notice').count()).toBe(0);
    await page.getByLabel('Compute on').selectOption('gpu');
    await expect.poll(() => shown(page, '[data-fact="backend"]')).toMatch(/^GPU: /);
  });

  it('computes other intervals of the same resamples without fitting them again', async () => {
    await fill('Bootstrap resamples', REPLICATES);
    await untilShows(page, await wantOf(REPLICATES));
    await untilDone(page);
    const before = await shown(page, '[data-fact="time"]');
    for (const confidence of [0.8, 0.95]) {
      await fill('Confidence', confidence);
      await untilShows(page, await library(paperReplica(), { bootstrap: { confidence } }));
    }
    for (const interval of ['basic', 'percentile'] as const) {
      await page.getByLabel('Interval', { exact: true }).selectOption(interval);
      await untilShows(page, await library(paperReplica(), { bootstrap: { interval } }));
    }
    expect(await shown(page, '[data-fact="time"]')).toBe(before);
  });

  it('shows intervals while resamples are fitted, and keeps those that are done when it is stopped', async () => {
    await fill('Bootstrap resamples', ENDLESS);
    await untilOf(ENDLESS);
    expect(await page.locator('[data-results="running"]').count()).toBe(1);
    expect((await texts(page, 'data-interval'))['E']).toMatch(/^1\.\d+ to 1\.\d+$/);
    await page.getByRole('button', { name: 'Stop' }).click();
    await untilDone(page);
    const done = await resamples(page);
    expect(done).toBeGreaterThanOrEqual(128);
    expect(done).toBeLessThan(ENDLESS);
    expect(await shown(page, '[data-resamples]')).toMatch(/^Stopped: [\d,]+ of 100,000 resamples/);
    expect(await differences(page, await library(paperReplica(), { bootstrap: { replicates: done } }))).toEqual([]);
  });

  /** Until some of so many resamples are done. */
  async function untilOf(count: number): Promise<void> {
    await expect.poll(() => shown(page, '[data-resamples]'), { interval: 20 }).toContain(`of ${count.toLocaleString('en')} resamples`);
  }

  it.each(['once', 'and once more'])('is opened again or left where it is lost in mid-run, nothing is missing, and the page says so and goes on: %s', async () => {
    const debuggerOf = await browser.newBrowserCDPSession();
    await fill('Bootstrap resamples', MANY);
    await untilOf(MANY);
    await debuggerOf.send('Browser.crashGpuProcess');
    await page.locator('#notice').waitFor({ timeout: PATIENCE });
    await expect.poll(() => page.locator('[data-results="done"]').count(), { interval: 200 }).toBe(1);
    expect(await shown(page, '#notice')).toMatch(/^(The GPU was lost in mid-run\. It is opened again|The CPU does the work\. )/);
    expect(await resamples(page)).toBe(MANY);
    expect(await differences(page, await wantOf(MANY))).toEqual([]);
    await fill('Bootstrap resamples', REPLICATES);
    await untilShows(page, await wantOf(REPLICATES));
  });
});
