/** `isoloss compare`: read, filter, fit several laws, compare them, report. */
import { compareLawsOn, filterSweep, type LawComparison, type Sweep } from '../node.ts';
import { comparisonJson } from '../report/compare-json.ts';
import { conclusion } from '../report/compare-verdicts.ts';
import { comparisonText } from '../report/compare.ts';
import type { CompareCommand } from './compare-options.ts';
import { EXIT } from './exit.ts';
import { stoppable } from './interrupt.ts';
import { withOptionNames } from './option-names.ts';
import { checkPlace, deliver, isHtml, isJson, remark } from './output.ts';
import { placedIn } from './source.ts';
import { FIT_NAMES, onBackend, readSource } from './table-fit.ts';

/** Exit code: 0, 3 where the certificate of a law fails. */
export async function runCompare(command: CompareCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const table = await readSource(command, signal);
  const work = () => placedIn(table.name, () => compare(table, command, signal));
  const comparison = await stoppable(withOptionNames(FIT_NAMES, work), signal);
  await deliver(await written(comparison, command), command);
  if (!command.quiet) remarkOn(comparison, command);
  return comparison.laws.every(({ fit: { certificate } }) => certificate.verdict === 'pass') ? EXIT.done : EXIT.uncertified;
}

function compare(table: Sweep, { fit, filter, compare: asked, quiet }: CompareCommand, signal: AbortSignal): Promise<LawComparison> {
  const sweep = filterSweep(table, filter);
  return onBackend(fit.backend, quiet, (backend, onProgress) => compareLawsOn(backend, sweep, { ...fit, ...asked, onProgress, signal }));
}

async function written(comparison: LawComparison, command: CompareCommand): Promise<string> {
  if (isJson(command)) return `${JSON.stringify(comparisonJson(comparison), null, 2)}\n`;
  if (!isHtml(command)) return comparisonText(comparison);
  const [{ htmlComparison }, { plotlySource }] = await Promise.all([import('../document/compare.ts'), import('./report.ts')]);
  return htmlComparison({ comparison, plotly: await plotlySource() });
}

/** What a text on the screen would have shown, and where it was written. */
function remarkOn(comparison: LawComparison, command: CompareCommand): void {
  if (isJson(command) || command.out !== undefined) {
    remark(conclusion(comparison));
    for (const { law, why } of comparison.missing) remark(`not fitted: ${law}: ${why}`);
    for (const warning of comparison.warnings) remark(`warning: ${warning}`);
  }
  if (command.out !== undefined) remark(`wrote ${command.out}`);
}
