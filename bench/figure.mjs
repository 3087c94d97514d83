/**
 * Makes the README's figure, bench/figures/isoloss.png: the chart of the built lab, fitted and drawn in Chromium.
 * Run it as `npm run build:lab && node bench/figure.mjs`.
 */
import { mkdirSync } from 'node:fs';
import { runnerImport } from 'vite';

const OUT = 'bench/figures/isoloss.png';

const { module: lab } = await runnerImport('./test/app/lab.ts', { configFile: false });
const server = await lab.serveLab();
const browser = await lab.launch({ webgpu: true });
try {
  const { page } = await lab.visit(browser, { viewport: { width: 1140, height: 720 }, deviceScaleFactor: 1.25 });
  await page.goto(server.url);
  await lab.untilDrawn(page);
  mkdirSync('bench/figures', { recursive: true });
  await page.locator('#chart').screenshot({ path: OUT });
  console.log(`${OUT}: ${await lab.shown(page, '#status')}`);
} finally {
  await browser.close();
  server.close();
}
