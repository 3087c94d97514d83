/** Chooses a backend. What differs between a browser and Node comes in as a Platform. */
import { BackendError } from '../errors.ts';
import type { Backend } from './backend.ts';
import { cpuBackend } from './cpu/cpu.ts';
import { poolRunner, type TaskWorker } from './cpu/runner.ts';

export interface Platform {
  /** The WebGPU entry point, or a sentence that says why there is none and what to do. */
  gpu(): Promise<GPU | string>;
  /** Cores to use. */
  readonly threads: number;
  /** Starts a worker for the CPU backend; undefined where there are none. */
  readonly spawn?: () => TaskWorker;
}

export type BackendChoice = 'auto' | 'gpu' | 'cpu';

/**
 * "auto" takes a hardware GPU where there is one, else the CPU: a software adapter is slower than the CPU backend.
 * "gpu" takes any adapter. Close the backend after use.
 * @throws BackendError where a GPU was asked for and there is none.
 */
export async function openBackendOn(platform: Platform, choice: BackendChoice = 'auto'): Promise<Backend> {
  if (choice === 'cpu') return openCpu(platform);
  const gpu = await platform.gpu();
  if (typeof gpu === 'string') {
    if (choice === 'gpu') throw new BackendError(`backend: expected a WebGPU adapter, got none. ${gpu}`);
    return openCpu(platform, gpu);
  }
  const { openGpu } = await import('./gpu/gpu.ts');
  const backend = await openGpu(gpu, { software: choice === 'gpu' });
  if (typeof backend !== 'string') return backend;
  if (choice === 'gpu') throw new BackendError(`backend: expected a WebGPU adapter, got none. ${backend}`);
  return openCpu(platform, backend);
}

function openCpu({ threads, spawn }: Platform, noGpu?: string): Backend {
  const cpu = cpuBackend(threads, spawn && (() => poolRunner(threads, spawn)));
  return noGpu === undefined ? cpu : { ...cpu, remark: `Fitted on the CPU. ${noGpu}` };
}
