/**
 * How often Dawn asks the driver what it has done. Its binding for Node asks by setImmediate as long as it waits, over and over: a
 * whole core, which a software driver, and whatever else computes, does without. Here each wait asks so for a millisecond, in which a
 * small dispatch on a real GPU ends, and then once a millisecond.
 */

/** Milliseconds of a wait in which it asks all the time, and then between two questions. */
const [OFTEN, BETWEEN] = [1, 1];

let isAsking = false;

/** Makes it so for this process, in which the setImmediate of all others stays as it is. */
export function pollSeldom(now: () => number = () => performance.now()): void {
  const { setImmediate: own } = globalThis;
  let since = 0;
  const seldom = (callback: (...values: unknown[]) => void, ...values: unknown[]): NodeJS.Immediate | NodeJS.Timeout => {
    if (!isDawns(callback, values)) return own(callback, ...values);
    if (!isAsking) since = now(); // nobody waited before
    const ask = () => {
      isAsking = true;
      try {
        callback();
      } finally {
        isAsking = false;
      }
    };
    return now() - since < OFTEN ? own(ask) : setTimeout(ask, BETWEEN);
  };
  globalThis.setImmediate = Object.assign(seldom, own) as typeof setImmediate;
}

/** A function of native code without a name or arguments. That of a promise, as in new Promise(setImmediate), has an argument. */
function isDawns(callback: unknown, values: readonly unknown[]): boolean {
  return typeof callback === 'function' && values.length === 0 && callback.length === 0 && callback.name === ''
    && Function.prototype.toString.call(callback).includes('[native code]');
}
