/** The browser as a platform: navigator.gpu and Web Workers. Works in a page and in a worker. */
import { wrap } from 'comlink';
import { deathOf, type Tasks } from './cpu/runner.ts';
import type { Platform } from './open.ts';

export const browserPlatform: Platform = {
  gpu: async () => globalThis.navigator?.gpu ?? reason(),
  threads: globalThis.navigator?.hardwareConcurrency ?? 1,
  ...(typeof Worker === 'function' && { spawn }),
};

function reason(): string {
  if (globalThis.isSecureContext === false) return 'WebGPU needs https or http://localhost: open the page from there.';
  return 'This browser offers no WebGPU: use a current Chrome, Edge, Firefox or Safari, with hardware acceleration on.';
}

function spawn() {
  const worker = new Worker(new URL('./cpu/worker.ts', import.meta.url), { type: 'module' });
  const { died, report } = deathOf();
  worker.addEventListener('error', ({ message }) => report(message || 'it did not load'));
  return { tasks: wrap<Tasks>(worker), died, terminate: () => worker.terminate() };
}
