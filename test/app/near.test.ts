/**
 * A run left out: fit and intervals follow at once, by one descent from the fit before; then those of all starts, which say the
 * same. Where such fits are quick the page makes them itself, and its next frame shows them; else the worker does.
 */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { goTo, launch, PATIENCE, serveLab, shown, untilDone, untilDrawn, visit, type LabServer, type Visit } from './lab.ts';
import { alone, spotsOf } from './spots.ts';
import { drop, tableOf } from './tables.ts';

const CLICKS = 9;

let server: LabServer;
let browser: Browser;
let seen: Visit;
let page: Page;
beforeAll(async () => {
  [server, browser] = [await serveLab(), await launch({ webgpu: true })];
  seen = await visit(browser, { viewport: { width: 1440, height: 900 } });
  page = seen.page;
  await page.goto(`${server.url}#view=data&replicates=300`);
  await untilDrawn(page);
  await untilByPage();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** What the page showed. */
interface Shown { readonly alpha: string; readonly interval: string; readonly certificate: string }
interface Watched {
  /** Each time that it changed; first what stood there before. */
  readonly changes: Shown[];
  /** In the first frame after the click. */
  readonly frame: Shown;
  /** How long after the click that which changed first was painted, ms. */
  readonly painted: Promise<number>;
}
type Watching = typeof globalThis & { watched: Watched; observer?: MutationObserver };

/** From the next click on. */
async function watch(): Promise<void> {
  await page.evaluate(() => {
    const global = globalThis as Watching;
    const text = (selector: string) => document.querySelector(selector)!.textContent!;
    const now = (): Shown => ({ alpha: text('[data-param="alpha"]'), interval: text('[data-interval="alpha"]'), certificate: text('#certificate p') });
    const changes = [now()];
    const painted = new Promise<number>((resolve) => {
      let clicked = NaN;
      addEventListener('mouseup', ({ timeStamp }) => {
        clicked = timeStamp;
        requestAnimationFrame(() => { global.watched = { ...global.watched, frame: now() }; });
      }, { once: true, capture: true });
      global.observer?.disconnect(); // what nobody holds is collected
      global.observer = new MutationObserver(() => {
        const [last, change] = [changes.at(-1)!, now()];
        if (last.alpha === change.alpha && last.interval === change.interval && last.certificate === change.certificate) return;
        changes.push(change);
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - clicked))); // such a timer comes when the frame is painted
      });
    });
    global.observer!.observe(document.querySelector('.results')!, { subtree: true, childList: true, characterData: true });
    global.watched = { changes, frame: changes[0]!, painted };
  });
}

/** @throws with what the page says now, where nothing of it has changed for long. */
async function late(): Promise<never> {
  await new Promise((resolve) => { setTimeout(resolve, PATIENCE); });
  throw new Error(`nothing changed after the click: ${page.url()}, ${await page.locator('#status').textContent()}, hover ${await page.locator('.hoverlayer').allTextContents()}`);
}

/** Leaves out a run by a click, and what the page showed then; how long until it was painted, ms. */
async function leaveOut(click: () => Promise<void>): Promise<Watched & { readonly ms: number }> {
  await watch();
  const painted = page.evaluate(() => (globalThis as Watching).watched.painted); // asking again and again would take the time that is measured
  await click();
  const ms = await Promise.race([painted, late()]);
  await untilDrawn(page);
  return { ...await page.evaluate(() => (globalThis as Watching).watched), ms };
}

/** Leaves a run out and takes it back in until the page does it itself: once one was quick in the worker, which a busy machine may put off. */
async function untilByPage(): Promise<void> {
  await vi.waitUntil(async () => {
    for (let k = 0; k < 2; k++) {
      await page.locator('.runs tbody tr input').first().click();
      await untilDrawn(page);
    }
    return (await nearBy()).at(-1) === 'page';
  }, { interval: 1000, timeout: PATIENCE });
}

const nearBy = () => page.evaluate(() => (performance.getEntriesByName('isoloss-near') as PerformanceMark[]).map(({ detail }) => detail as string));

/** A report, as in tasks.test.ts: no time is asserted. */
function report(where: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b).map((ms) => ms.toFixed(0));
  console.log(`a run left out ${where}: fit and intervals painted after ${sorted.join(', ')} ms, median ${sorted[sorted.length >> 1]}`);
}

/** The first frame has the near fit, and the last one what all starts say. */
function expectNear({ changes, frame }: Watched): void {
  const [before, near] = changes;
  const last = changes.at(-1)!;
  expect(near!.certificate).toBe('One descent from the fit before, at once: all starts are being made.');
  expect(near!.alpha).toBe(last.alpha);
  expect(near!.interval).toMatch(/^0\.\d+ to 0\.\d+$/);
  expect([near!.alpha, near!.interval]).not.toEqual([before!.alpha, before!.interval]);
  expect(last.certificate).toMatch(/^Passes: \d+ of 32 starts agree/);
  expect(last.interval).not.toBe(near!.interval); // that of the resamples, not of the sandwich
  expect(frame).toEqual(near);
}

describe('the next frame shows fit and intervals, and those of all starts say the same,', () => {
  it('of a click in the table', async () => {
    const times: number[] = [];
    const { length: before } = await nearBy();
    for (let k = 0; k < CLICKS; k++) {
      const watched = await leaveOut(() => page.locator('.runs input[type="checkbox"]').nth(k).click());
      expect(await shown(page, '[data-fact="points"]')).toBe(`${326 - k} fitted, ${k + 1} left out`);
      expectNear(watched);
      times.push(watched.ms);
    }
    report('in the table', times);
    expect((await nearBy()).slice(before)).toEqual(Array.from({ length: CLICKS }, () => 'page'));
    expect(seen.complaints).toEqual([]);
  });

  it.each([['fit', 'isoloss'], ['check', 'predicted']] as const)('of a click in a chart of the view %s: %s', async (view, chart) => {
    await goTo(page, view);
    await untilDrawn(page);
    const times: number[] = [];
    const { length: before } = await nearBy();
    const { line } = alone(await spotsOf(page, chart));
    for (let k = 0; k < CLICKS; k++) { // out, in again, out …
      await page.waitForTimeout(600); // else it were the second of a double click, which zooms
      const { x, y } = (await spotsOf(page, chart)).find((spot) => spot.line === line)!;
      await page.mouse.move(x, y);
      await page.locator(`#chart-${chart} .hoverlayer .hovertext`).first().waitFor();
      const watched = await leaveOut(() => page.mouse.click(x, y));
      expectNear(watched);
      times.push(watched.ms);
    }
    report(`in the chart ${chart}`, times);
    expect((await nearBy()).slice(before)).toEqual(Array.from({ length: CLICKS }, () => 'page'));
    expect(seen.complaints).toEqual([]);
  });
});

it('is not made where more than the runs changes', async () => {
  const { length: before } = await nearBy();
  expect(before).toBeGreaterThan(0);
  await page.getByLabel('Huber δ, nats').fill('0.002');
  await page.keyboard.press('Enter');
  await expect.poll(() => shown(page, '[data-fact="objective"]')).toContain('δ = 0.002');
  await untilDone(page);
  expect(await nearBy()).toHaveLength(before);
});

describe('a large table', () => {
  let before: number;
  beforeAll(async () => {
    ({ length: before } = await nearBy());
    await page.evaluate(() => { location.hash = '#view=data&device=cpu&replicates=0&starts=2'; });
    await drop(page, 'large.csv', tableOf(10_001));
    await untilFitted(10_001);
    await page.waitForTimeout(1000); // it has said by then that few are quick, if it ever does
  });

  const untilFitted = async (runs: number) => {
    await page.locator('[data-fact="points"]', { hasText: `${runs.toLocaleString('en')} fitted` }).waitFor();
    await untilDrawn(page);
  };
  it('is the worker\'s work, which takes long', async () => {
    await page.locator('.runs tbody tr input').first().click();
    await untilFitted(10_000);
    expect((await nearBy()).slice(before)).toEqual(['worker']);
  });

  it('is the page\'s where few of its runs are fitted, and the worker\'s again where all are', async () => {
    const filter = async (text: string) => {
      await page.getByLabel('Keep only').fill(text);
      await page.keyboard.press('Enter');
    };
    await filter('N<6e7');
    await untilFitted(397); // 398 are so small, and one is left out
    await page.getByLabel('Show only').fill('N<6e7');
    await page.keyboard.press('Enter');
    await untilByPage();
    const { length: made } = await nearBy();
    await filter('');
    await untilFitted(10_000);
    expect((await nearBy()).slice(made)).toEqual(['worker']);
    expect(seen.complaints).toEqual([]);
  });
});
