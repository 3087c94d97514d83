/** Simulations in the built page, through what a person sees and does: what is on screen is what the library gives. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBackend, paperDesign, printedMinus, publishedTruth, simulateOn, type Simulation } from '../../src/index.ts';
import { formatEstimate, formatFactor, formatProportion, type Written } from '../../src/report/estimates.ts';
import { recoveryCsv } from '../../src/report/recovery-csv.ts';
import { simulationJson, type SimulationJson } from '../../src/report/simulation.ts';
import { jsonInProcess } from '../cli/program.ts';
import { jsonOf } from '../document/page.ts';
import { launch, serveLab, shown, untilDone, visit, type LabServer, type Visit } from './lab.ts';

/** Few, on the CPU, whose float64 is alike on every machine; without resamples of the runs on the screen. */
const FEW = '&device=cpu&replicates=0&sim-sweeps=64';

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

async function opened(settings: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<Visit> {
  const seen = await visit(browser, { viewport: { width: 1440, height: 900 }, ...options });
  await seen.page.goto(`${server.url}#view=simulate${settings}`);
  await untilDone(seen.page);
  return seen;
}

const button = (page: Page) => page.locator('.run button');
const status = (page: Page) => page.locator('.run [role=status]');

async function simulate(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Simulate', exact: true }).click();
  await page.locator('.run [role=status]:not(:empty)').waitFor();
}

const both = ([value, error]: Written) => `${printedMinus(value)} ± ${error}`;

/** Texts of a row of the tables, by figure. */
async function row(page: Page, quantity: string): Promise<Record<string, string>> {
  const cells = page.locator(`#simulation [data-quantity="${quantity}"] [data-figure]`);
  return Object.fromEntries(await cells.evaluateAll((all) => all.map((cell) => [cell.getAttribute('data-figure')!, cell.textContent!])));
}

async function saved(page: Page, name: string): Promise<{ readonly name: string; readonly text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

/**
 * The same but for rounding: exp and log of a browser and of Node differ in the last bit, and a descent stops where the
 * objective would fall by less than 1e-12 of itself, at 1e-6 of a standard error.
 */
function expectSame(got: SimulationJson['recovery'], want: SimulationJson['recovery']): void {
  expect(Object.keys(got)).toEqual(Object.keys(want));
  for (const [name, { truth, mean, bias, spread, rmse, coverage }] of Object.entries(want)) {
    const off = (one: number | null, other: number | null) => Math.abs(one! - other!) / spread.value!;
    const figures = [[got[name]!.mean, mean], [got[name]!.bias.value, bias.value], [got[name]!.spread.value, spread.value], [got[name]!.rmse.error, rmse.error]] as const;
    for (const [one, other] of figures) expect(off(one, other), name).toBeLessThan(1e-6);
    expect([got[name]!.truth, got[name]!.coverage]).toEqual([truth, coverage]);
  }
}

async function library(seed: number): Promise<Simulation> {
  const backend = await openBackend('cpu');
  const recipe = { truth: publishedTruth('hoffmann'), design: paperDesign(), noise: { sigma: 0.01 }, seed };
  return simulateOn(backend, { ...recipe, sweeps: 64, budgets: [1e24] }).finally(() => backend.close());
}

describe('64 sweeps of the paper', () => {
  let seen: Visit;
  let page: Page;
  let want: Simulation;
  beforeAll(async () => {
    seen = await opened(`${FEW}&sim-seed=7`);
    page = seen.page;
    await simulate(page);
    want = await library(7);
  });

  it('find the truth as in the library', async () => {
    for (const [name, { bias, spread, rmse, coverage }] of Object.entries(want.recovery)) {
      expect(await row(page, name), name).toMatchObject({
        bias: both(formatEstimate(bias)), spread: both(formatEstimate(spread)), rmse: both(formatEstimate(rmse)), sandwich: both(formatProportion(coverage['sandwich']!)),
      });
    }
    const [{ N, D, loss }] = want.frontier as [Simulation['frontier'][number]];
    expect(await row(page, 'N_opt')).toMatchObject({ bias: both(formatFactor(N.bias)), rmse: both(formatFactor(N.rmse)) });
    expect(await row(page, 'D_opt')).toMatchObject({ spread: both(formatFactor(D.spread)) });
    expect(await row(page, 'loss_opt')).toMatchObject({ truth: loss.truth.toFixed(4), bias: both(formatEstimate(loss.bias)) });
  });

  it('of another seed would not be the same', async () => {
    const other = await library(8);
    expect((await row(page, 'E'))['bias']).not.toBe(both(formatEstimate(other.recovery['E']!.bias)));
  });

  it('are described', async () => {
    expect(await status(page).textContent()).toMatch(/^Fitted 64 sweeps in [\d.]+ m?s\.$/);
    expect(await shown(page, '[data-fact="simulation-truth"]')).toBe('Hoffmann et al. 2022, Eq. 10, unrounded: L(N, D) = E + A/N^alpha + B/D^beta');
    expect(await shown(page, '[data-fact="simulation-design"]')).toBe('IsoFLOP sweep of Hoffmann et al. 2022: 327 runs');
    expect(await shown(page, '[data-fact="simulation-failed"]')).toBe('None.');
    expect(await shown(page, '[data-fact="simulation-intervals"]')).toBe('sandwich of 64 sweeps');
    await expect.poll(() => page.locator('#chart-simulation').textContent()).toContain('64 synthetic sweeps');
  });

  it('are saved as the library writes them', async () => {
    const { name, text } = await saved(page, 'Results as JSON');
    const got = JSON.parse(text) as SimulationJson;
    const expected = simulationJson(want, { repeat: [await shown(page, '.command code')], replay: [] });
    expect(name).toBe('isoloss-simulation.json');
    expect(Object.keys(got)).toEqual(Object.keys(expected));
    const { recovery, frontier: _, seconds: __, backend, ...rest } = got;
    expectSame(recovery, expected.recovery);
    expect(rest).toEqual(Object.fromEntries(Object.keys(rest).map((key) => [key, expected[key as keyof SimulationJson]])));
    expect(backend.name).toBe('cpu');
    const csv = (await saved(page, 'Results as CSV')).text.split('\n');
    expect(csv.map((line) => line.split(',').slice(0, 2))).toEqual(recoveryCsv(want).split('\n').map((line) => line.split(',').slice(0, 2)));
    expect(Number(csv[1]!.split(',')[3])).toBe(recovery['E']!.mean);
    const fits = (await saved(page, 'All fits as CSV')).text.trimEnd().split('\n').map((line) => line.split(','));
    expect(fits[0]).toEqual(['sweep', 'E', 'A', 'B', 'alpha', 'beta', 'a', 'b', 'objective', 'termination']);
    expect(fits.slice(1).map(([sweep]) => Number(sweep))).toEqual(Array.from({ length: 64 }, (__, k) => k));
    const mean = fits.slice(1).reduce((sum, [, E]) => sum + Number(E) / 64, 0);
    expect(Math.abs(mean / want.recovery['E']!.mean - 1)).toBeLessThan(1e-12); // rounding of 64 sums
    const report = await saved(page, 'Report as HTML');
    expect(report.name).toBe('isoloss-simulation.html');
    expect(jsonOf(report.text, 'isoloss-result')).toEqual(got);
    expect(report.text).toContain('64 synthetic sweeps fitted'); // in the chart
  });

  it('stay while other views are open, and settings start nothing', async () => {
    await page.getByRole('link', { name: 'Residuals' }).click();
    await page.getByRole('link', { name: 'Simulate' }).click();
    await page.getByRole('group', { name: 'Sweeps and intervals' }).getByLabel('Seed').fill('9');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.url()).toContain('sim-seed=9');
    expect(await shown(page, '[data-fact="simulation-sweeps"]')).toMatch(/^64 in .*, seed 7$/);
    expect(await button(page).textContent()).toBe('Simulate');
    expect(seen.complaints).toEqual([]);
  });
});

it('the command that is shown does the same in a terminal', async () => {
  const { page } = await opened(`${FEW}&sim-truth=numbers&sim-design=grid&sim-by=counts&sim-sizes=50M..16B:4&sim-tokens=1B..300B:4&sim-seeds=2` +
    '&sim-noise=student&sim-sigma=0.02&sim-outliers=5%25:4&sim-by-size=0.003&sim-by-seed=0.004&sim-confidence=0.9&sim-bootstrap=3&sim-resamples=20&delta=0.01');
  await simulate(page);
  const command = await shown(page, '.command code');
  expect(command).toBe('isoloss simulate --truth 1.69,406.4,410.7,0.34,0.28 --design grid --sizes 50M..16B:4 --tokens 1B..300B:4 --seeds 2 ' +
    '--noise student:0.02:4 --outliers 5%:4 --noise-by-size 0.003 --noise-by-seed 0.004 --sweeps 64 --seed 0 --delta 0.01 --confidence 0.9 ' +
    '--bootstrap 20 --bootstrap-sweeps 3');
  const there = await jsonInProcess<SimulationJson>([...command.split(' ').slice(1), '--backend', 'cpu']);
  const here = JSON.parse((await saved(page, 'Results as JSON')).text) as SimulationJson;
  expectSame(here.recovery, there.recovery);
  expect(here.intervals).toEqual(there.intervals);
  await page.close();
});

it('stops: what is done stays, and it says how much', async () => {
  const { page } = await opened('&replicates=0&sim-sweeps=1e6');
  await button(page).click();
  await page.locator('#chart-simulation .main-svg').first().waitFor();
  expect(await shown(page, '[data-pace]')).toMatch(/^[\d,]+ of 1,000,000 sweeps/);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect.poll(() => status(page).textContent()).toMatch(/^Stopped after [\d,]+ of 1,000,000 sweeps: they are in the figures\.$/);
  const { sweeps, requested } = JSON.parse((await saved(page, 'Results as JSON')).text) as SimulationJson;
  expect(await status(page).textContent()).toContain(`after ${sweeps.toLocaleString('en')} of`);
  expect([sweeps > 1 && sweeps < 1e6, requested]).toEqual([true, 1e6]);
  await page.close();
});

it('takes the runs and the fit on the screen', async () => {
  const { page } = await opened(`${FEW}&drop=5&sim-truth=fit&sim-design=runs`);
  const E = Number(await shown(page, '[data-param="E"]'));
  await simulate(page);
  expect(await shown(page, '[data-fact="simulation-design"]')).toMatch(/: 322 runs$/);
  // Four digits of one, five of the other.
  expect(Math.abs(Number((await row(page, 'E'))['truth']) / E - 1)).toBeLessThan(5e-4);
  expect(await page.locator('.command').count()).toBe(0); // no option can name them
  await page.close();
});

describe('a field that cannot be used', () => {
  let page: Page;
  beforeAll(async () => { ({ page } = await opened(`${FEW}&sim-design=isoflop`)); });

  async function write(label: string, text: string): Promise<void> {
    await page.getByLabel(label, { exact: true }).fill(text);
    await page.keyboard.press('Enter');
  }

  it.each([
    ['Budgets, FLOPs', '6e18..', 'expected budgets such as 6e18,1e20 or 6e18..3e21:9, got "6e18..". Write a range as low..high:count.'],
    ['Outliers', '2', 'expected a share of the runs from 0 to 1 such as 0.05, got "2". Write 5 % as 0.05.'],
    ['Sweeps', '1', 'expected a whole number from 2 to 1,000,000, got "1".'],
  ])('%s says why beside it, and keeps what is written', async (label, text, message) => {
    const field = page.getByLabel(label, { exact: true });
    const before = page.url();
    await write(label, text);
    const described = page.locator(`#${await field.getAttribute('aria-describedby')}`);
    await expect.poll(() => described.textContent()).toBe(message);
    expect([await field.inputValue(), await field.getAttribute('aria-invalid'), page.url()]).toEqual([text, 'true', before]);
  });

  it('what the work refuses stands at its field', async () => {
    await page.getByLabel('Of each run').selectOption('none');
    await write('Outliers', '0.05');
    await button(page).click();
    const message = 'noise.outliers: expected a sigma above 0 beside them, got 0. An outlier is a multiple of it.';
    const described = page.locator(`#${await page.getByLabel('Outliers').getAttribute('aria-describedby')}`);
    await expect.poll(() => described.textContent()).toBe(message);
    expect(await page.locator('.run .trouble').count()).toBe(0);
  });

  it('a design that is none says so, and cannot be simulated', async () => {
    await write('Ratios D/N', '20,20');
    await expect.poll(() => page.locator('fieldset > .problem').textContent()).toBe('tokensPerParameter: expected each value once, got 20 twice. Repeat runs by seeds.');
    expect(await button(page).isDisabled()).toBe(true);
  });
});

it('fits a narrow screen', async () => {
  const { page } = await opened(`${FEW}&sim-bootstrap=2&sim-resamples=8`, { viewport: { width: 360, height: 800 } });
  await simulate(page);
  expect(await page.locator('#simulation .figures').count()).toBe(2);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await page.close();
});
