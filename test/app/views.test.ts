/** Every view, light on a desk and dark on a phone: charts draw, nothing is wider than the screen, axe finds nothing. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, axeViolations } from './axe.ts';
import { goTo, launch, serveLab, untilDone, untilDrawn, VIEWS, visit, type LabServer, type Visit } from './lab.ts';

/** Of each view, as soon as there is a fit; of the paper, as soon as one reproduction has run. */
const CHARTS: Readonly<Record<keyof typeof VIEWS, number>> = {
  fit: 3, data: 0, check: 2, certainty: 3, plan: 15, approaches: 2, laws: 0, simulate: 0, paper: 1, bench: 0,
};
const views = Object.keys(VIEWS) as (keyof typeof VIEWS)[];

let browser: Browser;
let server: LabServer;
let seen: Visit;
let page: Page;

beforeAll(async () => {
  [server, browser] = [await serveLab(), await launch({ webgpu: true })];
  seen = await visit(browser, { colorScheme: 'light', viewport: { width: 1440, height: 800 } });
  page = seen.page;
  await page.goto(`${server.url}#device=cpu&replicates=128&paper=llama3&plan=cost,aside,models,serving,repetition,shapes,precision,mixtures,emergence,samples&items=1000&sparse-size=100B&mtbf=50000`);
  await page.evaluate(axe);
  await untilDone(page);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** Background of the first chart. */
const paperOf = () => page.locator('#chart-isoloss .main-svg').first().evaluate((svg) => getComputedStyle(svg).backgroundColor);

describe.each([
  ['light', 1440, 'rgb(255, 255, 255)'],
  ['dark', 360, 'rgb(20, 24, 29)'],
] as const)('%s, %i px', (colorScheme, width, paper) => {
  beforeAll(async () => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    const settings = page.locator('.settings');
    if (!await settings.evaluate((element) => (element as HTMLDetailsElement).open)) await page.getByText('Settings', { exact: true }).click();
  });

  it.each(views)('%s', async (view) => {
    await goTo(page, view);
    if (view === 'paper') await page.locator('details[open]').getByRole('button', { name: /^Run/ }).click();
    await expect.poll(() => page.locator('.chart .main-svg:first-child').count()).toBe(CHARTS[view]);
    await untilDrawn(page);
    expect(await page.locator('.chart .main-svg:first-child').count()).toBe(CHARTS[view]); // they are drawn one after another
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    expect(await axeViolations(page)).toEqual([]);
    expect(seen.complaints).toEqual([]);
  });

  it('charts have the colours of the system, and follow them', async () => {
    await goTo(page, 'fit');
    await untilDrawn(page);
    expect(await paperOf()).toBe(paper);
    await page.emulateMedia({ colorScheme: colorScheme === 'dark' ? 'light' : 'dark' });
    await expect.poll(paperOf).toBe(colorScheme === 'dark' ? 'rgb(255, 255, 255)' : 'rgb(20, 24, 29)');
  });
});

it('axe would notice: a field without a label, and colours that are too near', async () => {
  const { page } = await visit(browser, { colorScheme: 'light', viewport: { width: 1440, height: 800 } });
  await page.goto(`${server.url}#view=data&device=cpu&replicates=0`);
  await page.evaluate(axe);
  await untilDone(page);
  await page.getByLabel('Show only').waitFor();
  await page.evaluate(() => {
    document.querySelector('label[for="run-filter"]')!.remove();
    for (const name of ['placeholder', 'aria-describedby']) document.querySelector('#run-filter')!.removeAttribute(name);
    document.querySelector<HTMLElement>('#status')!.style.color = 'silver';
  });
  const rules = (await axeViolations(page)).map((line) => line.split(':')[0]);
  expect([...new Set(rules)].toSorted()).toEqual(['color-contrast', 'label']);
  await page.close();
});
