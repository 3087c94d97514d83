/** `isoloss multiplier`: read two sweeps, or split one, and measure one by the other. */
import { InputError } from '../errors.ts';
import { filterSweep, groupsBy, multipliersOn, type Group, type Multiplier } from '../node.ts';
import { multiplierWarnings } from '../report/multiplier-words.ts';
import { multiplierJson, multiplierText } from '../report/multiplier.ts';
import { EXIT } from './exit.ts';
import { stoppable } from './interrupt.ts';
import type { MultiplierCommand } from './multiplier-options.ts';
import { withOptionNames } from './option-names.ts';
import { asWarnings, checkPlace, deliverResult } from './output.ts';
import { readTable } from './source.ts';
import { FIT_NAMES, onBackend, stoppedRemarks } from './table-fit.ts';

const NAMES = [...FIT_NAMES, 'law'];

/** Exit code: 0, 3 where a certificate fails, 130 where it was stopped and this is what was done. */
export async function runMultiplier(command: MultiplierCommand, signal: AbortSignal): Promise<number> {
  if (command.out !== undefined) await checkPlace(command.out);
  const groups = await withOptionNames(NAMES, () => readGroups(command, signal));
  const found = await stoppable(withOptionNames(NAMES, () => compare(groups, command, signal)), signal);
  await deliverResult({
    json: () => multiplierJson(found), text: () => multiplierText(found),
    page: async (plotly) => (await import('../document/multiplier.ts')).htmlMultipliers({ found, plotly }),
  }, {
    unseen: asWarnings(new Set(found.flatMap(multiplierWarnings))),
    always: found.flatMap(({ replicates, requested }) => stoppedRemarks(replicates, requested)),
  }, command);
  if (signal.aborted) return EXIT.interrupted;
  return found.every(isCertified) ? EXIT.done : EXIT.uncertified;
}

/** The base first. */
async function readGroups(command: MultiplierCommand, signal: AbortSignal): Promise<Group[]> {
  const { source = '', other, group, against, filter } = command;
  const read = async (path: string) => filterSweep(await readTable(path, command, signal, group === undefined ? {} : { groups: [group] }), filter);
  if (other !== undefined) return named([await read(source), await read(other)]);
  const groups = groupsBy(await read(source), group ?? '');
  if (against === undefined) return groups;
  const base = groups.find(({ name }) => name === against);
  if (base) return [base, ...groups.filter((each) => each !== base)];
  throw new InputError(`--against: expected one of the groups ${groups.map(({ name }) => name).join(', ')}, got "${against}".`);
}

function named(sweeps: readonly Group['sweep'][]): Group[] {
  const names = sweeps.map(({ name }) => name.replace(/^.*[\\/]/, '') || name);
  return sweeps.map((sweep, k) => ({ name: names.indexOf(names[k]) < k ? `${names[k]} (${k + 1})` : names[k], sweep }));
}

function compare(groups: readonly Group[], command: MultiplierCommand, signal: AbortSignal): Promise<Multiplier[]> {
  const { fit, budgets, losses, replicates, tests, confidence, quiet } = command;
  return onBackend(fit.backend, quiet, (backend, onProgress) => multipliersOn(backend, groups, {
    fit, budgets, losses, signal, onProgress,
    ...(replicates !== undefined && { replicates }),
    ...(tests !== undefined && { tests }),
    ...(confidence !== undefined && { confidence }),
    ...(fit.seed !== undefined && { seed: fit.seed }),
  }));
}

function isCertified({ base, other, data }: Multiplier): boolean {
  return [base.fit, other.fit, data].every(({ certificate }) => certificate.verdict === 'pass');
}
