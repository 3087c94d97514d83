/** How often Dawn may ask: all the time at first, then by the millisecond; and the setImmediate of all others, as it was. */
import { setImmediate as own } from 'node:timers';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { pollSeldom } from '../../src/backend/node/polling.ts';

const { setImmediate: before, setTimeout: ownTimeout } = globalThis; // others of this worker may have changed it
let time = 0;
let timers: number[] = [];
beforeEach(() => {
  [time, timers] = [0, []];
  globalThis.setImmediate = own;
  globalThis.setTimeout = Object.assign((callback: () => void, ms: number) => {
    timers.push(ms);
    return ownTimeout(callback, 0);
  }, ownTimeout) as typeof setTimeout;
  pollSeldom(() => time);
});
afterEach(() => {
  globalThis.setImmediate = before;
  globalThis.setTimeout = ownTimeout;
});

/** As Dawn's: native code without a name. */
const native = (work: () => void) => new Proxy((() => () => work())(), {});

/** A wait as Dawn's: it asks again from within, `times` in all, each `ms` after the other. */
async function wait(times: number, ms: number): Promise<void> {
  await new Promise<void>((resolve) => {
    let asked = 0;
    const ask = native(() => {
      asked++;
      time += ms;
      if (asked < times) setImmediate(ask);
      else resolve();
    });
    setImmediate(ask);
  });
}

it('asks all the time for a millisecond, then once a millisecond; and all the time again in the next wait', async () => {
  await wait(4, 0.25);
  expect(timers).toEqual([]);
  await wait(8, 0.25);
  expect(timers).toEqual([1, 1, 1, 1]); // the questions from a millisecond on: the fifth to the eighth
  await wait(4, 0.25);
  expect(timers).toHaveLength(4);
});

it('asks on after a question that failed', async () => {
  const failing = native(() => { throw new Error('lost'); });
  const failed = new Promise<Error>((resolve) => { process.prependOnceListener('uncaughtException', resolve); });
  const others = process.listeners('uncaughtException').slice(1);
  for (const other of others) process.removeListener('uncaughtException', other);
  setImmediate(failing);
  expect((await failed).message).toBe('lost');
  for (const other of others) process.on('uncaughtException', other);
  await wait(3, 0.25);
  time += 10;
  await wait(3, 0.25);
  expect(timers).toEqual([]);
});

it('leaves what others ask of setImmediate as it is', async () => {
  const order: string[] = [];
  await new Promise<void>((resolve) => {
    time = 100;
    setImmediate((...values: unknown[]) => order.push(values.join(' ')), 1, 'two');
    const never = setImmediate(() => order.push('never'));
    clearImmediate(never);
    setImmediate(() => { order.push('last'); resolve(); });
  });
  expect(order).toEqual(['1 two', 'last']);
  await new Promise(setImmediate);
  await new Promise((resolve) => { setImmediate(resolve); });
  expect(await promisify(setImmediate)('value')).toBe('value');
  expect(timers).toEqual([]);
});
