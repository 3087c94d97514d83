/** `isoloss fit`: read, filter, fit, report. Result to standard output or a file, remarks to standard error. */
import { BackendError, filterSweep, fit, InputError, paperReplica, readSweepFrom } from '../node.ts';
import { toJson } from '../report/json.ts';
import { reportFrontier } from '../report/frontier.ts';
import { toText } from '../report/text.ts';
import type { Fit, Sweep } from '../types.ts';
import type { FitCommand } from './options.ts';
import { checkPlace, remark, writeOut, writeTo } from './output.ts';
import { progressBar } from './progress.ts';

/** Exit code: 0, or 3 where the certificate fails. */
export async function runFit(command: FitCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const sweep = await readSource(command, signal);
  const result = await withOptionNames(() => fitWithBar(filterSweep(sweep, command.filter), command, signal));
  const json = command.json || /\.json$/i.test(command.out ?? '');
  const text = json ? `${JSON.stringify(toJson(result), null, 2)}\n` : toText(result, reportFrontier(result));
  await (command.out === undefined ? writeOut(text) : writeTo(command.out, text));
  if (!command.quiet && (json || command.out !== undefined)) remarkOn(result, command.out);
  return result.certificate.verdict === 'pass' ? 0 : 3;
}

async function readSource({ source, columns, format }: FitCommand, signal: AbortSignal): Promise<Sweep> {
  if (source === undefined) return bundled();
  try {
    const sweep = await readSweepFrom(source, { columns, signal, ...(format && { format }) });
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
    const option = /^(?:backend|delta|dropHighest|screen|seed|starts|where)\b/.exec(error.message)?.[0];
    if (option) error.message = `--${option.replace('H', '-h')}${error.message.slice(option.length)}`;
    throw error;
  }
}

async function fitWithBar(sweep: Sweep, command: FitCommand, signal: AbortSignal): Promise<Fit> {
  const bar = progressBar(command.quiet ? { write() {} } : process.stderr);
  try {
    return await fit(sweep, { ...command.fit, onProgress: bar.update, signal });
  } finally {
    bar.clear();
  }
}

/** What a text on the screen would have shown. */
function remarkOn({ certificate, warnings }: Fit, out: string | undefined): void {
  for (const warning of warnings) remark(`warning: ${warning}`);
  if (certificate.verdict === 'fail') remark(`the certificate fails: ${certificate.reasons.join(' ')}`);
  if (out !== undefined) remark(`wrote ${out}`);
}
