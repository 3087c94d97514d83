/** Intervals of another kind, of resamples that are there: shown as the library has them, and nothing is fitted again. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { paperReplica, type BootstrapOptions } from '../../src/index.ts';
import { goTo, launch, serveLab, shown, untilDone, visit, type LabServer } from './lab.ts';
import { differences, library, REPLICATES, untilShows, type Want } from './screen.ts';

type IntervalKind = NonNullable<BootstrapOptions['interval']>;

let server: LabServer;
let browser: Browser;
let page: Page;
const wants = new Map<IntervalKind, Want>();

beforeAll(async () => {
  [server, browser] = [await serveLab(), await launch({ webgpu: false })];
  ({ page } = await visit(browser, { viewport: { width: 1440, height: 900 } }));
  for (const interval of ['percentile', 'basic', 'bca', 'sandwich'] as const) wants.set(interval, await library(paperReplica(), { bootstrap: { interval } }));
  await page.goto(`${server.url}#view=data&device=cpu&replicates=${REPLICATES}`);
  await untilShows(page, wants.get('percentile')!);
  await untilDone(page);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

const fits = () => page.evaluate(() => performance.getEntriesByName('isoloss-fitted').length);

async function choose(interval: IntervalKind): Promise<void> {
  await page.getByLabel('Interval', { exact: true }).selectOption(interval);
  await untilShows(page, wants.get(interval)!);
  await untilDone(page);
}

it('those that need no other fits need none', async () => {
  expect((await differences(page, wants.get('sandwich')!)).length).toBeGreaterThan(0);
  for (const interval of ['basic', 'sandwich', 'percentile'] as const) await choose(interval);
  expect(await fits()).toBe(1);
});

it('those of BCa need the runs fitted once without each; from then on they are there', async () => {
  await choose('bca');
  expect(await fits()).toBe(2);
  for (const interval of ['percentile', 'bca', 'sandwich', 'basic', 'bca'] as const) await choose(interval);
  expect(await fits()).toBe(2);
});

it('of other resamples they are not there', async () => {
  await choose('percentile');
  await page.getByLabel('Seed', { exact: true }).fill('1');
  await page.keyboard.press('Enter');
  await untilShows(page, await library(paperReplica(), { bootstrap: { seed: 1 } }));
  await untilDone(page);
  expect(await fits()).toBe(3);
  await page.getByLabel('Interval', { exact: true }).selectOption('bca');
  await untilShows(page, await library(paperReplica(), { bootstrap: { seed: 1, interval: 'bca' } }));
  expect(await fits()).toBe(4);
});

it('a plan has them too, and another confidence', async () => {
  await goTo(page, 'plan');
  const interval = () => shown(page, '[data-plan-interval="N"]');
  await expect.poll(interval).toMatch(/ to /);
  const before = await interval();
  await page.getByLabel('Confidence', { exact: true }).fill('0.5');
  await page.keyboard.press('Enter');
  await expect.poll(interval).not.toBe(before);
  expect(await fits()).toBe(4);
});
