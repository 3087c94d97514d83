/** The built page with the sweep that comes with it, on the GPU: the numbers are the library's, the page keeps to itself. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { computeOf, costOf, flatness, frontier, paperReplica } from '../../src/index.ts';
import { EQ10 } from '../../src/paper/hoffmann.ts';
import { goTo, launch, serveLab, shown, untilDone, untilDrawn, visit, type LabServer, type Visit } from './lab.ts';
import { differences, ends, FLOAT32, half, library, read, REPLICATES, texts, type Want } from './screen.ts';

/** Three standard errors of Epoch's 240 runs, which lie as the replica's do. */
const TRUTH = { E: 3 * 0.0257, alpha: 3 * 0.0154, beta: 3 * 0.0206 } as const;

let server: LabServer;
let browser: Browser;
let seen: Visit;
let page: Page;
let want: Want;

beforeAll(async () => {
  server = await serveLab();
  browser = await launch({ webgpu: true });
  seen = await visit(browser, { viewport: { width: 1440, height: 900 }, serviceWorkers: 'allow' });
  page = seen.page;
  await page.goto(`${server.url}#replicates=${REPLICATES}`);
  want = await library(paperReplica());
  await untilDrawn(page);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

describe('the law', () => {
  it('is the library’s, with its intervals, and the one that made the sweep', async () => {
    expect(await differences(page, want)).toEqual([]);
    const params = await texts(page, 'data-param');
    for (const [name, off] of Object.entries(TRUTH)) {
      expect(Math.abs(read(params[name]) - EQ10[name as keyof typeof EQ10]), name).toBeLessThan(off);
    }
    expect(await shown(page, '#chart-isoloss .gtitle')).toContain(params['E']);
  });

  it('would be told from that of one run less, and its intervals from those of other resamples', async () => {
    const others = [await library(paperReplica(), { exclude: [50] }), { ...want, bootstrap: (await library(paperReplica(), { bootstrap: { seed: 1 } })).bootstrap }];
    for (const other of others) expect((await differences(page, other)).length).toBeGreaterThan(0);
  });

  it('has its certificate in words', async () => {
    const { standardErrors } = want.bootstrap;
    const [, agreeing, starts, gradient, except] =
      /^Passes: (\d+) of (\d+) starts agree; 8 of 8 begun about the minimum too; gradient (\S+); well determined(?: except (.+))?\.$/.exec(await shown(page, '#certificate .verdict')) ?? [];
    expect(Number(starts)).toBe(want.fit.certificate.starts);
    expect(Number(agreeing)).toBeGreaterThanOrEqual(0.97 * Number(starts)); // as in test/reference/gpu.test.ts
    expect(read(gradient)).toBeLessThan(1e-9);
    const loose = Object.entries(want.fit.params).filter(([name, value]) => standardErrors[name] > 0.25 * value);
    expect(loose.map(([name]) => name)).toEqual(['A']);
    const [, share] = /^A \(± (\d+) %\)$/.exec(except)!;
    expect(Number(share)).toBeCloseTo(100 * standardErrors['A'] / want.fit.params['A'], -1);
  });

  it('was found on the GPU, by an adapter with a name', async ({ skip }) => {
    const status = await shown(page, '#status');
    const onGpu = status.includes('on the GPU');
    if (!onGpu && !inject('requireGpu')) skip(`GPU test skipped: ${await shown(page, '#notice')}`);
    expect(status).toMatch(/^Fitted 327 runs on the GPU \([a-z].+\) in [\d.]+ m?s\.$/);
    expect(await shown(page, '[data-fact="backend"]')).toMatch(/^GPU: [a-z]/);
    expect(await page.locator('#notice, .trouble').count()).toBe(0);
    expect(await shown(page, '[data-resamples]')).toMatch(/^256 resamples in .* \(pairs, percentile\); all converged\.$/);
  });

  it('says what to train, by budget', async () => {
    const rows = await page.locator('#models tbody tr').evaluateAll((all) => all.map((row) => Array.from(row.children, (cell) => cell.textContent!)));
    expect(rows.map(([C]) => read(C))).toEqual([1e19, 1e20, 1e21, 1e22, 1e23, 1e24]);
    const points = frontier(want.fit.law, want.fit.params, rows.map(([C]) => read(C)));
    for (const [k, { N, D, loss }] of points.entries()) {
      [N, D, D / N].forEach((value, j) => expect(Math.abs(read(rows[k][j + 1]) - value)).toBeLessThanOrEqual(half(value, 3)));
      expect(rows[k][4]).toBe(loss.toFixed(3));
    }
  });

  it('is drawn with human ticks, a marker for each run', async () => {
    const labels = async (ticks: string) => (await page.locator(`#chart-isoloss ${ticks}`).allTextContents()).filter(Boolean);
    expect(await labels('.xtick')).toEqual(['100M', '1B', '10B']);
    expect(await labels('.ytick')).toEqual(['1B', '10B', '100B', '1T']);
    expect(await page.locator('#chart-isoloss .scatterlayer .points path').count()).toBe(327 + 4);
  });

  it('is saved as a picture, by keyboard', async () => {
    await page.getByRole('button', { name: 'Save isoLoss contours as PNG' }).focus();
    expect(await savedBy(page, 'Enter')).toMatchObject({ name: 'isoloss-isoloss.png', head: '\x89PNG' });
    await page.keyboard.press('Tab');
    expect(await savedBy(page, 'Space')).toMatchObject({ name: 'isoloss-isoloss.svg', head: '<svg' });
  });
});

async function savedBy(page: Page, key: string): Promise<{ name: string; head: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press(key)]);
  return { name: download.suggestedFilename(), head: readFileSync(await download.path()).toString('latin1', 0, 4) };
}

describe('the plan', () => {
  beforeAll(() => goTo(page, 'plan'));

  const digits = { N: 3, D: 3, ratio: 3, loss: 5 } as const;

  /** Optimum and interval of each quantity at a budget, to the digits that are shown. */
  async function expectPlan(C: number, { fit, bootstrap }: Want): Promise<void> {
    const [best] = frontier(fit.law, fit.params, [C]);
    const at = bootstrap.frontier.find((point) => point.C === C)!;
    const values = { N: best.N, D: best.D, ratio: best.D / best.N, loss: best.loss };
    const intervals = { N: at.N, D: at.D, ratio: at.tokensPerParameter, loss: at.loss };
    const [plan, spans] = [await texts(page, 'data-plan'), await texts(page, 'data-plan-interval')];
    for (const [name, count] of Object.entries(digits) as [keyof typeof digits, number][]) {
      expect(Math.abs(read(plan[name]) - values[name]), name).toBeLessThanOrEqual(half(values[name], count) * (1 + 1e-6));
      const [low, high] = intervals[name];
      const slack = FLOAT32 * (high - low) / 3.92; // a 95 % interval is about 3.92 standard errors wide
      ends(spans[name]).forEach((end, k) => expect(Math.abs(end - intervals[name][k]), `${name}, end ${k}`).toBeLessThanOrEqual(half(end, count) + slack));
    }
  }

  it('is optimal at the budget of the settings, and says how flat the optimum is', async () => {
    await expect.poll(() => texts(page, 'data-plan-interval')).toMatchObject({ N: expect.stringContaining(' to ') as string });
    await expectPlan(1e24, want);
    const plan = await texts(page, 'data-plan');
    for (const share of [0.001, 0.01]) {
      const { N: [smallest, largest] } = flatness(want.fit.law, want.fit.params, 1e24, share);
      for (const [end, value] of [['smallest', smallest], ['largest', largest]] as const) expect(Math.abs(read(plan[`${end}-${share}`]) - value)).toBeLessThanOrEqual(half(value, 3) * (1 + 1e-6));
    }
  });

  it('follows device-hours, and says what a budget costs', async () => {
    const machine = { device: 'h100-sxm', utilisation: 0.4 };
    const C = computeOf({ ...machine, deviceHours: 2e6 });
    await page.getByLabel('Given as').selectOption('hours');
    await page.getByLabel('Device-hours').fill('2M');
    await page.keyboard.press('Enter');
    await expect.poll(() => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('budget')).toBe(String(C).replace('e+', 'e'));
    await untilDone(page);
    const { deviceHours, money } = costOf(C, { ...machine, pricePerDeviceHour: 2 });
    await expect.poll(async () => [await shown(page, '[data-plan="deviceHours"]'), await shown(page, '[data-plan="money"]')])
      .toEqual([deviceHours, money!].map((value) => value.toLocaleString('en')));
    await expectPlan(C, await library(paperReplica(), { bootstrap: { budgets: [C] } }));
  });

  it('is given in FLOPs again where its budget is written by hand', async () => {
    const shownBudget = () => new URLSearchParams(new URL(page.url()).hash.slice(1));
    expect(shownBudget().get('means')).toBe('hours');
    await page.getByLabel('Extrapolate to').fill('5.76e23');
    await page.keyboard.press('Enter');
    await expect.poll(() => shown(page, '#allocation h2')).toBe('Optimal for 5.76·10²³ FLOPs');
    expect([shownBudget().get('means'), shownBudget().get('budget')]).toEqual([null, '5.76e23']);
    await page.getByLabel('Given as').selectOption('hours');
    await expect.poll(() => shown(page, '#allocation h2')).not.toContain('5.76');
  });
});

it('keeps to its own folder, loads plotly once, without a complaint', () => {
  expect(seen.requests.filter((url) => !url.startsWith(server.url) && !/^(data|blob):/.test(url))).toEqual([]);
  expect(seen.own.filter((url) => url.includes('plotly'))).toHaveLength(1);
  expect(seen.complaints).toEqual([]);
});

it('asks for plotly with the first chart only', async () => {
  const { page, own } = await visit(browser);
  await page.goto(`${server.url}#view=data&device=cpu&replicates=0`);
  await untilDone(page);
  expect(own.filter((url) => url.includes('plotly'))).toEqual([]);
  await goTo(page, 'check');
  await untilDrawn(page);
  expect(own.filter((url) => url.includes('plotly'))).toHaveLength(1);
});

it('may ask nothing of another server', async () => {
  const { page } = await visit(browser);
  await page.goto(`${server.url}#replicates=0`);
  expect(await page.evaluate(() => new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
    fetch('http://127.0.0.1:9/').catch(() => {});
  }))).toBe('connect-src');
});

it('says so where the worker does not start', async () => {
  const { page, own } = await visit(browser);
  await page.route(/worker.*\.js/, (route) => route.abort());
  await page.goto(server.url);
  await page.locator('[data-trouble="page"]').waitFor();
  expect(await shown(page, '[data-trouble="page"]')).toBe('The worker did not start. Reload the page.');
  expect(await shown(page, '#status')).toBe('Stopped.');
  expect(own.filter((url) => url.includes('plotly'))).toEqual([]);
});
