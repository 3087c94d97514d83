/** The three approaches of the page: their training curves, and what they found; computed while their view is open. */
import { batch, computed, effect, signal } from '@preact/signals';
import { proxy } from 'comlink';
import type { ApproachesInput, Progress, Sweep, TrainingCurves } from '../index.ts';
import type { Approached, ApproachesRequest } from './approaching.ts';
import { clear, fail, inWorker } from './engine.ts';
import * as state from './state.ts';

/** What was chosen as training curves, and what was read of it. */
export const curvesFile = signal<File | undefined>(undefined);
export const curves = signal<TrainingCurves | undefined>(undefined);
export const reading = signal(false);

/** What was compared, what it is of, and the table that those runs are from. */
export interface Compared extends Pick<Approached, 'approaches' | 'budget'> {
  readonly input: ApproachesInput;
  readonly table: Sweep;
}
const latest = signal<Compared | undefined>(undefined);
/** Nothing of a table that is no longer open. */
export const compared = computed(() => (latest.value?.table === state.table.value ? latest.value : undefined));
export const pace = signal<Progress | undefined>(undefined);
/** By hand, before there was anything to show. */
export const stopped = signal(false);

/** Reads the curves, again where another column is named. */
effect(() => {
  const [file, run] = [curvesFile.value, state.curveRun.value];
  void (file ? read(file, run) : forget());
});

async function read(file: File, run: string): Promise<void> {
  batch(() => {
    clear('curves');
    curves.value = undefined;
    reading.value = true;
  });
  const current = () => file === curvesFile.value && run === state.curveRun.value;
  try {
    const read = await (await inWorker()).curves({ file, name: file.name }, run);
    if (current()) curves.value = read;
  } catch (error) {
    if (current()) fail('curves', inPage(error as Error));
  } finally {
    if (current()) reading.value = false;
  }
}

/** What is to be done here, for what a program would be told. */
function inPage(error: Error): Error {
  error.message = error.message.replace(/: --run NAME, in code .*$/, ' in the field for it.');
  return error;
}

async function forget(): Promise<void> {
  batch(() => {
    clear('curves');
    curves.value = undefined;
    reading.value = false;
  });
  await (await inWorker()).forgetCurves();
}

/** What was asked for last: settings, table, curves. */
let asked: readonly unknown[] = [];

/** In the view's effect: computes what the settings ask for, once the fit and its resamples are done. */
export function follow(): void {
  const { value: table } = state.table;
  const request = requestOf();
  const asks = [JSON.stringify(request), table, curves.value];
  if (!table || !state.found.value || state.busy.value || reading.value || state.troubles.value.fit) return;
  if (asks.some((part, k) => part !== asked[k])) void compare(request, table, asks);
}

/** What was stopped, once more. */
export function again(): void {
  asked = [];
  stopped.value = false;
  follow();
}

/** Resamples that the library makes at least; of so few there are no intervals. */
export const FEWEST = 2;

function requestOf(): ApproachesRequest {
  const { device, starts, seed, replicates, confidence, budget } = state;
  return {
    device: device.value,
    filter: state.filterOptions(),
    ...state.askedGroup(),
    options: {
      replicates: Math.max(FEWEST, replicates.value), confidence: confidence.value, seed: seed.value,
      fit: { ...state.lossOptions(), starts: starts.value, seed: seed.value },
    },
    budget: budget.value,
  };
}

async function compare(request: ApproachesRequest, table: Sweep, asks: readonly unknown[]): Promise<void> {
  asked = asks;
  batch(() => {
    clear('approaches');
    state.approaching.value = true;
    stopped.value = false;
  });
  const current = () => asked === asks;
  const { value: ofCurves } = curves;
  try {
    const { sweep, ...found } = await (await inWorker()).approaches(request, proxy((progress) => { if (current()) pace.value = progress; }));
    if (current()) latest.value = { ...found, table, input: { sweep, ...(ofCurves && { curves: ofCurves }) } };
  } catch (error) {
    if (current()) failed(error);
  } finally {
    if (current()) ended();
  }
}

/** Stopped by hand it waits to be asked again; stopped by a new fit it is not, and `follow` asks when that is done. */
function failed(error: unknown): void {
  ended();
  latest.value = undefined;
  if (!stopped.value) asked = [];
  fail('approaches', error);
}

function ended(): void {
  batch(() => {
    state.approaching.value = false;
    pace.value = undefined;
  });
}

export async function stopApproaches(): Promise<void> {
  stopped.value = true;
  (await inWorker()).stop('approaches');
}
