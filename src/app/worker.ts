/** The worker: a session, and a way to reach it. */
import { expose, proxy, type ProxyMarked } from 'comlink';
import { Session } from './session.ts';
import { carryErrors } from './wire.ts';

const worker = {
  /** `tell` is called with what the user should know of the device. */
  start: (tell: (notice: string | undefined) => void): Session & ProxyMarked => proxy(new Session(tell)),
};

export type LabWorker = typeof worker;

carryErrors();
expose(worker);
