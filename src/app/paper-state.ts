/** The reproductions of the page: which there are, the data that was given to them, and what came out. */
import { batch, computed, signal } from '@preact/signals';
import { proxy } from 'comlink';
import type { DataSetId, Progress, Reproduction } from '../index.ts';
import { EPOCH } from './choice.ts';
import { clear, fail, inWorker } from './engine.ts';
import type { Given } from './opening.ts';
import type { Listed, TakenData } from './reproducing.ts';
import * as state from './state.ts';
import { isAbort } from './trouble.ts';

/** In the order in which they are read; undefined until the worker has said. */
export const listed = signal<readonly Listed[] | undefined>(undefined);
/** What came out, by id. */
export const reproduced = signal<ReadonlyMap<string, Reproduction>>(new Map());
/** Those in the order in which they are read. */
export const inOrder = computed(() => (listed.value ?? []).flatMap(({ id }) => reproduced.value.get(id) ?? []));

/** What is being run: `ids`, of which the k-th is under way. */
export const running = signal<{ readonly ids: readonly string[]; readonly k: number } | undefined>(undefined);
export const pace = signal<Progress | undefined>(undefined);
/** By hand, after so many of so many. */
export const stopped = signal<{ readonly done: number; readonly asked: number } | undefined>(undefined);

/** A data set that was asked for: being read, there, or why not. */
export type GivenData = { readonly reading: true } | { readonly taken: TakenData } | { readonly problem: string };
export const given = signal<Readonly<Partial<Record<DataSetId, GivenData>>>>({});

export function isGiven(id: DataSetId): boolean {
  const data = given.value[id];
  return data !== undefined && 'taken' in data;
}

export async function list(): Promise<void> {
  listed.value ??= await (await inWorker()).recipes();
}

/** Runs these afresh. What is done of them stays when it is stopped. */
export async function reproduce(ids: readonly string[]): Promise<void> {
  if (state.reproducing.value || ids.length === 0) return;
  const { device, paperReplicates, seed } = state;
  clear('reproduce');
  batch(() => {
    state.reproducing.value = true;
    stopped.value = undefined;
    running.value = { ids, k: 0 };
  });
  let done = 0;
  try {
    await (await inWorker()).reproduce({ ids, device: device.value, replicates: paperReplicates.value, seed: seed.value }, proxy({
      began: (id: string) => batch(() => {
        running.value = { ids, k: ids.indexOf(id) };
        pace.value = undefined;
      }),
      reproduced: (result: Reproduction) => {
        done++;
        reproduced.value = new Map([...reproduced.value, [result.id, result]]);
      },
      progressed: (progress: Progress) => { pace.value = progress; },
    }));
  } catch (error) {
    if (isAbort(error)) stopped.value = { done, asked: ids.length };
    fail('reproduce', error);
  } finally {
    batch(() => {
      state.reproducing.value = false;
      running.value = pace.value = undefined;
    });
  }
}

export async function stopReproducing(): Promise<void> {
  (await inWorker()).stop('reproduce');
}

export const giveFile = (id: DataSetId, file: File) => give(id, { file, name: file.name });
/** Epoch's runs, from their repository. */
export const giveEpoch = () => give('epoch', { url: EPOCH, beside: location.href });
/** The table that is open, with the columns that were chosen for it. */
export const giveOpen = (id: DataSetId) => give(id, 'open', state.columns.value);

/** Which data were asked for last, by set: what others bring is late. */
const awaited = new Map<DataSetId, symbol>();

async function give(id: DataSetId, source: Given | 'open', columns: Readonly<Record<string, string>> = {}): Promise<void> {
  const mine = Symbol(id);
  awaited.set(id, mine);
  const tell = (data: GivenData) => { if (awaited.get(id) === mine) given.value = { ...given.value, [id]: data }; };
  tell({ reading: true });
  try {
    tell({ taken: await (await inWorker()).give(id, source, columns) });
  } catch (error) {
    tell({ problem: (error as Error).message });
  }
}
