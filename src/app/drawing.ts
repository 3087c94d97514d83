/**
 * When a chart is drawn: after each change of what it shows, when it is its turn (turns.ts); while resamples stream in, no more
 * often than can be looked at, what takes long when they pause for it (hold.ts), and what nobody sees once they are done.
 */
import { effect, useSignal, type ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Figure } from '../index.ts';
import { fail } from './engine.ts';
import { held, lasting, overdue } from './hold.ts';
import { look } from './look.ts';
import { draw, erase, onRuns, prefetch } from './plot.ts';
import { busy, found, table, toggle, type Found } from './state.ts';
import { giveUpTurn, takeTurn, type Turn } from './turns.ts';

/** Milliseconds between drawings while resamples stream in. */
const PACE = 700;
/** Milliseconds of a drawing that may be a long task, of 50 ms, the next time. */
const LONG = 25;
/** What is so near the screen is drawn as if it were seen: it is there when it comes into view. */
const NEAR = '200px';

/** What stands in an element, and how its drawing went. */
interface Drawing {
  readonly name: string;
  /** Turns that were taken. */
  turns: number;
  timer?: ReturnType<typeof setTimeout>;
  /** As JSON. */
  content: string;
  /** Nothing has changed since it was made. */
  current: boolean;
  /** What it is of; undefined while nothing is drawn. */
  of?: Found | undefined;
  /** The one that is under way. */
  done: Promise<void>;
  /** When it ended, and how long it took, ms: of the first nobody knows, and plotly may have to be evaluated before it. */
  ended: number;
  lasted: number;
  listening: boolean;
}

/**
 * Keeps what stands in `host` up with the signals that `figure` reads; undefined draws nothing. `data-drawn` says whether it is.
 * One effect does both: it runs to ask for a turn where a signal changes, and is run again to take it.
 */
export function useDrawing(host: RefObject<HTMLElement | null>, figure: () => Figure | undefined, name: string): void {
  const visible = useVisible(host);
  const turns = useSignal(0);
  const [drawing] = useState((): Drawing => ({ name, turns: 0, content: '', current: false, done: Promise.resolve(), ended: -Infinity, lasted: Infinity, listening: false }));
  const [turn] = useState((): Turn => ({
    seen: () => visible.peek(),
    async work() {
      turns.value++;
      await drawing.done;
    },
  }));
  const latest = useRef(figure);
  latest.current = figure;
  useEffect(() => {
    const { current: target } = host;
    const stop = effect(() => { // at once, so that a turn lasts until it is drawn: useSignalEffect would wait for a frame
      if (!target) return;
      if (turns.value === drawing.turns) ask(target, drawing, turn, visible);
      else take(target, drawing, turns.value, latest.current);
    });
    return () => {
      stop();
      clearTimeout(drawing.timer);
      giveUpTurn(turn);
      if (target) void drawing.done.then(() => erase(target)); // one that is under way would fail
    };
  }, []);
}

/** Now, later, or once there is a reason. */
function ask(target: HTMLElement, drawing: Drawing, turn: Turn, visible: ReadonlySignal<boolean>): void {
  drawing.current = false;
  target.dataset['drawn'] = 'no';
  clearTimeout(drawing.timer);
  const waited = drawing.content === '' ? lasting : overdue;
  const canWait = !visible.value || (drawing.lasted > LONG && !held.value && (!waited.value || (drawing.of !== undefined && drawing.of === found.value)));
  if (visible.value && found.value) prefetch();
  if (canWait && busy.value) return giveUpTurn(turn); // until the worker waits, or the resamples are done
  if (held.value) return takeTurn(turn);
  drawing.timer = setTimeout(() => takeTurn(turn), busy.peek() ? drawing.ended + PACE - performance.now() : 0);
}

function take(target: HTMLElement, drawing: Drawing, turn: number, figure: () => Figure | undefined): void {
  drawing.turns = turn;
  const made = figure();
  drawing.of = made && found.value;
  const content = made ? JSON.stringify(made) : '';
  if (!made && busy.value) return; // the next one may come
  drawing.current = true;
  const other = content !== drawing.content;
  drawing.content = content;
  drawing.done = bring(target, drawing, other, made).catch((error: unknown) => fail('page', error));
}

async function bring(target: HTMLElement, drawing: Drawing, other: boolean, made: Figure | undefined): Promise<void> {
  if (other && made) await drawIn(target, drawing, made);
  if (other && !made) erase(target);
  drawing.listening &&= made !== undefined;
  if (drawing.current) target.dataset['drawn'] = 'yes';
}

async function drawIn(target: HTMLElement, drawing: Drawing, made: Figure): Promise<void> {
  drawing.lasted = await draw(target, made, `${drawing.name} of ${table.peek()?.name}`);
  drawing.ended = performance.now();
  if (!drawing.listening && !look.peek().compact) onRuns(target, toggle);
  drawing.listening = true;
}

/** Is it on the screen, or nearly? */
function useVisible(host: RefObject<HTMLElement | null>): ReadonlySignal<boolean> {
  const visible = useSignal(false);
  useEffect(() => {
    const observer = new IntersectionObserver((entries) => { visible.value = entries.at(-1)!.isIntersecting; }, { rootMargin: NEAR });
    if (host.current) observer.observe(host.current);
    return () => observer.disconnect();
  }, []);
  return visible;
}
