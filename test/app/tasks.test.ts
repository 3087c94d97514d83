/**
 * A report, printed with the tests: how soon the page is of use, and how long it keeps its thread to itself while the
 * worker fits. No time is asserted: the machine that runs the tests may be slow.
 */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from './asking.ts';
import { goTo, launch, PATIENCE, serveLab, untilDone, untilDrawn, visit, type LabServer } from './lab.ts';
import { tableOf } from './tables.ts';

let server: LabServer;
let browser: Browser;
beforeAll(async () => {
  server = await serveLab();
  browser = await launch({ webgpu: true });
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** A task over 50 ms: when it began, how long it lasted, ms, and whether it began while the page waited for the worker. */
interface LongTask { readonly from: number; readonly ms: number; readonly fitting: boolean }
type Watched = typeof globalThis & { readonly longTasks: LongTask[] };

/** Long tasks from now on. */
async function watchTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const longTasks: LongTask[] = [];
    let done = -Infinity; // when the last fit ended
    const results = () => document.querySelector<HTMLElement>('[data-results]')!;
    const ends = new MutationObserver(() => { done = results().dataset['results'] === 'done' ? performance.now() : Infinity; });
    ends.observe(results(), { attributeFilter: ['data-results'] });
    const tasks = new PerformanceObserver((list) => {
      longTasks.push(...list.getEntries().map(({ startTime, duration }) => ({ from: startTime, ms: Math.round(duration), fitting: startTime < done })));
    });
    tasks.observe({ type: 'longtask' });
    Object.assign(globalThis, { longTasks, tasks, ends }); // what nobody holds is collected
  });
}

const tasksOf = (page: Page) => page.evaluate(() => (globalThis as Watched).longTasks);
/** When the worker waited for the page to draw: from and to. */
type Hold = readonly [from: number, to: number];
const isIn = (holds: readonly Hold[], { from }: LongTask) => holds.some(([start, end]) => start <= from && from <= end);
const holdsOf = (page: Page): Promise<Hold[]> => page.evaluate(() => performance.getEntriesByName('isoloss-held').map(({ startTime, duration }) => [startTime, startTime + duration] as const));
const listOf = (tasks: readonly Pick<LongTask, 'ms'>[]) => (tasks.length > 0 ? tasks.map(({ ms }) => `${ms} ms`).join(', ') : 'none');

it('reports a first visit: the first paint, the bundled sweep fitted, its charts, and the long tasks', async () => {
  for (let k = 0; k < 3; k++) {
    const { page } = await visit(browser);
    await page.goto(server.url);
    await untilDrawn(page);
    const { paint, fitted, done, drawn, tasks } = await page.evaluate(async () => {
      const drawn = performance.now();
      const first = (name: string) => performance.getEntriesByName(name)[0]!.startTime;
      const tasks: PerformanceEntry[] = [];
      new PerformanceObserver((list) => { tasks.push(...list.getEntries()); }).observe({ type: 'longtask', buffered: true });
      await new Promise((resolve) => { setTimeout(resolve, 200); }); // where there is none, nothing comes
      return {
        paint: first('first-contentful-paint'), fitted: first('isoloss-fitted'), done: first('isoloss-done'), drawn,
        tasks: tasks.map(({ startTime, duration }) => ({ from: startTime, ms: Math.round(duration) })),
      };
    });
    const between = (from: number, to: number) => listOf(tasks.filter((task) => task.from >= from && task.from < to));
    console.log(`page, first visit: first contentful paint after ${paint.toFixed(0)} ms, fitted after ${fitted.toFixed(0)}, resampled after ${done.toFixed(0)}, charts drawn after ${drawn.toFixed(0)}; ` +
      `tasks over 50 ms before it is fitted: ${between(0, fitted)}; until it is resampled: ${between(fitted, done)}; then: ${between(done, Infinity)}`);
    expect([paint, fitted, done, drawn]).toEqual([paint, fitted, done, drawn].toSorted((a, b) => a - b));
    await page.context().close();
  }
});

it('reports the long tasks of the page while it fits', async () => {
  const { page } = await visit(browser);
  await page.goto(`${server.url}#replicates=256&plan=cost,aside,models,serving,repetition,shapes,precision,mixtures,emergence`);
  await untilDrawn(page);
  await watchTasks(page);
  for (const [view, count] of [['data', '1000'], ['fit', '1200'], ['check', '1100'], ['certainty', '900'], ['plan', '600'], ['fit', '20000'], ['plan', '20100']] as const) {
    await goTo(page, view);
    await untilDrawn(page);
    await page.waitForTimeout(500);
    await page.evaluate(() => {
      (globalThis as Watched).longTasks.length = 0;
      performance.clearMeasures();
    });
    await page.getByLabel('Bootstrap resamples').fill(count);
    await page.keyboard.press('Enter');
    await page.locator('[data-results="running"]').waitFor();
    await untilDone(page);
    expect(await page.locator('[data-resamples]').getAttribute('data-resamples')).toBe(count);
    const [tasks, holds] = [await tasksOf(page), await holdsOf(page)];
    const [during, after] = [tasks.filter(({ fitting }) => fitting), tasks.filter(({ fitting }) => !fitting)];
    console.log(`page, view ${view}, ${count} resamples: tasks over 50 ms while it fits: ${listOf(during.filter((task) => !isIn(holds, task)))}; ` +
      `while it waits for charts, ${holds.length} times: ${listOf(during.filter((task) => isIn(holds, task)))}; then: ${listOf(after)}`);
  }
  const before = (await tasksOf(page)).length;
  await page.evaluate(() => { setTimeout(() => { const end = performance.now() + 120; while (performance.now() < end); }); });
  await expect.poll(async () => (await tasksOf(page)).length).toBeGreaterThan(before); // the watch would have seen one
});

it('reports the long tasks of the page while it simulates', async () => {
  const { page } = await visit(browser);
  await page.goto(`${server.url}#replicates=256&view=simulate&sim-sweeps=8000`);
  await untilDone(page);
  await watchTasks(page);
  await page.locator('.run button').click(); // looking for it by its role would be a task of the page
  await page.locator('#simulation').waitFor({ timeout: PATIENCE });
  const [tasks, holds] = [await tasksOf(page), await holdsOf(page)];
  const last = holds.at(-1)![1];
  expect(holds.length).toBeGreaterThan(0);
  console.log(`page, 8000 sweeps: tasks over 50 ms while it fits: ${listOf(tasks.filter((task) => task.from < last && !isIn(holds, task)))}; ` +
    `while it waits for charts, ${holds.length} times: ${listOf(tasks.filter((task) => isIn(holds, task)))}; then: ${listOf(tasks.filter(({ from }) => from > last))}`);
});

it('reports the long tasks of the page while laws, choices and sweeps are compared', async () => {
  const { page } = await visit(browser);
  await page.goto(`${server.url}#replicates=256&view=laws&laws=chinchilla,kaplan&laws-resamples=20&multiplier-tests=10`);
  await untilDrawn(page);
  await page.setInputFiles('#second', { name: 'second.csv', mimeType: 'text/csv', buffer: Buffer.from(tableOf(60)) });
  await watchTasks(page);
  for (const part of ['compare', 'sensitivity', 'multiplier'] as const) {
    await page.evaluate(() => { (globalThis as Watched).longTasks.length = 0; });
    await ask(page, part);
    const during = (await tasksOf(page)).length;
    await untilDrawn(page);
    await page.waitForTimeout(500);
    const tasks = await tasksOf(page);
    console.log(`page, ${part}: tasks over 50 ms while it computes: ${listOf(tasks.slice(0, during))}; then: ${listOf(tasks.slice(during))}`);
    expect(await page.locator(`[data-outcome=${part}] .chart .main-svg`).count()).toBeGreaterThan(0);
  }
});
