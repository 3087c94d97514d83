/** From the settings to the results: what changes in state.ts sets off the work that it takes, in the worker, and no more. */
import { batch, computed, effect, signal, untracked } from '@preact/signals';
import { proxy, wrap, type Remote } from 'comlink';
import type { Bootstrap, Landscape, LandscapePair, Sweep } from '../index.ts';
import { fitAtOnce, prepare, remember } from './at-once.ts';
import { nameOf, sourceOf, type TableChoice } from './choice.ts';
import type { FitEvents, FitRequest, NearFit } from './fitting.ts';
import { letGo, showResamples } from './hold.ts';
import type { Question } from './resampling.ts';
import type { Session } from './session.ts';
import * as state from './state.ts';
import { isAbort, troubleOf, type Trouble } from './trouble.ts';
import { painted } from './turns.ts';
import { carryErrors } from './wire.ts';
import type { LabWorker } from './worker.ts';

carryErrors();
const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
/** The worker's work once it is there: what it is asked for is posted at once then, before the page draws. */
let begun: Remote<Session> | undefined;
const session = begin();
worker.addEventListener('error', ({ message }) => fail('page', new Error(message || 'The worker did not start. Reload the page.')));

async function begin(): Promise<Remote<Session>> {
  begun = await wrap<LabWorker>(worker).start(proxy((notice) => { state.notice.value = notice; }));
  return begun;
}

/** The table that is open: a new value for each that was opened. */
const opened = signal<TableChoice | undefined>(undefined);
/** Which table is being waited for, else the one that is open: what others bring is late. */
let awaited: TableChoice | undefined;
/** The columns that `state.preview` is of, as they are written. */
let previewed = '';

/** The worker's work, for views that ask for more than the fit. */
export function inWorker(): Promise<Remote<Session>> {
  return session;
}

export function fail(during: Trouble['during'], error: unknown): void {
  if (isAbort(error)) return;
  state.troubles.value = { ...state.troubles.value, [during]: troubleOf(during, error) };
}

export function clear(during: Trouble['during']): void {
  const { [during]: _, ...rest } = state.troubles.peek();
  state.troubles.value = rest;
}

/** Starts following the settings. */
export function start(): void {
  effect(openTable);
  effect(readTable);
  effect(fitTable);
  effect(fitForBca);
  effect(summarise);
}

/** Work whose failure is shown, and forgotten with the next success. */
function attempt(during: Trouble['during'], work: (worker: Remote<Session>) => Promise<void>): Promise<void> {
  return session.then(work).catch((error: unknown) => fail(during, error));
}

/**
 * Other runs: once they are open they replace the table, what was chosen of its columns, the runs left out of it, and all
 * that was found. Where they cannot be opened, everything stays. A link that came without its table keeps what it says of it.
 */
export function take(choice: TableChoice): void {
  const ofLink = choice.origin === 'file' && state.origin.value === 'file' && !state.file.value;
  open(choice, ofLink ? state.columns.value : {}, () => {
    state.origin.value = choice.origin;
    state.fileName.value = choice.name ?? '';
    state.file.value = choice.file;
    state.carried.value = '';
    if (ofLink) return;
    state.columns.value = {};
    state.cluster.value = 'N';
    state.group.value = '';
    if (state.excluded.value.length > 0) state.excluded.value = [];
  });
}

/** The table of the address. */
function openTable(): void {
  const choice = { origin: state.origin.value, file: state.file.value, name: untracked(() => state.fileName.value) };
  const now = opened.peek();
  if (now?.origin === choice.origin && now.file === choice.file) return;
  opened.value = undefined;
  state.preview.value = undefined;
  state.table.value = undefined;
  open(choice, untracked(() => state.columns.value));
}

function open(choice: TableChoice, columns: Readonly<Record<string, string>>, taken = () => {}): void {
  const source = sourceOf(choice);
  if (!source) return;
  awaited = choice;
  state.opening.value = nameOf(choice);
  void attempt('read', async (worker) => {
    const preview = await worker.open(source, columns);
    if (awaited !== choice) return;
    clear('read');
    batch(() => {
      taken();
      state.preview.value = preview;
      previewed = state.columns.codec.write(columns);
      opened.value = choice;
    });
  }).finally(() => {
    if (awaited !== choice) return;
    awaited = opened.peek();
    state.opening.value = undefined;
  });
}

/** Columns that are read beside those of the runs: for clusters, for groups. */
const kept = () => [...(state.kind.value === 'cluster' && state.cluster.value !== 'N' ? [state.cluster.value] : []), ...(state.group.value === '' ? [] : [state.group.value])];

/** What a table is read by, as text; and by what the one of the state was, and which. */
const readBy = computed(() => JSON.stringify([state.columns.value, kept(), state.columnsCompared.value]));
let wasRead: { readonly by?: string; readonly of?: TableChoice | undefined } = {};

/** The sweep of the table that is open, by its columns. */
function readTable(): void {
  const { value: by } = readBy;
  const { value: of } = opened;
  if (!of || of !== awaited) return;
  const [columns, groups, where] = untracked(() => [state.columns.value, kept(), state.columnsCompared.value.length > 0 ? state.comparisons.value : []] as const);
  void attempt('read', async (worker) => {
    try {
      const now = state.columns.codec.write(columns);
      if (now !== previewed) state.preview.value = await worker.preview(columns);
      previewed = now;
      const { sweep, ...laws } = await worker.read(columns, groups, where);
      batch(() => {
        wasRead = { by, of };
        state.lawsOfTable.value = laws;
        state.table.value = sweep;
      });
      clear('read');
    } catch (error) {
      if (by !== readBy.peek() || of !== opened.peek()) return; // what is read now says its own
      const ofFilter = (error as { place?: Trouble['place'] }).place?.option === 'where';
      if (!ofFilter || of !== wasRead.of) state.table.value = undefined;
      if (!ofFilter) throw error;
      latest++;
      batch(giveUpFit);
      fail('fit', error);
    }
  });
}

function requestOf(): FitRequest {
  return {
    device: state.device.value,
    filter: state.filterOptions(),
    fit: state.fitOptions(),
    bootstrap: {
      kind: state.kind.value, by: state.cluster.value, replicates: state.replicates.value, seed: state.seed.value,
      interval: untracked(() => state.interval.value), confidence: untracked(() => state.confidence.value),
    },
    budget: untracked(() => state.budget.value),
  };
}

/** Fits that were asked for although no other setting changed. */
const refits = signal(0);
/** The fits that BCa needs beside the resamples: are they waited for, or there; and are they those of the resamples on the screen? */
let [askedForBca, madeForBca] = [false, false];

/** BCa needs other fits than the resamples; the other intervals need none, and those of BCa stay for when it is chosen again. */
function fitForBca(): void {
  if (state.interval.value === 'bca' && !askedForBca && untracked(() => state.table.value && state.replicates.value > 0)) refits.value = refits.peek() + 1;
}

/** Which fit is being waited for: what others bring is late; and the table that the one on the screen is of. */
let latest = 0;
let foundOf: TableChoice | undefined;

function fitTable(): void {
  const table = state.table.value;
  const isRead = wasRead.by === readBy.value && wasRead.of === opened.value; // else it is being read anew
  void refits.value;
  const request = requestOf();
  if (table && !isRead) return;
  const mine = ++latest;
  if (!table) return forgetFit();
  askedForBca = request.bootstrap.interval === 'bca';
  const current = <A extends unknown[], R>(take: (...values: A) => R) => (...values: A) => (mine === latest ? take(...values) : undefined);
  let [there, failed] = [false, false];
  const arrived = () => {
    there = true;
    foundOf = wasRead.of;
    if (!failed) clear('fit'); // the worker tells a failure by another way, which may be the shorter
  };
  const events: FitEvents = {
    near: current((near) => {
      arrived();
      remember({ of: table, request, ...near });
      showNear(table, near, 'worker');
      return painted(); // the worker waits for it: its descents would take the cores that paint
    }),
    painted,
    took: (ms, runs) => { prepare(ms, runs, table, request); },
    found: current((fit, lines, ends) => {
      madeForBca = false;
      arrived();
      remember({ of: table, request, lines, fit });
      batch(() => {
        state.fitted.value = { fit, sweep: state.marked(table, lines), ends };
        state.fittedResampling.value = undefined;
      });
      performance.mark('isoloss-fitted');
    }),
    resampled: current((soFar) => {
      madeForBca = soFar.leftOut !== undefined;
      return showResamples(soFar);
    }),
    progressed: current((progress) => { state.progress.value = progress; }),
  };
  letGo();
  const near = fitAtOnce(table, request);
  if (near) arrived();
  batch(() => {
    state.busy.value = true;
    if (near) showNear(table, near, 'page');
  });
  const fit = (there: Remote<Session>) => there.fit(request, proxy(events), near);
  (begun ? fit(begun) : session.then(fit))
    .catch(current((error: unknown) => {
      failed = true;
      if (foundOf !== wasRead.of) forgetFit(); // that of another table
      fail('fit', isAbort(error) && !there ? new Error(STOPPED) : error);
    }))
    .finally(current(() => {
      askedForBca = madeForBca; // stopped, they may be asked for again
      state.busy.value = false;
      state.progress.value = undefined;
      performance.mark('isoloss-done');
    }));
}

function showNear(table: Sweep, { fit, lines, resampling }: NearFit, by: 'page' | 'worker'): void {
  madeForBca = false;
  batch(() => {
    state.fitted.value = { fit, sweep: state.marked(table, lines), ends: new Float64Array(0), isNear: true };
    state.fittedResampling.value = resampling;
  });
  performance.mark('isoloss-near', { detail: by });
}

const STOPPED = 'The fit was stopped before it was there: the numbers are those of the settings before. Change a setting to fit anew.';

/** Without runs there is no fit, and what still computes one is late. */
function forgetFit(): void {
  clear('fit');
  batch(() => {
    giveUpFit();
    state.fitted.value = undefined;
    state.fittedResampling.value = undefined;
  });
}

/** Nobody waits for what still computes one; the one before stays. */
function giveUpFit(): void {
  stopFit();
  state.progress.value = undefined;
  state.busy.value = false;
}

/** What needs no other fits: another confidence, another budget. */
function summarise(): void {
  const question = { confidence: state.confidence.value, interval: state.interval.value, budget: state.budget.value };
  const before = state.fittedResampling.value;
  if (!before || answers(before.bootstrap, question)) return;
  void attempt('fit', async (worker) => {
    const bootstrap = await worker.summarise(question);
    if (bootstrap && state.fittedResampling.value === before) state.fittedResampling.value = { ...before, bootstrap };
  });
}

function answers({ kind, interval, confidence, groups, frontier: ofAll }: Bootstrap, asked: Question): boolean {
  const frontier = Object.values(groups ?? {})[0]?.frontier ?? ofAll;
  const sameKind = interval === asked.interval || kind === 'sandwich' || (asked.interval === 'bca' && !madeForBca);
  return sameKind && confidence === asked.confidence && (frontier.length === 0 || frontier.some(({ C }) => C === asked.budget));
}

/** Stops the resampling; what is done stays. */
export function stopFit(): void {
  letGo();
  void session.then((worker) => worker.stop('fit'));
}

/** About the minimum of the fit on the screen. */
export async function landscapeOf(over: LandscapePair): Promise<Landscape> {
  return (await session).landscape(over);
}
