/** What axe finds wrong with a page. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/**
 * A line for each element that breaks a rule, of those within `part`, a selector. Run by the debugger, which no
 * Content-Security-Policy of the page binds.
 */
export async function axeViolations(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(readFileSync(AXE, 'utf8'));
  return page.evaluate(async (part) => {
    const { passes, violations } = await (globalThis as unknown as { axe: typeof import('axe-core') }).axe.run(part);
    if (passes.length < 10) throw new Error(`axe found little to check: ${passes.length} rules`);
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }, part);
}
