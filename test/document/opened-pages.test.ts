/** Pages of plans, reproductions, approaches, simulations and landscapes in a browser without a network: their charts draw, anyone can read them, on a narrow screen too. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { htmlApproaches } from '../../src/document/approaches.ts';
import { htmlLandscape } from '../../src/document/landscape.ts';
import { htmlPlan } from '../../src/document/plan.ts';
import { htmlReproductions } from '../../src/document/reproductions.ts';
import { htmlSimulation } from '../../src/document/simulation.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { paperReplica } from '../../src/paper/replica.ts';
import { publishedTruth } from '../../src/paper/truths.ts';
import { againOf } from '../../src/report/again.ts';
import { gridDesign } from '../../src/simulate/design.ts';
import { simulateOn } from '../../src/simulate/simulation.ts';
import type { Replicates } from '../../src/stats/fits.ts';
import { landscapeOn, profileOn } from '../../src/stats/landscape.ts';
import { launch, visit } from '../app/lab.ts';
import { APPROACHES, INPUT } from '../report/approached.ts';
import { REPRODUCTIONS } from '../report/reproduced.ts';
import { axeViolations } from '../support/axe.ts';
import { PLAN } from './planned.ts';
import { MADE } from './sample.ts';

const plotly = readFileSync(createRequire(import.meta.url).resolve('plotly.js-cartesian-dist-min'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'isoloss-'));
let browser: Browser;

beforeAll(async () => { browser = await launch({ webgpu: false }); });
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true });
});

/** 60 sweeps, all in one piece. */
async function simulated() {
  let fits: Replicates;
  const simulation = await simulateOn(cpuBackend(1), {
    truth: publishedTruth('hoffmann'), design: gridDesign({ sizes: [5e7, 2e8, 8e8, 3e9], tokensPerParameter: [5, 20, 80] }), noise: { sigma: 0.01 },
    sweeps: 60, budgets: [1e21, 1e23], onPiece: (_first, _batch, piece) => { fits = piece; },
  });
  return { simulation, fits: fits!, again: againOf([{ name: 'design', value: 'grid' }]) };
}

/** Over two parameters, or along one. */
async function solved(over?: 'E') {
  const sweep = paperReplica();
  const backend = cpuBackend(1);
  let ends: Float64Array;
  const fit = await fitOn(backend, sweep, { starts: 8, onEnds: (natural) => { ends = natural; } });
  return { sweep, fit, ends: ends!, landscape: over ? await profileOn(backend, sweep, fit, { over, cells: 9 }) : await landscapeOn(backend, sweep, fit, { over: 'alpha,beta', cells: 9 }) };
}

it.each([
  ['plan', 13, () => htmlPlan({ report: PLAN, plotly, made: MADE })],
  ['reproductions', 3, () => htmlReproductions({ reproductions: REPRODUCTIONS, plotly, made: MADE })],
  ['simulation', 1, async () => htmlSimulation({ ...await simulated(), plotly, made: MADE })],
  ['landscape', 1, async () => htmlLandscape({ ...await solved(), plotly, made: MADE })],
  ['landscape', 1, async () => htmlLandscape({ ...await solved('E'), plotly, made: MADE })],
  ['approaches', 3, () => htmlApproaches({ approaches: APPROACHES, input: INPUT, plotly, made: MADE })],
] as const)('%s: %d charts, wide and light, narrow and dark; the result as a file', async (name, charts, made) => {
  const path = join(folder, `${name}.html`);
  writeFileSync(path, await made());
  const { page, complaints, requests } = await visit(browser, { offline: true, viewport: { width: 1100, height: 900 }, colorScheme: 'light' });
  await page.goto(pathToFileURL(path).href);
  await page.waitForFunction((count) => document.querySelectorAll('.chart .main-svg').length >= 3 * count, charts); // plotly layers three for each
  expect(await page.locator('.chart').count()).toBe(charts);
  expect(await axeViolations(page)).toEqual([]);
  await page.setViewportSize({ width: 360, height: 900 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(() => page.locator('.main-svg').first().evaluate((svg) => getComputedStyle(svg).backgroundColor)).toBe('rgb(20, 24, 29)');
  expect(await axeViolations(page)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the result as JSON' }).click()]);
  expect(download.suggestedFilename()).toBe(`isoloss-${name}.json`);
  expect(complaints).toEqual([]);
  expect(requests.filter((url) => !url.startsWith('blob:'))).toEqual([pathToFileURL(path).href]);
  await page.close();
});
