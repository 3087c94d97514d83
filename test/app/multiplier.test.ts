/** "Two sweeps" in the built page: a second table, groups of one table, what came out as the library has it, and what cannot be measured. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  formatNumber, groupsBy, multiplierSays, multipliersOn, multiplierWarnings, needSpan, needText, openBackend, readSweep, verdictOnShared,
  type Group, type Multiplier, type multiplierJson, type MultiplierOptions, type Sweep,
} from '../../src/index.ts';
import { power, prose } from '../../src/app/numbers.ts';
import { lossOf } from '../support/cases.ts';
import { ask, below, button, cells, open, openLaws, saved, status, texts, write, type OpenLaws } from './asking.ts';
import type { Visit } from './lab.ts';
import { tableOf } from './tables.ts';

const ASKED = { replicates: 40, tests: 20, fit: { starts: 8 } } as const;

/** As `tableOf`, of a recipe by which a token is worth `q`: less loss, of runs with other noise. */
function recipe(q: number, count = 40, header = 'N,D,loss'): string {
  const rows = tableOf(count).trim().split('\n').slice(1).map((row, k) => {
    const [N, D] = row.split(',').map(Number) as [number, number];
    return `${N},${D},${(lossOf({ N, D: q * D }) * (1 + 0.01 * Math.cos(k * k + 1))).toFixed(6)}`;
  });
  return `${[header, ...rows].join('\n')}\n`;
}

/** Three recipes in one table. */
const KINDS: Readonly<Record<string, number>> = { plain: 1, clean: 1.6, dirty: 0.7 };
const GROUPS = `N,D,loss,data\n${Object.entries(KINDS).flatMap(([kind, q]) => recipe(q).trim().split('\n').slice(1).map((row) => `${row},${kind}`)).join('\n')}\n`;

let seen: Visit;
let page: Page;
let sweep: Sweep;
let close: OpenLaws['close'] | undefined;
beforeAll(async () => { ({ seen, page, sweep, close } = await openLaws('multiplier-resamples=40&multiplier-tests=20')); });
afterAll(() => close?.());

async function library(groups: readonly Group[], options: MultiplierOptions = {}): Promise<Multiplier[]> {
  const backend = await openBackend('cpu');
  return multipliersOn(backend, groups, { ...ASKED, ...options }).finally(() => backend.close());
}

const times = (factor: number) => formatNumber(factor, 3);
const span = (interval: readonly [number, number] | undefined) => interval!.map(times).join(' to ');

/** Rows of the tables of all pairs, one after the other. */
function wanted(found: readonly Multiplier[]): unknown[] {
  return found.flatMap(({ at }) => at.map(({ answers: { loss, otherC, baseC, compute, tokens } }) => [
    loss.value.toFixed(4), power(otherC.value), power(baseC.value), needText(compute.value), needSpan(compute.interval!), needText(tokens.value), needSpan(tokens.interval!),
  ]));
}
const rows = () => page.locator('#multiplier [data-at]').evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent!)));

async function isShown(found: readonly Multiplier[]): Promise<void> {
  expect(await rows()).toEqual(wanted(found));
  expect(await texts(page, 'multiplier', '[data-said]')).toEqual(found.flatMap((each) => multiplierSays(each).map(prose)));
  expect(await texts(page, 'multiplier', '[data-warning]')).toEqual(found.flatMap((each) => [...new Set(multiplierWarnings(each))].map(prose)));
  const shared = await texts(page, 'multiplier', '[data-shared]');
  expect(shared).toHaveLength(found.length);
  found.forEach((each, k) => {
    expect(shared[k]).toContain(`q = ${times(each.data.q.value)} (${span(each.data.q.interval)}); ${verdictOnShared(each)}.`);
  });
  await expect.poll(() => page.locator('#multiplier .chart .main-svg:first-child').count()).toBe(found.length);
}

const give = (name: string, text: string) => page.setInputFiles('#second', { name, mimeType: 'text/csv', buffer: Buffer.from(text) });
const secondRead = () => page.locator('#second-read').textContent();

describe('a second table', () => {
  let second: Sweep;
  let want: Multiplier[];
  beforeAll(async () => { second = await readSweep(new Blob([recipe(1.6)]), { name: 'better.csv' }); });

  it('is waited for', async () => {
    expect(await button(page, 'multiplier').isDisabled()).toBe(true);
    await give('better.csv', recipe(1.6));
    await expect.poll(secondRead).toBe('better.csv: 40 rows; N from N, D from D, loss from loss.');
  });

  it('is measured by the one that is open', async () => {
    await ask(page, 'multiplier');
    want = await library([{ name: 'runs.csv', sweep }, { name: 'better.csv', sweep: second }]);
    expect(want[0]!.data.q.value).toBeGreaterThan(1.3); // 1.6 by the rule, with noise
    await isShown(want);
  });

  it('at budgets and losses that are asked for', async () => {
    await write(page, 'Budgets, FLOPs', '1e20,3e21');
    await write(page, 'Target losses', '2.5');
    await expect.poll(() => status(page, 'multiplier')).toContain('The settings have changed since.');
    await ask(page, 'multiplier');
    const other = await library([{ name: 'runs.csv', sweep }, { name: 'better.csv', sweep: second }], { budgets: [1e20, 3e21], losses: [2.5] });
    expect(await rows()).toHaveLength(3);
    await isShown(other);
    for (const label of ['Budgets, FLOPs', 'Target losses']) await write(page, label, '');
    await ask(page, 'multiplier');
    await isShown(want);
  });

  it('can be taken away with what was found, as JSON and as a page', async () => {
    const { comparisons: [found] } = JSON.parse(await saved(page, 'multiplier', 'Results as JSON')) as ReturnType<typeof multiplierJson>;
    expect([found!.base.name, found!.other.name, found!.at.length]).toEqual(['runs.csv', 'better.csv', 5]);
    const html = await saved(page, 'multiplier', 'Report as HTML');
    expect(html).toContain('<h1>better.csv against runs.csv</h1>');
    expect(html).toContain(needText(want[0]!.at[0]!.answers.compute.value));
  });

  it('whose columns have other names is read by those that are named', async () => {
    await give('named.csv', recipe(1.6, 40, 'N,D,score'));
    await expect.poll(() => texts(page, 'multiplier', '.drop .problem')).toEqual([
      'named.csv: expected a column for the loss, got the columns "N", "D", "score". Name it among its columns.']);
    await write(page, 'Its columns', 'loss:score');
    await expect.poll(secondRead).toBe('named.csv: 40 rows; N from N, D from D, loss from score.');
    await ask(page, 'multiplier');
    expect(await rows()).toEqual(wanted(want));
    await write(page, 'Its columns', '');
  });

  it('that is broken says so; pasted, it is read', async () => {
    await give('ragged.csv', `${recipe(1.6)}1e9,2e10\n`);
    await expect.poll(() => page.locator('[data-trouble=second]').allTextContents()).toEqual([expect.stringContaining('line 42: expected 3 fields as in the header, got 2.')]);
    expect(await button(page, 'multiplier').isDisabled()).toBe(true);
    await page.getByText('Paste a second table', { exact: true }).click();
    await page.getByLabel('Pasted second table').fill(recipe(1.6));
    await page.getByRole('button', { name: 'Take it', exact: true }).click();
    await expect.poll(secondRead).toContain('pasted table: 40 rows');
    expect(await page.locator('[data-trouble]').count()).toBe(0);
    await ask(page, 'multiplier');
    expect(await rows()).toEqual(wanted(want));
    await page.getByRole('button', { name: 'Take it away' }).click();
    await expect.poll(() => button(page, 'multiplier').isDisabled()).toBe(true);
  });
});

describe('groups of one table', () => {
  let groups: Group[];
  beforeAll(async () => {
    sweep = await open(page, 'recipes.csv', GROUPS, ['data']);
    groups = groupsBy(sweep, 'data');
    await page.getByLabel('Measured by the first').selectOption('groups');
  });

  it('are measured by the first of them, once their column is chosen', async () => {
    expect(await button(page, 'multiplier').isDisabled()).toBe(true);
    await page.getByLabel('Column of the group').selectOption('data');
    await ask(page, 'multiplier');
    const want = await library(groups);
    expect(want.map(({ base, other }) => [base.name, other.name])).toEqual([['plain', 'clean'], ['plain', 'dirty']]);
    await isShown(want);
  });

  it('or by the one that is named; another name is refused at its field', async () => {
    await write(page, 'First group', 'dirty');
    await ask(page, 'multiplier');
    await isShown(await library([groups[2]!, groups[0]!, groups[1]!]));
    await write(page, 'First group', 'cleaner');
    await button(page, 'multiplier').click();
    await expect.poll(() => below(page, 'First group')).toBe('against: expected one of the groups plain, clean, dirty, got "cleaner".');
    expect(await texts(page, 'multiplier', '[data-trouble]')).toEqual([]);
    expect(new URL(page.url()).hash).toContain('others=groups&group=data&against=cleaner');
  });

  it('of a column that says the same everywhere are none', async () => {
    await write(page, 'First group', '');
    await page.getByLabel('Keep only').fill('D/N>=0');
    await open(page, 'same.csv', GROUPS.replaceAll(/clean|dirty/g, 'plain'), ['data']);
    await page.getByLabel('Column of the group').selectOption('data');
    await ask(page, 'multiplier');
    expect(await texts(page, 'multiplier', '[data-trouble]')).toEqual([
      'same.csv, column "data": expected at least two different values, got "plain" in every run. Name a column that tells the groups apart.']);
    expect(await cells(page, 'multiplier', 'data-at')).toEqual({});
    expect(seen.complaints).toEqual([]);
  });
});
