/**
 * Screenshots of every view of the built lab, light and dark, wide and narrow, to build/screenshots; and the README's, to
 * bench/figures. Run it as `npm run screenshots [view …]`; look at every one.
 */
import { mkdirSync } from 'node:fs';
import { runnerImport } from 'vite';

const OUT = 'build/screenshots';
const README = { view: 'fit', width: 1440, theme: 'light', path: 'bench/figures/lab.png' };
const VIEWS = ['fit', 'data', 'check', 'certainty', 'plan', 'approaches', 'laws', 'simulate', 'paper', 'bench'];
const asked = process.argv.slice(2);

const { module: lab } = await runnerImport('./test/app/lab.ts', { configFile: false });
const { module: tables } = await runnerImport('./test/app/tables.ts', { configFile: false });
/** What of a view is unfolded. */
const UNFOLDED = { paper: '&paper=table3', plan: '&plan=cost,mixtures,emergence,samples&items=1000&samples-verifier=0.9:0.05' };
/** What a view is to be given, or asked, before there is all to see. */
const BEFORE = {
  async approaches(page) {
    await page.setInputFiles('#curves', { name: 'curves.csv', mimeType: 'text/csv', buffer: Buffer.from(tables.curvesTable()) });
    await page.locator('#chart-envelope').waitFor();
  },
  async laws(page) {
    await page.getByLabel('Resamples of the runs').fill('50');
    await page.setInputFiles('#second', { name: 'second.csv', mimeType: 'text/csv', buffer: Buffer.from(tables.tableOf(60)) });
    await page.getByLabel('Resamples of each sweep').fill('200');
    await page.getByLabel('Tests of one multiplier').fill('50');
    for (const [job, verb] of [['compare', 'Compare'], ['sensitivity', 'Vary'], ['multiplier', 'Measure']]) {
      await page.locator(`[data-job=${job}]`).getByRole('button', { name: verb }).click();
      await page.locator(`[data-outcome=${job}]`).waitFor({ timeout: lab.PATIENCE });
    }
  },
  async plan(page) {
    await page.setInputFiles('#samples', { name: 'samples.csv', mimeType: 'text/csv', buffer: Buffer.from(tables.samplesTable()) });
    await page.locator('#chart-coverage').waitFor();
  },
  async simulate(page) {
    await page.getByRole('button', { name: 'Simulate', exact: true }).click();
    await page.locator('#view .chart').first().waitFor({ timeout: lab.PATIENCE });
    await page.getByRole('button', { name: 'Simulate', exact: true }).waitFor();
  },
  async bench(page) {
    await page.getByLabel('Largest batch, fits').fill('1024');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('button', { name: /^Run/ }).waitFor({ timeout: lab.PATIENCE });
    await page.locator('#view .chart').first().waitFor({ timeout: lab.PATIENCE });
  },
  async paper(page) {
    await page.locator('details[open]').getByRole('button', { name: /^Run/ }).click();
    await page.locator('details[open] .chart').first().waitFor();
  },
};

/** In a window as high as the page: Chromium's own way passes other widths, for which charts are drawn anew. Charts keep their size. */
async function wholePage(page, width, path) {
  const height = await page.evaluate(() => {
    for (const chart of document.querySelectorAll('.chart, .runs')) chart.style.height = `${chart.clientHeight}px`;
    return document.documentElement.scrollHeight;
  });
  await page.setViewportSize({ width, height });
  await lab.untilDrawn(page);
  await page.screenshot({ path });
}

const server = await lab.serveLab();
const browser = await lab.launch({ webgpu: true });
try {
  mkdirSync(OUT, { recursive: true });
  mkdirSync('bench/figures', { recursive: true });
  for (const [name, width, height] of [['wide', 1440, 900], ['narrow', 360, 740]]) {
    for (const theme of ['light', 'dark']) {
      const { page, complaints } = await lab.visit(browser, { viewport: { width, height }, colorScheme: theme });
      for (const view of asked.length > 0 ? asked : VIEWS) {
        await page.goto(`${server.url}#view=${view}${UNFOLDED[view] ?? ''}`);
        await page.reload();
        await lab.untilDone(page);
        await BEFORE[view]?.(page);
        await lab.untilDrawn(page);
        if (view === README.view && width === README.width && theme === README.theme) await page.screenshot({ path: README.path });
        await wholePage(page, width, `${OUT}/${view}-${name}-${theme}.png`);
        await page.setViewportSize({ width, height });
      }
      for (const complaint of complaints) console.error(`${name} ${theme}: ${complaint}`);
      await page.close();
    }
  }
} finally {
  await browser.close();
  server.close();
}
