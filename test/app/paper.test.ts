/** The paper's view of the built page: its tables are the library's, data that are given have their part, and it stops. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  countVerdicts, dataSetById, formatComparedRatio, formatOurs, formatPublished, formatVerdicts, openBackend, readSweep, reproduceOn, reproductionIds,
  reproductionsJson, type DataSets, type Reproduction,
} from '../../src/index.ts';
import { goTo, launch, serveLab, shown, untilDone, visit, type LabServer, type Visit } from './lab.ts';
import { drop, tableOf } from './tables.ts';

/** On the CPU, whose float64 is alike on every machine; as few resamples as there may be. */
const SETTINGS = '&device=cpu&replicates=0&paper-replicates=100';
/** With sections that need data, and quick: most of it is closed forms. */
const ID = 'llama3';

let server: LabServer;
let browser: Browser;
let seen: Visit;
let page: Page;
beforeAll(async () => {
  [server, browser] = [await serveLab(), await launch({ webgpu: false })];
  seen = await visit(browser, { viewport: { width: 1440, height: 900 } });
  page = seen.page;
  await page.goto(`${server.url}#view=paper&paper=${ID}${SETTINGS}`);
  await untilDone(page);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

const one = () => page.locator(`[data-reproduction="${ID}"]`);
const status = () => page.locator('section > .run [role=status]');

async function run(): Promise<void> {
  const button = one().getByRole('button', { name: /^Run/ });
  await button.click();
  await one().getByRole('button', { name: /^Run again/ }).waitFor();
}

async function library(data: DataSets = {}): Promise<Reproduction> {
  const backend = await openBackend('cpu');
  const [reproduction] = await reproduceOn(backend, [ID], { data, replicates: 100 }).finally(() => backend.close());
  return reproduction!;
}

/** "5.76·10²³" is "5.76e23". */
function plain(text: string): string {
  const digits = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻';
  return text.replaceAll(/(?:([\d.]+)·)?10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)/g, (_, mantissa: string | undefined, raised: string) =>
    `${mantissa ?? '1'}e${[...raised].map((digit) => '0123456789-'[digits.indexOf(digit)]).join('')}`);
}

/** What the page shows of each section: rows, and what is missing. */
async function shownSections(): Promise<unknown> {
  const sections = await one().locator('[data-section]').evaluateAll((all) => all.map((section) => ({
    title: section.getAttribute('data-section'),
    missing: section.querySelector('[data-missing]')?.getAttribute('data-missing'),
    rows: [...section.querySelectorAll('[data-verdict]')].map((row) =>
      [row.querySelector('.where, .unseen')!, row.querySelector('.quantity')!, ...row.querySelectorAll('[data-figure]')].map((cell) => cell.textContent!)),
    findings: [...section.querySelectorAll('.flat li')].map((finding) => finding.textContent),
  })));
  return sections.map(({ rows, ...rest }) => ({ ...rest, rows: rows.map((row) => row.map((cell) => plain(cell.replace(/ \[\d+\]$/, '')))) }));
}

function sectionsOf({ sections }: Reproduction): unknown {
  return sections.map(({ title, comparisons, findings, missing }) => ({
    title, missing, findings,
    rows: comparisons.map((row) =>
      [row.where, row.quantity, formatPublished(row), formatOurs(row), formatComparedRatio(row), row.verdict].map(plain)),
  }));
}

/** exp and log of a browser and of Node differ in the last bit; the time, and how many threads there are, do not count. */
function alike(key: string, value: unknown): unknown {
  if (key === 'seconds' || key === 'adapter') return '';
  return typeof value === 'number' ? Number(value.toPrecision(12)) : value;
}

it('lists every reproduction, and unfolds the one of the address', async () => {
  const listed = await page.locator('[data-reproduction]').evaluateAll((all) => all.map((entry) => entry.getAttribute('data-reproduction')));
  expect(listed).toEqual(reproductionIds);
  expect(await page.locator('[data-reproduction][open]').evaluateAll((all) => all.map((entry) => entry.getAttribute('data-reproduction')))).toEqual([ID]);
  expect(await page.locator('[data-outcome]').allTextContents()).toEqual(reproductionIds.map(() => 'not run yet'));
});

describe('without its data', () => {
  let want: Reproduction;
  beforeAll(async () => {
    await run();
    want = await library();
  });

  it('shows what the library finds', async () => {
    expect(await shownSections()).toEqual(sectionsOf(want));
    expect(want.sections.filter(({ missing }) => missing).length).toBeGreaterThan(0);
    const verdicts = formatVerdicts(countVerdicts([want]));
    expect(await one().locator('[data-outcome]').textContent()).toBe(verdicts);
    expect(await shown(page, '[data-totals]')).toBe(verdicts);
  });

  it('draws its charts', async () => {
    const charts = want.sections.flatMap((section) => section.charts);
    expect(charts.length).toBeGreaterThan(0);
    for (const { name } of charts) await page.locator(`#chart-${ID}-${name} .main-svg`).first().waitFor();
  });

  it('says what to give and where it is had, and leads there', async () => {
    const { title, source } = dataSetById(ID);
    expect(await one().locator('[data-missing] p').textContent()).toBe(`Not run: give ${title}: ${source}.`);
    await one().getByRole('button', { name: 'Give it' }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement!.id)).toBe(`data-${ID}`);
  });

  it('is saved as the library writes it', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Results as JSON' }).click()]);
    expect(download.suggestedFilename()).toBe('isoloss-reproductions.json');
    const got = readFileSync(await download.path(), 'utf8');
    expect(JSON.parse(got, alike)).toEqual(JSON.parse(JSON.stringify(reproductionsJson([want])), alike));
  });

  it('is a report of one file', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Report as HTML' }).click()]);
    const text = readFileSync(await download.path(), 'utf8');
    expect(text).toContain(formatVerdicts(countVerdicts([want])));
    expect(text).toContain(`id="chart-${ID}-`);
  });
});

describe('data that are given', () => {
  const give = (id: string, name: string, text: string) => page.setInputFiles(`#data-${id}`, { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
  const problem = (id: string) => page.locator(`[data-problem="${id}"]`);

  it.each([
    ['datablations', tableOf(8), '"unique_tokens"'],
    [ID, 'C,D,loss\n1e20,2e10\n', 'line 2: expected 3 fields as in the header, got 2.'],
  ])('and cannot be read say so beside their choice: %s', async (id, text, message) => {
    await give(id, 'runs.csv', text);
    await expect.poll(() => problem(id).textContent()).toContain(message);
    expect(await page.locator('.drop', { has: page.locator(`#data-${id}`) }).locator('[data-problem]').count()).toBe(1);
  });

  it('have their part when it is run again', async () => {
    const text = tableOf(60);
    await give(ID, 'points.csv', text);
    await expect.poll(() => page.locator(`[data-given="${ID}"]`).textContent()).toBe('Given: points.csv, 60 runs.');
    expect(await problem(ID).count()).toBe(0);
    expect(await one().locator('[data-missing] p').textContent()).toBe(`Not run: ${ID} was not given then. It is now: run it again.`);
    await run();
    const want = await library({ [ID]: await readSweep(text, { name: 'points.csv' }) });
    expect(want.sections.filter(({ missing }) => missing)).toEqual([]);
    await expect.poll(shownSections).toEqual(sectionsOf(want));
    expect(await shownSections()).not.toEqual(sectionsOf(await library()));
  });

  it('may be the table that is open; a file that is dropped on a set is not', async () => {
    await goTo(page, 'data');
    await drop(page, 'mine.csv', tableOf(40));
    await page.locator('[data-fact="sweep"]', { hasText: 'mine.csv' }).waitFor();
    await goTo(page, 'paper');
    await page.getByRole('button', { name: 'mine.csv, which is open, for epoch' }).click();
    await expect.poll(() => page.locator('[data-given="epoch"]').textContent()).toBe('Given: mine.csv, 40 runs.');
    const dataTransfer = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'dropped.csv'));
      return transfer;
    }, tableOf(50));
    await page.locator('.drop', { has: page.locator('#data-epoch') }).dispatchEvent('drop', { dataTransfer });
    await expect.poll(() => page.locator('[data-given="epoch"]').textContent()).toBe('Given: dropped.csv, 50 runs.');
    expect(await shown(page, '[data-fact="sweep"]')).toBe('mine.csv');
  });
});

it('stops: what is done stays, and it says how much', async () => {
  await page.getByLabel('Replicates').fill('1000000');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Run all' }).click();
  await expect.poll(() => status().textContent()).toMatch(/^Running .* …$/);
  await page.locator('section > .run').getByRole('button', { name: 'Stop' }).click();
  await expect.poll(() => status().textContent(), { timeout: 30_000 }).toMatch(new RegExp(`^Stopped after \\d+ of ${reproductionIds.length}\\.$`));
  expect(await one().locator('[data-outcome]').textContent()).toMatch(/reproduced/);
  expect(await page.getByRole('button', { name: 'Run all' }).isEnabled()).toBe(true);
  expect(seen.complaints).toEqual([]);
});
