/** `isoloss landscape`: read, filter, fit, and solve the fit again over one or two of its parameters. */
import { filterSweep, fitOn, landscapeOn, profileOn, type Fit, type Landscape, type Profile, type Sweep } from '../node.ts';
import { landscapeCsv, landscapeJson } from '../report/landscape.ts';
import { stoppable } from './interrupt.ts';
import { isPair, overOf, type LandscapeCommand } from './landscape-options.ts';
import { withOptionNames } from './option-names.ts';
import { checkPlace, deliverResult } from './output.ts';
import { exitCode, FIT_NAMES, fitRemarks, onBackend, readSource } from './table-fit.ts';

interface Outcome {
  readonly sweep: Sweep;
  readonly fit: Fit;
  readonly landscape: Landscape | Profile;
  /** Natural parameters that the starts of the fit ended at, [starts][P]. */
  readonly ends: Float64Array;
}

const NAMES = [...FIT_NAMES, 'cells', 'over', 'range'];

/** Exit code: 0, or 3 where the certificate of the fit fails. */
export async function runLandscape(command: LandscapeCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const table = await readSource(command, signal);
  const { sweep, fit, landscape, ends } = await stoppable(withOptionNames(NAMES, () => solve(table, command, signal)), signal);
  await deliverResult({
    json: () => landscapeJson(landscape), text: () => landscapeCsv(landscape),
    page: async (plotly) => (await import('../document/landscape.ts')).htmlLandscape({ landscape, sweep, fit, ends, plotly }),
  }, { always: fitRemarks(fit) }, command);
  return exitCode(fit, signal);
}

/** The fit, and what is about its minimum, on one backend. */
async function solve(table: Sweep, command: LandscapeCommand, signal: AbortSignal): Promise<Outcome> {
  const { cells, range } = command;
  const over = overOf(command);
  const sweep = filterSweep(table, command.filter);
  return onBackend(command.fit.backend, command.quiet, async (backend, onProgress) => {
    let ends: Float64Array = new Float64Array(0);
    const fit = await fitOn(backend, sweep, { ...command.fit, onProgress, signal, onEnds: (natural) => { ends = natural; } });
    const options = { range, onProgress, signal, ...(cells !== undefined && { cells }) };
    const landscape = isPair(over)
      ? await landscapeOn(backend, sweep, fit, { over, ...options })
      : await profileOn(backend, sweep, fit, { over, ...options });
    return { sweep, fit, landscape, ends };
  });
}
