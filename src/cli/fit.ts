/** `isoloss fit`: read, filter, fit, report. Result to standard output or a file, remarks to standard error. */
import {
  BackendError, bootstrapOn, filterSweep, fitOn, InputError, openBackend, paperReplica, readSweepFrom,
} from '../node.ts';
import { toJson } from '../report/json.ts';
import { reportFrontier } from '../report/frontier.ts';
import { toText } from '../report/text.ts';
import type { Bootstrap, Fit, Sweep } from '../types.ts';
import { bootstrapOptions, columnsToKeep, isBootstrap } from './bootstrap.ts';
import type { FitCommand } from './options.ts';
import { checkPlace, remark, writeOut, writeTo } from './output.ts';
import { progressBar } from './progress.ts';

/** What was fitted, and what was asked beside it. */
interface Outcome {
  readonly fit: Fit;
  readonly bootstrap?: Bootstrap;
}

/** Exit code: 0, or 3 where the certificate fails. */
export async function runFit(command: FitCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const table = await readSource(command, signal);
  const outcome = await withOptionNames(() => fitTable(table, command, signal));
  const { fit } = outcome;
  const json = command.json || /\.json$/i.test(command.out ?? '');
  const beside = { ...outcome, predict: command.predict };
  const text = json ? `${JSON.stringify(toJson(fit, beside), null, 2)}\n` : toText(fit, reportFrontier(fit), beside);
  await (command.out === undefined ? writeOut(text) : writeTo(command.out, text));
  if (!command.quiet) remarkOn(outcome, command, json);
  return fit.certificate.verdict === 'pass' ? 0 : 3;
}

async function readSource({ source, columns, format, bootstrap }: FitCommand, signal: AbortSignal): Promise<Sweep> {
  if (source === undefined) return bundled();
  const keep = columnsToKeep(bootstrap);
  try {
    const sweep = await readSweepFrom(source, { columns, signal, keep, ...(format && { format }) });
    return { ...sweep, notes: [...columnsRead(sweep), ...sweep.notes] };
  } catch (error) {
    throw error instanceof InputError ? placed(error, source) : error;
  }
}

function bundled(): Sweep {
  const sweep = paperReplica();
  return { ...sweep, notes: ['No source was given: this is the sweep that comes with isoloss.', ...sweep.notes] };
}

/** Which columns were taken for which role, unless they say so themselves. */
function columnsRead({ mapping }: Sweep): string[] {
  const columns = Object.entries(mapping).filter(([, column]) => !FORMULAS.has(column));
  if (columns.every(([role, column]) => role === column)) return [];
  return [`Columns: ${columns.map(([role, column]) => `${role} = ${column}`).join(', ')}.`];
}

const FORMULAS: ReadonlySet<string> = new Set(['C/(6D)', 'C/(6N)', '6·N·D']);

/** A message that begins with a line does not say of what. */
function placed(error: InputError, source: string): InputError {
  const name = source === '-' ? 'standard input' : source;
  return /^(?:line|row) \d/.test(error.message) ? new InputError(`${name}, ${error.message}`, { cause: error }) : error;
}

/** Errors of the library name its options: dropHighest is --drop-highest here. */
async function withOptionNames<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof InputError || error instanceof BackendError)) throw error;
    const option = /^(?:backend|cluster|delta|dropHighest|screen|seed|starts|where)(?=[: ])/.exec(error.message)?.[0];
    if (option) error.message = `--${option.replace('H', '-h')}${error.message.slice(option.length)}`;
    throw error;
  }
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

/** What a text on the screen would have shown, and why there is no bootstrap. */
function remarkOn({ fit: { certificate, warnings }, bootstrap }: Outcome, command: FitCommand, json: boolean): void {
  if (json || command.out !== undefined) {
    for (const warning of warnings) remark(`warning: ${warning}`);
    if (certificate.verdict === 'fail') remark(`the certificate fails: ${certificate.reasons.join(' ')}`);
  }
  if (isBootstrap(command.bootstrap) && !bootstrap) remark('no bootstrap: the fitted parameters are not all finite');
  if (command.out !== undefined) remark(`wrote ${command.out}`);
}
