/**
 * A WebGPU device wherever the test runs: the browser's own, or Dawn in Node.
 *
 * Devices are destroyed when the test file ends. With REQUIRE_GPU=1 a missing device is a failure, never a skip.
 */
import { afterAll, inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    requireGpu: boolean;
  }
}

let gpu: GPU | undefined; // Dawn ends the process if this is collected while a device lives
const opened: GPUDevice[] = [];

afterAll(() => {
  for (const device of opened.splice(0)) device.destroy();
});

/** A new device, or the reason there is none. */
export async function openDevice(descriptor?: GPUDeviceDescriptor): Promise<GPUDevice | string> {
  const device = await requestDevice(descriptor);
  if (typeof device !== 'string') opened.push(device);
  else if (inject('requireGpu')) throw new Error(`REQUIRE_GPU=1: ${device}.`);
  else console.warn(`GPU tests skipped: ${device}.`);
  return device;
}

async function requestDevice(descriptor?: GPUDeviceDescriptor): Promise<GPUDevice | string> {
  gpu ??= globalThis.navigator?.gpu ?? await openDawn();
  if (!gpu) return 'no WebGPU: npm\'s optional package `webgpu` is not installed or does not load here';
  const adapter = await gpu.requestAdapter();
  return adapter?.requestDevice(descriptor) ?? 'no WebGPU adapter: no SwiftShader beside the Chromium that was found ' +
    '(with ISOLOSS_TEST_GPU=native: no driver of this machine)';
}

/** The name is kept in a variable so that the browser's bundle never reaches for it. */
async function openDawn(): Promise<GPU | undefined> {
  const name = 'webgpu';
  try {
    const dawn: typeof import('webgpu') = await import(/* @vite-ignore */ name);
    Object.assign(globalThis, dawn.globals);
    return dawn.create([]);
  } catch {
    return undefined;
  }
}
