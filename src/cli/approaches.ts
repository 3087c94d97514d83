/** `isoloss approaches`: read runs and training curves, find the optimum by each approach, report. */
import { InputError } from '../errors.ts';
import { approachesOn, filterSweep, finalRuns, type Approaches, type ApproachesInput } from '../node.ts';
import { approachesJson, approachesText, missingText, sourcesOf, warningsOf } from '../report/approaches.ts';
import { BUDGETS } from '../report/frontier.ts';
import type { ApproachesCommand } from './approaches-options.ts';
import { EXIT } from './exit.ts';
import { stoppable } from './interrupt.ts';
import { withOptionNames } from './option-names.ts';
import { asWarnings, checkPlace, deliverResult } from './output.ts';
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
  await deliverResult({
    json: () => approachesJson(approaches, input), text: () => approachesText(approaches, input),
    page: async (plotly) => (await import('../document/approaches.ts')).htmlApproaches({ approaches, input, plotly }),
  }, {
    unseen: [...approaches.missing.map((missing) => `not run: ${missingText(missing, input)}`), ...asWarnings(warningsOf(approaches, input))],
  }, command);
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
