/**
 * A WebGPU device wherever the test runs: the browser's own, or Dawn in Node. One for all the test files of a worker, and
 * it lives as long. With REQUIRE_GPU=1 a missing device is a failure, never a skip.
 */
import { inject } from 'vitest';
import { pollSeldom } from '../../src/backend/node/polling.ts';

declare module 'vitest' {
  interface ProvidedContext {
    requireGpu: boolean;
  }
}

let gpu: GPU | undefined; // Dawn ends the process if this is collected while a device lives
let device: Promise<GPUDevice | string> | undefined;

/** The device, or the reason there is none. */
export async function openDevice(): Promise<GPUDevice | string> {
  return orSaid(await (device ??= requestDevice()));
}

/** A device of one's own, for a test whose errors would be those of all files. */
export async function openOwnDevice(): Promise<GPUDevice | string> {
  return orSaid(await requestDevice());
}

function orSaid(opened: GPUDevice | string): GPUDevice | string {
  if (typeof opened !== 'string') return opened;
  if (inject('requireGpu')) throw new Error(`REQUIRE_GPU=1: ${opened}.`);
  console.warn(`GPU tests skipped: ${opened}.`);
  return opened;
}

async function requestDevice(): Promise<GPUDevice | string> {
  gpu ??= globalThis.navigator?.gpu ?? await openDawn();
  if (!gpu) return 'no WebGPU: npm\'s optional package `webgpu` is not installed or does not load here';
  const adapter = await gpu.requestAdapter();
  return adapter?.requestDevice() ?? 'no WebGPU adapter: no SwiftShader beside the Chromium that was found ' +
    '(with ISOLOSS_TEST_GPU=native: no driver of this machine)';
}

/** The name is kept in a variable so that the browser's bundle never reaches for it. */
async function openDawn(): Promise<GPU | undefined> {
  const name = 'webgpu';
  try {
    const dawn: typeof import('webgpu') = await import(/* @vite-ignore */ name);
    Object.assign(globalThis, dawn.globals);
    pollSeldom();
    return dawn.create([]);
  } catch {
    return undefined;
  }
}
