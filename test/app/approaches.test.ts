/** The three approaches in the built page: what is on screen is what the library gives, for the runs and curves that are there. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  approachesOn, filterSweep, formatCount, formatInteger, openBackend, paperReplica, readCurves, type Approaches, type ApproachesJson, type ApproachesOptions,
  type FilterOptions, type TrainingCurves,
} from '../../src/index.ts';
import { goTo, launch, serveLab, shown, untilDone, visit, type LabServer, type Visit } from './lab.ts';
import { read } from './screen.ts';
import { curvesTable, drop, tableOf } from './tables.ts';

/** On the CPU, whose float64 is alike on every machine. */
const REPLICATES = 64;
const SETTINGS = `&device=cpu&replicates=${REPLICATES}`;

let server: LabServer;
let browser: Browser;
let seen: Visit;
let page: Page;
let curves: TrainingCurves;
beforeAll(async () => {
  [server, browser] = [await serveLab(), await launch({ webgpu: false })];
  curves = await readCurves(curvesTable('run'), { name: 'curves.csv' });
  seen = await visit(browser, { viewport: { width: 1440, height: 900 } });
  page = seen.page;
  await page.goto(`${server.url}#view=approaches${SETTINGS}`);
  await untilDone(page);
  await untilCompared();
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function library(input: { readonly curves?: TrainingCurves; readonly filter?: FilterOptions } & ApproachesOptions): Promise<Approaches> {
  const { curves: given, filter = {}, ...options } = input;
  const backend = await openBackend('cpu');
  const sweep = filterSweep(paperReplica(), filter);
  return approachesOn(backend, { sweep, ...(given && { curves: given }) }, { replicates: REPLICATES, budgets: [1e24], ...options }).finally(() => backend.close());
}

const status = () => shown(page, '.run [role=status]');

async function untilCompared(): Promise<void> {
  await page.locator('.run [role=status]', { hasText: /^Compared in / }).waitFor();
}

const give = (name: string, text: string) => page.setInputFiles('#curves', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });

/** Cells of both tables, by approach and figure. */
async function cells(): Promise<Record<string, Record<string, string>>> {
  const all = await page.locator('#approaches [data-approach] [data-figure]').evaluateAll((found) => found.map((cell) =>
    [cell.closest('[data-approach]')!.getAttribute('data-approach')!, cell.getAttribute('data-figure')!, cell.textContent!] as const));
  const tables: Record<string, Record<string, string>> = {};
  for (const [approach, figure, text] of all) (tables[approach] ??= {})[figure] = text;
  return tables;
}

/** What the cells should say: four digits, which the last bit of exp and log of a browser does not move. */
function wantedCells({ results }: Approaches): Record<string, Record<string, string>> {
  const four = (value: number) => value.toPrecision(4);
  const span = ([low, high]: readonly [number, number], write: (end: number) => string) => `${write(low)} to ${write(high)}`;
  return Object.fromEntries(results.map(({ approach, N, D, intervals, at: [optimum] }) => [approach, {
    a: four(N.exponent), 'a-interval': span(intervals.a, four), b: four(D.exponent), 'b-interval': span(intervals.b, four),
    N: formatCount(optimum!.N), 'N-interval': span(optimum!.intervals.N, formatCount),
    D: formatCount(optimum!.D), 'D-interval': span(optimum!.intervals.D, formatCount), ratio: (optimum!.D / optimum!.N).toPrecision(3),
  }]));
}

const drawn = () => page.locator('.chart .main-svg:first-child').count();

describe('of runs alone', () => {
  let want: Approaches;
  beforeAll(async () => { want = await library({}); });

  it('are the second and the third', async () => {
    expect(Object.keys(wantedCells(want))).toEqual(['2', '3']);
    expect(await cells()).toEqual(wantedCells(want));
  });

  it('and the first says what it needs', async () => {
    const [{ why }] = want.missing as [Approaches['missing'][number]];
    expect(await page.locator('[data-approach="1"] td').allTextContents()).toEqual([why, why]);
    expect(await shown(page, '#curves-read')).toContain('Approach 1 needs a second table');
  });

  it('with the bias of the second, its profiles, and two charts', async () => {
    const { errorOfN, errorOfD } = want.bias!;
    const text = await shown(page, '[data-bias]');
    expect(text).toContain(`${Number((100 * Math.abs(errorOfN)).toPrecision(2))} % too ${errorOfN > 0 ? 'high' : 'low'}`);
    expect(text).toContain(`${Number((100 * Math.abs(errorOfD)).toPrecision(2))} % too ${errorOfD > 0 ? 'high' : 'low'}`);
    const rows = await page.locator('#profiles tbody tr').evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent!)));
    expect(rows.map(([C, runs, N]) => [read(C!), runs, N])).toEqual(
      want.isoflop!.profiles.map(({ C, runs, vertex }) => [Number(C.toPrecision(3)), formatInteger(runs.length), formatCount(vertex!.N)]));
    await expect.poll(drawn).toBe(2);
  });

  it('follow the settings of the fit', async () => {
    const before = await cells();
    await page.getByLabel('Drop highest losses').fill('60');
    await page.keyboard.press('Enter');
    await expect.poll(cells).toEqual(wantedCells(await library({ filter: { dropHighest: 60 } })));
    expect(await cells()).not.toEqual(before);
    await page.getByLabel('Drop highest losses').fill('0');
    await page.keyboard.press('Enter');
    await expect.poll(cells).toEqual(before);
  });

  it('stay where the settings cannot be fitted, and say that they are of those before', async () => {
    const heading = () => shown(page, '#found-heading');
    expect(await heading()).toBe('What each finds');
    for (const [where, title] of [['C<1', 'What each found, by the settings before'], ['', 'What each finds']] as const) {
      await page.getByLabel('Keep only').fill(where);
      await page.keyboard.press('Enter');
      await expect.poll(heading).toBe(title);
      expect(await cells()).toEqual(wantedCells(want));
    }
  });

  it('go with their table', async () => {
    await drop(page, 'few.csv', tableOf(3));
    await page.locator('[data-trouble="fit"]').waitFor();
    expect(await page.locator('#approaches').count()).toBe(0);
    await goTo(page, 'data');
    await page.getByRole('button', { name: 'Bundled replica of Chinchilla’s runs' }).click();
    await goTo(page, 'approaches');
    await untilCompared();
    expect(await cells()).toEqual(wantedCells(want));
  });
});

describe('with training curves', () => {
  it('whose run has no column: says so at its field, and takes the one that is named there', async () => {
    await give('curves.csv', curvesTable('which'));
    const field = page.getByLabel('Column that names the run');
    await field.waitFor();
    const problem = page.locator(`#${await field.getAttribute('aria-describedby')}`);
    await expect.poll(() => problem.textContent()).toBe(
      'curves.csv: expected a column that names the run of each checkpoint, got the columns "which", "N", "tokens", "loss". Name the column that tells the runs apart in the field for it.');
    expect(await page.locator('[data-trouble]').count()).toBe(0);
    await field.fill('which');
    await page.keyboard.press('Enter');
    await expect.poll(() => shown(page, '#curves-read')).toBe('curves.csv: 12 curves, 720 checkpoints.');
    expect(page.url()).toContain('curve-run=which');
  });

  it('there are three, and the envelope is drawn', async () => {
    await expect.poll(async () => Object.keys(await cells())).toEqual(['1', '2', '3']);
    const want = await library({ curves });
    expect(await cells()).toEqual(wantedCells(want));
    await expect.poll(drawn).toBe(3);
  });

  it('are saved as the library has them', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Results as JSON' }).click()]);
    const { results } = JSON.parse(readFileSync(await download.path(), 'utf8')) as ApproachesJson;
    const want = await library({ curves });
    // Last bits of exp and log differ between a browser and Node; a fit stops within 1e-6 of a standard error.
    expect(results.map(({ approach }) => approach)).toEqual([1, 2, 3]);
    for (const [k, { N }] of want.results.entries()) expect(Math.abs(results[k]!.N.exponent! / N.exponent - 1)).toBeLessThan(1e-6);
  });

  it('that are broken say so beside their choice; taken away, the first approach waits again', async () => {
    await give('ragged.csv', 'run,N,tokens,loss\na,1e9,2e10\n');
    await expect.poll(() => page.locator('[data-trouble="curves"]').allTextContents()).toEqual([expect.stringContaining('line 2: expected 4 fields as in the header, got 3.')]);
    await page.getByRole('button', { name: 'Take them away' }).click();
    await expect.poll(() => page.locator('[data-trouble]').count()).toBe(0);
    await expect.poll(async () => Object.keys(await cells())).toEqual(['2', '3']);
  });
});

it('stops, and goes on when it is asked to', async () => {
  const resamples = page.getByLabel('Bootstrap resamples');
  await goTo(page, 'approaches');
  await resamples.fill('200k');
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('[data-resamples]').textContent()).toContain('of 200,000 resamples'); // before that a stop leaves the old fit
  await page.locator('.results').getByRole('button', { name: 'Stop' }).click(); // those of the fit come first
  await expect.poll(status).toMatch(/^Comparing/);
  await page.locator('.run').getByRole('button', { name: 'Stop' }).click();
  await expect.poll(status).toBe('Stopped: nothing is compared.');
  expect(await page.locator('#approaches').count()).toBe(0);
  await page.locator('.run').getByRole('button', { name: 'Compare' }).click();
  await expect.poll(status).toMatch(/^Comparing/);
  await resamples.fill(String(REPLICATES));
  await page.keyboard.press('Enter');
  await untilCompared();
  expect(await cells()).toEqual(wantedCells(await library({})));
  expect(seen.complaints).toEqual([]);
});
