/** "What moves the answer?" in the built page: what came out as the library has it, other choices, and choices that cannot be made. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  choiceText, formatCount, openBackend, sensitivityOn, sensitivitySays, sensitivityWarnings, type Sensitivity, type sensitivityJson, type SensitivityOptions, type Sweep, type Variant,
} from '../../src/index.ts';
import { prose } from '../../src/app/numbers.ts';
import { ask, below, button, cells, open, openLaws, saved, settled, status, texts, write, type OpenLaws } from './asking.ts';
import { goTo, untilDone, type Visit } from './lab.ts';
import { tableOf } from './tables.ts';

let seen: Visit;
let page: Page;
let sweep: Sweep;
let close: OpenLaws['close'] | undefined;
beforeAll(async () => { ({ seen, page, sweep, close } = await openLaws('drops=1,3&budget=1e22')); });
afterAll(() => close?.());

async function library(options: SensitivityOptions): Promise<Sensitivity> {
  const backend = await openBackend('cpu');
  return sensitivityOn(backend, sweep, { budget: 1e22, ...options, fit: { starts: 8, ...options.fit } }).finally(() => backend.close());
}

const four = (value: number) => value.toPrecision(4);
const figures = ({ alpha, beta, a, N, D, loss }: Variant['numbers']) =>
  ({ alpha: four(alpha), beta: four(beta), a: a.toPrecision(3), N: formatCount(N), D: formatCount(D), loss: loss.toFixed(4) });

/** What the table should say. */
function wanted({ given: { fit, numbers, intervals }, variants }: Sensitivity): Record<string, Record<string, string>> {
  const ends = ([0, 1] as const).map((end) => figures(Object.fromEntries(Object.entries(intervals).map(([name, interval]) => [name, interval[end]])) as unknown as Variant['numbers']));
  const row = (points: number, own: Variant['numbers'], verdict: string) => ({ runs: String(points), ...figures(own), certificate: verdict === 'pass' ? 'passes' : 'fails' });
  return {
    'as given': row(fit.points, numbers, fit.certificate.verdict),
    interval: Object.fromEntries(Object.entries(ends[0]!).map(([name, low]) => [name, `${low}to ${ends[1]![name as keyof Variant['numbers']]}`])),
    ...Object.fromEntries(variants.map(({ choice, points, numbers: own, certificate }) => [choiceText(choice), row(points, own, certificate.verdict)])),
  };
}

const table = () => cells(page, 'sensitivity', 'data-choice');

describe('what comes out', () => {
  let want: Sensitivity;
  beforeAll(async () => {
    await ask(page, 'sensitivity');
    want = await library({ drops: [1, 3] });
  });

  it('is the table of the library, and which choice moves what most', async () => {
    expect(want.variants.map(({ choice }) => choiceText(choice))).toEqual(expect.arrayContaining(['without 3 highest losses', 'loss squares-log', 'delta 1e-4 nats']));
    expect(await table()).toEqual(wanted(want));
    expect(await texts(page, 'sensitivity', '[data-said]')).toEqual(sensitivitySays(want).map((text) => prose(text).replace('N_opt', 'Nopt')));
    expect(await texts(page, 'sensitivity', '[data-said]')).toEqual(expect.arrayContaining([expect.stringMatching(/^α, the exponent of N, /)]));
    expect(await texts(page, 'sensitivity', '[data-warning]')).toEqual(sensitivityWarnings(want).map(prose));
    await expect.poll(() => page.locator('#sensitivity .chart .main-svg:first-child').count()).toBe(1);
  });

  it('can be taken away, as JSON and as a page', async () => {
    const json = JSON.parse(await saved(page, 'sensitivity', 'Results as JSON')) as ReturnType<typeof sensitivityJson>;
    expect(json.says).toEqual(sensitivitySays(want));
    const html = await saved(page, 'sensitivity', 'Report as HTML');
    expect(html).toContain('<title>Sensitivity of runs.csv</title>');
    expect(html).toContain(figures(want.given.numbers).alpha.slice(0, 6)); // the report has a digit less
  });

  it('follows the law and the lists, which the address holds', async () => {
    await page.getByLabel('Law', { exact: true }).selectOption('chinchilla-tied');
    await untilDone(page);
    await expect.poll(() => status(page, 'sensitivity')).toContain('The settings have changed since.');
    for (const [label, text] of [
      ['Huber thresholds, nats', '0.01'], ['Losses', 'none'], ['Highest losses left out', 'none'], ['Only up to quantiles of C', '0.6'], ['Only from quantiles of C', 'none'],
    ] as const) await write(page, label, text);
    await ask(page, 'sensitivity');
    const other = await library({ fit: { law: 'chinchilla-tied' }, deltas: [0.01], losses: [], drops: [], keepBelow: [0.6], keepAbove: [] });
    expect(other.variants).toHaveLength(2);
    expect(await table()).toEqual(wanted(other));
    const address = new URLSearchParams(new URL(page.url()).hash.slice(1));
    expect(['deltas', 'losses', 'drops', 'keep-below', 'keep-above'].map((key) => address.get(key))).toEqual(['0.01', 'none', 'none', '0.6', 'none']);
    await page.reload();
    await goTo(page, 'fit');
    await goTo(page, 'laws');
    await expect.poll(() => page.getByLabel('Only up to quantiles of C', { exact: true }).inputValue()).toBe('0.6');
  });
});

it('what cannot be read or made says so at its field', async () => {
  sweep = await open(page, 'runs.csv', tableOf(40));
  await write(page, 'Losses', 'squares-log,cubes');
  await expect.poll(() => below(page, 'Losses')).toMatch(/^expected one of huber-log, .*, got "cubes"\.$/);
  await write(page, 'Losses', 'none');
  await write(page, 'Highest losses left out', '40');
  await button(page, 'sensitivity').click();
  await expect.poll(() => below(page, 'Highest losses left out')).toBe('drops: expected whole numbers from 0 to 39, got 40. One of the 40 runs must stay.');
  expect(await texts(page, 'sensitivity', '[data-trouble]')).toEqual([]);
  expect(await page.locator('[data-outcome=sensitivity]').count()).toBe(0);
  await write(page, 'Highest losses left out', '38');
  await ask(page, 'sensitivity');
  expect(await texts(page, 'sensitivity', '[data-warning]')).toEqual(expect.arrayContaining([expect.stringMatching(/^Not made, without 38 highest losses: /)]));
});

it('goes with its table', async () => {
  await write(page, 'Highest losses left out', 'none');
  await ask(page, 'sensitivity');
  expect(await page.locator('[data-outcome=sensitivity]').count()).toBe(1);
  await open(page, 'others.csv', tableOf(30));
  expect(await page.locator('[data-outcome=sensitivity]').count()).toBe(0);
  await button(page, 'sensitivity').click();
  await settled(page, 'sensitivity');
  expect((await table())['as given']!['runs']).toBe('30');
  expect(seen.complaints).toEqual([]);
});
