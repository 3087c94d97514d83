/** A table with a column of text in the built page: what each view shows of its groups, and filters by it. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitOfGroup, fitOn, formatCount, formatNumber, groupsBy, openBackend, predictLoss, sensitivityOn, type Fit, type Sweep } from '../../src/index.ts';
import { LAW, lossOf } from '../support/cases.ts';
import { ask, below, cells, open, openLaws, texts, write, type OpenLaws } from './asking.ts';
import { goTo, PATIENCE, shown, untilDone, untilDrawn, type Visit } from './lab.ts';

/** Tokens of each corpus are worth so much. */
const CORPORA: Readonly<Record<string, number>> = { web: 1, 'old, books': 3, code: 0.4 };
const EACH = 28;

/** Losses off by up to 1 %. */
function corporaTable(): string {
  const rows = Object.entries(CORPORA).flatMap(([corpus, q], g) => Array.from({ length: EACH }, (_, k) => {
    const [N, D] = [Math.round(5e7 * 100 ** ((k * 0.618034) % 1)), Math.round(1e9 * 100 ** ((k * 0.414214) % 1))];
    return `${N},${D},${(lossOf({ N, D: q * D }) * (1 + 0.01 * Math.sin(k * k + g))).toFixed(6)},"${corpus}"`;
  }));
  return `${['N,D,loss,corpus', ...rows].join('\n')}\n`;
}

let seen: Visit;
let page: Page;
let sweep: Sweep;
let close: OpenLaws['close'] | undefined;
beforeAll(async () => {
  ({ seen, page, close } = await openLaws('multiplier-resamples=20&multiplier-tests=0&deltas=0.01&losses=none&drops=none&keep-below=none&keep-above=none'));
  sweep = await open(page, 'corpora.csv', corporaTable(), ['corpus']);
});
afterAll(() => close?.());

/** Of the library, in this process. */
async function onCpu<T>(work: (backend: Awaited<ReturnType<typeof openBackend>>) => Promise<T>): Promise<T> {
  const backend = await openBackend('cpu');
  return work(backend).finally(() => backend.close());
}

/** Nothing on the page says that something went wrong. */
const troubles = () => page.locator('[role=alert]').allTextContents();
const fitted = async (status: string) => {
  await page.locator('#status').filter({ hasText: status }).waitFor({ timeout: PATIENCE });
  await untilDone(page);
};
/** Markers of runs of a chart: whether each is filled. */
const filled = (chart: string) => page.locator(`#chart-${chart}`).evaluate((host) =>
  (host as unknown as { data: { meta?: string; marker?: { symbol: string[] } }[] }).data.find(({ meta }) => meta === 'runs')!.marker!.symbol.map((symbol) => symbol === 'circle'));

describe('groups of runs', () => {
  let fit: Fit;
  let ofBooks: Sweep;
  beforeAll(async () => {
    fit = await onCpu((backend) => fitOn(backend, sweep, { groups: { column: 'corpus', share: ['E', 'A', 'alpha', 'beta'] }, starts: 8 }));
    ofBooks = groupsBy(sweep, 'corpus')[1]!.sweep;
    await page.getByLabel('Groups of runs by', { exact: true }).selectOption('corpus');
    await write(page, 'Shared by the groups', 'E,A,alpha,beta');
    await fitted(`Fitted ${3 * EACH} runs of 3 groups on the CPU`);
    await page.getByRole('button', { name: 'old, books', exact: true }).click();
  });

  it('have first what they share, then their own, then the exponents, with intervals', async () => {
    const rows = await page.locator('[data-param]').evaluateAll((all) => all.map((cell) => cell.getAttribute('data-param')));
    expect(rows).toEqual(['E', 'A', 'alpha', 'beta', 'B[web]', 'B[old, books]', 'B[code]', 'a', 'b']);
    expect(await shown(page, '[data-param="a"]')).toBe(fitOfGroup(fit, 'web').exponents['a']!.toPrecision(4));
    expect(await shown(page, '[data-interval="a"]')).toMatch(/^0\.\d+ to 0\.\d+$/);
    expect(await shown(page, '[data-fact="groups"]')).toBe(`by corpus: web ${EACH}, old, books ${EACH}, code ${EACH}; they share E, A, α, β`);
  });

  it('are drawn one at a time, without the runs of the others, with the band of theirs', async () => {
    await goTo(page, 'fit');
    await untilDrawn(page);
    expect(await filled('scaling')).toEqual(Array.from({ length: EACH }, () => true));
    expect(await shown(page, '#models .remark')).toMatch(/^At 10²⁴ FLOPs, 95 % intervals: N \S+ to /);
    await goTo(page, 'check');
    await untilDrawn(page);
    expect(await filled('predicted')).toEqual(Array.from({ length: EACH }, () => true));
  });

  it('are measured each by its own law in the table of runs', async () => {
    await goTo(page, 'data');
    const residual = (i: number, group: string) => 100 * Math.log(sweep.loss[i]! / predictLoss('chinchilla', fitOfGroup(fit, group).params, { N: sweep.columns.N[i]!, D: sweep.columns.D[i]! }));
    const byLine = async () => {
      const rows = await page.locator('.runs tbody tr:not([aria-hidden])').evaluateAll((all) => all.map((row) => Array.from(row.children, (cell) => cell.textContent)));
      return new Map(rows.map((row) => [Number(row[1]), [Number(row[8]!.replace('−', '-')), row[9]] as const]));
    };
    for (const [name, column] of [['lowest first', 'corpus'], ['highest first', 'corpus']] as const) {
      await page.locator('.runs thead').getByRole('button', { name: column }).click();
      await expect.poll(async () => [...(await byLine()).values()][0]?.[1], { message: name }).toBe(name === 'lowest first' ? 'web' : 'code');
      for (const [line, [value, corpus]] of await byLine()) expect(Math.abs(value - residual(line - 2, corpus!)), `line ${line}`).toBeLessThan(0.01); // two decimals
    }
    expect(Math.abs(residual(2 * EACH, 'old, books'))).toBeGreaterThan(1); // which another law would not give
  });

  it('have no landscape, and the view says why', async () => {
    await goTo(page, 'certainty');
    await untilDrawn(page);
    expect(await page.locator('#chart-landscape').count()).toBe(0);
    expect(await shown(page, '[data-no-landscape]')).toContain('keep only corpus=old, books in the settings');
    expect(await troubles()).toEqual([]);
  });

  it('are compared, varied and approached by the runs of the one that is shown', async () => {
    await goTo(page, 'laws');
    expect(await texts(page, 'sensitivity', '[data-of-group]')).toEqual(['Of the runs of corpus old, books, fitted by themselves.']);
    await ask(page, 'sensitivity');
    const { given: { numbers, fit: alone } } = await onCpu((backend) => sensitivityOn(backend, ofBooks, { budget: 1e24, deltas: [0.01], losses: [], drops: [], keepBelow: [], keepAbove: [], fit: { starts: 8 } }));
    expect((await cells(page, 'sensitivity', 'data-choice'))['as given']).toMatchObject({ runs: String(EACH), alpha: numbers.alpha.toPrecision(4), N: formatCount(numbers.N) });
    await goTo(page, 'approaches');
    await expect.poll(() => page.locator('[data-approach="3"] [data-figure="a"]').textContent(), { timeout: 30_000 }).toBe(formatNumber(alone.exponents['a']!, 4));
    expect(await troubles()).toEqual([]);
  });

  it('are measured by each other, whatever the fit shares', async () => {
    await goTo(page, 'laws');
    await page.getByLabel('Measured by the first').selectOption('groups');
    await page.getByLabel('Column of the group').selectOption('corpus');
    await ask(page, 'multiplier');
    expect(await page.locator('[data-pair]').evaluateAll((all) => all.map((pair) => pair.getAttribute('data-pair')))).toEqual(['old, books', 'code']);
    expect(await troubles()).toEqual([]);
  });

  it('of which a filter leaves one are told so, and the numbers of before stay', async () => {
    await write(page, 'Keep only', 'corpus=web');
    await page.locator('[data-trouble="fit"]').waitFor();
    expect(await troubles()).toEqual(['corpora.csv, column "corpus": expected at least two different values, got "web" in every run. Name a column that tells the groups apart.']);
    expect(await shown(page, '#law-heading')).toBe('Fitted law, of the settings before');
    await write(page, 'Keep only', '');
    await page.locator('#law-heading').filter({ hasText: /^Fitted law$/ }).waitFor({ timeout: PATIENCE });
    await untilDone(page);
  });

  it('are one again', async () => {
    await page.getByLabel('Groups of runs by', { exact: true }).selectOption('');
    await fitted(`Fitted ${3 * EACH} runs on the CPU`);
    expect(await page.getByRole('group', { name: 'Group of runs that is shown' }).count()).toBe(0);
  });
});

describe('a filter', () => {
  const points = (count: string) => page.locator('[data-fact="points"]').filter({ hasText: new RegExp(`^${count}$`) }).waitFor({ timeout: PATIENCE });

  it('by a column of text leaves the runs of which it holds', async () => {
    await write(page, 'Keep only', 'corpus=code; D/N>=0');
    await points(`${EACH} fitted, ${2 * EACH} left out`);
    const fit = await onCpu((backend) => fitOn(backend, groupsBy(sweep, 'corpus')[2]!.sweep, { starts: 8 }));
    await expect.poll(() => shown(page, '[data-param="E"]')).toBe(fit.params['E']!.toPrecision(4));
    expect(fit.params['E']).toBeCloseTo(LAW.E, 0);
    expect(await troubles()).toEqual([]);
  });

  it('by a column that is not there says so at its field, and the numbers of before stay', async () => {
    await write(page, 'Keep only', 'corpse=code');
    await expect.poll(() => below(page, 'Keep only')).toBe(
      'where corpse=code: expected N, D, C, D/N, loss, weight or a column of the table, got "corpse". The columns are "N", "D", "loss", "corpus".');
    expect(await shown(page, '#law-heading')).toBe('Fitted law, of the settings before');
    await points(`${EACH} fitted, ${2 * EACH} left out`);
    await write(page, 'Keep only', '');
    await points(`${3 * EACH} fitted`);
    expect(await troubles()).toEqual([]);
    expect(seen.complaints).toEqual([]);
  });
});
