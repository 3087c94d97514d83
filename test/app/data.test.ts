/** Tables that people bring: dropped, chosen, pasted, at an address; which column is which; and tables that are broken. */
import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { paperReplica, readSweep, showLines } from '../../src/index.ts';
import { goTo, launch, serveLab, shown, visit, type LabServer, type Visit } from './lab.ts';
import { differences, library, REPLICATES, texts, untilShows, type Want } from './screen.ts';
import { BAD_CELL, drop, tableOf, UNFIT, UNREADABLE } from './tables.ts';

const EPOCH = new URL('../../../shared/data/epoch/svg_extracted_data.csv', import.meta.url);
const withoutEpoch = !existsSync(EPOCH);

let server: LabServer;
let browser: Browser;
let seen: Visit;
let page: Page;
let replica: Want;

beforeAll(async () => {
  server = await serveLab({ 'data/runs.csv': tableOf(50), 'data/page.csv': '<html></html>' });
  browser = await launch({ webgpu: true });
  seen = await visit(browser, { viewport: { width: 1440, height: 900 } });
  page = seen.page;
  await page.goto(`${server.url}#view=data&device=cpu&replicates=${REPLICATES}`);
  replica = await library(paperReplica());
  await untilShows(page, replica);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

const wantOf = async (text: string, columns: Readonly<Record<string, string>> = {}) => library(await readSweep(text, { columns }));
const setting = (key: string) => new URLSearchParams(new URL(page.url()).hash.slice(1)).get(key);

describe('a table comes in', () => {
  it.skipIf(withoutEpoch)(`dropped: Epoch’s runs, and without the five of highest loss${withoutEpoch ? ' (SKIPPED: no ../shared/data)' : ''}`, async () => {
    const text = readFileSync(EPOCH, 'utf8');
    const sweep = await readSweep(text);
    await goTo(page, 'simulate'); // anywhere on the page
    await drop(page, 'svg_extracted_data.csv', text);
    const all = await library(sweep);
    await untilShows(page, all);
    expect(await shown(page, '#status')).toMatch(/^Fitted 245 runs on the CPU/);
    await page.getByLabel('Drop highest losses').fill('5');
    await page.keyboard.press('Enter');
    await untilShows(page, await library(sweep, { dropHighest: 5 }));
    expect(await shown(page, '[data-fact="points"]')).toBe('240 fitted, 5 left out');
    expect((await differences(page, all)).length).toBeGreaterThan(0);
    await goTo(page, 'data');
    const falling = Array.from(sweep.loss.keys()).toSorted((a, b) => sweep.loss[b] - sweep.loss[a]);
    const lines = falling.slice(0, 5).map((i) => sweep.lines[i]);
    expect(await page.locator('#left-out li').first().textContent()).toBe(`5 of the 5 highest losses: lines ${showLines(lines)}`);
    await page.getByLabel('Drop highest losses').fill('0');
    await page.keyboard.press('Enter');
    await untilShows(page, all);
  });

  it('chosen, gzipped', async () => {
    const text = tableOf(45);
    await page.locator('#file').setInputFiles({ name: 'mine.csv.gz', mimeType: 'application/gzip', buffer: gzipSync(text) });
    await untilShows(page, await wantOf(text));
    expect([setting('source'), setting('file')]).toEqual(['file', 'mine.csv.gz']);
    expect(await shown(page, '#columns h2')).toBe('Columns of mine.csv.gz');
    expect(await page.locator('#columns .preview thead b').allTextContents()).toEqual([' N', ' D', ' loss']);
  });

  it('pasted, with other delimiters', async () => {
    const text = tableOf(35).replaceAll(',', '\t');
    await page.getByText('Paste a table').click();
    await page.getByRole('textbox', { name: 'Pasted table' }).fill(text);
    await page.getByRole('button', { name: 'Read it' }).click();
    await untilShows(page, await wantOf(text));
    expect(await shown(page, '[data-fact="sweep"]')).toBe('pasted table');
    await page.getByText('Paste a table').click();
  });

  it('at an address beside the page, and by a link to it', async () => {
    const want = await wantOf(tableOf(50));
    await page.getByLabel('Address of a table').fill('data/runs.csv');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await untilShows(page, want);
    expect(await shown(page, '[data-fact="sweep"]')).toBe(`${server.url}data/runs.csv`);
    const { page: other } = await visit(browser);
    await other.goto(`${server.url}#source=data/runs.csv&device=cpu&replicates=${REPLICATES}`);
    await untilShows(other, want);
    await other.close();
  });

  it('at an address that has none: the table that is open stays', async () => {
    for (const [address, message] of [
      ['data/none.csv', `${server.url}data/none.csv: expected a table of runs, got the answer 404 Not Found. Check the address.`],
      ['data/page.csv', `${server.url}data/page.csv: expected a table of runs (CSV, TSV, JSON, JSON Lines or Parquet), got a web page. Give the address of the file itself; on GitHub that is "Raw".`],
      ['http://', 'source: expected the address of a table such as https://example.org/runs.csv, got "http://". Check how it begins.'],
    ] as const) {
      await page.getByLabel('Address of a table').fill(address);
      await page.keyboard.press('Enter');
      await expect.poll(() => shown(page, '[data-trouble="read"]')).toBe(message);
      expect([setting('source'), await shown(page, '[data-fact="sweep"]')]).toEqual(['data/runs.csv', `${server.url}data/runs.csv`]);
    }
  });
});

describe('columns', () => {
  it('are corrected by hand, and back by name', async () => {
    const text = tableOf(40, 'N,D,loss').replace('N,D,loss', 'N,D,final').replaceAll('\n', ',2.5\n').replace('final,2.5', 'final,loss');
    await drop(page, 'columns.csv', text);
    await expect.poll(() => shown(page, '#columns h2')).toBe('Columns of columns.csv');
    await page.getByLabel('Loss, nats per token').selectOption('final');
    await untilShows(page, await wantOf(text, { loss: 'final' }));
    expect(setting('columns')).toBe('loss:final');
    expect(await page.locator('#columns .preview thead b').allTextContents()).toEqual([' N', ' D', ' loss']);
    expect(await page.locator('#columns .preview th:has(b)').allTextContents()).toEqual(['N N', 'D D', 'final loss']);
    await page.getByLabel('Loss, nats per token').selectOption({ index: 0 });
    await expect.poll(() => setting('columns')).toBe(null);
    await expect.poll(() => page.locator('#columns .preview th:has(b)').allTextContents()).toEqual(['N N', 'D D', 'loss loss']);
  });
});

async function takeReplica(): Promise<void> {
  await page.getByRole('button', { name: 'Bundled replica' }).click();
  await untilShows(page, replica);
}

describe('a file that is no table', () => {
  let without: Want;
  beforeAll(async () => {
    await takeReplica();
    await page.getByLabel('Line 7 in the fit').uncheck();
    without = await library(paperReplica(), { exclude: [7] });
    await untilShows(page, without);
  });

  it.each(UNREADABLE)('%s: says so, and the table that is open stays', async (_, name, bytes, message) => {
    await drop(page, name, bytes);
    await expect.poll(() => page.locator('[data-trouble]').allTextContents()).toEqual([message]);
    expect(await differences(page, without)).toEqual([]);
    expect([setting('source'), setting('exclude')]).toEqual([null, '7']);
    expect(await shown(page, '#status')).toMatch(/^Fitted 326 runs/);
  });
});

describe('a table that cannot be fitted', () => {
  beforeEach(takeReplica);

  it.each(UNFIT)('%s: says so beside the choice of the column, which mends it', async (_, name, text, message) => {
    await drop(page, name, text);
    const [, what] = /: (expected .*\.) Name it: /.exec(message)!;
    await expect.poll(() => shown(page, '#column-loss-more')).toBe(`${what} Choose it here.`);
    await expect.poll(() => shown(page, '#status')).toBe('Stopped.'); // the preview comes first
    await expect.poll(() => texts(page, 'data-param')).toEqual({});
    const [, , third] = text.split('\n', 1)[0].split(',');
    await page.getByLabel('Loss, nats per token').selectOption(third);
    await untilShows(page, await wantOf(text, { loss: third }));
    expect(await page.locator('[data-trouble]').count()).toBe(0);
  });

  it('a cell that is no number: says which, and marks it', async () => {
    await drop(page, 'cell.csv', BAD_CELL);
    const message = 'line 4, column "D": expected a positive count such as 1.4e12, got "1.4Q". Write a number; K, M, B or T (1e3, 1e6, 1e9, 1e12) may follow it.';
    await expect.poll(() => page.locator('[data-trouble]').allTextContents()).toEqual([message]);
    expect(await shown(page, '#columns .remark')).toContain('What is wrong is on line 4, column “D”.');
    expect(await page.locator('#columns td.wrong').allTextContents()).toEqual(['1.4Q']);
    expect(await shown(page, '#status')).toBe('Stopped.');
    await goTo(page, 'fit'); // and elsewhere it is said too
    await expect.poll(() => page.locator('[data-trouble]').allTextContents()).toEqual([message]);
    await goTo(page, 'data');
  });

  it('too few runs: says so', async () => {
    await drop(page, 'few.csv', tableOf(4));
    await expect.poll(() => page.locator('[data-trouble]').allTextContents())
      .toEqual(['few.csv: expected at least 5 runs, one for each parameter of chinchilla (E, A, B, alpha, beta), got 4. Add runs, or relax the filters.']);
  });

  it('and nothing of all this is a complaint of the browser', () => {
    expect(seen.complaints).toEqual([]);
  });
});
