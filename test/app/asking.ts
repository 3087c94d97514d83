/** The parts of the view Laws, as a test asks them and reads what came out. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { readSweep, type Sweep } from '../../src/index.ts';
import { goTo, launch, PATIENCE, serveLab, untilDone, visit, type Visit } from './lab.ts';
import { drop, tableOf } from './tables.ts';

export type Part = 'compare' | 'sensitivity' | 'multiplier';

const VERBS: Readonly<Record<Part, string>> = { compare: 'Compare', sensitivity: 'Vary', multiplier: 'Measure' };

export const status = (page: Page, part: Part) => page.locator(`[data-job=${part}] [role=status]`).textContent();
export const button = (page: Page, part: Part) => page.locator(`[data-job=${part}] button`);

/** Asks, and waits for what comes out. */
export async function ask(page: Page, part: Part): Promise<void> {
  await page.locator(`[data-job=${part}]`).getByRole('button', { name: VERBS[part] }).click();
  await settled(page, part);
}

/** Nothing of it is computed, and there is something to say. */
export async function settled(page: Page, part: Part): Promise<void> {
  await page.waitForFunction((part) => {
    const [said, now, trouble] = ['[role=status]', 'button', '[data-trouble]'].map((selector) => document.querySelector(`[data-job=${part}] ${selector}`)?.textContent);
    return now !== 'Stop' && Boolean(said || trouble);
  }, part, { timeout: PATIENCE });
}

/** Texts of the elements within a part that have an attribute, in order; each whole. */
export function texts(page: Page, part: Part, selector: string): Promise<string[]> {
  return page.locator(`#${part} ${selector}`).allTextContents();
}

/** Cells of each row of a part: an attribute of the row, then figure by figure. */
export async function cells(page: Page, part: Part, row: string): Promise<Record<string, Record<string, string>>> {
  const all = await page.locator(`#${part} [${row}] [data-figure]`).evaluateAll((found, row) => found.map((cell) => {
    const line = cell.closest(`[${row}]`)!;
    return [line.getAttribute(row) || String([...line.parentElement!.children].indexOf(line)), cell.getAttribute('data-figure')!, cell.textContent!] as const;
  }), row);
  const rows: Record<string, Record<string, string>> = {};
  for (const [name, figure, text] of all) (rows[name] ??= {})[figure] = text;
  return rows;
}

/** Writes into a field, and leaves it. */
export async function write(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

/** What stands below a field. */
export async function below(page: Page, label: string): Promise<string | null> {
  const id = await page.getByLabel(label, { exact: true }).getAttribute('aria-describedby');
  return page.locator(`#${id}`).textContent();
}

/** Opens a table in the page, and the same here. */
export async function open(page: Page, name: string, text: string, keep: readonly string[] = []): Promise<Sweep> {
  await drop(page, name, text);
  await page.waitForFunction((name) => document.querySelector('#status')?.textContent?.startsWith('Fitted') && document.querySelector('.facts')?.textContent?.includes(name), name, { timeout: PATIENCE });
  return readSweep(new Blob([text]), { name, keep });
}

export interface OpenLaws {
  readonly seen: Visit;
  readonly page: Page;
  /** What is open: 40 runs, "runs.csv". */
  readonly sweep: Sweep;
  close(): Promise<void>;
}

/** The view in a browser of its own, of 40 runs and few resamples, on the CPU; `settings` of the address beside those. */
export async function openLaws(settings: string): Promise<OpenLaws> {
  const [server, browser] = [await serveLab(), await launch({ webgpu: false })];
  const seen = await visit(browser, { viewport: { width: 1440, height: 900 } });
  const { page } = seen;
  await page.goto(`${server.url}#device=cpu&replicates=32&starts=8&${settings}`);
  await untilDone(page);
  const sweep = await open(page, 'runs.csv', tableOf(40));
  await goTo(page, 'laws');
  return { seen, page, sweep, close: () => browser.close().finally(() => server.close()) };
}

/** What a button of a part saves. */
export async function saved(page: Page, part: Part, name: 'Results as JSON' | 'Report as HTML'): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator(`#${part}`).getByRole('button', { name }).click()]);
  return readFileSync(await download.path(), 'utf8');
}
