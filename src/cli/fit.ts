/** `isoloss fit`: read, filter, fit, report. Result to standard output or a file, remarks to standard error. */
import { bootstrapOn, filterSweep, fitOn, openBackend, paperReplica } from '../node.ts';
import { reportFrontier } from '../report/frontier.ts';
import { toJson } from '../report/json.ts';
import { toText } from '../report/text.ts';
import { formatInteger } from '../report/units.ts';
import type { Bootstrap, Fit, Sweep } from '../types.ts';
import { bootstrapOptions, columnsToKeep, isBootstrap } from './bootstrap.ts';
import { EXIT } from './exit.ts';
import type { FitCommand } from './fit-options.ts';
import { stoppable } from './interrupt.ts';
import { withOptionNames } from './option-names.ts';
import { checkPlace, deliver, isJson, remark } from './output.ts';
import { progressBar } from './progress.ts';
import { readTable } from './source.ts';

/** What was fitted, and what was asked beside it. */
interface Outcome {
  readonly fit: Fit;
  readonly bootstrap?: Bootstrap;
}

/** Names of options in the library, where a message may begin with one. */
const NAMES = ['backend', 'cluster', 'delta', 'dropHighest', 'screen', 'seed', 'starts', 'where'];

/** Exit code: 0, 3 where the certificate fails, 130 where it was stopped and this is what was done. */
export async function runFit(command: FitCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const table = await readSource(command, signal);
  const outcome = await stoppable(withOptionNames(NAMES, () => fitTable(table, command, signal)), signal);
  const { fit } = outcome;
  const beside = { ...outcome, predict: command.predict };
  const json = isJson(command);
  await deliver(json ? `${JSON.stringify(toJson(fit, beside), null, 2)}\n` : toText(fit, reportFrontier(fit), beside), command);
  if (!command.quiet) remarkOn(outcome, command, json);
  if (signal.aborted) return EXIT.interrupted;
  return fit.certificate.verdict === 'pass' ? EXIT.done : EXIT.uncertified;
}

async function readSource(command: FitCommand, signal: AbortSignal): Promise<Sweep> {
  if (command.source !== undefined) return readTable(command.source, command, signal, columnsToKeep(command.bootstrap));
  const sweep = paperReplica();
  return { ...sweep, notes: ['No source was given: this is the sweep that comes with isoloss.', ...sweep.notes] };
}

/** The fit, and its bootstrap on the same backend. */
async function fitTable(table: Sweep, command: FitCommand, signal: AbortSignal): Promise<Outcome> {
  const sweep = filterSweep(table, command.filter);
  const options = await bootstrapOptions(command, table, sweep, signal);
  const bar = progressBar(command.quiet ? { write() {} } : process.stderr);
  const reporting = { onProgress: bar.update, signal };
  const backend = await openBackend(command.fit.backend);
  try {
    const fit = await fitOn(backend, sweep, { ...command.fit, ...reporting });
    if (!options || !hasOptimum(fit)) return { fit };
    const budgets = reportFrontier(fit).map(({ C }) => C);
    return { fit, bootstrap: await bootstrapOn(backend, sweep, fit, { ...options, budgets, ...reporting }) };
  } finally {
    backend.close();
    bar.clear();
  }
}

/** Resamples start from the optimum: there must be one. */
function hasOptimum({ params }: Fit): boolean {
  return Object.values(params).every(Number.isFinite);
}

/** What a text on the screen would have shown, why there is no bootstrap, and where it was stopped or written. */
function remarkOn({ fit: { certificate, warnings }, bootstrap }: Outcome, command: FitCommand, json: boolean): void {
  if (json || command.out !== undefined) {
    for (const warning of warnings) remark(`warning: ${warning}`);
    if (certificate.verdict === 'fail') remark(`the certificate fails: ${certificate.reasons.join(' ')}`);
  }
  if (isBootstrap(command.bootstrap) && !bootstrap) remark('no bootstrap: the fitted parameters are not all finite');
  if (bootstrap && bootstrap.replicates < bootstrap.requested) {
    remark(`stopped after ${formatInteger(bootstrap.replicates)} of ${formatInteger(bootstrap.requested)} resamples`);
  }
  if (command.out !== undefined) remark(`wrote ${command.out}`);
}
