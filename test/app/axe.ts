/** axe on the page: run by the debugger, which the page's Content-Security-Policy does not bind. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';

/** Its source, to be evaluated in the page once. */
export const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Links to views begin with "#": where a narrow screen has scrolled them aside, axe takes them for links that skip to content. */
export async function axeViolations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') };
    const { passes, violations } = await axe.run({ rules: { 'skip-link': { enabled: false } } });
    if (passes.length < 10) throw new Error(`axe found little to check: ${passes.length} rules`);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
}
