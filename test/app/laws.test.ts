/** The lab with each law: its parameters, the pairs that it has, and every chart drawn. */
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lawById, lawPairs } from '../../src/laws/registry.ts';
import { sizeLawIds } from '../support/laws.ts';
import { launch, serveLab, untilDrawn, visit, type LabServer, type Visit } from './lab.ts';

let browser: Browser;
let server: LabServer;
beforeAll(async () => { [server, browser] = [await serveLab(), await launch({ webgpu: false })]; });
afterAll(async () => {
  await browser?.close();
  server?.close();
});

describe.each(sizeLawIds)('%s', (id) => {
  let seen: Visit;
  // A pair that this law may lack, as one of a link of another law: then its own first one is shown.
  beforeAll(async () => {
    seen = await visit(browser, { viewport: { width: 1300, height: 2600 } });
    await seen.page.goto(`${server.url}#device=cpu&replicates=32&view=certainty&pair=gamma,E&law=${id}`);
    await untilDrawn(seen.page);
  });
  afterAll(() => seen?.page.close());

  it('shows its parameters, and a and b of its frontier', async () => {
    const names = await seen.page.locator('[data-param]').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-param')));
    expect(names).toEqual([...lawById(id).params, 'a', 'b']);
    expect(await seen.page.locator('.parameters').innerText()).not.toMatch(/undefined|NaN|–/);
  });

  it('draws the resamples, a pair and a landscape, of the pairs that it has', async () => {
    await expect.poll(() => seen.page.locator('.chart .main-svg:first-child').count()).toBe(3);
    const buttons = seen.page.getByRole('group', { name: 'Pair of parameters' }).getByRole('button');
    expect(await buttons.count()).toBe(lawPairs(id).length);
    const pressed = lawPairs(id).indexOf('gamma,E');
    expect(await buttons.evaluateAll((all) => all.findIndex((button) => button.getAttribute('aria-pressed') === 'true'))).toBe(Math.max(0, pressed));
    expect(seen.complaints).toEqual([]);
  });
});
