/** A run left out: fit and intervals follow at once, by one descent from the fit before; then those of all starts, which say the same. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch, serveLab, shown, untilDone, untilDrawn, visit, type LabServer, type Visit } from './lab.ts';

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
  await untilDone(page);
  await untilDrawn(page);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** What the page showed, each time that it changed, and how long after the click its frame was done, ms. */
interface Change { ms: number; readonly alpha: string; readonly interval: string; readonly certificate: string }
type Watched = typeof globalThis & { readonly changes: Change[]; readonly near: Promise<void>; readonly observer?: MutationObserver };

/** From the next click on. */
async function watch(): Promise<void> {
  await page.evaluate(() => {
    const text = (selector: string) => document.querySelector(selector)!.textContent!;
    let clicked = NaN;
    const now = (): Change => ({ ms: NaN, alpha: text('[data-param="alpha"]'), interval: text('[data-interval="alpha"]'), certificate: text('#certificate p') });
    const changes: Change[] = [now()];
    let resolve = () => {};
    const near = new Promise<void>((then) => { resolve = then; });
    /** A timer that is set in a frame comes when it is painted. */
    const painted = (change: Change) => requestAnimationFrame(() => setTimeout(() => {
      change.ms = performance.now() - clicked;
      resolve();
    }));
    addEventListener('click', ({ timeStamp }) => { clicked = timeStamp; }, { once: true, capture: true });
    const observer = new MutationObserver(() => {
      const [last, change] = [changes.at(-1)!, now()];
      if (last.alpha !== change.alpha || last.interval !== change.interval || last.certificate !== change.certificate) painted(changes[changes.push(change) - 1]!);
    });
    observer.observe(document.querySelector('.results')!, { subtree: true, childList: true, characterData: true });
    (globalThis as Watched).observer?.disconnect();
    Object.assign(globalThis, { changes, near, observer }); // what nobody holds is collected
  });
}

it('follows at once, and the fit of all starts says the same', async () => {
  const times: number[] = [];
  for (let k = 0; k < CLICKS; k++) {
    await watch();
    const painted = page.evaluate(() => (globalThis as Watched).near); // asking again and again would take the time that is measured
    await page.locator('.runs input[type="checkbox"]').nth(k).click();
    await painted;
    await expect.poll(() => shown(page, '[data-fact="points"]')).toBe(`${326 - k} fitted, ${k + 1} left out`);
    await untilDone(page);
    const changes = await page.evaluate(() => (globalThis as Watched).changes);
    const [before, near] = changes;
    const last = changes.at(-1)!;
    expect(near!.certificate).toBe('One descent from the fit before, at once: all starts are being made.');
    expect(near!.alpha).toBe(last.alpha);
    expect(near!.interval).toMatch(/^0\.\d+ to 0\.\d+$/);
    expect([near!.alpha, near!.interval]).not.toEqual([before!.alpha, before!.interval]);
    expect(last.certificate).toMatch(/^Passes: \d+ of 32 starts agree/);
    expect(last.interval).not.toBe(near!.interval); // that of the resamples, not of the sandwich
    times.push(near!.ms);
  }
  // A report, as in tasks.test.ts: no time is asserted.
  console.log(`a run left out: fit and intervals painted after ${times.map((ms) => ms.toFixed(0)).toSorted((a, b) => Number(a) - Number(b)).join(', ')} ms`);
  expect(seen.complaints).toEqual([]);
});

it('is not made where more than the runs changes', async () => {
  const marks = () => page.evaluate(() => performance.getEntriesByName('isoloss-near').length);
  const before = await marks();
  expect(before).toBe(CLICKS);
  await page.getByLabel('Huber δ, nats').fill('0.002');
  await page.keyboard.press('Enter');
  await expect.poll(() => shown(page, '[data-fact="objective"]')).toContain('δ = 0.002');
  await untilDone(page);
  expect(await marks()).toBe(before);
});
