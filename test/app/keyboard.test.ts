/** The page by keyboard alone: what has the focus is seen, its order is that of the page, and everything can be done. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { paperReplica } from '../../src/index.ts';
import { launch, PATIENCE, serveLab, shown, untilDone, VIEWS, visit, type LabServer, type Visit } from './lab.ts';
import { library, REPLICATES, untilShows, type Want } from './screen.ts';

let server: LabServer;
let browser: Browser;
let seen: Visit;
let page: Page;
let all: Want;
const sweep = paperReplica();

beforeAll(async () => {
  [server, browser] = [await serveLab(), await launch({ webgpu: false })];
  all = await library(sweep);
  seen = await visit(browser, { viewport: { width: 1440, height: 900 } });
  page = seen.page;
  await page.goto(`${server.url}#view=data&device=cpu&replicates=${REPLICATES}`);
  await untilShows(page, all);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});
interface Focus {
  readonly name: string;
  readonly area: string;
  /** Is a ring about it, on the screen? */
  readonly seen: boolean;
}

/** What has the focus; its name as a person reads it. */
function focus(): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement;
    const ringed = (element.type === 'file' && element.closest('label')) || element;
    const { outlineStyle, outlineWidth } = getComputedStyle(ringed);
    const { left, right, top, bottom } = ringed.getBoundingClientRect();
    return {
      name: (element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent ?? '').trim(),
      area: element.closest('header, nav, main, aside')?.tagName ?? element.tagName,
      seen: outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2 && right > left && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
    };
  });
}

/** Presses Tab, or Shift and Tab, until something of this name has the focus. */
async function tabTo(name: string, key = 'Tab'): Promise<void> {
  for (let k = 0; k < 120; k++) {
    await page.keyboard.press(key);
    if ((await focus()).name === name) return;
  }
  throw new Error(`${key} does not come to ${name}`);
}

/** Into the field that has the focus. */
async function type(text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

it('goes through the page in its order, and is always seen', async () => {
  const order: Focus[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const now = await focus();
    if (now.area === 'BODY' || order.length > 120) break;
    order.push(now);
  }
  expect(order.filter((one) => !one.seen)).toEqual([]);
  expect(order.map(({ area }) => area).filter((area, k, areas) => area !== areas[k - 1])).toEqual(['HEADER', 'NAV', 'MAIN', 'ASIDE']);
  const names = order.map(({ name }) => name);
  const wanted = [
    'Share and export', ...Object.values(VIEWS), 'Choose a file', 'Address of a table', 'Open', 'Paste a table', 'Show only',
    'Table of runs', 'Line ↑', 'Line 1 in the fit', 'Settings', 'Law', 'Huber δ, nats', 'Starts', 'Bootstrap resamples', 'Confidence', 'Compute on',
  ];
  let from = -1;
  for (const name of wanted) {
    const at = names.indexOf(name, from + 1);
    expect(at, `${name} after ${names[from]}`).toBeGreaterThan(from);
    from = at;
  }
});

it('reaches every view', async () => {
  for (const [view, title] of Object.entries(VIEWS)) {
    await tabTo(title);
    await page.keyboard.press('Enter');
    await page.locator(`[data-view="${view}"]`).waitFor();
    expect(await focus()).toMatchObject({ name: title, area: 'NAV', seen: true });
    expect(await page.locator('[aria-current="page"]').textContent()).toBe(title);
  }
});

it('changes a setting, and stays in its field', async () => {
  await tabTo('Drop highest losses');
  await type('5');
  await untilShows(page, await library(sweep, { dropHighest: 5 }));
  expect(await focus()).toMatchObject({ name: 'Drop highest losses', seen: true });
  await type('many');
  await expect.poll(() => page.locator('.settings [role="alert"]').allTextContents()).toEqual(['expected a whole number from 0 to 1,000,000, got "many".']);
  await untilShows(page, await library(sweep, { dropHighest: 5 }));
  await type('0');
  await untilShows(page, all);
});

it('leaves a run out by its switch, takes it back in, and goes through the table by arrows', async () => {
  await tabTo('Data');
  await page.keyboard.press('Enter');
  await tabTo('Line 1 in the fit');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  await untilShows(page, await library(sweep, { exclude: [2] }));
  expect(await focus()).toMatchObject({ name: 'Line 2 in the fit', seen: true });
  await page.keyboard.press('Space');
  await untilShows(page, all);
  for (let line = 3; line <= 42; line++) { // each is there once the one before is seen
    await page.keyboard.press('ArrowDown');
    await expect.poll(async () => (await focus()).name).toBe(`Line ${line} in the fit`);
  }
  await expect.poll(() => focus()).toMatchObject({ name: 'Line 42 in the fit', seen: true });
  await page.keyboard.press('Tab');
  await expect.poll(() => focus()).toMatchObject({ name: 'Settings', area: 'ASIDE' });
  await page.keyboard.press('Shift+Tab'); // back to where it was
  await expect.poll(() => focus()).toMatchObject({ name: 'Line 42 in the fit', seen: true });
  await tabTo('Table of runs', 'Shift+Tab');
  await page.keyboard.press('End');
  await page.getByLabel('Line 327 in the fit').waitFor();
});

it('stops a bootstrap', async () => {
  await tabTo('Bootstrap resamples');
  await type('200k');
  await expect.poll(async () => Number(await page.locator('[data-resamples]').getAttribute('data-resamples'))).toBeGreaterThan(REPLICATES);
  await tabTo('Stop', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await untilDone(page);
  expect(await shown(page, '[data-resamples]')).toMatch(/^Stopped: [\d,]+ of 200,000 resamples/);
});

it('opens and closes the settings where they are folded', async () => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto('about:blank');
  await page.goto(`${server.url}#view=data&device=cpu&replicates=0`);
  await untilDone(page);
  const law = page.getByLabel('Law', { exact: true });
  expect(await law.isVisible()).toBe(false);
  await tabTo('Settings');
  await page.keyboard.press('Enter');
  await expect.poll(() => law.isVisible()).toBe(true);
  await page.keyboard.press('Tab');
  await expect.poll(() => focus()).toMatchObject({ name: 'Law', seen: true });
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect.poll(() => law.isVisible()).toBe(false);
  expect(seen.complaints).toEqual([]);
});

/** A view from its link, and all that Tab comes to in it. */
async function through(view: string): Promise<Focus[]> {
  await page.getByRole('link', { name: view, exact: true }).focus();
  await page.keyboard.press('Enter');
  await untilDone(page);
  await page.locator(`main > *:not([data-loading])`).first().waitFor();
  await page.getByRole('link', { name: VIEWS.bench, exact: true }).focus();
  const order: Focus[] = [];
  while (order.length < 200) {
    await page.keyboard.press('Tab');
    const now = await focus();
    if (now.area !== 'MAIN') break;
    order.push(now);
  }
  return order;
}

it('the view Laws: its parts are asked, and their tables and charts come next', async () => {
  const before = await through(VIEWS.laws);
  expect(before.filter((one) => !one.seen)).toEqual([]);
  const names = before.map(({ name }) => name);
  for (const name of ['Resamples of the runs', 'Compare', 'Vary', 'Choose a second table']) expect(names).toContain(name);
  await page.getByRole('link', { name: VIEWS.bench, exact: true }).focus();
  await tabTo('Vary');
  await page.keyboard.press('Enter');
  await page.locator('#sensitivity [data-outcome] .chart .main-svg').first().waitFor({ timeout: PATIENCE });
  await expect.poll(async () => (await focus()).name).toBe('Vary'); // where it was
  await tabTo('Results as JSON');
  expect(await focus()).toMatchObject({ seen: true });
});

it('the view Plan: a part is unfolded, and its fields come next', async () => {
  const folded = await through(VIEWS.plan);
  expect(folded.filter((one) => !one.seen)).toEqual([]);
  await page.getByRole('link', { name: VIEWS.bench, exact: true }).focus();
  for (let k = 0; k < 60 && !(await focus()).name.startsWith('With serving'); k++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.locator('[data-part=serving] input').first().waitFor();
  await page.keyboard.press('Tab');
  expect(await focus()).toMatchObject({ area: 'MAIN', seen: true });
  expect(await page.evaluate(() => document.activeElement!.closest('[data-part]')?.getAttribute('data-part'))).toBe('serving');
  const unfolded = await through(VIEWS.plan);
  expect(unfolded.length).toBeGreaterThan(folded.length);
  expect(unfolded.filter((one) => !one.seen)).toEqual([]);
});
