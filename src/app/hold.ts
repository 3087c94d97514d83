/**
 * Work that lasts waits while the charts of what it has so far are drawn: the cores are free for that then, and the page answers
 * again sooner.
 */
import { effect, signal } from '@preact/signals';
import { found } from './state.ts';
import { painted, turnsTaken } from './turns.ts';

/** Milliseconds after which a fit lasts. */
const LASTS = 2000;
/** Milliseconds that it waits at most: plotly may still be on its way. */
const LONGEST = 5000;

/** The worker waits: now is the time to draw. */
export const held = signal(false);

/** Nothing else has been found for so long. */
export const lasting = signal(false);
effect(() => {
  void found.value;
  lasting.value = false;
  const timer = setTimeout(() => { lasting.value = true; }, LASTS);
  return () => clearTimeout(timer);
});

/** Resolves once what `show` changes is drawn, where it is seen, and what has waited. */
export async function hold(show: () => void): Promise<void> {
  const start = performance.now();
  held.value = true;
  show();
  await Promise.race([allDrawn(), new Promise((resolve) => { setTimeout(resolve, LONGEST); })]);
  held.value = false;
  performance.measure('isoloss-held', { start });
}

/** A chart that is new asks for its turn in the second frame, where it is seen. */
async function allDrawn(): Promise<void> {
  await painted();
  await painted();
  await turnsTaken();
}
