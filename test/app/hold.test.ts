/** Work that lasts waits while the page draws what there is of it so far. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { goTo, launch, PATIENCE, serveLab, untilDone, untilDrawn, visit, type LabServer } from './lab.ts';
import { drop, tableOf } from './tables.ts';

let server: LabServer;
let browser: Browser;
beforeAll(async () => { [server, browser] = [await serveLab(), await launch({ webgpu: false })]; });
afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** From now on: when which chart was drawn, ms. */
type Watched = typeof globalThis & { readonly drawings: { readonly chart: string; readonly at: number }[] };

async function watchDrawings(page: Page): Promise<void> {
  await page.evaluate(() => {
    const drawings: { chart: string; at: number }[] = [];
    const watch = new MutationObserver((changes) => {
      const drawn = changes.map(({ target }) => target as HTMLElement).filter((host) => host.dataset['drawn'] === 'yes' && host.querySelector('.main-svg'));
      drawings.push(...drawn.map(({ id }) => ({ chart: id, at: performance.now() })));
    });
    watch.observe(document.body, { subtree: true, attributeFilter: ['data-drawn'] });
    Object.assign(globalThis, { drawings, watch });
  });
}

/** Drawings within the first `holds` of the worker, and all others until the end of the last of these. */
async function drawnUntil(page: Page, holds: number): Promise<{ readonly within: string[]; readonly between: string[] }> {
  await page.waitForFunction((count) => performance.getEntriesByName('isoloss-held').length >= count, holds, { timeout: PATIENCE });
  return page.evaluate((count) => {
    const times = performance.getEntriesByName('isoloss-held').slice(0, count).map(({ startTime, duration }) => [startTime, startTime + duration] as const);
    const drawings = (globalThis as Watched).drawings.filter(({ at }) => at <= times.at(-1)![1]);
    const isIn = ({ at }: { at: number }) => times.some(([from, to]) => from <= at && at <= to);
    const chartsOf = (some: typeof drawings) => some.map(({ chart }) => chart);
    return { within: chartsOf(drawings.filter(isIn)), between: chartsOf(drawings.filter((drawing) => !isIn(drawing))) };
  }, holds);
}

it('resamples wait while the charts of a fit that lasts are drawn, and go on', async () => {
  const { page } = await visit(browser);
  await page.goto(`${server.url}#device=cpu&replicates=200`);
  await untilDrawn(page);
  await watchDrawings(page);
  await page.getByLabel('Bootstrap resamples').fill('1000000');
  await page.keyboard.press('Enter');
  const { within } = await drawnUntil(page, 1);
  expect(within).toContain('chart-scaling'); // with the band of the resamples so far
  const made = async () => Number(await page.locator('[data-resamples]').getAttribute('data-resamples'));
  const before = await made();
  expect(before).toBeLessThan(1e6);
  await expect.poll(made).toBeGreaterThan(before);
  await page.getByRole('button', { name: 'Stop' }).click();
  await untilDone(page);
  await page.context().close();
});

it('a simulation waits while the sweeps so far are drawn, the first of them too', async () => {
  const { page } = await visit(browser);
  await page.goto(`${server.url}#device=cpu&replicates=0&sim-sweeps=1000000`);
  await untilDrawn(page); // plotly is there
  await goTo(page, 'simulate');
  await watchDrawings(page);
  await page.getByRole('button', { name: 'Simulate', exact: true }).click();
  const { within, between } = await drawnUntil(page, 3);
  expect(within).toEqual(['chart-simulation', 'chart-simulation', 'chart-simulation']);
  expect(between).toEqual([]);
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.locator('#simulation').waitFor({ timeout: PATIENCE });
  await page.context().close();
});

it('a page that is hidden is not waited for', async () => {
  const { page } = await visit(browser);
  await page.addInitScript(() => { Object.defineProperty(document, 'hidden', { get: () => true }); });
  await page.goto(`${server.url}#device=cpu&replicates=0&view=simulate&sim-sweeps=2000`);
  await untilDone(page);
  await page.getByRole('button', { name: 'Simulate', exact: true }).click();
  await page.locator('#simulation').waitFor({ timeout: PATIENCE });
  expect(await page.evaluate(() => performance.getEntriesByName('isoloss-held').length)).toBe(0);
  await page.context().close();
});

it('charts of a new table do not wait for resamples that take long to come', async () => {
  const { page } = await visit(browser);
  await page.goto(`${server.url}#device=cpu&replicates=200&interval=bca`);
  await untilDrawn(page);
  await page.getByLabel('Bootstrap resamples').fill('1000000'); // more than any machine makes meanwhile
  await page.keyboard.press('Enter');
  await page.locator('#chart-isoloss').scrollIntoViewIfNeeded(); // what nobody sees may wait
  await drop(page, 'many.csv', tableOf(20_000));
  await page.locator('[data-fact="sweep"]', { hasText: 'many.csv' }).waitFor({ timeout: PATIENCE });
  const chart = page.locator('#chart-isoloss');
  await expect.poll(() => chart.getAttribute('data-drawn')).toBe('yes');
  expect(await page.locator('[data-results]').getAttribute('data-results')).toBe('running');
  await page.getByRole('button', { name: 'Stop' }).click();
  await untilDone(page);
  await page.context().close();
});
