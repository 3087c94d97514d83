/** Runs left out in the charts, by click and by lasso: the numbers are those of the library without them, at once. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { paperReplica, parseLines } from '../../src/index.ts';
import { goTo, launch, serveLab, shown, untilDrawn, visit, type LabServer, type Visit } from './lab.ts';
import { differences, library, REPLICATES, texts, untilShows, type Want } from './screen.ts';
import { alone, spotsOf, type Spot } from './spots.ts';

let server: LabServer;
let browser: Browser;
let seen: Visit;
let page: Page;
let all: Want;
const sweep = paperReplica();

beforeAll(async () => {
  [server, browser] = [await serveLab(), await launch({ webgpu: false })];
  seen = await visit(browser, { viewport: { width: 1440, height: 900 } });
  page = seen.page;
  await page.goto(`${server.url}#device=cpu&replicates=${REPLICATES}`);
  all = await library(sweep);
  await untilDrawn(page);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

const excluded = () => parseLines(new URLSearchParams(new URL(page.url()).hash.slice(1)).get('exclude') ?? '');

/** So long after a click the next one is another, not the second of a double click. */
const apart = () => page.waitForTimeout(600);

async function takeAllIn(): Promise<void> {
  await page.evaluate(() => { location.hash = location.hash.replace(/&?exclude=[^&]*/, ''); });
  await expect.poll(excluded).toEqual([]);
  await untilDrawn(page);
}

const markOf = async (chart: string, line: number) => (await spotsOf(page, chart)).find((spot) => spot.line === line)!.open;

describe('one run', () => {
  it('is left out by a click, and taken back in by another', async () => {
    const { line, x, y, open } = alone(await spotsOf(page, 'isoloss'));
    expect(open).toBe(false);
    await page.mouse.move(x, y);
    await expect.poll(() => shown(page, '#chart-isoloss .hoverlayer')).toContain(`line ${line}`);
    await page.mouse.click(x, y);
    await untilShows(page, await library(sweep, { exclude: [line] }));
    expect((await differences(page, all)).length).toBeGreaterThan(0);
    expect(excluded()).toEqual([line]);
    expect(await shown(page, '[data-fact="points"]')).toBe('326 fitted, 1 left out');
    await expect.poll(() => markOf('isoloss', line)).toBe(true);
    await apart();
    await page.mouse.click(x, y);
    await untilShows(page, all);
    expect(excluded()).toEqual([]);
    await expect.poll(() => markOf('isoloss', line)).toBe(false);
  });

  it.each([['fit', 'isoflop'], ['check', 'residuals'], ['check', 'predicted'], ['plan', 'ratio']] as const)('in the view %s, chart %s, too', async (view, chart) => {
    await goTo(page, view);
    await untilDrawn(page);
    const { line, x, y } = alone(await spotsOf(page, chart));
    await page.mouse.move(x, y);
    await page.mouse.click(x, y);
    await expect.poll(excluded).toEqual([line]);
    await expect.poll(() => markOf(chart, line)).toBe(true);
    await untilDrawn(page);
    await apart();
    const now = (await spotsOf(page, chart)).find((spot) => spot.line === line)!; // where the law says it is, without it
    await page.mouse.click(now.x, now.y);
    await expect.poll(excluded).toEqual([]);
  });
});

it('a click counts however short it is, and however soon after the mouse came', async () => {
  await goTo(page, 'fit');
  await untilDrawn(page);
  const { line, x, y } = alone(await spotsOf(page, 'isoloss'));
  for (let k = 0; k < 6; k++) {
    await apart();
    await page.mouse.move(x + 40, y + 40);
    await page.waitForTimeout(100); // plotly looks for a run where the mouse is every 50 ms at most; here it does when the button is down
    await page.mouse.move(x, y);
    await page.mouse.move(x + 1, y);
    await page.mouse.down();
    await page.waitForTimeout(55);
    await page.mouse.up();
    await expect.poll(excluded).toEqual(k % 2 === 0 ? [line] : []);
    await untilDrawn(page);
  }
});

it('clicks on two, one soon after the other, are no double click', async () => {
  const spots = await spotsOf(page, 'isoloss');
  const first = alone(spots);
  const second = alone(spots.filter((spot) => Math.hypot(spot.x - first.x, spot.y - first.y) > 40));
  await apart();
  for (const { x, y } of [first, second]) {
    await page.mouse.move(x, y);
    await page.mouse.click(x, y, { delay: 20 });
  }
  await expect.poll(excluded).toEqual([first.line, second.line].toSorted((a, b) => a - b));
  await untilDrawn(page);
  expect(alone(await spotsOf(page, 'isoloss'))).toMatchObject({ x: first.x, y: first.y }); // nothing was zoomed
  await takeAllIn();
});

it('a click counts although the chart is drawn while the button is down', async () => {
  const spots = await spotsOf(page, 'isoloss');
  const first = alone(spots);
  const second = alone(spots.filter((spot) => Math.hypot(spot.x - first.x, spot.y - first.y) > 40));
  await apart();
  await page.mouse.click(first.x, first.y);
  await page.mouse.move(second.x, second.y);
  await page.mouse.down();
  await untilDrawn(page); // without the first
  await page.mouse.up();
  await expect.poll(excluded).toEqual([first.line, second.line].toSorted((a, b) => a - b));
  await takeAllIn();
});

it('a double click on one zooms, and leaves none out', async () => {
  await goTo(page, 'check');
  await untilDrawn(page);
  const ticks = () => page.locator('#chart-predicted .xtick').evaluateAll((each) => each.map((tick) => tick.getBoundingClientRect().x));
  const { x, y } = alone(await spotsOf(page, 'predicted'));
  const [before, numbers] = [await ticks(), await texts(page, 'data-param')];
  const doubleClick = async () => {
    await apart();
    await page.mouse.dblclick(x, y);
  };
  await doubleClick();
  await expect.poll(ticks).not.toEqual(before);
  await untilDrawn(page);
  expect(excluded()).toEqual([]);
  await doubleClick(); // and back
  await expect.poll(ticks).toEqual(before);
  await untilDrawn(page);
  expect(excluded()).toEqual([]);
  expect(await texts(page, 'data-param')).toEqual(numbers);
});

describe('several runs', () => {
  /** Chooses a tool of the chart, and draws a rectangle with it. */
  async function draw(chart: string, tool: string, [left, top, right, bottom]: readonly [number, number, number, number]): Promise<void> {
    await page.locator(`#chart-${chart}`).hover();
    await page.locator(`#chart-${chart} .modebar-btn[data-title="${tool}"]`).click();
    const corners = tool === 'Box Select' ? [[right, bottom]] : [[right, top], [right, bottom], [left, bottom], [left, top]];
    await page.mouse.move(left, top);
    await page.mouse.down();
    for (const [x, y] of corners) await page.mouse.move(x, y, { steps: 6 });
    await page.mouse.up();
  }

  /** About the middle of the runs, with none near its edge, and the lines in it. */
  function region(spots: readonly Spot[]) {
    const middle = (values: number[]) => Math.round(values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]);
    const [x, y] = [middle(spots.map((spot) => spot.x)), middle(spots.map((spot) => spot.y))];
    const beyond = (spot: Spot, size: number) => Math.max(Math.abs(spot.x - x), Math.abs(spot.y - y)) - size;
    const size = Array.from({ length: 60 }, (_, k) => 30 + k).find((size) => spots.every((spot) => Math.abs(beyond(spot, size)) > 1.5))!;
    const lines = spots.filter((spot) => beyond(spot, size) < 0).map(({ line }) => line);
    return { box: [x - size, y - size, x + size, y + size] as const, lines: lines.toSorted((a, b) => a - b) };
  }

  it.each(['Box Select', 'Lasso Select'] as const)('%s leaves them out; the same again takes them in', async (tool) => {
    await goTo(page, 'fit');
    await untilDrawn(page);
    const { box, lines } = region(await spotsOf(page, 'isoloss'));
    expect(lines.length).toBeGreaterThan(2);
    await draw('isoloss', tool, box);
    await expect.poll(excluded).toEqual(lines);
    await untilShows(page, await library(sweep, { exclude: lines }));
    await draw('isoloss', tool, box);
    await expect.poll(excluded).toEqual([]);
    await untilShows(page, all);
  });

  it('a double click on one leaves none out with the box, either', async () => {
    await goTo(page, 'fit');
    await untilDrawn(page);
    const { x, y } = alone(await spotsOf(page, 'isoloss'));
    await page.locator('#chart-isoloss').hover();
    await page.locator('#chart-isoloss .modebar-btn[data-title="Box Select"]').click();
    await page.mouse.move(x, y);
    await apart();
    await page.evaluate(() => {
      const clicks: unknown[] = [];
      const chart = document.querySelector('#chart-isoloss') as unknown as { on(event: string, heard: () => void): void };
      chart.on('plotly_click', () => clicks.push(location.hash));
      Object.assign(globalThis, { clicks });
    });
    await page.mouse.dblclick(x, y);
    await expect.poll(() => page.evaluate(() => (globalThis as unknown as { clicks: unknown[] }).clicks.length)).toBe(2);
    await untilDrawn(page);
    expect(excluded()).toEqual([]);
    await untilShows(page, all);
  });

  it('stay left out where a selection holds others too', async () => {
    const spots = await spotsOf(page, 'isoloss');
    const { box, lines } = region(spots);
    const [first] = lines;
    const { x, y } = spots.find(({ line }) => line === first)!;
    await draw('isoloss', 'Box Select', [x - 4, y - 4, x + 4, y + 4]);
    await expect.poll(excluded).toContain(first);
    await draw('isoloss', 'Box Select', box);
    await expect.poll(excluded).toEqual(lines);
  });

  it('are in the table of runs, and after a reload', async () => {
    const lines = excluded();
    const want = await library(sweep, { exclude: lines });
    await goTo(page, 'data');
    await page.getByLabel('Show only').fill('');
    await expect.poll(() => shown(page, '#run-filter-more')).toBe(`327 of 327 runs; ${lines.length} left out by hand`);
    await page.reload();
    await untilShows(page, want);
    expect(excluded()).toEqual(lines);
    expect(seen.complaints).toEqual([]);
  });
});
