/** The view Laws: what was asked of the worker there, and what came out. Started and stopped by hand, each by itself. */
import { batch, computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import { proxy, type ProxyMarked, type Remote } from 'comlink';
import type { LawComparison, Multiplier, Progress, Sensitivity, Sweep, TablePreview } from '../index.ts';
import { clear, fail, inWorker } from './engine.ts';
import type { CompareRequest, MultiplierRequest, SensitivityRequest } from './lawing.ts';
import { comparedLaws } from './laws.ts';
import * as settings from './laws-settings.ts';
import type { Session } from './session.ts';
import * as state from './state.ts';
import { isAbort } from './trouble.ts';

export type JobKind = 'compare' | 'sensitivity' | 'multiplier';

/** Work that is asked for by a button. */
export interface Job<T> {
  readonly kind: JobKind;
  /** Of the table that is open; that of before while it is asked anew. */
  readonly result: ReadonlySignal<T | undefined>;
  /** The settings are no longer those of the result. */
  readonly outdated: ReadonlySignal<boolean>;
  readonly running: ReadonlySignal<boolean>;
  readonly pace: ReadonlySignal<Progress | undefined>;
  /** By hand, before there was anything to show. */
  readonly stopped: ReadonlySignal<boolean>;
  start(): void;
  stop(): void;
}

type Progressed = ((progress: Progress) => void) & ProxyMarked;

/** `beside`: what the result is of, beside the request and the table. */
function job<R, T>(kind: JobKind, requestOf: () => R, ask: (worker: Remote<Session>, request: R, progressed: Progressed) => Promise<T>,
                   beside: () => unknown = () => undefined): Job<T> {
  const latest = signal<{ readonly value: T; readonly table: Sweep; readonly asked: string; readonly beside: unknown } | undefined>(undefined);
  const [running, stopped, pace] = [signal(false), signal(false), signal<Progress | undefined>(undefined)];
  const mine = computed(() => (latest.value?.table === state.table.value ? latest.value : undefined));
  let of: Sweep | undefined;

  const start = async (table: Sweep) => {
    const [request, besides] = [requestOf(), beside()];
    of = table;
    clear(kind);
    batch(() => {
      running.value = true;
      stopped.value = false;
    });
    try {
      const value = await ask(await inWorker(), request, proxy((progress: Progress) => { if (running.peek()) pace.value = progress; }));
      latest.value = { value, table, asked: JSON.stringify(request), beside: besides };
    } catch (error) {
      latest.value = undefined;
      stopped.value = isAbort(error) && table === state.table.peek();
      fail(kind, error);
    } finally {
      batch(() => {
        running.value = false;
        pace.value = undefined;
      });
    }
  };
  const stop = async () => (await inWorker()).stop(kind);
  effect(() => { // another table: nobody waits for what is of the one before
    const { value: table } = state.table;
    if (table === of) return;
    stopped.value = false;
    clear(kind);
    if (running.peek()) void stop();
  });

  return {
    kind, running, pace, stopped,
    result: computed(() => mine.value?.value),
    outdated: computed(() => mine.value !== undefined && (mine.value.asked !== JSON.stringify(requestOf()) || mine.value.beside !== beside())),
    start: () => { if (!running.peek() && state.table.peek()) void start(state.table.peek()!); },
    stop: () => { void stop(); },
  };
}

/* Which law? */

export const comparison: Job<LawComparison> = job('compare', compareRequest, (worker, request, progressed) => worker.compareLaws(request, progressed));

function compareRequest(): CompareRequest {
  const { laws, steps, resamples } = settings;
  const { device, starts, seed, confidence } = state;
  return {
    device: device.value, filter: state.filterOptions(), ...state.askedGroup(),
    options: {
      ...state.lossOptions(), starts: starts.value, seed: seed.value, confidence: confidence.value, steps: steps.value, replicates: resamples.value,
      ...(laws.value && { laws: comparedLaws() }),
    },
  };
}

/* What moves the answer? */

export const sensitivity: Job<Sensitivity> = job('sensitivity', sensitivityRequest, (worker, request, progressed) => worker.sensitivity(request, progressed));

function sensitivityRequest(): SensitivityRequest {
  const { deltas, losses, drops, keepBelow, keepAbove } = settings;
  const { device, budget, confidence } = state;
  return {
    device: device.value, filter: state.filterOptions(), ...state.askedGroup(),
    options: {
      fit: state.fitOptionsAlone(state.groupOnScreen.value), budget: budget.value, confidence: confidence.value,
      ...(deltas.value && { deltas: deltas.value }), ...(losses.value && { losses: losses.value }), ...(drops.value && { drops: drops.value }),
      ...(keepBelow.value && { keepBelow: keepBelow.value }), ...(keepAbove.value && { keepAbove: keepAbove.value }),
    },
  };
}

/* Two sweeps. */

/** The second table: what was chosen or pasted, and what is in it. */
export const secondFile = signal<{ readonly file: Blob; readonly name: string } | undefined>(undefined);
export const second = signal<TablePreview | undefined>(undefined);
export const secondReading = signal(false);

effect(() => {
  const [given, columns] = [secondFile.value, settings.secondColumns.value];
  if (given) void readSecond(given, columns);
  else forgetSecond();
});

function forgetSecond(): void {
  batch(() => {
    clear('second');
    second.value = undefined;
    secondReading.value = false;
  });
}

async function readSecond(given: NonNullable<typeof secondFile.value>, columns: Readonly<Record<string, string>>): Promise<void> {
  batch(() => {
    clear('second');
    second.value = undefined;
    secondReading.value = true;
  });
  const current = () => given === secondFile.peek() && columns === settings.secondColumns.peek();
  try {
    const preview = await (await inWorker()).openSecond(given, columns);
    if (current()) second.value = preview;
  } catch (error) {
    if (current()) fail('second', error);
  } finally {
    if (current()) secondReading.value = false;
  }
}

export const multipliers: Job<readonly Multiplier[]> = job('multiplier', multiplierRequest, (worker, request, progressed) => worker.multipliers(request, progressed),
  () => (settings.others.value === 'table' ? secondFile.value : undefined));

function multiplierRequest(): MultiplierRequest {
  const { others, secondColumns, group, against, budgets, targetLosses, pairsDrawn, tests } = settings;
  const { device, confidence, seed, columns } = state;
  return {
    device: device.value, filter: state.filterOptions(), ...(others.value === 'table' && state.askedGroup()),
    options: {
      fit: state.fitOptionsAlone(undefined), replicates: pairsDrawn.value, tests: tests.value, confidence: confidence.value, seed: seed.value,
      ...(budgets.value && { budgets: budgets.value }), ...(targetLosses.value && { losses: targetLosses.value }),
    },
    sweeps: others.value === 'table' ? { second: secondColumns.value } : { group: group.value, against: against.value, columns: columns.value },
  };
}
