/** Numbers on the screen against the library's, and the library's themselves, from its CPU backend in this process. */
import type { Page } from 'playwright';
import { expect, vi } from 'vitest';
import {
  filterSweep, fitOn, openBackend, readCount, resampleOn, type Bootstrap, type BootstrapOptions, type FilterOptions, type Fit, type FitOptions, type Sweep,
} from '../../src/index.ts';
import { PATIENCE } from './lab.ts';

export interface Want {
  readonly fit: Fit;
  readonly bootstrap: Bootstrap;
}

export type Choices = FilterOptions & { readonly fit?: FitOptions; readonly bootstrap?: BootstrapOptions };

/** What the page should show of a sweep. */
export async function library(sweep: Sweep, { fit: options, bootstrap: resampling, ...filter }: Choices = {}): Promise<Want> {
  const backend = await openBackend('cpu');
  const kept = filterSweep(sweep, filter);
  const fit = await fitOn(backend, kept, options);
  const { bootstrap } = await resampleOn(backend, kept, fit, { replicates: REPLICATES, budgets: [1e24], ...resampling });
  return { fit, bootstrap };
}

/** Resamples in most tests: quick to make, and enough to stream in. */
export const REPLICATES = 256;

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** "1.714", "70.0B", "3.1·10⁻¹⁵" or "10²⁴" as a number; NaN where there is none. */
export function read(text: string): number {
  const [, mantissa = '1', raised] = /^(?:([\d.]+)·)?10([⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+)$/.exec(text) ?? [];
  if (raised === undefined) return readCount(text);
  return Number(`${mantissa}e${raised.replace('⁻', '-').replaceAll(/[^-]/g, (digit) => String(SUPERSCRIPTS.indexOf(digit)))}`);
}

/** Half a unit of the last of so many digits. */
export function half(value: number, digits: number): number {
  return 0.5 * 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1);
}

/** Texts of the elements that have this attribute, by its value. */
export async function texts(page: Page, attribute: string): Promise<Record<string, string>> {
  return page.evaluate((attribute) => Object.fromEntries(Array.from(document.querySelectorAll(`[${attribute}]`), (element) =>
    [element.getAttribute(attribute)!, element.textContent!])), attribute);
}

/** In standard errors: what float32 may move a fit by (test/parity/fits.test.ts), and so each quantile over fits. */
export const FLOAT32 = 0.02;
/** Polished parameters are alike on every device, relatively (test/reference/gpu.test.ts). */
const POLISHED = 1e-6;

/**
 * Where the law on the screen is another than the library's: parameters and exponents to their four digits, and the ends
 * of their intervals, of the same resamples on either device. Empty where it is the same.
 */
export async function differences(page: Page, { fit, bootstrap }: Want): Promise<string[]> {
  const [params, intervals] = [await texts(page, 'data-param'), await texts(page, 'data-interval')];
  const all = { ...fit.params, ...fit.exponents };
  const off = (what: string, got: number, want: number, slack: number) =>
    (Math.abs(got - want) <= half(want, 4) + slack ? [] : [`${what}: shows ${got}, want ${want}`]);
  const spanOff = (name: string) => ends(intervals[name]).flatMap((end, k) =>
    off(`${name}, end ${k}`, end, bootstrap.intervals[name][k], FLOAT32 * bootstrap.standardErrors[name]));
  if (Object.keys(params).join() !== Object.keys(all).join()) return [`shows ${Object.keys(params)}, want ${Object.keys(all)}`];
  return Object.entries(all).flatMap(([name, value]) => [
    ...off(name, read(params[name]), value, POLISHED * Math.abs(value)),
    ...(name in (fit.fixed ?? {}) ? heldOrNot(name, intervals[name]) : spanOff(name)),
  ]);
}

function heldOrNot(name: string, interval: string): string[] {
  return interval === 'held' ? [] : [`${name}: shows ${interval}, want held`];
}

/** "0.317 to 0.373" as two numbers. */
export function ends(text: string): [number, number] {
  const [low = '', high = ''] = text.split(' to ');
  return [read(low), read(high)];
}

/** Until the law on the screen is this one; where it never is, the page's own words on its work come with the differences. */
export async function untilShows(page: Page, want: Want): Promise<void> {
  await vi.waitFor(async () => {
    const found = await differences(page, want);
    if (found.length > 0) found.push(...await page.locator('#status, [data-resamples], [data-trouble], #notice').allTextContents());
    expect(found).toEqual([]);
  }, { timeout: PATIENCE, interval: 100 });
}
