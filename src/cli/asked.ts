/** The law that a command asks: given, or fitted to a table, with its resamples. */
import { filterSweep, fitOn, resampleOn, sandwichResampling, type Fit, type Sweep } from '../node.ts';
import { rangesOf } from '../plan/extrapolation.ts';
import type { PlanBasis } from '../stats/plan.ts';
import type { Interval } from '../types.ts';
import type { AskedLaw } from './asked-options.ts';
import { bootstrapOptions, groupsToRead } from './bootstrap.ts';
import { isBootstrap, isSandwich } from './bootstrap-options.ts';
import { stoppable, unlessStopped } from './interrupt.ts';
import { withOptionNames } from './option-names.ts';
import { placedIn } from './source.ts';
import { FIT_NAMES, onBackend, readSource, stoppedRemarks } from './table-fit.ts';
import type { TruthRequest } from './truth-options.ts';
import { truthFor } from './truth.ts';

/** The law that was asked, and where it is from. */
export interface Asked extends PlanBasis {
  readonly source: string;
  /** Where it was fitted. */
  readonly fit?: Fit;
}

const NAMES = [...FIT_NAMES, 'cluster'];

/** @throws InputError for a table, or a law, that cannot be used. */
export function askedLaw(command: AskedLaw, signal: AbortSignal): Promise<Asked> {
  return command.truth ? given(command.truth, signal) : fitted(command, signal);
}

/** A published law, numbers, or the fit that a file holds, of whose runs only the compute is known. */
async function given(asked: TruthRequest, signal: AbortSignal): Promise<Asked> {
  const { truth: { name, law, params }, fit } = await truthFor(asked, signal);
  const C = fit && computeRangeOf(fit);
  return { law, params, source: name, ...(C && { ranges: { C } }) };
}

function computeRangeOf({ computeRange: range }: Readonly<Record<string, unknown>>): Interval | undefined {
  if (!Array.isArray(range)) return undefined;
  const [low, high] = range.map(Number);
  return low > 0 && high >= low ? [low, high] : undefined;
}

async function fitted(command: AskedLaw, signal: AbortSignal): Promise<Asked> {
  const table = await readSource(command, signal, groupsToRead(command.bootstrap));
  const work = () => placedIn(table.name, () => fitTable(table, command, signal));
  return stoppable(withOptionNames(NAMES, work), signal);
}

async function fitTable(table: Sweep, command: AskedLaw, signal: AbortSignal): Promise<Asked> {
  const sweep = filterSweep(table, command.filter);
  const options = await bootstrapOptions(command, table, sweep, signal);
  return onBackend(command.fit.backend, command.quiet, async (backend, onProgress) => {
    const reporting = { onProgress, signal };
    const fit = await fitOn(backend, sweep, { ...command.fit, ...reporting });
    const resampling = options
      ? await unlessStopped(signal, () => resampleOn(backend, sweep, fit, { ...options, ...reporting }))
      : isSandwich(command.bootstrap) ? sandwichResampling(sweep, fit, command.bootstrap) : undefined;
    return { law: fit.law, params: fit.params, source: sweep.name, ranges: rangesOf(sweep), fit, ...(resampling && { resampling }) };
  });
}

/** What of a bootstrap is missing. */
export function resamplingRemarks({ resampling }: Asked, { bootstrap }: AskedLaw): string[] {
  const { replicates = 0, requested = 0, kind = 'pairs' } = resampling?.bootstrap ?? {};
  return [
    ...(isBootstrap(bootstrap) && !resampling ? ['no intervals: stopped before the bootstrap was done'] : []),
    ...(kind === 'sandwich' ? [] : stoppedRemarks(replicates, requested)),
  ];
}
