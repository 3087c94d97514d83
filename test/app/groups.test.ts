/** Groups of runs that share parameters, and bounds: chosen on the page, with the numbers of the library. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitOfGroup, fitOn, frontier, openBackend, openTable, type Fit, type FitJson, type FitOptions } from '../../src/index.ts';
import { goTo, launch, serveLab, untilDone, visit, type LabServer, type Visit } from './lab.ts';

/** Runs of two corpora, of one law each but for E and the noise. */
function tableOf(): string {
  const rows = [4e7, 1e8, 3e8, 8e8, 2e9, 6e9].flatMap((N) => [4, 12, 40, 120].flatMap((ratio) => [['web', 1.69], ['old, books', 1.55]].map(([corpus, E], k) => {
    const D = N * ratio;
    const loss = (Number(E) + 406.4 / N ** 0.34 + 410.7 / D ** 0.285) * Math.exp(0.004 * Math.sin(N / 1e7 + 7 * ratio + k));
    return `${N},${D},${loss.toFixed(5)},"${corpus}"`;
  })));
  return ['N,D,loss,corpus', ...rows].join('\n');
}

let server: LabServer;
let browser: Browser;
let seen: Visit;
let page: Page;
beforeAll(async () => {
  [server, browser] = [await serveLab(), await launch({ webgpu: false })];
  seen = await visit(browser, { viewport: { width: 1440, height: 900 } });
  page = seen.page;
  await page.goto(`${server.url}#view=data&device=cpu&replicates=32`);
  await untilDone(page);
  await page.setInputFiles('#file', { name: 'corpora.csv', mimeType: 'text/csv', buffer: Buffer.from(tableOf()) });
  await page.locator('[data-param="E"]').filter({ hasText: /^1\.6/ }).waitFor();
  await goTo(page, 'fit');
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function want(options: FitOptions): Promise<Fit> {
  const sweep = (await openTable(new Blob([tableOf()]), { name: 'corpora.csv' })).sweep({}, ['corpus']);
  const backend = await openBackend('cpu');
  return fitOn(backend, sweep, options).finally(() => backend.close());
}

const parameter = async (name: string) => Number(await page.locator(`[data-param="${name}"]`).textContent());

/** Waits until the page shows every parameter as it is in the library. */
async function untilFitted({ params }: Fit): Promise<void> {
  for (const [name, value] of Object.entries(params)) {
    await expect.poll(async () => Math.abs((await parameter(name)) / value - 1), { message: name }).toBeLessThan(1e-3); // as many digits as are shown
  }
  await untilDone(page);
}

/** The group whose law and runs the views show. */
const show = (name: string) => page.getByRole('group', { name: 'Group of runs that is shown' }).getByRole('button', { name, exact: true }).click();

/** Markers of runs, of the first chart that has any. */
const runsDrawn = () => page.locator('#chart-isoloss').evaluate((host) =>
  (host as unknown as { data?: { meta?: string; x: readonly number[] }[] }).data?.find(({ meta }) => meta === 'runs')?.x.length);

/** N_opt at 1e24 FLOPs, as it stands in the table of models. */
const optimal = () => page.locator('#models tbody tr').last().locator('td').first().textContent();

describe('groups of runs', () => {
  const groups = { column: 'corpus', share: ['alpha', 'beta'] };
  let fit: Fit;
  beforeAll(async () => { fit = await want({ groups }); });

  it('have the parameters of the library, each group its own but for those that are shared', async () => {
    await page.getByLabel('Groups of runs by', { exact: true }).selectOption('corpus');
    await untilFitted(fit);
    expect(Object.keys(fit.params)).toContain('E[old, books]');
    await expect.poll(() => page.url()).toContain('groups=corpus');
  });

  it('are shown one at a time: the first, then the one that is chosen', async () => {
    for (const name of ['web', 'old, books']) {
      await show(name);
      const { law, params } = fitOfGroup(fit, name);
      const { loss } = frontier(law, params, [1e24])[0]!;
      await expect.poll(() => page.locator('#models tbody tr').last().locator('td').nth(3).textContent()).toBe(loss.toFixed(3));
      expect(await optimal()).toMatch(/B$/);
      await expect.poll(() => runsDrawn()).toBe(24);
      await expect.poll(() => page.locator('#chart-isoloss .main-svg').count()).toBeGreaterThan(0);
    }
  });

  it('are kept with the frontier of each, at the budget of the page too', async () => {
    await page.getByRole('button', { name: 'Share and export' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-save="json"]').click()]);
    await page.keyboard.press('Escape');
    const { groups: kept } = JSON.parse(readFileSync(await download.path(), 'utf8')) as FitJson;
    expect(kept!.names).toEqual(['web', 'old, books']);
    for (const name of kept!.names) {
      const { frontier: intervals } = kept!.fits[name]!.bootstrap!;
      expect(intervals.map(({ C }) => C)).toContain(1e24);
      const { N } = kept!.fits[name]!.frontier.find(({ C }) => C === 1e24)!;
      const [low, high] = intervals.find(({ C }) => C === 1e24)!.N as [number, number];
      expect(low < N && N < high, name).toBe(true);
    }
  });

  it('are planned one at a time', async () => {
    await goTo(page, 'plan');
    const { law, params } = fitOfGroup(fit, 'old, books');
    const { N } = frontier(law, params, [1e24])[0]!;
    await expect.poll(() => page.locator('main').textContent()).toContain(`Parameters N${(N / 1e9).toFixed(1)}B`);
    await goTo(page, 'fit');
  });

  it('share what is asked for, and what cannot be shared is told at its field', async () => {
    const field = page.getByLabel('Shared by the groups', { exact: true });
    await field.fill('alpha,gamma');
    await field.press('Enter');
    const more = `#${await field.getAttribute('aria-describedby')}`;
    await expect.poll(() => page.locator(more).textContent()).toContain('expected parameters of law chinchilla (E, A, B, alpha, beta), got gamma');
    await field.fill('A,B,alpha,beta');
    await field.press('Enter');
    await untilFitted(await want({ groups: { column: 'corpus', share: ['A', 'B', 'alpha', 'beta'] } }));
  });

  it('hold a parameter of one of them', async () => {
    const field = page.getByLabel('Hold parameters', { exact: true });
    await field.fill('E[old, books]=1.5');
    await field.press('Enter');
    const fit = await want({ fix: { 'E[old, books]': 1.5 }, groups: { column: 'corpus', share: ['A', 'B', 'alpha', 'beta'] } });
    await untilFitted(fit);
    expect(await parameter('E[old, books]')).toBe(1.5);
    await field.fill('');
    await field.press('Enter');
  });

  it('are one again', async () => {
    await page.getByLabel('Groups of runs by', { exact: true }).selectOption('');
    await untilFitted(await want({}));
    expect(seen.complaints).toEqual([]);
  });
});

it('parameters stay within their bounds, and what is no pair of bounds is told at its field', async () => {
  const field = page.getByLabel('Bound parameters', { exact: true });
  await field.fill('alpha=0.4:0.5');
  await field.press('Enter');
  await untilFitted(await want({ bounds: { alpha: [0.4, 0.5] } }));
  expect(await parameter('alpha')).toBe(0.4);
  await field.fill('alpha=0.5:0.4');
  await field.press('Enter');
  const more = `#${await field.getAttribute('aria-describedby')}`;
  await expect.poll(() => page.locator(more).textContent()).toContain('expected bounds by name such as alpha=0.1:0.6');
});
