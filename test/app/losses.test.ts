/** What is minimised, and what is held: every loss of the library and parameters at a value, on the screen, in the address and in what is kept. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lossIds, lossOf, paperReplica, type FitJson } from '../../src/index.ts';
import { launch, serveLab, shown, untilDone, visit, type LabServer, type Visit } from './lab.ts';
import { differences, library, untilShows } from './screen.ts';

const FEW = 32;
const sweep = paperReplica();
let server: LabServer;
let browser: Browser;
let seen: Visit;
let page: Page;
beforeAll(async () => {
  [server, browser] = [await serveLab(), await launch({ webgpu: false })];
  seen = await visit(browser, { viewport: { width: 1440, height: 900 } });
  page = seen.page;
  await page.goto(`${server.url}#view=data&device=cpu&replicates=${FEW}`);
  await untilDone(page);
});
afterAll(async () => {
  await browser?.close();
  server?.close();
});

const want = (fit: Parameters<typeof library>[1]) => library(sweep, { ...fit, bootstrap: { replicates: FEW } });
const addressOf = () => new URLSearchParams(new URL(page.url()).hash.slice(1));

async function write(label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

/** What stands under a field. */
async function under(label: string): Promise<string> {
  return shown(page, `#${await page.getByLabel(label, { exact: true }).getAttribute('aria-describedby')}`);
}

async function methods(): Promise<string> {
  await page.getByRole('button', { name: 'Share and export' }).click();
  await page.getByRole('button', { name: 'Methods' }).click();
  const text = await page.getByRole('textbox', { name: 'Methods paragraph' }).inputValue();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('Escape');
  return text;
}

async function json(): Promise<FitJson> {
  await page.getByRole('button', { name: 'Share and export' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-save="json"]').click()]);
  await page.keyboard.press('Escape');
  return JSON.parse(readFileSync(await download.path(), 'utf8')) as FitJson;
}

describe('the losses', () => {
  it.each(lossIds.filter((id) => id !== 'huber-log'))('%s: fits as the library does, and shows the numbers that it has', async (loss) => {
    await page.getByLabel('Loss', { exact: true }).selectOption(loss);
    const found = await want({ fit: { loss } });
    await untilShows(page, found);
    const { delta, shape } = lossOf({ loss });
    expect(await page.getByLabel('Huber δ, nats').count()).toBe(delta > 0 && delta < Infinity ? 1 : 0);
    expect(await page.getByLabel('Share below the law').count()).toBe(shape === 'lower' ? 1 : 0);
    expect(addressOf().get('loss')).toBe(loss);
    expect((await differences(page, await want({}))).length).toBeGreaterThan(0); // the default's would be seen
  });

  it('lower-log: the share is a setting, with its range', async () => {
    await write('Share below the law', '0.3');
    await untilShows(page, await want({ fit: { loss: 'lower-log', envelope: 0.3 } }));
    expect(await shown(page, '[data-fact="objective"]')).toContain('(Lower envelope, of log loss, share 0.3, δ = 0.001)');
    await write('Share below the law', '0.7');
    await expect.poll(() => under('Share below the law')).toBe('expected a share above 0 and at most 0.5 such as 0.1, got "0.7".');
  });

  it('a bootstrap that does not go with it says so beside its field', async () => {
    await page.getByLabel('Resample', { exact: true }).selectOption('wild');
    await expect.poll(() => under('Resample')).toMatch(/^kind: expected /);
    await page.getByLabel('Resample', { exact: true }).selectOption('pairs');
    await page.getByLabel('Loss', { exact: true }).selectOption('huber-log');
    await untilShows(page, await want({}));
  });
});

describe('parameters that are held', () => {
  it('are held, by name and in what is kept', async () => {
    await write('Hold parameters', 'alpha=0.34, beta=0.28');
    const fix = { alpha: 0.34, beta: 0.28 };
    await untilShows(page, await want({ fit: { fix } }));
    expect(await shown(page, '[data-fact="held"]')).toBe('α = 0.34, β = 0.28');
    expect(addressOf().get('fix')).toBe('alpha=0.34,beta=0.28');
    expect((await json()).fixed).toEqual(fix);
    expect(await methods()).toContain('Of its parameters 2 were not fitted but held: alpha at 0.34 and beta at 0.28.');
  });

  it('leave the charts of the pairs that are free', async () => {
    await page.getByRole('link', { name: 'Certainty' }).click();
    const buttons = page.getByRole('group', { name: 'Pair of parameters' }).getByRole('button');
    await expect.poll(() => buttons.allTextContents()).not.toContain('α and β');
    await page.getByRole('link', { name: 'Data' }).click();
  });

  it.each([
    ['alpha', 'expected numbers by name such as alpha=0.34,beta=0.28, got "alpha".'],
    ['alpha=1,alpha=2', 'expected one value for alpha, got two. Leave one out.'],
  ])('%s cannot be read: it says so beside the field, and the fit stays', async (text, message) => {
    await write('Hold parameters', text);
    await expect.poll(() => under('Hold parameters')).toBe(message);
    expect(addressOf().get('fix')).toBe('alpha=0.34,beta=0.28');
  });

  it('one that the law has not: the library’s words stand beside the field', async () => {
    await write('Hold parameters', 'gamma=1');
    await expect.poll(() => under('Hold parameters')).toBe('fix: expected parameters of law chinchilla (E, A, B, alpha, beta), got gamma.');
    await write('Hold parameters', '');
    await untilShows(page, await want({}));
    expect(await page.locator('[data-fact="held"]').count()).toBe(0);
  });

  it('come with a link', async () => {
    await page.goto('about:blank');
    await page.goto(`${server.url}#view=data&device=cpu&replicates=${FEW}&fix=E%3D1.7&loss=squares-log`);
    await untilShows(page, await want({ fit: { loss: 'squares-log', fix: { E: 1.7 } } }));
    expect(await shown(page, '[data-fact="held"]')).toBe('E = 1.7');
  });
});

it('names of parameters have their index below the line', async () => {
  await page.goto('about:blank');
  await page.goto(`${server.url}#view=data&device=cpu&replicates=${FEW}&law=kaplan`);
  await untilDone(page);
  expect(await page.locator('.parameters tbody th').evaluateAll((names) => names.map((name) => name.innerHTML.replaceAll(/<!--.*?-->/g, ''))))
    .toEqual(['N<sub>c</sub>', 'D<sub>c</sub>', 'α<sub>N</sub>', 'α<sub>D</sub>', 'a', 'b']);
  expect(seen.complaints).toEqual([]);
});
