/** Mixtures of experts, and emergence or mirage, in the built page: what the library says, and what cannot be asked. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  emergenceOf, fitOn, openBackend, paperReplica, planOf, publishedErrors, publishedGranularity, publishedRouting, publishedSparsity, rangesOf, resampleOn, rulerName,
  verdictText, type Answer, type Emergence, type EmergenceOptions, type PlanBasis, type Ruler,
} from '../../src/index.ts';
import { modelsOf, offIn } from './answers.ts';
import { launch, serveLab, shown, untilDone, untilDrawn, visit, type LabServer, type Visit } from './lab.ts';
import { REPLICATES } from './screen.ts';

const sweep = paperReplica();
const SIZES = [1e11, 1e12];

let server: LabServer;
let browser: Browser;
let basis: PlanBasis;
let seen: Visit;
let page: Page;
beforeAll(async () => {
  [server, browser] = [await serveLab(), await launch({ webgpu: false })];
  const backend = await openBackend('cpu');
  const fit = await fitOn(backend, sweep);
  const resampling = await resampleOn(backend, sweep, fit, { replicates: REPLICATES });
  await backend.close();
  basis = { law: fit.law, params: fit.params, ranges: rangesOf(sweep), resampling };
  seen = await visit(browser, { viewport: { width: 1440, height: 900 } });
  page = seen.page;
  await page.goto(`${server.url}#view=plan&device=cpu&replicates=${REPLICATES}&plan=mixtures,emergence&sparse-size=100B,1T&items=1000&error=gadre-c4`);
  await untilDone(page);
  await page.locator('#chart-emergence').waitFor(); // charts come with the answers of all resamples
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

const given = (value: number): Answer => ({ value });

async function fill(label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

describe('mixtures of experts', () => {
  const mixtures = {
    granularity: { laws: publishedGranularity, each: [1, 4, 16] },
    sparsity: { law: publishedSparsity, each: [0, 0.5, 0.9, 0.95], sizes: SIZES },
    experts: { law: publishedRouting, each: [8, 64] },
  };
  const asked = (budget: number) => planOf(basis, { budgets: [budget], serving: { demand: { inputTokens: 1e12, outputTokens: 1e12 } }, mixtures }).budgets[0].mixtures!;

  /** Every row of the part against the library, in its order. */
  async function differences(budget: number): Promise<string[]> {
    const { granularity, sparsity, sizes, experts } = asked(budget);
    const rows = await modelsOf(page, 'mixtures');
    const wanted = [
      ...granularity.map((model) => [
        { N: model.N, active: model.active, D: model.D, loss: model.loss, dense: model.denseLoss, compute: model.denseCompute, total: model.lifetime!.total },
        { N: 3, active: 3, D: 3, loss: 5, dense: 5, compute: 3, total: 3 },
      ] as const),
      ...[...sparsity, ...sizes].map(({ N, active, D, loss }) => [{ N, active, D, loss }, { N: 3, active: 3, D: 3, loss: 5 }] as const),
    ];
    if (rows.length !== wanted.length + experts.length) return [`shows ${rows.length} rows`];
    return [
      ...wanted.flatMap(([numbers, digits], k) => offIn(rows[k]!, Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, given(value)])), digits)),
      ...experts.flatMap(({ answers }, k) => offIn(rows[wanted.length + k]!, answers, { effective: 3, times: 3 })),
    ];
  }

  it('of each granularity, sparsity, size and number of experts, those of the library', async () => {
    expect(await differences(1e24)).toEqual([]);
    expect((await differences(1.1e24)).length).toBeGreaterThan(10); // another's would be seen
    const [, first] = await modelsOf(page, 'mixtures');
    expect(first!['in N']).toBeUndefined(); // of published constants: no interval
    expect((await modelsOf(page, 'mixtures')).at(-1)!['in effective']).toMatch(/^[\d.]+B to [\d.]+B$/);
    expect(await page.locator('[data-part="mixtures"] h3').allTextContents()).toHaveLength(4);
  });

  it.each([
    ['Granularities', '0.5', 'expected granularities from 1 on such as 1,4,16, got "0.5".'],
    ['Shares inactive', '0.5,1', 'expected shares from 0 to below 1 such as 0.5,0.95, got "0.5,1".'],
    ['Experts', '8,,64', 'expected experts from 1 on such as 8,64, got "8,,64".'],
  ])('%s %s: says beside the field what it expects, and keeps the answers', async (label, text, message) => {
    await fill(label, text);
    const field = page.getByLabel(label, { exact: true });
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await shown(page, `[id="${await field.getAttribute('aria-describedby')}"]`)).toBe(message);
    expect(await differences(1e24)).toEqual([]);
    await page.keyboard.press('Escape');
    await fill(label, { 'Granularities': '1,4,16', 'Shares inactive': '0,0.5,0.9,0.95', 'Experts': '8,64' }[label]!);
  });
});

describe('emergence or mirage', () => {
  const [{ epsilon, kappa, gamma }] = publishedErrors;
  const rulersOf = (tokens: readonly number[], options: number): Ruler[] => [
    { kind: 'loss' }, { kind: 'token-accuracy' },
    ...tokens.flatMap((each): Ruler[] => [{ kind: 'edit-distance', tokens: each }, { kind: 'exact-match', tokens: each }]),
    { kind: 'brier', options }, { kind: 'multiple-choice', options }, { kind: 'error', epsilon, kappa, gamma },
  ];
  const BUDGETS = [1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26];
  const OPTIONS: EmergenceOptions = { scale: { budgets: BUDGETS }, rulers: rulersOf([5, 30], 4), items: 1000 };

  const LOOKS = { smooth: 'smooth', jump: 'a jump', flat: 'unchanged' } as const;

  async function differences({ points, readings }: Emergence): Promise<string[]> {
    const rows = await modelsOf(page, 'emergence');
    const [scores, models] = [rows.slice(0, readings.length), rows.slice(readings.length)];
    const [names, looks] = await Promise.all(['[data-part="emergence"] th:has([data-looks])', '[data-looks]'].map((selector) => page.locator(selector).allTextContents()));
    const wantedLooks = readings.map(({ shape, score }) => (shape === 'jump' && Number.isNaN(score.value) ? 'a jump: typical steps are zero' : LOOKS[shape]));
    const wantedNames = readings.map(({ ruler }, k) => rulerName(ruler) + wantedLooks[k]!);
    if (rows.length !== readings.length + points.length) return [`shows ${rows.length} rows`];
    return [
      ...(String(looks) === String(wantedLooks) && String(names) === String(wantedNames) ? [] : [`shows ${names}, want ${wantedNames}`]),
      ...readings.flatMap(({ values, score }, k) => offIn(scores[k]!, {
        first: values[0]!, last: values.at(-1)!, score, times: given(score.value / (BUDGETS.length - 1)),
      }, score.value > 0 ? { first: 4, last: 4, score: 3, times: 2 } : {})),
      ...points.flatMap(({ N, D }, k) => offIn(models[k]!, { N: given(N), D: given(D) }, { N: 3, D: 3 })),
      ...points.flatMap((_, k) => readings.flatMap(({ values, resolution }, place) => [
        ...offIn(models[k]!, { [`ruler-${place}`]: values[k]! }, values[k]!.value === 0 ? {} : { [`ruler-${place}`]: 4 }),
        ...(resolution ? offIn(models[k]!, { [`zero-${place}`]: given(resolution[k]!.zero) }, resolution[k]!.zero > 0 ? { [`zero-${place}`]: 2 } : {}) : []),
      ])),
    ];
  }

  it('every reading, score and verdict is that of the library', async () => {
    const emergence = emergenceOf(basis, OPTIONS);
    expect(await differences(emergence)).toEqual([]);
    expect(await shown(page, '[data-verdict-text]')).toBe(verdictText(emergence));
    expect(emergence.readings.map(({ shape }) => shape)).toContain('jump');
    expect((await differences(emergenceOf(basis, { ...OPTIONS, rulers: rulersOf([5, 31], 4) }))).length).toBeGreaterThan(5); // another's would be seen
    expect(await shown(page, '[data-part="emergence"] > .hint')).toContain(publishedErrors[0].source);
    const [first] = await page.locator('[data-resolution]').allTextContents();
    expect(first).toMatch(/^Per-token accuracy: a test of 1000 items /);
  });

  it('another floor and other choices, which the address then holds', async () => {
    await fill('Floor', '0');
    await fill('Choices', '5');
    const emergence = emergenceOf(basis, { ...OPTIONS, rulers: rulersOf([5, 30], 5), floor: 0 });
    await expect.poll(() => differences(emergence), { timeout: 20_000 }).toEqual([]);
    expect(await page.locator('[data-looks]').allTextContents()).toContain('a jump: typical steps are zero'); // all grades are 0 or 1
    const link = new URLSearchParams(new URL(page.url()).hash.slice(1));
    expect([link.get('floor'), link.get('choices'), link.get('items'), link.get('error')]).toEqual(['0', '5', '1000', 'gadre-c4']);
  });

  it.each([
    ['Range of budgets', '1e20..1e22:2', 'expected at least three, to have two steps to compare, got 2.'],
    ['Range of budgets', '1e20,1e19,1e21', 'expected rising ones, got 1e19 after 1e20. Sort them, each once.'],
    ['Tokens of an answer', '5,0', 'expected whole tokens of an answer such as 5,30, got "5,0".'],
    ['Choices', '1', 'expected a whole number from 2 to 1,000,000, got "1".'],
    ['Floor', '-1', 'expected nats per token from 0 on such as 0, got "-1".'],
  ])('%s %s: says beside the field what it expects', async (label, text, message) => {
    await fill(label, text);
    await expect.poll(async () => shown(page, `[id="${await page.getByLabel(label, { exact: true }).getAttribute('aria-describedby')}"]`)).toBe(message);
  });

  it('its chart is drawn, without a complaint', async () => {
    await page.locator('#chart-emergence').scrollIntoViewIfNeeded();
    await untilDrawn(page);
    await expect.poll(() => page.locator('#chart-emergence').textContent()).toContain('exact match of 30 tokens');
    expect(seen.complaints).toEqual([]);
  });
});
