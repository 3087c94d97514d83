/** `isoloss compare`: read, filter, fit several laws, compare them, report. */
import { compareLawsOn, filterSweep, type LawComparison, type Sweep } from '../node.ts';
import { comparisonJson } from '../report/compare-json.ts';
import { conclusion } from '../report/compare-verdicts.ts';
import { comparisonText } from '../report/compare.ts';
import type { CompareCommand } from './compare-options.ts';
import { EXIT } from './exit.ts';
import { stoppable } from './interrupt.ts';
import { withOptionNames } from './option-names.ts';
import { asWarnings, checkPlace, deliverResult } from './output.ts';
import { placedIn } from './source.ts';
import { FIT_NAMES, onBackend, readSource } from './table-fit.ts';

/** Exit code: 0, 3 where the certificate of a law fails. */
export async function runCompare(command: CompareCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const table = await readSource(command, signal);
  const work = () => placedIn(table.name, () => compare(table, command, signal));
  const comparison = await stoppable(withOptionNames(FIT_NAMES, work), signal);
  await deliverResult({
    json: () => comparisonJson(comparison), text: () => comparisonText(comparison),
    page: async (plotly) => (await import('../document/compare.ts')).htmlComparison({ comparison, plotly }),
  }, {
    unseen: [conclusion(comparison), ...comparison.missing.map(({ law, why }) => `not fitted: ${law}: ${why}`), ...asWarnings(comparison.warnings)],
  }, command);
  return comparison.laws.every(({ fit: { certificate } }) => certificate.verdict === 'pass') ? EXIT.done : EXIT.uncertified;
}

function compare(table: Sweep, { fit, filter, compare: asked, quiet }: CompareCommand, signal: AbortSignal): Promise<LawComparison> {
  const sweep = filterSweep(table, filter);
  return onBackend(fit.backend, quiet, (backend, onProgress) => compareLawsOn(backend, sweep, { ...fit, ...asked, onProgress, signal }));
}
