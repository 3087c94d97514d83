/** Ctrl-C: the first asks the work to stop and to give what is done, the second ends the process as if nobody listened. */

/** Why the work was stopped. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Milliseconds in which stopped work can give what is done. */
const GRACE = 5000;

/** A signal that Ctrl-C aborts with `Interrupted`. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort(new Interrupted()));
  return controller.signal;
}

/**
 * `work`, or a rejection with the signal's reason `grace` milliseconds after it aborts, even if the work takes no notice.
 * What is printed of the work is no part of it: it has the time it needs.
 */
export async function stoppable<T>(work: Promise<T>, signal: AbortSignal, grace = GRACE): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stopped = new Promise<never>((_, reject) => {
    const stop = () => { timer = setTimeout(reject, grace, signal.reason); };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, stopped]).finally(() => clearTimeout(timer));
}

/** Work beside a result that is there: where it is stopped with nothing to show, the result goes without, undefined. */
export async function unlessStopped<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return signal.aborted ? undefined : await work();
  } catch (error) {
    if (signal.aborted && error === signal.reason) return undefined;
    throw error;
  }
}
