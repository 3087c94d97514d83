/** What the page gives away: links, files and the paragraph open elsewhere, and hold the numbers on the screen. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predictLoss } from '../../src/index.ts';
import type { FitJson } from '../../src/report/json.ts';
import { table } from '../cli/program.ts';
import { axeViolations } from '../support/axe.ts';
import { launch, serveLab, shown, untilDone, visit, type LabServer } from './lab.ts';

const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
let server: LabServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  server = await serveLab();
  browser = await launch({ webgpu: false });
  context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], viewport: { width: 1300, height: 900 } });
  page = await opened('&replicates=60&drop=1&budget=3e23');
});
afterAll(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true });
});

/** The address of the lab with the runs of test/cli/program.ts, or others, in it. */
function addressOf(settings: string, runs = table()): string {
  return `${server.url}#source=file&file=my+runs%21.csv&data=${gzipSync(runs).toString('base64url')}${settings}`;
}

/** A page of the lab, its work done, with the menu open. */
async function opened(settings: string, done = untilDone): Promise<Page> {
  const page = await context.newPage();
  page.on('pageerror', ({ message }) => complaints.push(message));
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) complaints.push(message.text()); });
  await page.goto(addressOf(settings));
  await done(page);
  await page.getByRole('button', { name: 'Share and export' }).click();
  return page;
}

interface Saved { readonly name: string; readonly path: string; readonly text: string }

async function saved(id: string, from = page): Promise<Saved> {
  const [download] = await Promise.all([from.waitForEvent('download'), from.locator(`[data-save="${id}"]`).click()]);
  const name = download.suggestedFilename();
  const path = join(folder, name);
  await download.saveAs(path);
  return { name, path, text: readFileSync(path, 'utf8') };
}

async function savedJson(from = page): Promise<FitJson> {
  return JSON.parse((await saved('json', from)).text) as FitJson;
}

/** Rows by the names of the header. */
function rowsOf(csv: string): Record<string, string>[] {
  const [header, ...rows] = csv.trimEnd().split('\n').map((line) => line.split(','));
  return rows.map((cells) => Object.fromEntries(header!.map((name, k) => [name, cells[k]!])));
}

const said = (from = page) => shown(from, '.keep-menu > [role="status"]');
const clipboard = () => page.evaluate(() => navigator.clipboard.readText());

describe('files', () => {
  it('JSON: the numbers on the screen, to the digits shown there', async () => {
    const { name, text } = await saved('json');
    const { params, bootstrap, points, sweep } = JSON.parse(text) as FitJson;
    expect([name, await said()]).toEqual(['my-runs-fit.json', 'Saved my-runs-fit.json.']);
    expect([points, sweep, bootstrap!.replicates]).toEqual([11, 'my runs!.csv', 60]);
    for (const [name, value] of Object.entries(params)) {
      const [low, high] = bootstrap!.intervals[name] as [number, number];
      expect(Number(await shown(page, `[data-param="${name}"]`))).toBe(Number(value!.toPrecision(4)));
      expect((await shown(page, `[data-interval="${name}"]`)).split(' to ').map(Number)).toEqual([low, high].map((end) => Number(end.toPrecision(4))));
    }
  });

  it('JSON: intervals at the budgets that the program has, and at the one of the settings', async () => {
    const { frontier, bootstrap } = await savedJson();
    expect(bootstrap!.frontier.map(({ C }) => C)).toEqual([...frontier.map(({ C }) => C), 3e23]);
    expect(frontier.map(({ C }) => C)).toEqual([1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26]);
  });

  it('resamples: as many as there are, and their spread is that of the JSON', async () => {
    const { name, text } = await saved('resamples');
    const values = rowsOf(text).map(({ alpha }) => Number(alpha));
    const mean = values.reduce((sum, value) => sum + value / values.length, 0);
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
    expect([name, values.length]).toEqual(['my-runs-resamples.csv', 60]);
    // Each of 60 differences of order 0.01 between numbers of order 1 is off by an ulp or two: 1e-13 of them.
    expect(deviation / (await savedJson()).bootstrap!.standardErrors['alpha']! - 1).toBeCloseTo(0, 11);
  });

  it('runs: all of them, with the prediction of the law in the JSON and its residual', async () => {
    const { name, text } = await saved('runs');
    const { law, params } = await savedJson();
    const rows = rowsOf(text);
    expect([name, rows.length, rows.filter(({ weight }) => weight === '0').map(({ line }) => line)]).toEqual(['my-runs-runs.csv', 12, ['2']]);
    for (const { N, D, loss, predicted, residual } of rows) {
      const want = predictLoss(law, params as Record<string, number>, { N: Number(N), D: Number(D) });
      // Coordinates are centred and back: a few dozen ulp.
      expect(Number(predicted) / want - 1).toBeCloseTo(0, 12);
      expect(Number(residual)).toBeCloseTo(Math.log(Number(loss) / want), 12);
    }
  });

  it('report: opens without a network, draws all charts, and holds the JSON', async () => {
    const { name, path, text } = await saved('report');
    const result = /id="isoloss-result">(.*?)<\/script>/s.exec(text)![1]!;
    expect([name, JSON.parse(result)]).toEqual(['my-runs-report.html', await savedJson()]);
    const { page: report, ...seen } = await visit(browser, { offline: true });
    await report.goto(pathToFileURL(path).href);
    await report.waitForFunction(() => [...document.querySelectorAll('.chart')].every((chart) => chart.querySelector('.main-svg')));
    expect(await report.locator('.chart').count()).toBe(9);
    expect(await report.getByRole('region', { name: 'What to train' }).innerText()).toContain('3·1023');
    expect(seen.complaints).toEqual([]);
    await report.close();
  });
});

it('report: has the landscape where one was computed', async () => {
  const certain = await opened('&view=certainty&replicates=0', async (page) => { await page.locator('#chart-landscape .contourlayer .contour').waitFor(); });
  const { text } = await saved('report', certain);
  expect(text).toContain('<div class="chart" id="chart-landscape">');
  await certain.close();
});

describe('the paragraph', () => {
  it('says what was fitted, is copied, and leaves by Escape', async () => {
    const { params } = await savedJson();
    await page.getByRole('button', { name: 'Methods' }).click();
    const text = await page.getByRole('textbox', { name: 'Methods paragraph' }).inputValue();
    expect(text).toContain('We fitted 11 training runs of my runs!.csv.');
    expect(text).toContain(`E = ${Number(params['E']!.toPrecision(5))}`);
    await page.getByRole('dialog').getByRole('button', { name: 'Copy' }).click();
    await expect.poll(() => shown(page, '.methods [role="status"]')).toBe('Copied.');
    expect(await clipboard()).toBe(text);
    expect(await axeViolations(page, '.methods')).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  });
});

describe('links', () => {
  it('bring back everything, with the table in them', async () => {
    await page.getByLabel('with the table in it').check();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect.poll(() => said()).toBe('Copied.');
    const other = await context.newPage();
    await other.goto(await clipboard());
    await untilDone(other);
    for (const name of ['E', 'A', 'B', 'alpha', 'beta']) {
      expect(await shown(other, `[data-param="${name}"]`)).toBe(await shown(page, `[data-param="${name}"]`));
      expect(await shown(other, `[data-interval="${name}"]`)).toBe(await shown(page, `[data-interval="${name}"]`));
    }
    await other.close();
  });

  it('or the settings, without it', async () => {
    await page.getByLabel('with the table in it').uncheck();
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect.poll(clipboard).not.toContain('data=');
    const other = await context.newPage();
    await other.goto(await clipboard());
    await expect.poll(() => shown(other, '#status')).toBe('This link is about my runs!.csv, which it does not hold: drop the file here.');
    await other.close();
  });

  it('that cannot be copied are shown, selected', async () => {
    await page.evaluate(() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError')); });
    await page.getByRole('button', { name: 'Copy link' }).click();
    const field = page.getByRole('textbox', { name: 'Link' });
    await field.waitFor();
    expect(await field.inputValue()).toMatch(/^http.*#source=file&file=my\+runs%21\.csv/);
    expect(await field.evaluate((input: HTMLInputElement) => [input.selectionStart, input.selectionEnd])).toEqual([0, (await field.inputValue()).length]);
    expect(await said()).toBe('The browser did not let it be copied: it is selected, press Ctrl+C.');
  });

  it('say how long they are where that matters', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => `${1e8 * 1.01 ** i},${1e10 * 1.013 ** i},${2.5 - 1e-4 * i * Math.abs(Math.sin(i))}`);
    const long = await context.newPage();
    await long.goto(addressOf('&replicates=0', `N,D,loss\n${rows.join('\n')}\n`));
    await untilDone(long);
    await long.getByRole('button', { name: 'Share and export' }).click();
    await long.getByRole('button', { name: 'Copy link' }).click();
    await expect.poll(() => said(long)).toMatch(/^Copied\. The link is \d+ kB long: mail and chat programs may cut it\.$/);
    await long.close();
  });
});

describe('what is not there', () => {
  it('of a fit without resamples', async () => {
    const without = await opened('&replicates=0');
    expect(await without.locator('[data-save]:disabled').evaluateAll((buttons) => buttons.map((button) => button.getAttribute('data-save')))).toEqual(['resamples']);
    expect(await without.locator('[data-save="resamples"] + p').textContent()).toBe('Nothing was resampled: ask for resamples in the settings.');
    expect((await savedJson(without)).bootstrap).toMatchObject({ kind: 'sandwich', confidence: 0.95 });
    await without.close();
  });

  it('of a table that cannot be fitted: nothing', async () => {
    const none = await opened('&where=N%3E1e20', async (page) => { await page.locator('[role="alert"]').first().waitFor(); });
    const buttons = none.locator('.kept > button');
    expect(await buttons.evaluateAll((all) => all.map((button) => (button as HTMLButtonElement).disabled))).toEqual([true, true, true, true, true]);
    expect(new Set(await none.locator('.kept > p').allTextContents())).toEqual(new Set(['The table and the settings give no fit.']));
    await none.close();
  });

  it('while resamples stream in, the files hold those that are there', async () => {
    const streaming = await opened('&replicates=200000', async (page) => {
      await page.locator('[data-resamples]:not([data-resamples="0"])').waitFor();
    });
    const { bootstrap } = await savedJson(streaming);
    expect(bootstrap!.requested).toBe(200_000);
    expect(bootstrap!.replicates).toBeGreaterThan(0);
    expect(bootstrap!.replicates).toBeLessThan(200_000);
    await streaming.close();
  });
});

it('the open menu has no axe violations, and leaves by Escape', async () => {
  for (const [width, colorScheme] of [[1300, 'light'], [360, 'dark']] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.locator('.keep-menu').waitFor();
    expect(await axeViolations(page, '.keep')).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.keep-menu').isVisible()).toBe(false);
});

it('all without a complaint', () => {
  expect(complaints).toEqual([]);
});
