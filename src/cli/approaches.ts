/** `isoloss approaches`: read runs and training curves, find the optimum by each approach, report. */
import { InputError } from '../errors.ts';
import { approachesOn, filterSweep, finalRuns, type Approaches, type ApproachesInput } from '../node.ts';
import { approachesJson, approachesText, missingText, sourcesOf, warningsOf } from '../report/approaches.ts';
import { BUDGETS } from '../report/frontier.ts';
import type { ApproachesCommand } from './approaches-options.ts';
import { EXIT } from './exit.ts';
import { stoppable } from './interrupt.ts';
import { withOptionNames } from './option-names.ts';
import { checkPlace, deliver, isHtml, isJson, remark } from './output.ts';
import { placedIn, readCurveTable } from './source.ts';
import { exitCode, FIT_NAMES, onBackend, readSource } from './table-fit.ts';

const NAMES = [...FIT_NAMES, 'tolerance'];

/** Exit code: 0, 3 where the certificate of Approach 3 fails. */
export async function runApproaches(command: ApproachesCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const input = await withOptionNames(NAMES, () => readInput(command, signal));
  const work = () => placedIn(sourcesOf(input)[0], () => approach(input, command, signal));
  const approaches = await stoppable(withOptionNames(NAMES, work), signal);
  if (approaches.results.length === 0) throw unusable(approaches, input);
  await deliver(await written(approaches, input, command), command);
  if (!command.quiet) remarkOn(approaches, input, command);
  return approaches.fit ? exitCode(approaches.fit, signal) : EXIT.done;
}

/** The runs, which are the ends of the curves where only these are given. */
async function readInput(command: ApproachesCommand, signal: AbortSignal): Promise<ApproachesInput> {
  const { curves: { source, run, columns }, filter } = command;
  const curves = source === undefined ? undefined : await readCurveTable(source, { columns, ...(run !== undefined && { run }) }, signal);
  const table = curves && command.source === undefined ? finalRuns(curves) : await readSource(command, signal);
  return { sweep: filterSweep(table, filter), ...(curves && { curves }) };
}

function approach(input: ApproachesInput, command: ApproachesCommand, signal: AbortSignal): Promise<Approaches> {
  const { fit, budgets = BUDGETS, isoflopBudgets, tolerance, envelope, resamples, quiet } = command;
  return onBackend(fit.backend, quiet, (backend, onProgress) => approachesOn(backend, input, {
    ...resamples, envelope, fit, budgets, signal, onProgress,
    ...(isoflopBudgets && { isoflopBudgets }),
    ...(tolerance !== undefined && { tolerance }),
    ...(fit.seed !== undefined && { seed: fit.seed }),
  }));
}

function unusable({ missing }: Approaches, input: ApproachesInput): InputError {
  const why = missing.map((each) => missingText(each, input)).join(' ');
  return new InputError(`${sourcesOf(input)[0]}: expected runs that one of the approaches can use, got none. ${why}`);
}

async function written(approaches: Approaches, input: ApproachesInput, command: ApproachesCommand): Promise<string> {
  if (isJson(command)) return `${JSON.stringify(approachesJson(approaches, input))}\n`;
  if (!isHtml(command)) return approachesText(approaches, input);
  const [{ htmlApproaches }, { plotlySource }] = await Promise.all([import('../document/approaches.ts'), import('./report.ts')]);
  return htmlApproaches({ approaches, input, plotly: await plotlySource() });
}

/** What a text on the screen would have shown, and where it was written. */
function remarkOn(approaches: Approaches, input: ApproachesInput, command: ApproachesCommand): void {
  if (isJson(command) || command.out !== undefined) {
    for (const missing of approaches.missing) remark(`not run: ${missingText(missing, input)}`);
    for (const warning of warningsOf(approaches, input)) remark(`warning: ${warning}`);
  }
  if (command.out !== undefined) remark(`wrote ${command.out}`);
}
