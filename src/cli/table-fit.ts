/** The work that commands share which fit a table: read it, open a backend, say how the fit went. */
import { openBackend, paperReplica, type Backend, type Fit, type Progress, type Sweep } from '../node.ts';
import { isCount } from '../data/columns.ts';
import { lawById, lawIds } from '../laws/registry.ts';
import { formatInteger } from '../units.ts';
import { EXIT } from './exit.ts';
import { asWarnings } from './output.ts';
import { progressBar } from './progress.ts';
import { readTable } from './source.ts';
import { refusal } from './usage.ts';
import type { FittedTable } from './table-options.ts';
import type { Backend as Choice } from './values.ts';

/** Names of options in the library, where a message may begin with one. */
export const FIT_NAMES = ['backend', 'bounds', 'delta', 'dropHighest', 'envelope', 'exclude', 'fix', 'loss', 'screen', 'seed', 'starts', 'where'];

/** The table that was asked for, unfiltered, with what tells `groups` of its runs apart; without a source the bundled sweep. */
export async function readSource(command: FittedTable, signal: AbortSignal, groups: readonly string[] = []): Promise<Sweep> {
  const { source, columns: { x }, fit: { law = '' } } = command;
  if (x === undefined && OF_X.has(law)) {
    throw refusal(`isoloss --law ${law}`, '--columns x=NAME beside it, or x=N, x=D or x=C', 'none', 'Say which column it is a law of.');
  }
  if (source !== undefined) return readTable(source, command, signal, { groups });
  const sweep = replica(x);
  return { ...sweep, notes: ['No source was given: this is the sweep that comes with isoloss.', ...sweep.notes] };
}

/** Laws of a variable that is to be named. */
const OF_X: ReadonlySet<string> = new Set(lawIds.filter((id) => lawById(id).inputs.includes('x')));

/** The bundled sweep; `x`: which of its columns is the variable of a law of one. */
function replica(x: string | undefined): Sweep {
  const sweep = paperReplica();
  return x !== undefined && isCount(x) ? { ...sweep, columns: { ...sweep.columns, x: sweep.columns[x] }, mapping: { ...sweep.mapping, x } } : sweep;
}

/** Work on a backend that is closed after it, with a progress bar on standard error unless `quiet`. */
export async function onBackend<T>(
  choice: Choice | undefined, quiet: boolean, work: (backend: Backend, onProgress: (progress: Progress) => void) => Promise<T>,
): Promise<T> {
  const bar = progressBar(quiet ? { write() {} } : process.stderr);
  const backend = await openBackend(choice);
  try {
    return await work(backend, bar.update);
  } finally {
    backend.close();
    bar.clear();
  }
}

/** What is not to be missed where the report of the fit is not on the screen. */
export function fitRemarks({ warnings, certificate }: Fit): string[] {
  return [...asWarnings(warnings), ...(certificate.verdict === 'fail' ? [`the certificate fails: ${certificate.reasons.join(' ')}`] : [])];
}

/** Of resamples that it was stopped before. */
export function stoppedRemarks(replicates: number, requested: number, what = 'resamples'): string[] {
  return replicates < requested ? [`stopped after ${formatInteger(replicates)} of ${formatInteger(requested)} ${what}`] : [];
}

/** Exit code: 0, 3 where the certificate fails, 130 where it was stopped. */
export function exitCode({ certificate }: Fit, signal: AbortSignal): number {
  if (signal.aborted) return EXIT.interrupted;
  return certificate.verdict === 'pass' ? EXIT.done : EXIT.uncertified;
}
