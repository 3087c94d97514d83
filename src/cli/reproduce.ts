/** `isoloss reproduce`: read the data that is given, run the reproductions, report. */
import { InputError } from '../errors.ts';
import { dataOption, dataSetById, recipes, reproduceOn, type DataSetId, type DataSets, type Reproduction, type Sweep } from '../node.ts';
import { reproductionsJson, reproductionsText } from '../report/reproduction.ts';
import { EXIT } from './exit.ts';
import { stoppable } from './interrupt.ts';
import { withOptionNames } from './option-names.ts';
import { asWarnings, checkPlace, deliverResult } from './output.ts';
import type { ReproduceCommand } from './reproduce-options.ts';
import { readTable } from './source.ts';
import { onBackend } from './table-fit.ts';
import { suggest } from './usage.ts';
import { refused } from './values.ts';

/** Names of options in the library, where a message may begin with one. */
const NAMES = ['backend', 'replicates', 'seed'];

/** Exit code: 0, or 130 where it was stopped and this is what was done. */
export async function runReproduce(command: ReproduceCommand, signal: AbortSignal): Promise<number> {
  checkAsked(command);
  if (command.out !== undefined) await checkPlace(command.out);
  const data = await readData(command, signal);
  const done = await reproduce(data, command, signal);
  await deliverResult({
    json: () => reproductionsJson(done), text: () => reproductionsText(done),
    page: async (plotly) => (await import('../document/reproductions.ts')).htmlReproductions({ reproductions: done, plotly }),
  }, { always: doubts(data) }, command);
  return signal.aborted ? EXIT.interrupted : EXIT.done;
}

/** @throws UsageError for a reproduction that there is not, and for data that none of those asked for needs. */
function checkAsked({ ids, data }: ReproduceCommand): void {
  const known = recipes.map(({ id }) => id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw refused('isoloss reproduce', `one of ${known.join(', ')}`, unknown, suggest(unknown, known, 'isoloss reproduce --help says what they are.'));
  }
  if (ids.length === 0) return;
  const needed = new Set(recipes.filter(({ id }) => ids.includes(id)).flatMap(({ needs }) => needs));
  const idle = (Object.keys(data) as DataSetId[]).find((id) => !needed.has(id));
  if (idle === undefined) return;
  const users = recipes.filter(({ needs }) => needs.includes(idle)).map(({ id }) => id);
  throw refused(`isoloss reproduce ${dataOption(idle)}`, `a reproduction that needs it, ${users.join(' or ')}`, ids.join(', '), 'Leave it out, or name one.');
}

async function readData({ data }: ReproduceCommand, signal: AbortSignal): Promise<DataSets> {
  const read: Partial<Record<DataSetId, Sweep>> = {};
  for (const [id, source] of Object.entries(data) as [DataSetId, string][]) read[id] = await readSet(id, source, signal);
  return read;
}

async function readSet(id: DataSetId, source: string, signal: AbortSignal): Promise<Sweep> {
  const { columns = {}, keep } = dataSetById(id);
  try {
    return await readTable(source, { columns }, signal, { keep });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`${dataOption(id)} ${error.message}`, { cause: error, place: error.place });
  }
}

/** Those that were done when it was stopped; one at least. */
async function reproduce(data: DataSets, { ids, backend, quiet, replicates, seed }: ReproduceCommand, signal: AbortSignal): Promise<readonly Reproduction[]> {
  const done: Reproduction[] = [];
  const work = () => onBackend(backend, quiet, (opened, onProgress) => reproduceOn(opened, ids, {
    data, signal, onProgress,
    onReproduction: (reproduction) => { done.push(reproduction); },
    ...(replicates !== undefined && { replicates }),
    ...(seed !== undefined && { seed }),
  }));
  try {
    return await stoppable(withOptionNames(NAMES, work), signal);
  } catch (error) {
    if (signal.aborted && error === signal.reason && done.length > 0) return done;
    throw error;
  }
}

/** What looks wrong with the data. */
function doubts(data: DataSets): string[] {
  return Object.entries(data).flatMap(([id, { warnings }]) => asWarnings(warnings.map((warning) => `${dataOption(id as DataSetId)}: ${warning}`)));
}
