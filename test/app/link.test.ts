/** The address holds what is on the screen: links, reload, back and forward; and addresses that cannot be read. */
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lawIds, paperReplica, readSweep, showLines } from '../../src/index.ts';
import { goTo, launch, serveLab, shown, visit, type LabServer, type Visit } from './lab.ts';
import { library, REPLICATES, untilShows, type Want } from './screen.ts';
import { drop, tableOf } from './tables.ts';

/** On the CPU, and without charts: quick. */
const CPU = `view=data&device=cpu&replicates=${REPLICATES}`;
/** As the page writes it. */
const SAME = { view: 'data', device: 'cpu', replicates: String(REPLICATES) };

let server: LabServer;
let browser: Browser;
let all: Want;
const sweep = paperReplica();
beforeAll(async () => {
  [server, browser] = [await serveLab(), await launch({ webgpu: false })];
  all = await library(sweep);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** In a context of its own, as for someone else. */
async function opened(settings: string): Promise<Visit> {
  const seen = await visit(browser, { viewport: { width: 1440, height: 900 } });
  await seen.page.goto(`${server.url}#${settings}`);
  return seen;
}

const addressOf = (page: Page) => Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.slice(1)));
const troubles = (page: Page) => page.locator('[data-trouble]').allTextContents();

it('a link brings back all settings', async () => {
  const settings = {
    law: 'chinchilla-allocation', delta: '0.01', starts: '12', drop: '3', where: 'D/N>=3; C<2e21', exclude: '5,40-44', seed: '3',
    resample: 'wild', replicates: '200', interval: 'basic', confidence: '0.8', budget: '5.76e23', device: 'cpu', view: 'data',
  };
  const { page, complaints } = await opened(String(new URLSearchParams(settings)));
  const exclude = [5, 40, 41, 42, 43, 44];
  const want = await library(sweep, {
    where: ['D/N>=3', 'C<2e21'], exclude, dropHighest: 3, fit: { law: 'chinchilla-allocation', delta: 0.01, starts: 12, seed: 3 },
    bootstrap: { kind: 'wild', replicates: 200, interval: 'basic', confidence: 0.8, seed: 3 },
  });
  await untilShows(page, want);
  expect(addressOf(page)).toEqual(settings);
  expect(await shown(page, '.parameters thead')).toContain('80 % interval');
  const fields = { 'Huber δ, nats': '0.01', Starts: '12', 'Drop highest losses': '3', 'Keep only': settings.where, Confidence: '0.8', Seed: '3' };
  for (const [label, value] of Object.entries(fields)) expect(await page.getByLabel(label, { exact: true }).inputValue()).toBe(value);
  const left = await page.locator('#left-out li').allTextContents();
  expect(left.slice(0, 4)).toEqual(want.fit.dropped.map(({ reason, lines }) => `${lines.length} ${reason}: lines ${showLines(lines)}`));
  expect(want.fit.dropped.length).toBe(4);
  expect(complaints).toEqual([]);
  await page.close();
});

it('what is changed stands in the address, without a step back for each change', async () => {
  const { page } = await opened(CPU);
  await untilShows(page, all);
  const steps = await page.evaluate(() => history.length);
  await page.getByLabel('Drop highest losses').fill('2');
  await page.keyboard.press('Enter');
  const want = await library(sweep, { dropHighest: 2 });
  await untilShows(page, want);
  expect(addressOf(page)).toEqual({ drop: '2', ...SAME });
  expect(await page.evaluate(() => history.length)).toBe(steps);
  await page.reload();
  await untilShows(page, want);
  await page.evaluate(() => { location.hash = location.hash.replace('drop=2', 'drop=0'); });
  await untilShows(page, all);
  expect(await page.getByLabel('Drop highest losses').inputValue()).toBe('0');
  await page.close();
});

it('back and forward go through the views, and compute nothing anew', async () => {
  const { page } = await opened(`exclude=9&${CPU}`);
  await untilShows(page, await library(sweep, { exclude: [9] }));
  await goTo(page, 'simulate');
  await page.evaluate(() => {
    const changes: string[] = [];
    Object.assign(globalThis, { changes });
    new MutationObserver((all) => all.forEach(({ target }) => changes.push((target as HTMLElement).dataset['results']!)))
      .observe(document.body, { subtree: true, attributeFilter: ['data-results'] });
  });
  await goTo(page, 'bench');
  for (const [step, view] of [['goBack', 'simulate'], ['goBack', 'data'], ['goForward', 'simulate']] as const) {
    await page[step]();
    await page.locator(`[data-view="${view}"]`).waitFor();
    expect(addressOf(page)['view']).toBe(view);
  }
  expect(addressOf(page)['exclude']).toBe('9');
  expect(await page.evaluate(() => (globalThis as unknown as { changes: string[] }).changes)).toEqual([]);
  await page.locator('.settings').getByLabel('Seed').fill('4'); // which would be noticed
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => (globalThis as unknown as { changes: string[] }).changes)).toContain('running');
  await page.close();
});

describe('an address that cannot be read', () => {
  let seen: Visit;
  let page: Page;
  beforeAll(async () => {
    seen = await opened(`drop=x&${CPU}`);
    page = seen.page;
  });
  afterAll(() => page?.close());

  const goToAddress = (settings: string) => page.evaluate((hash) => { location.hash = hash; }, `${settings}&${CPU}`);

  it('says so where the page opens with it, and is forgotten with the next', async () => {
    await untilShows(page, all);
    expect(await troubles(page)).toEqual(['address, drop: expected a whole number from 0 to 1,000,000, got "x". It was left at its default.']);
    await goToAddress('drop=4');
    await untilShows(page, await library(sweep, { dropHighest: 4 }));
    expect(await troubles(page)).toEqual([]);
  });

  it.each([
    ['law=kaplan9', `address, law: expected one of ${lawIds.join(', ')}, got "kaplan9". It was left at its default.`],
    ['drop=1.5', 'address, drop: expected a whole number from 0 to 1,000,000, got "1.5". It was left at its default.'],
    ['exclude=a-b', 'address, exclude: expected lines such as 12,15-18, got "a-b". Write numbers from 1 on, and ranges with the lower one first, parted by commas. It was left at its default.'],
    ['columns=%25', 'address, columns: expected pairs such as loss:val_loss, got "%". It was left at its default.'],
    ['confidence=', 'address, confidence: expected a confidence from 0.01 to 0.999, such as 0.95, got nothing. It was left at its default.'],
    ['colour=red', 'address: expected settings of this page, got "colour". It was left out.'],
    ['data=H4sIAAAA', 'address, data: expected the whole table of a link, got one that is cut short. Copy the link again.'],
  ])('%s: says so, and takes the default', async (settings, message) => {
    await goToAddress(settings);
    await expect.poll(() => troubles(page)).toEqual([message]);
    await untilShows(page, all);
    expect(addressOf(page)).toEqual(SAME);
  });

  it.each([
    ['exclude=9999', 'exclude: expected lines of the table, got 9999. Its 327 runs are on lines 1 to 327.', '[data-trouble="fit"]'],
    ['where=C~1e21', 'where: expected a comparison such as C<1e21 or corpus=c4, got "C~1e21". Compare N, D, C, D/N, loss, another role or a column by <, <=, >, >=, = or != with a number such as 70B, or by = or != with a text.', '.settings .problem'],
    ['drop=400', 'dropHighest: expected a whole number from 0 to 326, got 400. One of the 327 runs must stay.', '.settings .problem'],
  ])('%s, which these runs cannot: says so where it is set', async (settings, message, where) => {
    await goToAddress(settings);
    await expect.poll(() => page.locator(where).allTextContents()).toEqual([message]);
    expect(await shown(page, '#status')).toBe('Stopped.');
  });

  it('on a narrow screen, where the settings are folded, it stands above', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    await expect.poll(() => troubles(page)).toEqual(['dropHighest: expected a whole number from 0 to 326, got 400. One of the 327 runs must stay.']);
    expect(seen.complaints).toEqual([]);
  });
});

describe('a link about someone’s table', () => {
  const text = tableOf(40).replace('loss', 'score');
  const settings = `source=file&file=mine.csv&columns=loss%3Ascore&exclude=3&${CPU}`;
  const wanted = async () => library(await readSweep(text, { columns: { loss: 'score' } }), { exclude: [3] });

  it('brings the table, where it holds it', async () => {
    const { page, requests } = await opened(`${settings}&data=${gzipSync(text).toString('base64url')}`);
    await untilShows(page, await wanted());
    expect(await shown(page, '[data-fact="sweep"]')).toBe('mine.csv');
    expect(requests.filter((url) => url.includes('data='))).toEqual([]); // what is behind # stays here
    await page.close();
  });

  it('asks for it, where it does not, and then is as it was', async () => {
    const { page } = await opened(settings);
    await expect.poll(() => shown(page, '#status')).toBe('This link is about mine.csv, which it does not hold: drop the file here.');
    await drop(page, 'mine.csv', text);
    await untilShows(page, await wanted());
    expect(addressOf(page)).toMatchObject({ file: 'mine.csv', columns: 'loss:score', exclude: '3' });
    await drop(page, 'other.csv', text.replace('score', 'loss')); // another table is not about those lines
    await untilShows(page, await library(await readSweep(text, { columns: { loss: 'score' } })));
    expect(addressOf(page)).toEqual({ source: 'file', file: 'other.csv', ...SAME });
    await page.close();
  });
});
