/** A report as a file in a browser without a network: its charts draw, anyone can read it, and no text of the data runs. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportFigures } from '../../src/document/charts.ts';
import { htmlReport } from '../../src/document/report.ts';
import { toJson } from '../../src/report/json.ts';
import { launch, visit, type Visit } from '../app/lab.ts';
import { axeViolations } from '../support/axe.ts';
import { hostileSample, MADE, REPLICATES, sample, type Sample } from './sample.ts';

const PLOTLY = readFileSync(createRequire(import.meta.url).resolve('plotly.js-cartesian-dist-min'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
let browser: Browser;

beforeAll(async () => { browser = await launch({ webgpu: false }); });
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** The address of a report as a file, with `most` charts, and `added` to its text. */
async function written({ sweep, fit, bootstrap }: Sample, most = Infinity, added = ''): Promise<string> {
  const figures = reportFigures({ sweep, fit, bootstrap, replicates: REPLICATES, budget: 1e24 }).slice(0, most);
  const text = await htmlReport({ sweep, fit, bootstrap, figures, plotly: PLOTLY, made: MADE });
  const path = join(folder, `${figures.length}.html`);
  writeFileSync(path, text.replace('</main>', `</main>${added}`));
  return pathToFileURL(path).href;
}

async function untilDrawn(page: Page): Promise<void> {
  await page.waitForFunction(() => [...document.querySelectorAll('.chart')].every((chart) => chart.querySelector('.main-svg')));
}

describe('all charts', () => {
  let seen: Visit;
  let page: Page;
  let address: string;
  const paper = () => page.locator('#chart-ratio .main-svg').first().evaluate((svg) => getComputedStyle(svg).backgroundColor);

  beforeAll(async () => {
    address = await written(sample());
    seen = await visit(browser, { offline: true, viewport: { width: 1100, height: 900 }, colorScheme: 'light' });
    page = seen.page;
    await page.goto(address);
    await untilDrawn(page);
  });

  it('are drawn in light colours', async () => {
    expect(await page.locator('.chart').count()).toBe(9);
    expect(await paper()).toBe('rgb(255, 255, 255)');
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.getByText('The charts need JavaScript').isVisible()).toBe(false);
  });

  it('are drawn anew in the dark, on a narrow screen', async () => {
    await page.setViewportSize({ width: 360, height: 900 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(paper).toBe('rgb(20, 24, 29)');
    expect(await axeViolations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  it('are white on paper, and of its width', async () => {
    await page.evaluate(() => addEventListener('beforeprint', () => {
      const svg = document.querySelector('#chart-ratio .main-svg')!;
      document.title = `${getComputedStyle(svg).backgroundColor} ${svg.getAttribute('width')}`;
    }));
    await page.pdf();
    expect(await page.title()).toBe('rgb(255, 255, 255) 900');
    await expect.poll(paper).toBe('rgb(20, 24, 29)');
  });

  it('and the result is saved as JSON', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the result as JSON' }).click()]);
    const { fit, bootstrap } = sample();
    expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toEqual(JSON.parse(JSON.stringify(toJson(fit, { bootstrap }))));
  });

  it('without a complaint, or a request', () => {
    expect(seen.complaints).toEqual([]);
    expect(seen.requests.filter((url) => !url.startsWith('blob:'))).toEqual([address]);
  });
});

it('reads without scripts, but for the charts', async () => {
  const { page, complaints } = await visit(browser, { offline: true, javaScriptEnabled: false });
  await page.goto(await written(sample(), 1));
  expect(await page.getByText('The charts need JavaScript; nothing else does.').isVisible()).toBe(true);
  expect(await page.getByRole('region', { name: 'Parameters' }).innerText()).toContain('406.4');
  expect(await page.getByRole('button').count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.close();
});

it('no text of the data is an element or runs', async () => {
  const { page, complaints } = await visit(browser, { offline: true });
  page.on('dialog', () => complaints.push('a dialog'));
  await page.goto(await written(hostileSample(), 1));
  await untilDrawn(page);
  expect(await page.locator('img, [onerror], textarea').count()).toBe(0);
  expect(await page.locator('h1').textContent()).toBe(hostileSample().fit.sweep);
  expect(complaints).toEqual([]);
  await page.close();
});

it('its policy refuses a script that is added to it', async () => {
  const { page, complaints } = await visit(browser, { offline: true });
  await page.goto(await written(sample(), 1, '<script>document.title = "ran"</script><img src="data:," onerror="document.title = \'ran\'">'));
  await untilDrawn(page);
  expect(complaints).toHaveLength(2);
  for (const complaint of complaints) expect(complaint).toContain('violates the following Content Security Policy directive');
  expect(await page.title()).toBe('Scaling law of sample');
  await page.close();
});
