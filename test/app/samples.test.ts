/** Test-time compute in the built page: a table of samples, dropped, chosen or pasted, and what the library says of it. */
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { coverageOf, readSamples, samplesJson, type Answer, type Coverage, type CoverageOptions, type SampleTable } from '../../src/index.ts';
import { modelsOf, offIn } from './answers.ts';
import { axe, axeViolations } from './axe.ts';
import { launch, PATIENCE, serveLab, shown, untilDone, untilDrawn, visit, type LabServer, type Visit } from './lab.ts';
import { drop, samplesTable } from './tables.ts';

const OPTIONS: CoverageOptions = { samples: [1000], targets: [0.9], verifier: { truePositive: 0.9, falsePositive: 0.05 }, confidence: 0.9 };

let server: LabServer;
let browser: Browser;
let seen: Visit;
let page: Page;
let table: SampleTable;
beforeAll(async () => {
  [server, browser] = [await serveLab(), await launch({ webgpu: false })];
  seen = await visit(browser, { viewport: { width: 1440, height: 900 } });
  page = seen.page;
  await page.goto(`${server.url}#view=plan&device=cpu&replicates=32&starts=8&confidence=0.9&plan=samples&samples-verifier=0.9:0.05`);
  await untilDone(page);
  table = await readSamples(samplesTable());
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

const given = (value: number): Answer => ({ value });

async function done(): Promise<void> {
  await expect.poll(() => shown(page, '#samples-read'), { timeout: PATIENCE }).not.toMatch(/^(Computing …)?$/);
}

async function give(content: string): Promise<void> {
  await page.setInputFiles('#samples', { name: 'samples.csv', mimeType: 'text/csv', buffer: Buffer.from(content) });
}

async function fill(label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

/** Every row against the library, in the order of the page: models, curve, what was asked, targets, the best of k. */
async function differences({ models }: Coverage): Promise<string[]> {
  const rows = await modelsOf(page, 'samples');
  const [one] = models;
  const measured = one!.curve.filter(({ k }) => k === one!.most || [1, 2, 5, 10, 20, 50, 100].includes(k));
  const per = (answers: readonly Answer[]) => Object.fromEntries(answers.map((answer, m) => [`coverage-${m}`, answer]));
  const wanted: Record<string, Answer>[] = [
    ...models.map(({ fit, N = NaN, cost = NaN, problems, solved, most }) => (
      { ...fit!.intervals, N: given(N), cost: given(cost), problems: given(problems), solved: given(solved), most: given(most), rms: given(fit!.rms) })),
    ...measured.map(({ k }) => per(models.map(({ curve }) => curve.find((point) => point.k === k)!.coverage))),
    ...one!.asked.map((_, k) => per(models.map(({ asked }) => asked[k]!.coverage))),
    ...models.flatMap(({ targets }) => targets.map(({ samples, flops }) => ({ samples, flops: flops! }))),
    ...[...one!.best?.curve ?? []].map((_, k) => per(models.map(({ best }) => best!.curve[k]!.accuracy))),
    ...(one!.best ? [per(models.map(({ best }) => best!.plateau))] : []),
  ];
  if (rows.length !== wanted.length) return [`shows ${rows.length} rows, want ${wanted.length}`];
  return wanted.flatMap((answers, k) => Object.keys(answers).flatMap((id) => offIn(rows[k]!, answers, { [id]: DIGITS[id] ?? 3 })));
}

const DIGITS: Readonly<Record<string, number>> = { a: 4, b: 4, rms: 2 };

async function untilLibrary(options: CoverageOptions): Promise<void> {
  const coverage = coverageOf(table.models, options);
  await expect.poll(() => differences(coverage), { timeout: PATIENCE }).toEqual([]);
}

it('coverage, its law, what reaches a target, the best of k, and the trade: those of the library', async () => {
  await give(samplesTable());
  await done();
  const coverage = coverageOf(table.models, OPTIONS);
  await untilLibrary(OPTIONS);
  expect((await differences(coverageOf(table.models, { ...OPTIONS, seed: 1 }))).length).toBeGreaterThan(5); // other resamples would be seen
  const { sentences: [trade], warnings } = samplesJson({ table, options: OPTIONS, coverage });
  const [said] = await page.locator('[data-trade]').allTextContents();
  expect(said!.replaceAll(/[\d.]+(·10[⁰-⁹¹²³]+)?|10[⁰-⁹¹²³]+/g, '#')).toBe(trade!.replaceAll(/[\d.]+(e\d+)?/g, '#'));
  expect(await page.locator('[data-part="samples"] > .problem').allTextContents()).toEqual(warnings);
  expect(await shown(page, '#samples-read')).toBe('samples.csv: intervals are percentiles of 1,000 resamples of the problems, the same for all models.');
  expect(await page.locator('[data-certificate]').allTextContents()).toHaveLength(2);
});

it('the chart is drawn, and axe finds nothing', async () => {
  await page.locator('#chart-coverage').scrollIntoViewIfNeeded();
  await untilDrawn(page);
  await page.evaluate(axe);
  expect(await axeViolations(page)).toEqual([]);
  await expect.poll(() => page.locator('#chart-coverage').textContent()).toContain('equal at equal cost');
  expect(seen.complaints).toEqual([]);
});

it('other questions, which the address then holds', async () => {
  await fill('Samples k', '500,5000');
  await fill('Coverage to reach', '0.5');
  await fill('Verifier', '');
  await untilLibrary({ samples: [500, 5000], targets: [0.5], confidence: 0.9 });
  const link = new URLSearchParams(new URL(page.url()).hash.slice(1));
  expect([link.get('samples-at'), link.get('samples-target'), link.get('samples-verifier'), link.get('plan')]).toEqual(['500,5000', '0.5', null, 'samples']);
});

describe('what cannot be used', () => {
  it.each([
    ['Samples k', '10.5', 'expected whole numbers of samples, got 10.5.'],
    ['Coverage to reach', '90', 'expected shares between 0 and 1 such as 0.5,0.9, got "90".'],
    ['Tokens of a sample', '-3', 'expected tokens such as 500, got "-3".'],
    ['Verifier', '0.9', 'expected two shares from 0 to 1 such as 0.9:0.05, got "0.9".'],
    ['Columns', 'loss:x', 'expected problem, n, c, model, N, tokens before the colon, got "loss". Write n:attempts,c:num_passed, say.'],
  ])('%s %s: says so beside the field', async (label, text, message) => {
    await fill(label, text);
    await expect.poll(async () => shown(page, `[id="${await page.getByLabel(label, { exact: true }).getAttribute('aria-describedby')}"]`)).toBe(message);
  });

  it('a column that is not found: beside the field for columns, where it is named', async () => {
    await fill('Columns', '');
    await give(samplesTable('hits'));
    const columns = page.getByLabel('Columns', { exact: true });
    const id = await columns.getAttribute('aria-describedby');
    await expect.poll(() => shown(page, `[id="${id}"]`)).toBe('samples.csv: expected a column of right samples, got the columns "problem", "model", "N", "tokens", "n", "hits". ' +
      'Name it in the field for columns: c:NAME.');
    expect(await page.locator('[data-trouble="samples"]').count()).toBe(0);
    expect(await page.locator('[data-part="samples"] [data-model]').count()).toBe(0);
    await fill('Columns', 'c:hits');
    await untilLibrary({ samples: [500, 5000], targets: [0.5], confidence: 0.9 });
    await fill('Columns', '');
  });

  it('a cell, or a problem that comes twice: beside the table', async () => {
    await give('problem,n,c\nsums,10,11\n');
    await expect.poll(() => page.locator('[data-trouble="samples"]').allTextContents()).toEqual(['line 2, column "c": expected a whole number of right samples from 0 to 10, got "11". They are among the 10 samples.']);
    await drop(page, 'twice.csv', 'problem,n,c\nsums,10,1\nsums,10,2\n', '[data-part="samples"] .drop');
    await expect.poll(() => page.locator('[data-trouble="samples"]').allTextContents()).toEqual(['line 3: expected each problem once, got "sums" again, as on line 2. ' +
      'Add its samples up in one row, or name the column of models: model:NAME in the field for columns.']);
    expect(await shown(page, '[data-fact="points"]')).toMatch(/^327 fitted/); // it is no table of runs
  });
});

it('pasted, of one model without costs; and taken away', async () => {
  await page.getByText('Paste a table of samples').click();
  await page.getByLabel('Pasted samples').fill('problem,n,c\nsums,100,62\nproofs,100,11\nsorting,100,3\n');
  await page.getByRole('button', { name: 'Read them' }).click();
  await done();
  expect(await shown(page, '#samples-read')).toMatch(/^pasted table: /);
  table = await readSamples('problem,n,c\nsums,100,62\nproofs,100,11\nsorting,100,3\n');
  const { models: [{ curve }] } = coverageOf(table.models, { confidence: 0.9 });
  const rows = await modelsOf(page, 'samples');
  expect(Object.keys(rows[0]!)).not.toContain('cost');
  expect(offIn(rows[1]!, { 'coverage-0': curve[0]!.coverage }, { 'coverage-0': 3 })).toEqual([]);
  await page.getByRole('button', { name: 'Take it away' }).click();
  await expect.poll(() => page.locator('[data-part="samples"] [data-model]').count()).toBe(0);
  expect(await shown(page, '#samples-read')).toBe('');
  expect(seen.complaints).toEqual([]);
});
