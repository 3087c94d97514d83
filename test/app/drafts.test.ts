/** What is being written stays while the page shows something new: a draw of a field sets its value. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, serveLab, untilDone, VIEWS, visit, type LabServer } from './lab.ts';

let server: LabServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [server, browser] = [await serveLab(), await launch({ webgpu: false })];
  ({ page } = await visit(browser, { viewport: { width: 1440, height: 900 } }));
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** Some of a view's fields, that the test cannot pass over none. */
const SOME: Readonly<Record<string, readonly string[]>> = { fit: ['Confidence', 'Starts'], data: ['Show only'], plan: ['Training FLOPs'], simulate: ['Sweeps'] };

const address = (view: string, seed: number) => `${server.url}#view=${view}&device=cpu&replicates=128&seed=${seed}`;

describe('what is written in a field and not yet entered', () => {
  it.each(Object.keys(VIEWS))('%s', async (view) => {
    await page.goto(address(view, 1));
    await page.locator(`[data-view="${view}"] > :not([data-loading])`).first().waitFor();
    await untilDone(page);
    const fields = page.locator(`${view === 'fit' ? '' : 'main '}input[type=text]:visible`); // the settings are the same beside each view
    const labels = await fields.evaluateAll((found) => found.map((field) => (field as HTMLInputElement).labels?.[0]?.textContent ?? ''));
    expect(labels).toEqual(expect.arrayContaining([...SOME[view] ?? []]));
    const lost: string[] = [];
    for (const [k, label] of labels.entries()) {
      const field = fields.nth(k);
      if (label === 'Seed' || await field.isDisabled()) continue;
      const before = await field.inputValue();
      await field.fill('7');
      await page.goto(address(view, 2 + k)); // other resamples, and all that is said of them
      await page.locator('[data-results]').evaluate(() => new Promise((go) => { requestAnimationFrame(() => requestAnimationFrame(go)); }));
      await untilDone(page);
      if (await field.inputValue() !== '7') lost.push(label);
      await field.fill(before); // or leaving it would enter it
    }
    expect(lost).toEqual([]);
  });
});

it('gives way to what the setting becomes elsewhere', async () => {
  await page.goto(address('fit', 1));
  await untilDone(page);
  const seed = page.getByLabel('Seed');
  await seed.fill('7');
  await page.goto(address('fit', 3));
  await expect.poll(() => seed.inputValue()).toBe('3');
});

it('is kept where it follows Enter at once', async () => {
  await page.goto(address('fit', 4));
  await untilDone(page);
  const seed = page.getByLabel('Seed');
  await seed.fill('5');
  await Promise.all([page.keyboard.press('Enter'), page.keyboard.press('6')]);
  await expect.poll(() => page.url()).toContain('seed=5');
  await untilDone(page);
  expect(await seed.inputValue()).toBe('56');
});
