/**
 * Work that lasts waits while the charts of what it has so far are drawn: the cores are free for that then, and the page answers
 * again sooner.
 */
import { computed, effect, signal, type ReadonlySignal } from '@preact/signals';
import type { Resampling } from '../index.ts';
import { fittedResampling, found } from './state.ts';
import { painted, turnsTaken } from './turns.ts';

/** Milliseconds after which a fit lasts. */
const LASTS = 2000;
/** Milliseconds after which a chart waits no more: work in large pieces has few pauses. */
const OVERDUE = 5000;
/** Milliseconds that work waits at most: plotly may still be on its way. */
const LONGEST = 5000;

const holds = signal(0);
/** Work waits: now is the time to draw. */
export const held = computed(() => holds.value > 0);

/** Nothing else has been found for so long. */
export const lasting = foundFor(LASTS);
export const overdue = foundFor(OVERDUE);

function foundFor(milliseconds: number): ReadonlySignal<boolean> {
  const passed = signal(false);
  effect(() => {
    void found.value;
    passed.value = false;
    const timer = setTimeout(() => { passed.value = true; }, milliseconds);
    return () => clearTimeout(timer);
  });
  return passed;
}

/** Shows resamples; of a fit that lasts, where more are to come, resolves once they are drawn. */
export function showResamples(soFar: Resampling): Promise<void> | void {
  const show = () => { fittedResampling.value = soFar; };
  const { replicates, requested } = soFar.bootstrap;
  return lasting.peek() && replicates < requested ? hold(show) : show();
}

/** What lets each of those go on that wait. */
const waiting = new Set<() => void>();

/** Nobody waits for charts any more. */
export function letGo(): void {
  for (const go of waiting) go();
}

document.addEventListener('visibilitychange', letGo);

/** Resolves once what `show` changes is drawn, where it is seen, and what has waited for a pause; a page that is hidden draws nothing. */
export async function hold(show: () => void): Promise<void> {
  if (document.hidden) return show();
  const start = performance.now();
  let go = () => {};
  holds.value++;
  try {
    show();
    await new Promise<void>((resolve) => {
      go = resolve;
      waiting.add(go);
      setTimeout(go, LONGEST);
      void allDrawn().then(go);
    });
  } finally {
    waiting.delete(go);
    holds.value--;
    performance.measure('isoloss-held', { start });
  }
}

/** A chart that is new asks for its turn in the second frame, where it is seen. */
async function allDrawn(): Promise<void> {
  await painted();
  await painted();
  await turnsTaken();
}
