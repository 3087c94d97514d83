/** Ctrl-C: the first asks the work to stop, the second ends the process as if nobody listened. */

/** Why the work was stopped. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Milliseconds that stopped work has to close its device and its workers. */
const GRACE = 500;

/** A signal that Ctrl-C aborts with `Interrupted`. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort(new Interrupted()));
  return controller.signal;
}

/** `work`, or a rejection with the signal's reason shortly after it aborts, even if the work takes no notice. */
export async function stoppable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => { timer = setTimeout(reject, GRACE, signal.reason); }, { once: true });
  });
  return Promise.race([work, stopped]).finally(() => clearTimeout(timer));
}
