/** The benchmark: what it measures and when it stops, on made-up devices; and in the built page. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { measureOn, SIZES, type Row } from '../../src/app/benching.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { fitOn, paperReplica, version, type Backend } from '../../src/index.ts';
import { launch, PATIENCE, serveLab, shown, untilDone, visit, type LabServer } from './lab.ts';

describe('measuring', () => {
  const sweep = paperReplica();
  const cpu = cpuBackend(1);

  /** The CPU by another name, which takes so many seconds a batch; `twist` changes the objectives that it reaches. */
  function device(name: Backend['name'], seconds: number, twist = (objective: number) => objective): Backend & { batches: number[] } {
    const batches: number[] = [];
    return {
      ...cpu, name, batches,
      async descend(batch, ...rest) {
        batches.push(batch.replicates);
        const result = await cpu.descend(batch, ...rest);
        clock += 1000 * seconds;
        return { ...result, objective: result.objective.map(twist) };
      },
    };
  }

  let clock = 0;
  beforeAll(() => { vi.spyOn(performance, 'now').mockImplementation(() => clock); });
  afterAll(() => vi.restoreAllMocks());

  async function rowsOf(devices: readonly Backend[], largest: number): Promise<Row[]> {
    const fit = await fitOn(cpu, sweep, { starts: 4 });
    const rows: Row[] = [];
    await measureOn(devices, sweep, fit, largest, { measuring() {}, measured: (row) => { rows.push(row); } }, new AbortController().signal);
    return rows;
  }

  it('warms up, then takes turns, and gives medians', async () => {
    const [gpu, other] = [device('gpu', 0.25), device('cpu', 0.5)];
    const rows = await rowsOf([gpu, other], 4);
    expect(rows).toEqual([1, 4].map((fits) => ({ fits, gpu: { seconds: 0.25, repeats: 3 }, cpu: { seconds: 0.5, repeats: 3 }, difference: 0 })));
    expect([gpu.batches, other.batches]).toEqual([[1, 1, 1, 1, 4, 4, 4, 4], [1, 1, 1, 1, 4, 4, 4, 4]]);
  });

  it('a batch that takes a second is measured once; after one of more than two a device gets no larger one', async () => {
    const [slow, other] = [device('gpu', 3), device('cpu', 1.5)];
    const rows = await rowsOf([slow, other], 4);
    expect(rows).toEqual([
      { fits: 1, gpu: { seconds: 3, repeats: 1 }, cpu: { seconds: 1.5, repeats: 1 }, difference: 0 },
      { fits: 4, cpu: { seconds: 1.5, repeats: 1 } },
    ]);
    expect(slow.batches).toEqual([1, 1]);
  });

  it('says how far the objectives are apart; what is not finite is infinitely far', async () => {
    const [row] = await rowsOf([device('gpu', 0.1, (objective) => 1.25 * objective), device('cpu', 0.1)], 1);
    expect(row!.difference).toBeCloseTo(0.25, 12);
    const [broken] = await rowsOf([device('gpu', 0.1, () => NaN), device('cpu', 0.1)], 1);
    expect(broken!.difference).toBe(Infinity);
  });
});

describe('in the page', () => {
  let server: LabServer;
  beforeAll(async () => { server = await serveLab(); });
  afterAll(() => server?.close());

  async function measured(browser: Browser, settings = ''): Promise<{ page: Page; complaints: string[] }> {
    const { page, complaints } = await visit(browser, { viewport: { width: 1440, height: 900 } });
    await page.goto(`${server.url}#view=bench&replicates=0${settings}`);
    await untilDone(page);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    return { page, complaints };
  }

  const status = (page: Page) => page.locator('.run [role=status]');
  const done = (page: Page) => page.getByText('Done.', { exact: true }).waitFor({ timeout: PATIENCE });

  /** Cells of the table by column, a row each. */
  function table(page: Page): Promise<Record<string, string>[]> {
    return page.locator('#speeds tbody tr').evaluateAll((rows) => rows.map((row) => ({
      Fits: row.getAttribute('data-fits')!,
      ...Object.fromEntries([...row.querySelectorAll('td')].map((cell) => [cell.getAttribute('data-column')!, cell.textContent])),
    })));
  }

  describe('with WebGPU', () => {
    let browser: Browser;
    beforeAll(async () => { browser = await launch({ webgpu: true }); });
    afterAll(() => browser?.close());

    it('measures both devices, and they agree', async ({ skip }) => {
      const { page, complaints } = await measured(browser, '&bench-largest=16');
      await done(page);
      const adapter = /^GPU: (.+), float32\. CPU: \d+ threads?, float64\./.exec(await shown(page, '#speeds-devices'))?.[1];
      if (!adapter && !inject('requireGpu')) skip('GPU test skipped: no WebGPU in this browser');
      const rows = await table(page);
      expect(rows.map(({ Fits }) => Fits)).toEqual(['1', '4', '16']);
      for (const { GPU, CPU, 'GPU, fits/s': rate, 'CPU/GPU time': ratio, Difference } of rows) {
        expect([GPU, CPU, rate, ratio].join(' ')).toMatch(/^[\d.]+ [mµ]?s [\d.]+ [mµ]?s [\d.,]+ [\d.]+×$/);
        // Above none, which would be one device twice; below AGREE, what the library calls the same minimum.
        expect(Number(Difference)).toBeGreaterThan(0);
        expect(Number(Difference)).toBeLessThan(1e-4);
      }
      const drawn = async () => (await page.locator('#chart-speed .main-svg').allTextContents()).join(' ');
      await expect.poll(drawn).toMatch(/GPU, .*CPU, \d+ threads?/s); // both lines are named
      const software = /swiftshader|llvmpipe/i.test(adapter!);
      expect(await page.getByText('Its times say nothing about a GPU.').count()).toBe(software ? 1 : 0);

      const text = await page.locator('#bench-summary').inputValue();
      const agent = await page.evaluate(() => navigator.userAgent);
      const lines = [`isoloss ${version}: GPU against CPU, `, `GPU      ${adapter}, float32`, 'CPU      ', `Browser  ${agent}`, `Sweep    ${paperReplica().name}`];
      expect(text.split('\n').slice(0, 5).map((line, k) => line.slice(0, lines[k]!.length))).toEqual(lines);
      expect(text.trimEnd().split('\n').slice(-3).map((line) => line.trim().split(/ {2,}/))).toEqual(
        rows.map((row) => ['Fits', 'GPU', 'GPU, fits/s', 'CPU', 'CPU, fits/s', 'CPU/GPU time', 'Difference'].map((title) => row[title]!)));
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: 'Copy' }).click();
      await page.getByText('Copied').waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
      expect(complaints).toEqual([]);
      await page.setViewportSize({ width: 360, height: 800 });
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
      await page.close();
    });

    it('stops: what is measured stays', async () => {
      const { page } = await measured(browser, '&bench-largest=16384');
      await page.locator('#speeds tbody tr').first().waitFor();
      await page.getByRole('button', { name: 'Stop' }).click();
      await expect.poll(() => status(page).textContent()).toMatch(/^Stopped after \d batch sizes\.$/);
      const rows = await table(page);
      expect([rows.length > 0 && rows.length < SIZES.length, await status(page).textContent()]).toEqual([true, `Stopped after ${rows.length} batch sizes.`]);
      await page.close();
    });
  });

  it('without WebGPU measures the CPU, and says why', async () => {
    const browser = await launch({ webgpu: false });
    const { page } = await measured(browser, '&bench-largest=4');
    await done(page);
    expect((await table(page)).map((row) => Object.keys(row))).toEqual([['Fits', 'CPU', 'CPU, fits/s'], ['Fits', 'CPU', 'CPU, fits/s']]);
    expect(await shown(page, '#speeds .notice')).toMatch(/^The CPU alone is measured\. WebGPU found no graphics adapter\. Turn on .*chrome:\/\/gpu/);
    expect(await page.locator('#bench-summary').inputValue()).toContain('GPU      none. WebGPU found no graphics adapter.');
    await browser.close();
  });
});
