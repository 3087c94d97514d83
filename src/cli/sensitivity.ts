/** `isoloss sensitivity`: read, filter, fit by every choice, report. */
import { readCount } from '../data/counts.ts';
import { InputError } from '../errors.ts';
import { filterSweep, sensitivityOn, type Sensitivity, type Sweep } from '../node.ts';
import { sensitivityJson, sensitivityText, sensitivityWarnings } from '../report/sensitivity.ts';
import type { OtherCount } from '../stats/choices.ts';
import { stoppable } from './interrupt.ts';
import { withOptionNames } from './option-names.ts';
import { asWarnings, checkPlace, deliverResult } from './output.ts';
import type { SensitivityCommand } from './sensitivity-options.ts';
import { placedIn } from './source.ts';
import { exitCode, FIT_NAMES, onBackend, readSource } from './table-fit.ts';

const NAMES = [...FIT_NAMES, 'deltas', 'drops', 'keepBelow', 'keepAbove', 'losses', 'laws', 'budget', 'law'];

/** Exit code: 0, 3 where the certificate of the fit as given fails. */
export async function runSensitivity(command: SensitivityCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const table = await readSource(command, signal, command.others.map(({ column }) => column));
  const work = () => placedIn(table.name, () => vary(table, command, signal));
  const found = await stoppable(withOptionNames(NAMES, work), signal);
  await deliverResult({
    json: () => sensitivityJson(found), text: () => sensitivityText(found),
    page: async (plotly) => (await import('../document/sensitivity.ts')).htmlSensitivity({ sensitivity: found, plotly }),
  }, { unseen: asWarnings(sensitivityWarnings(found)) }, command);
  return exitCode(found.given.fit, signal);
}

function vary(table: Sweep, command: SensitivityCommand, signal: AbortSignal): Promise<Sensitivity> {
  const { fit, filter, vary: choices, others, budget, confidence, quiet } = command;
  const sweep = filterSweep(table, filter);
  const counts = others.map((other) => countOf(sweep, other));
  return onBackend(fit.backend, quiet, (backend, onProgress) => sensitivityOn(backend, sweep, {
    ...choices, counts, fit, signal, onProgress,
    ...(budget !== undefined && { budget }),
    ...(confidence !== undefined && { confidence }),
  }));
}

/** @throws InputError where a cell is no positive count. */
function countOf({ extra = {}, lines }: Sweep, { role, column }: SensitivityCommand['others'][number]): OtherCount {
  const values = Float64Array.from(extra[column], (cell, i) => {
    const count = typeof cell === 'number' ? cell : readCount(cell);
    if (count > 0 && count < Infinity) return count;
    throw new InputError(`line ${lines[i]}, column "${column}": expected a positive count such as 1.4e12, got ${JSON.stringify(cell)}. Write a number.`);
  });
  return { role, column, values };
}
