/** "Which law?" in the built page: what can be compared, what came out as the library has it, what can be taken away. */
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  comparableLaws, compareLawsOn, comparisonSays, formatNumber, lawIds, openBackend, pairVerdict, rolesLacking, type CompareOptions, type comparisonJson, type LawComparison, type Sweep,
} from '../../src/index.ts';
import { ask, below, button, cells, open, openLaws, saved, settled, status, texts, write, type OpenLaws } from './asking.ts';
import { axe, axeViolations } from './axe.ts';
import type { Visit } from './lab.ts';
import { read } from './screen.ts';
import { tableOf } from './tables.ts';

const ASKED = { replicates: 40, steps: 2, starts: 8 } as const;

let seen: Visit;
let page: Page;
let sweep: Sweep;
let close: OpenLaws['close'] | undefined;
beforeAll(async () => { ({ seen, page, sweep, close } = await openLaws('laws-resamples=40&laws-steps=2&laws=chinchilla,kaplan')); });
afterAll(() => close?.());

async function library(options: CompareOptions, of = sweep): Promise<LawComparison> {
  const backend = await openBackend('cpu');
  return compareLawsOn(backend, of, { ...ASKED, ...options }).finally(() => backend.close());
}

const share = (value: number) => `${formatNumber(100 * value, 3)} %`;
const error = ({ value, interval }: { readonly value: number; readonly interval: readonly [number, number] }) => share(value) + interval.map(share).join(' to ');

/** What the table should say. */
function wanted({ laws }: LawComparison): Record<string, Record<string, string>> {
  return Object.fromEntries(laws.map(({ law, parameters, fit, aicc, bic, weight, outOfBag, rolledOut }) => [law, {
    parameters: String(parameters), objective: String(Number(fit.objective.toPrecision(6))), aicc: aicc.toFixed(2).replace('-', '−'), bic: bic.toFixed(2).replace('-', '−'),
    weight: weight < 1e-6 ? '< 0.0001 %' : share(weight), 'out-of-bag': error(outOfBag), rollout: error(rolledOut), certificate: 'passes',
  }]));
}

/** What it says. */
async function table(): Promise<Record<string, Record<string, string>>> {
  const rows = await cells(page, 'compare', 'data-law');
  return Object.fromEntries(Object.entries(rows).map(([law, row]) => [law, { ...row, objective: String(read(row['objective']!)) }]));
}

const boxes = () => page.locator('#compare input[type=checkbox]').evaluateAll((all) => all.map((box) => {
  const { value, checked, disabled } = box as HTMLInputElement;
  return { value, checked, disabled, text: box.closest('label')!.textContent! };
}));
const urlOf = () => Object.fromEntries(new URLSearchParams(new URL(page.url()).hash.slice(1)));
const box = (law: string) => page.locator(`#compare input[value="${law}"]`);

describe('the laws', () => {
  it('of the address are those that are ticked, though the view was loaded later', async () => {
    expect((await boxes()).filter(({ checked }) => checked).map(({ value }) => value)).toEqual(['chinchilla', 'kaplan']);
    expect(await page.locator('[data-trouble]').count()).toBe(0);
  });

  it('that the table cannot be fitted by are disabled, and say what is missing', async () => {
    const all = await boxes();
    expect(all.map(({ value }) => value)).toEqual(lawIds);
    for (const { value, disabled, text } of all) {
      const lacking = rolesLacking(sweep, value);
      expect([value, disabled]).toEqual([value, lacking.length > 0]);
      expect(text).toContain(disabled ? `no column for ${lacking.join(', ')}` : value);
    }
    expect(all.filter(({ disabled }) => disabled).map(({ value }) => value)).toEqual(expect.arrayContaining(['power', 'sparsity']));
  });

  it('are ticked by the keyboard; one alone is not compared; all that can be are what the address need not say', async () => {
    await box('kaplan').focus();
    await page.keyboard.press('Space');
    await expect.poll(() => urlOf()['laws']).toBe('chinchilla');
    expect(await button(page, 'compare').isDisabled()).toBe(true);
    for (const law of comparableLaws(sweep).filter((id) => id !== 'chinchilla')) await box(law).check();
    await expect.poll(() => urlOf()['laws']).toBe(undefined);
    expect(await button(page, 'compare').isDisabled()).toBe(false);
  });
});

describe('what comes out', () => {
  let want: LawComparison;
  beforeAll(async () => {
    for (const law of comparableLaws(sweep)) await box(law).setChecked(['chinchilla', 'chinchilla-tied', 'kaplan'].includes(law));
    await ask(page, 'compare');
    want = await library({ laws: ['chinchilla', 'chinchilla-tied', 'kaplan'] });
  });

  it('is the table of the library', async () => {
    expect(want.laws.map(({ law }) => law)).toEqual(['chinchilla', 'chinchilla-tied', 'kaplan']);
    expect(await table()).toEqual(wanted(want));
    expect(await status(page, 'compare')).toContain('3 laws compared in ');
  });

  it('and its verdicts, warnings and three charts', async () => {
    expect(await texts(page, 'compare', '[data-conclusion]')).toEqual([comparisonSays(want)]);
    expect(await texts(page, 'compare', '[data-said]')).toEqual(want.pairs.map(pairVerdict));
    expect(await texts(page, 'compare', '[data-warning]')).toEqual(want.warnings);
    await expect.poll(() => page.locator('#compare .chart .main-svg:first-child').count()).toBe(3);
  });

  it('can be taken away, as JSON and as a page', async () => {
    const json = JSON.parse(await saved(page, 'compare', 'Results as JSON')) as ReturnType<typeof comparisonJson>;
    expect([json.conclusion, json.best, json.laws.length]).toEqual([comparisonSays(want), want.best, 3]);
    expect(await saved(page, 'compare', 'Report as HTML')).toContain(comparisonSays(want).replaceAll('\'', '&#39;'));
  });

  it('has no wrong contrast, label or width, light or dark, wide or narrow', async () => {
    await page.evaluate(axe);
    for (const [colorScheme, width] of [['light', 1440], ['dark', 360]] as const) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      expect(await axeViolations(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it('stays, and says that it is of other settings, until it is asked anew', async () => {
    await write(page, 'Rollout steps', '0');
    await expect.poll(() => status(page, 'compare')).toContain('The settings have changed since.');
    expect(await table()).toEqual(wanted(want));
    await ask(page, 'compare');
    expect(await status(page, 'compare')).not.toContain('changed');
    expect(Object.keys((await table())['kaplan']!)).not.toContain('rollout');
    await expect.poll(() => page.locator('#compare .chart .main-svg:first-child').count()).toBe(2);
    await write(page, 'Rollout steps', '2');
  });

  it('follows the filters of the settings', async () => {
    await write(page, 'Drop highest losses', '4');
    await ask(page, 'compare');
    expect((await table())['chinchilla']!['objective']).not.toBe(wanted(want)['chinchilla']!['objective']);
    await write(page, 'Drop highest losses', '0');
    await ask(page, 'compare');
    expect(await table()).toEqual(wanted(want));
  });
});

it('what cannot be asked says so: at its field, or below the button', async () => {
  await write(page, 'Resamples of the runs', '1');
  await expect.poll(() => below(page, 'Resamples of the runs')).toBe('expected a whole number from 2 to 1,000,000, got "1".');
  await write(page, 'Resamples of the runs', '40');
  await page.getByLabel('Loss', { exact: true }).selectOption('lower-log');
  await ask(page, 'compare');
  expect(await texts(page, 'compare', '[data-trouble]')).toEqual([expect.stringMatching(/^loss: expected /)]);
  await page.getByLabel('Loss', { exact: true }).selectOption('huber-log');
});

it('stops by the button that started it, without losing the focus', async () => {
  await write(page, 'Resamples of the runs', '200k');
  await button(page, 'compare').focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => button(page, 'compare').textContent()).toBe('Stop');
  await page.keyboard.press('Enter');
  await settled(page, 'compare');
  expect(await status(page, 'compare')).toBe('Stopped: nothing was computed.');
  expect(await page.locator('[data-outcome=compare]').count()).toBe(0);
  expect(seen.complaints).toEqual([]);
});

it('the menu of the settings has only laws that the table can be fitted by', async () => {
  const options = () => page.getByLabel('Law', { exact: true }).locator('option').evaluateAll((all) => all.map((one) => {
    const { value, disabled, text } = one as HTMLOptionElement;
    return { value, disabled, text };
  }));
  const able = async (of: Sweep) => {
    for (const { value, disabled, text } of await options()) {
      const lacking = rolesLacking(of, value);
      expect([value, disabled]).toEqual([value, lacking.length > 0]);
      expect(text.endsWith(`(no column for ${lacking.join(', ')})`)).toBe(disabled);
    }
  };
  await able(sweep);
  const rows = tableOf(40).trim().split('\n').map((row, k) => `${row},${k === 0 ? 'sparsity' : [0, 0.5, 0.9][k % 3]}`);
  const sparse = await open(page, 'sparse.csv', `${rows.join('\n')}\n`);
  expect(rolesLacking(sparse, 'sparsity')).toEqual([]);
  await able(sparse);
});
