/** The table of runs: sorted, filtered, runs left out by their switch; and one of 100,000 runs. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filterSweep, paperReplica } from '../../src/index.ts';
import { launch, serveLab, shown, untilDone, visit, type LabServer } from './lab.ts';
import { differences, library, read, REPLICATES, untilShows, type Want } from './screen.ts';
import { drop, tableOf } from './tables.ts';

let server: LabServer;
let browser: Browser;
let page: Page;
let all: Want;
const sweep = paperReplica();

beforeAll(async () => {
  [server, browser] = [await serveLab(), await launch({ webgpu: false })];
  ({ page } = await visit(browser, { viewport: { width: 1440, height: 900 } }));
  await page.goto(`${server.url}#view=data&device=cpu&replicates=${REPLICATES}`);
  all = await library(sweep);
  await untilShows(page, all);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** Cells of the rows that exist, [row][column]. */
const rows = () => page.locator('.runs tbody tr:not([aria-hidden])').evaluateAll((found) => found.map((row) => Array.from(row.children, (cell) => cell.textContent!)));
const column = async (title: string) => {
  const titles = await page.locator('.runs thead th').allTextContents();
  const k = titles.findIndex((text) => text.startsWith(title));
  return (await rows()).map((cells) => cells[k]);
};

async function filterBy(text: string): Promise<void> {
  await page.getByLabel('Show only').fill(text);
  await page.keyboard.press('Enter');
}

describe('327 runs', () => {
  it('in the order of the table, each with what the law says of it', async () => {
    expect((await column('Line')).slice(0, 3)).toEqual(['1', '2', '3']);
    const [N, D, loss, residual] = [await column('N'), await column('D'), await column('Loss'), await column('Residual')];
    expect(loss[0]).toBe(sweep.loss[0].toFixed(4));
    const { E, A, B, alpha, beta } = all.fit.params;
    const law = E + A / sweep.columns.N[0] ** alpha + B / sweep.columns.D[0] ** beta;
    expect((await column('Law'))[0]).toBe(law.toFixed(4));
    expect(Number(residual[0])).toBeCloseTo(100 * Math.log(sweep.loss[0] / law), 2);
    expect([read(N[0]) / sweep.columns.N[0], read(D[0]) / sweep.columns.D[0]].every((ratio) => Math.abs(ratio - 1) < 0.005)).toBe(true);
  });

  it('sorted by any column, either way', async () => {
    const losses = Array.from(sweep.loss, (loss) => loss.toFixed(4)).toSorted((a, b) => Number(a) - Number(b));
    await page.getByRole('button', { name: 'Loss', exact: true }).click();
    expect((await column('Loss')).slice(0, 10)).toEqual(losses.slice(0, 10));
    expect(await page.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('ascending');
    await page.getByRole('button', { name: 'Loss ↑' }).click();
    expect((await column('Loss')).slice(0, 10)).toEqual(losses.toReversed().slice(0, 10));
    expect(await page.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('descending');
    await page.getByRole('button', { name: 'Line', exact: true }).click();
    expect((await column('Line'))[0]).toBe('1');
  });

  it('filtered; a filter that cannot be read says so beside itself', async () => {
    const { lines } = filterSweep(sweep, { where: ['D/N<8', 'C>1e20'] });
    expect(lines.length).toBeGreaterThan(0);
    await filterBy('D/N<8; C>1e20');
    await expect.poll(() => shown(page, '#run-filter-more')).toBe(`${lines.length} of 327 runs; 0 left out by hand`);
    expect((await column('Line')).map(Number)).toEqual(Array.from(lines).slice(0, (await rows()).length));
    await filterBy('D/N≈8');
    await expect.poll(() => shown(page, '#run-filter-more')).toBe('where: expected a comparison such as C<1e21 or corpus=c4, got "D/N≈8". Compare N, D, C, D/N, loss, another role or a column by <, <=, >, >=, = or != with a number such as 70B, or by = or != with a text.');
    expect(await page.getByLabel('Show only').getAttribute('aria-invalid')).toBe('true');
    await filterBy('');
    await expect.poll(() => shown(page, '#run-filter-more')).toBe('327 of 327 runs; 0 left out by hand');
  });

  it('left out by a switch, and taken back in: the law follows', async () => {
    await page.getByLabel('Line 3 in the fit').uncheck();
    const without = await library(sweep, { exclude: [3] });
    await untilShows(page, without);
    expect((await differences(page, all)).length).toBeGreaterThan(0);
    expect(await shown(page, '#left-out li:first-child')).toBe('1 by hand: lines 3');
    expect(await shown(page, '#run-filter-more')).toBe('327 of 327 runs; 1 left out by hand');
    await page.getByLabel('Line 3 in the fit').check();
    await untilShows(page, all);
  });

  it('left out together: those that the filter shows', async () => {
    const exclude = Array.from(filterSweep(sweep, { where: ['C>1e21'] }).lines);
    await filterBy('C>1e21');
    await expect.poll(() => shown(page, '#run-filter-more')).toMatch(`${exclude.length} of 327`);
    await page.getByRole('button', { name: 'Leave these out' }).click();
    await untilShows(page, await library(sweep, { exclude }));
    await page.getByRole('button', { name: 'Take these in' }).click();
    await untilShows(page, all);
    await page.getByRole('button', { name: 'Leave these out' }).click();
    await filterBy('');
    await page.getByRole('button', { name: 'Take all back in' }).click();
    await untilShows(page, all);
  });
});

describe('100,000 runs', () => {
  const runs = tableOf(100_000);

  beforeAll(async () => {
    await page.goto(`${server.url}#view=data&device=cpu&replicates=0&starts=2`);
    await untilDone(page);
    await drop(page, 'large.csv', runs);
    await page.locator('[data-fact="points"]', { hasText: '100,000 fitted' }).waitFor();
    await untilDone(page);
  });

  it('are fitted', async () => {
    const params = await page.locator('[data-param]').allTextContents();
    expect(Math.abs(read(params[3]) - 0.34)).toBeLessThan(0.01); // of the law that made them
    expect(await shown(page, '#run-filter-more')).toBe('100,000 of 100,000 runs; 0 left out by hand');
  });

  it('of which the page holds those that are seen, down to the last', async () => {
    expect((await rows()).length).toBeLessThan(60);
    const scroller = page.getByRole('region', { name: 'Table of runs' });
    await scroller.evaluate((element) => { element.scrollTop = element.scrollHeight; });
    await expect.poll(async () => (await column('Line')).at(-1)).toBe('100001');
    const [, last] = runs.trimEnd().split('\n').slice(-2);
    expect((await column('Loss')).at(-1)).toBe(Number(last.split(',')[2]).toFixed(4));
    expect((await rows()).length).toBeLessThan(60);
    await scroller.hover();
    await page.mouse.wheel(0, -3000);
    await expect.poll(async () => Number((await column('Line')).at(-1))).toBeLessThan(99_990);
    await expect.poll(async () => Number((await column('Line'))[0])).toBeGreaterThan(99_800);
  });

  it('are sorted, and one is left out, far down', async () => {
    await page.getByRole('button', { name: 'Loss', exact: true }).click();
    await page.getByRole('region', { name: 'Table of runs' }).evaluate((element) => { element.scrollTop = 50_000 * 30; });
    const first = async () => Number(await page.locator('.runs tbody tr:not([aria-hidden])').first().getAttribute('aria-rowindex'));
    await expect.poll(async () => Math.abs(await first() - 50_000)).toBeLessThan(100); // it was at the end before
    const losses = (await column('Loss')).map(Number);
    expect(losses).toEqual(losses.toSorted((a, b) => a - b));
    const [line] = await column('Line');
    await page.getByLabel(`Line ${line} in the fit`).uncheck();
    await page.locator('[data-fact="points"]', { hasText: '99,999 fitted, 1 left out' }).waitFor();
  });

  it('and the page answers while they are fitted', async () => {
    await page.getByLabel('Starts').fill('200');
    await page.keyboard.press('Enter');
    await page.locator('[data-results="running"]').waitFor();
    await page.getByRole('region', { name: 'Table of runs' }).evaluate((element) => { element.scrollTop = 0; });
    await expect.poll(async () => page.locator('.runs tbody tr:not([aria-hidden])').first().getAttribute('aria-rowindex')).toBe('2');
    expect(await page.locator('.results').getAttribute('data-results')).toBe('running');
  });
});
