/** What came late, or belongs to another table, is never on the screen beside what is there now. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readSweep } from '../../src/index.ts';
import { goTo, launch, serveLab, shown, untilDone, untilDrawn, visit, type LabServer } from './lab.ts';
import { library, REPLICATES, texts, untilShows } from './screen.ts';
import { drop, tableOf } from './tables.ts';

let server: LabServer;
let browser: Browser;
let page: Page;

const [first, second] = [tableOf(40), tableOf(60)];
const wantOf = async (text: string, exclude: readonly number[] = []) => library(await readSweep(text), { exclude });
const setting = (key: string) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get(key);

beforeAll(async () => { [server, browser] = [await serveLab(), await launch({ webgpu: false })]; });
afterAll(async () => {
  await browser?.close();
  server?.close();
});
beforeEach(async () => {
  ({ page } = await visit(browser));
  await page.goto(`${server.url}#view=data&device=cpu&replicates=${REPLICATES}`);
  await untilDone(page);
  return () => page.close();
});

it('“back” brings back the file with the runs that were left out of it, never those of another', async () => {
  await drop(page, 'first.csv', first);
  await page.getByLabel('Line 5 in the fit').uncheck();
  await untilShows(page, await wantOf(first, [5]));
  await goTo(page, 'plan');
  await goTo(page, 'data');
  await drop(page, 'second.csv', second);
  await untilShows(page, await wantOf(second));
  await page.goBack(); // to the plan of the first file
  await expect.poll(() => page.locator('[data-view="plan"]').count()).toBe(1);
  await untilShows(page, await wantOf(first, [5]));
  expect(await shown(page, '[data-fact="sweep"]')).toBe('first.csv');
  expect([setting('file'), setting('exclude')]).toEqual(['first.csv', '5']);
  await page.goForward();
  await untilShows(page, await wantOf(second));
  expect([setting('file'), setting('exclude')]).toEqual(['second.csv', null]);
});

it('a table that cannot be fitted takes the law of the one before off the screen', async () => {
  await drop(page, 'first.csv', first);
  await untilShows(page, await wantOf(first));
  await drop(page, 'few.csv', tableOf(3));
  await page.locator('[data-trouble="fit"]').waitFor();
  expect(await texts(page, 'data-param')).toEqual({});
  await drop(page, 'second.csv', second);
  await untilShows(page, await wantOf(second));
  expect(await page.locator('[data-trouble]').count()).toBe(0);
});

it('settings that cannot be fitted leave the law, and say that it is of those before', async () => {
  const before = await texts(page, 'data-param');
  await page.getByLabel('Keep only').fill('C<1');
  await page.keyboard.press('Enter');
  await expect.poll(() => shown(page, '#law-heading')).toBe('Fitted law, of the settings before');
  expect(await texts(page, 'data-param')).toEqual(before);
  await page.getByLabel('Keep only').fill('');
  await page.keyboard.press('Enter');
  await expect.poll(() => shown(page, '#law-heading')).toBe('Fitted law');
});

it('a fit under way does not come back when its column is taken away', async () => {
  await page.getByLabel('Bootstrap resamples').fill('20000');
  await drop(page, 'first.csv', first);
  await page.locator('[data-fact="sweep"]', { hasText: 'first.csv' }).waitFor();
  await page.getByLabel('Loss, nats per token').selectOption('');
  await expect.poll(() => texts(page, 'data-param')).toEqual({});
  await page.waitForTimeout(1500);
  expect(await texts(page, 'data-param')).toEqual({});
});

it('charts of resamples go with the resamples', async () => {
  await goTo(page, 'certainty');
  await untilDrawn(page);
  await page.getByLabel('Bootstrap resamples').fill('0');
  await page.keyboard.press('Enter');
  await page.getByText('There are no resamples to show').waitFor();
  await expect.poll(() => page.locator('#chart-distributions .main-svg').count()).toBe(0);
});
