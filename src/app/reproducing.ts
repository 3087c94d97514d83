/** Reproductions, in the worker: the data that they are given, and their runs, one by one. Loaded when they are asked for first. */
import { dataSetById, recipes, reproduceOn, type DataSetId, type DataSets, type OpenTable, type Progress, type Reproduction, type Sweep } from '../index.ts';
import type { Choice, Devices } from './devices.ts';

/** What a page says of a reproduction before it has run. */
export interface Listed {
  readonly id: string;
  readonly title: string;
  readonly paper: string;
  readonly needs: readonly DataSetId[];
}

/** A data set that is there. */
export interface TakenData extends Pick<Sweep, 'name' | 'warnings'> {
  readonly runs: number;
}

export interface ReproduceRequest {
  readonly ids: readonly string[];
  readonly device: Choice;
  readonly replicates: number;
  readonly seed: number;
}

/** What a page is told while it waits. */
export interface ReproduceEvents {
  began(id: string): void;
  /** The work waits until it is taken. */
  reproduced(reproduction: Reproduction): Promise<void> | void;
  progressed(progress: Progress): void;
}

/** In the order in which they are read. */
export function listed(): Listed[] {
  return recipes.map(({ id, title, paper, needs }) => ({ id, title, paper, needs }));
}

/** Of a table that is open, by the columns of the set and those that were named by hand. @throws InputError where it lacks one. */
export function dataOf(table: OpenTable, id: DataSetId, columns: Readonly<Record<string, string>>): Sweep {
  const set = dataSetById(id);
  return table.sweep({ ...set.columns, ...columns }, set.keep);
}

/** Each on a device that works: where it is lost, the reproduction starts afresh, not those before it. */
export async function reproduceFor(devices: Devices, data: DataSets, { ids, device, replicates, seed }: ReproduceRequest,
                                   { began, reproduced, progressed }: ReproduceEvents, signal: AbortSignal): Promise<void> {
  for (const id of ids) {
    began(id);
    const [reproduction] = await devices.use(device, signal, (backend) => reproduceOn(backend, [id], { data, replicates, seed, onProgress: progressed, signal }));
    signal.throwIfAborted();
    await reproduced(reproduction);
  }
}
