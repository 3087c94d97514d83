/** The plan in the built page: every answer on the screen, with its interval, is the one of the library. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  computeWithin, fitOn, openBackend, paperReplica, planOf, publishedDecay, publishedPrecision, publishedQuantising, publishedRules, rangesOf, resampleOn,
  wellKnownModels, type Answer, type Plan, type PlanBasis, type PlanOptions,
} from '../../src/index.ts';
import { modelsOf, off, offIn } from './answers.ts';
import { goTo, launch, PATIENCE, serveLab, shown, untilDone, untilDrawn, visit, type LabServer, type Visit } from './lab.ts';
import { half, read, REPLICATES, texts } from './screen.ts';
import { drop } from './tables.ts';

const sweep = paperReplica();
const cluster = { device: 'h100-sxm', devices: 1024, utilisation: 0.4, pricePerDeviceHour: 2, pue: 1 } as const;
const train = { device: 'h100-sxm', utilisation: 0.4, pricePerDeviceHour: 2 };
const WITHOUT_FAILURES: PlanOptions = {
  cluster,
  rules: publishedRules,
  asides: [{ ratio: 200 }, { N: 8e9 }],
  models: wellKnownModels,
  serving: { demand: { inputTokens: 1e12, outputTokens: 1e12 }, hardware: { train, input: { ...train, utilisation: 0.5 }, output: { ...train, utilisation: 0.1 } } },
  repetition: { unique: [1e12], decay: publishedDecay },
  shapes: { count: 3, context: 4096, family: { vocabulary: 32_000 } },
  precision: { widths: [4, 8, 16], scales: publishedPrecision, afterwards: { widths: [4, 8], quantising: publishedQuantising } },
};
const OPTIONS: PlanOptions = { ...WITHOUT_FAILURES, failures: { ofOneDevice: 5e4, checkpoint: 0.05, restart: 0.2 } };
const ALL = 'cost,aside,models,serving,repetition,shapes,precision';

let server: LabServer;
let browser: Browser;
let basis: PlanBasis;
beforeAll(async () => {
  [server, browser] = [await serveLab(), await launch({ webgpu: false })];
  const backend = await openBackend('cpu');
  const { law, params, ...fit } = await fitOn(backend, sweep);
  const resampling = await resampleOn(backend, sweep, { law, params, ...fit }, { replicates: REPLICATES });
  await backend.close();
  basis = { law, params, ranges: rangesOf(sweep), resampling };
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

async function opened(settings: string, ready = untilDone): Promise<Visit> {
  const seen = await visit(browser, { viewport: { width: 1440, height: 900 } });
  await seen.page.goto(`${server.url}#view=plan&device=cpu&replicates=${REPLICATES}${settings}`);
  await ready(seen.page);
  return seen;
}

type Wanted = readonly (readonly [id: string, answer: Answer, digits: number])[];

async function differences(page: Page, wanted: Wanted): Promise<string[]> {
  const [values, intervals] = [await texts(page, 'data-plan'), await texts(page, 'data-plan-interval')];
  return wanted.flatMap(([id, answer, digits]) => {
    const spans = answer.interval !== undefined && answer.interval[1] - answer.interval[0] > 1e-12 * Math.abs(answer.value);
    if (spans && !intervals[id]) return [`${id}: has no interval`];
    return off(id, values[id] ?? '', spans ? intervals[id] : undefined, answer, digits);
  });
}

/** Until there are none; what is left of them after a while. */
async function finalDifferences(page: Page, wanted: Wanted): Promise<string[]> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    const found = await differences(page, wanted);
    if (found.length === 0 || performance.now() > end) return found;
    await page.waitForTimeout(100);
  }
}

function goalAt({ budgets: [{ optimum, flatness }] }: Plan): Wanted {
  return [
    ['N', optimum.N, 3], ['D', optimum.D, 3], ['ratio', optimum.tokensPerParameter, 3], ['loss', optimum.loss, 5],
    ['smallest-0.001', flatness.N.smallest, 3], ['largest-0.001', flatness.N.largest, 3],
  ];
}

function servingOf({ serving }: Plan['budgets'][number] | Plan['targets'][number]): Wanted {
  return (['flops', 'money'] as const).flatMap((unit) => {
    const { answers } = serving![unit]!;
    return [
      [`${unit}-N`, answers.N, 3], [`${unit}-D`, answers.D, 3], [`${unit}-ratio`, answers.tokensPerParameter, 3], [`${unit}-training`, answers.training, 3],
      [`${unit}-serving`, answers.serving, 3], [`${unit}-total`, answers.total, 3], [`${unit}-optimal`, answers.optimalTotal, 3], [`${unit}-saving`, answers.saving, 2],
    ] as const;
  });
}

describe('of a budget', () => {
  let seen: Visit;
  let page: Page;
  let plan: Plan;
  beforeAll(async () => {
    seen = await opened(`&plan=${ALL}&mtbf=50000&size=8B`);
    page = seen.page;
    plan = planOf(basis, { budgets: [1e24], ...OPTIONS });
    await finalDifferences(page, goalAt(plan));
  });
  afterAll(() => page?.close());

  it('the optimum, how flat it is, and how far it is beyond the runs', async () => {
    expect(await finalDifferences(page, goalAt(plan))).toEqual([]);
    const { budgets: [{ beyond }] } = plan;
    expect(Number((await texts(page, 'data-plan-beyond'))['N']!.replace('×', ''))).toBeCloseTo(beyond.N!, 1);
    const [, times] = /^The compute is ([\d.]+) times beyond that of the runs/.exec(await shown(page, '[data-reach]'))!;
    expect(Math.abs(Number(times) - beyond.C!)).toBeLessThanOrEqual(half(beyond.C!, 2));
    expect((await differences(page, goalAt(planOf(basis, { budgets: [1.1e24] })))).length).toBeGreaterThan(3); // another's would be seen
  });

  it('time, money, energy, and the goodput', async () => {
    const { budgets: [{ training }], goodput } = plan;
    const given = (value: number): Answer => ({ value });
    expect(await finalDifferences(page, [
      ['hours', given(training!.hours), 3], ['deviceHours', given(training!.deviceHours), 3], ['money', given(training!.money!), 3],
      ['energy', given(training!.energy!), 3], ['goodput', given(goodput!.goodput), 2], ['checkpoint', given(goodput!.interval), 3],
    ])).toEqual([]);
  });

  it('the models off the frontier, and the rules', async () => {
    const rows = await modelsOf(page, 'aside');
    const { beside } = plan.budgets[0];
    expect(rows).toHaveLength(beside.length);
    const found = beside.flatMap(({ N, D, answers }, k) => offIn(rows[k]!, { ...answers, N: { value: N }, D: { value: D } }, { N: 3, D: 3, loss: 5, excess: 2, overhead: 2 }));
    expect(found).toEqual([]);
  });

  it('well-known models', async () => {
    const rows = await modelsOf(page, 'models');
    const found = plan.models!.flatMap(({ answers }, k) =>
      offIn(rows[k]!, { ...answers, optimal: answers.optimalRatio }, { loss: 5, excess: 2, overhead: 2, optimal: 3 }));
    expect([rows.length, found]).toEqual([wellKnownModels.length, []]);
  });

  it('training with serving, in FLOPs and in money', async () => {
    expect(await finalDifferences(page, servingOf(plan.budgets[0]))).toEqual([]);
  });

  it('unique tokens', async () => {
    const [row] = await modelsOf(page, 'repetition');
    expect(offIn(row!, plan.budgets[0].repetition[0].answers, { N: 3, D: 3, epochs: 3, loss: 5, excess: 2 })).toEqual([]);
  });

  it('architectures, with their FLOPs at each context', async () => {
    const contexts = [4096, 131_072].map((context) => planOf({ law: basis.law, params: basis.params }, { budgets: [1e24], shapes: { ...OPTIONS.shapes!, context } }).budgets[0].shapes);
    for (const [k, { parameters, approximate }] of contexts[0].entries()) {
      const cell = async (figure: string) => read(await shown(page, `[data-shape="${k}"] [data-figure="${figure}"]`));
      const near = async (figure: string, want: number) => expect(Math.abs(await cell(figure) / want - 1), figure).toBeLessThan(0.005);
      await near('N', parameters.total);
      await near('approximate', approximate);
      await near('counted-4096', contexts[0][k].counted);
      await near('counted-131072', contexts[1][k].counted);
    }
  });

  it('bit widths', async () => {
    const rows = await modelsOf(page, 'precision');
    const { widths, afterwards } = plan.budgets[0].precision!;
    expect(rows).toHaveLength(widths.length + afterwards.length);
    expect(widths.flatMap(({ answers }, k) => offIn(rows[k]!, answers, { N: 3, D: 3, loss: 5 }))).toEqual([]);
    expect(afterwards.flatMap(({ answers }, k) => offIn(rows[widths.length + k]!, answers, { loss: 5 }))).toEqual([]);
  });

  it('charts, without a complaint', async () => {
    for (const name of ['devices', 'penalty', 'models', 'serving', 'serving-2', 'epochs', 'epoch-value', 'context', 'bits', 'ratio', 'budget']) await page.locator(`#chart-${name}`).scrollIntoViewIfNeeded();
    await untilDrawn(page);
    await expect.poll(() => page.locator('#chart-penalty').textContent()).toContain('trained models');
    expect(seen.complaints).toEqual([]);
  });
});

describe('of a loss', () => {
  let page: Page;
  beforeAll(async () => { ({ page } = await opened('&plan=cost,aside,serving,repetition')); });
  afterAll(() => page?.close());

  it('the least compute that reaches it, and what that takes', async () => {
    await page.getByLabel('Given as').selectOption('loss');
    await page.getByLabel('Target loss').fill('1.95');
    await page.keyboard.press('Enter');
    const { targets: [target] } = planOf(basis, { losses: [1.95], ...WITHOUT_FAILURES });
    const { optimum, training, beside } = target;
    expect(await finalDifferences(page, [
      ['C', optimum.C, 3], ['N', optimum.N, 3], ['D', optimum.D, 3], ['ratio', optimum.tokensPerParameter, 3],
      ['deviceHours', training!.deviceHours!, 3], ['energy', training!.energy!, 3], ...servingOf(target),
    ])).toEqual([]);
    const [row] = await modelsOf(page, 'aside');
    expect(offIn(row!, { ...beside[0].answers, ratio: beside[0].answers.tokensPerParameter }, { C: 3, N: 3, D: 3, overhead: 2 })).toEqual([]);
    expect(await page.locator('[data-part="repetition"] .remark').textContent()).toBe('Answered at a budget, not for a target loss.');
  });

  it('that the law does not reach has no answer', async () => {
    await page.getByLabel('Target loss').fill('1.2');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await texts(page, 'data-plan'))['C']).toBe('–');
  });

  it('comes with a link, and what is unfolded too', async () => {
    const link = new URLSearchParams(new URL(page.url()).hash.slice(1));
    expect([link.get('means'), link.get('target-loss'), link.get('plan')]).toEqual(['loss', '1.2', 'cost,aside,serving,repetition']);
    await page.locator('[data-part="aside"] > summary').click();
    await expect.poll(() => new URLSearchParams(new URL(page.url()).hash.slice(1)).get('plan')).toBe('cost,serving,repetition');
  });
});

describe('with recomputation', () => {
  let page: Page;
  beforeAll(async () => { ({ page } = await opened('&plan=cost,serving,shapes')); });
  afterAll(() => page?.close());

  it('the devices do 8ND: in time, money, energy and architectures', async () => {
    await page.getByLabel('Recomputation', { exact: true }).selectOption('yes');
    const { hardware, demand } = WITHOUT_FAILURES.serving!;
    const { budgets: [budget] } = planOf(basis, {
      budgets: [1e24], cluster: { ...cluster, recompute: true }, serving: { demand, hardware: { ...hardware!, train: { ...hardware!.train, recompute: true } } },
      shapes: { ...OPTIONS.shapes!, recompute: true },
    });
    const { training } = budget;
    expect(training!.deviceHours / planOf(basis, { budgets: [1e24], cluster }).budgets[0].training!.deviceHours).toBeCloseTo(8 / 6);
    expect(await finalDifferences(page, [
      ['deviceHours', { value: training!.deviceHours }, 3], ['money', { value: training!.money! }, 3], ['energy', { value: training!.energy! }, 3], ...servingOf(budget),
    ])).toEqual([]);
    await expect.poll(() => page.locator('[data-part="shapes"] thead').textContent()).toContain('8ND, FLOPs');
    const counted = await shown(page, '[data-shape="0"] [data-figure="counted-4096"]');
    expect(Math.abs(read(counted) / budget.shapes[0]!.counted - 1)).toBeLessThan(0.005); // three digits
    expect(new URLSearchParams(new URL(page.url()).hash.slice(1)).get('recompute')).toBe('yes');
  });
});

describe('what the devices allow', () => {
  let page: Page;
  beforeAll(async () => { ({ page } = await opened('')); });
  afterAll(() => page?.close());

  it.each([['clock', 'Hours by the clock', 'hours', 100], ['energy', 'Energy, kWh', 'energy', 2e5], ['money', 'Money', 'money', 5e5]] as const)('%s', async (means, label, limit, amount) => {
    await page.getByLabel('Given as').selectOption(means);
    await page.getByLabel(label, { exact: true }).fill(String(amount));
    await page.keyboard.press('Enter');
    const { compute } = computeWithin({ [limit]: amount }, { ...cluster, goodput: 1 });
    await expect.poll(() => Number(new URLSearchParams(new URL(page.url()).hash.slice(1)).get('budget'))).toBe(compute);
    expect(await finalDifferences(page, goalAt(planOf(basis, { budgets: [compute] })))).toEqual([]);
  });

  it('is not to be had of a layout, whose utilisation depends on the size: it says so', async () => {
    await page.getByLabel('Is', { exact: true }).selectOption('modelled');
    const message = 'layout: expected a given utilisation beside hours, money or energy, got a modelled one. ' +
      'How well devices are used depends on the size: give the utilisation below, or training FLOPs here.';
    await expect.poll(() => page.getByRole('alert').allTextContents()).toContain(message);
    await page.getByLabel('Given as').selectOption('flops');
    await page.getByLabel('Training FLOPs', { exact: true }).fill('1e24');
    await page.keyboard.press('Enter');
    const layout = { batch: 4e6, tensorParallel: 8, overlap: 0, pipeline: { stages: 8, microBatches: 32, chunks: 1 } };
    await page.getByLabel('Pipeline stages').fill('8');
    await page.getByLabel('Devices of a layer').fill('8');
    await page.keyboard.press('Enter');
    const { budgets: [{ utilisation, training }] } = planOf(basis, { budgets: [1e24], cluster, layout });
    expect(await finalDifferences(page, [['utilisation', { value: utilisation!.utilisation }, 2], ['step', { value: utilisation!.step }, 3], ['deviceHours', { value: training!.deviceHours }, 3]])).toEqual([]);
  });

  it('a part that cannot be answered says why, and the others are', async () => {
    await page.getByLabel('Devices', { exact: true }).fill('1000');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('[data-part="cost"] > .problem').textContent()).toMatch(/^replicas: expected /);
    expect(await finalDifferences(page, goalAt(planOf(basis, { budgets: [1e24] })))).toEqual([]);
  });
});

it('a law without a frontier says why there is nothing to plan, in each view that would; the column that it lacks is chosen', async () => {
  const { page, complaints } = await opened('&law=power', (page) => page.locator('[data-trouble="fit"]').waitFor());
  const rows = Array.from({ length: 40 }, (_, k) => [1e8 * 1.2 ** k, 2e9 * 1.2 ** k, (1.7 + 100 / (1e8 * 1.2 ** k) ** 0.3) * (1 + 0.01 * Math.sin(7 * k))]);
  await goTo(page, 'data');
  await drop(page, 'x.csv', ['N,D,loss', ...rows.map((cells) => cells.join(','))].join('\n'));
  const field = page.locator('#column-x');
  await expect.poll(() => shown(page, '#column-x-more')).toBe('expected a column for x, which law power reads, got none. Choose it here.');
  expect(await shown(page, '#run-filter-more')).toBe('40 of 40 runs; 0 left out by hand');
  await field.selectOption('N');
  await untilDone(page);
  expect(await page.locator('[data-param]').evaluateAll((cells) => cells.map((cell) => cell.getAttribute('data-param')))).toEqual(['E', 'A', 'alpha']);
  for (const view of ['fit', 'plan'] as const) {
    await goTo(page, view);
    await expect.poll(() => shown(page, '[data-no-frontier] p')).toMatch(/^The law L\(x\) = E \+ A\/x\^α has no compute-optimal frontier/);
  }
  expect(complaints).toEqual([]);
  await page.close();
});
