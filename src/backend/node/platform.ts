/** Node as a platform: Dawn through the npm package `webgpu` (optional), and worker threads. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { deathOf, type Tasks } from '../cpu/runner.ts';
import type { Platform } from '../open.ts';
import { pollSeldom } from './polling.ts';

/** Dawn ends the process if this is collected while a device lives. */
let dawn: GPU | undefined;

export const nodePlatform: Platform = { gpu, spawn, threads: availableParallelism() };

async function gpu(): Promise<GPU | string> {
  if (dawn) return dawn;
  if (process.platform === 'linux' && !hasVulkanLoader()) {
    return 'No Vulkan loader (libvulkan.so.1): install libvulkan1 and the driver of your GPU.';
  }
  try {
    const { create, globals } = await import('webgpu');
    Object.assign(globalThis, globals);
    dawn = create([]);
    pollSeldom();
    return dawn;
  } catch (error) {
    const [reason] = (error as Error).message.split('\n');
    return `The optional package "webgpu" did not load (${reason}): run npm install webgpu.`;
  }
}

/** Dawn looks in the same places and prints a warning of its own where it finds none. */
function hasVulkanLoader(): boolean {
  const search = (process.env.LD_LIBRARY_PATH ?? '').split(':').filter(Boolean);
  const system = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/lib/x86_64-linux-gnu', '/lib/aarch64-linux-gnu',
    '/usr/lib64', '/usr/lib', '/lib64', '/lib', '/usr/local/lib'];
  return [...search, ...system].some((folder) => existsSync(join(folder, 'libvulkan.so.1')));
}

/** The build gives the worker a file of its own (vite.lib.config.ts). */
function spawn() {
  const worker = new Worker(new URL('./worker.ts', import.meta.url));
  worker.unref();
  const { died, report } = deathOf();
  worker.on('error', ({ message }) => report(message));
  return { tasks: wrap<Tasks>(nodeEndpoint(worker)), died, terminate: () => { void worker.terminate(); } };
}
