/** `isoloss reproduce` as it is asked for. */
import { dataSets, type DataSetId } from '../reproduce/data.ts';
import type { Asked, Options, Spec } from './command.ts';
import { refusal } from './usage.ts';
import { OUTPUT_OPTIONS, readBackend, readFileName, readReplicates, readSeed, type Backend, type Output } from './values.ts';

/** What is absent was not given. */
export interface ReproduceCommand extends Asked, Output {
  readonly name: 'reproduce';
  /** As they were written: which there are is seen when they are loaded. All where there is none. */
  readonly ids: readonly string[];
  /** Files, addresses, or "-". */
  readonly data: Partial<Record<DataSetId, string>>;
  replicates?: number;
  seed?: number;
  backend?: Backend;
}


/** "epoch-data" and the like. */
const DATA_OPTIONS: Options<ReproduceCommand> = Object.fromEntries(dataSets.map(({ id }) => [`${id}-data`, {
  set({ data }: ReproduceCommand, value: string, where: string) { data[id] = value === '-' ? value : readFileName(value, where, 'Give a table.'); },
}]));

/** The last of an option counts. */
const OPTIONS: Options<ReproduceCommand> = {
  ...OUTPUT_OPTIONS,
  ...DATA_OPTIONS,
  replicates: { set(command, value, where) { command.replicates = readReplicates(value, where); } },
  seed: { set(command, value, where) { command.seed = readSeed(value, where); } },
  backend: { set(command, value, where) { command.backend = readBackend(value, where); } },
};

export const reproduceSpec: Spec<ReproduceCommand> = {
  options: OPTIONS,
  begin: (ids) => ({ name: 'reproduce', ids, data: {}, json: false, quiet: false }),
  check,
  help: async () => (await import('./reproduce-help.ts')).REPRODUCE_HELP,
  run: async (command, signal) => (await import('./reproduce.ts')).runReproduce(command, signal),
};

function check({ data }: ReproduceCommand): void {
  const piped = Object.entries(data).filter(([, source]) => source === '-').map(([id]) => `--${id}-data`);
  if (piped.length > 1) throw refusal('isoloss reproduce', 'one table from standard input', piped.join(' and '), 'Write the others to files.');
}
