/** The page of a plan in a browser without a network: its charts draw, anyone can read it, and it fits a narrow screen. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { htmlPlan } from '../../src/document/plan.ts';
import { launch, visit } from '../app/lab.ts';
import { axeViolations } from '../support/axe.ts';
import { PLAN } from './planned.ts';
import { MADE } from './sample.ts';

const plotly = readFileSync(createRequire(import.meta.url).resolve('plotly.js-dist-min'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
let browser: Browser;

beforeAll(async () => { browser = await launch({ webgpu: false }); });
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

it('all charts, wide and light, narrow and dark', async () => {
  const path = join(folder, 'plan.html');
  writeFileSync(path, await htmlPlan({ report: PLAN, plotly, made: MADE }));
  const { page, complaints, requests } = await visit(browser, { offline: true, viewport: { width: 1100, height: 900 }, colorScheme: 'light' });
  await page.goto(pathToFileURL(path).href);
  await page.waitForFunction(() => document.querySelectorAll('.chart .main-svg').length >= 39); // plotly layers three for each of 13
  expect(await axeViolations(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 900 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => page.locator('.main-svg').first().evaluate((svg) => getComputedStyle(svg).backgroundColor)).toBe('rgb(20, 24, 29)');
  expect(await axeViolations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  expect(complaints).toEqual([]);
  expect(requests).toEqual([pathToFileURL(path).href]);
  await page.close();
});
