/**
 * Work that keeps the page from answering while it lasts, such as drawing: piece by piece, with room between them for what the
 * user does. What is seen comes first; the rest when the page has nothing else to do.
 */

/** The same object asks once, however often it asks before its turn. */
export interface Turn {
  /** Of something on the screen? */
  seen(): boolean;
  /** What it throws is an uncaught error of the page. */
  work(): Promise<void>;
}

/** Milliseconds after which work that nobody sees is done although the page never rests. */
const LONGEST = 1000;
/** Milliseconds after which a change counts as painted. */
const UNPAINTED = 100;

/** In the order in which they asked. */
const waiting = new Set<Turn>();
let running: Promise<void> | undefined;

export function takeTurn(turn: Turn): void {
  waiting.add(turn);
  running ??= run();
}

/** When nobody waits for a turn any more. */
export async function turnsTaken(): Promise<void> {
  await running;
}

/** Nobody waits for it any more. */
export function giveUpTurn(turn: Turn): void {
  waiting.delete(turn);
}

const seenOne = () => [...waiting].find((turn) => turn.seen());

async function run(): Promise<void> {
  while (waiting.size > 0) {
    await (seenOne() ? painted() : rest());
    const turn = seenOne() ?? [...waiting][0];
    if (!turn) break;
    waiting.delete(turn);
    await turn.work().catch(reportError);
  }
  running = undefined;
}

/** What the page has to do meanwhile comes before it. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve); });
}

/** When what was changed is painted; a page that is hidden paints nothing, and is waited for no longer than `UNPAINTED`. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, UNPAINTED);
    requestAnimationFrame(() => setTimeout(resolve));
  });
}

/** Safari does not say when it rests. */
function rest(): Promise<void> {
  if (!('requestIdleCallback' in globalThis)) return nextTask();
  return new Promise((resolve) => { requestIdleCallback(() => resolve(), { timeout: LONGEST }); });
}
