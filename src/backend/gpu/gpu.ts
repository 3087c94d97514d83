/** The GPU backend: float32, WGSL compute shaders. It finds; float64 on the CPU decides. */
import type { Backend } from '../backend.ts';
import { descendOnGpu } from './descend.ts';
import { openDevice, type Device } from './device.ts';
import { Pacer } from './pacer.ts';
import { searchOnGpu } from './search.ts';

/** Opens a device, or says why not. `software` adapters (SwiftShader, llvmpipe) are taken only where allowed. */
export async function openGpu(gpu: GPU, allow: { software: boolean }): Promise<Backend | string> {
  const device = await openDevice(gpu, allow);
  return typeof device === 'string' ? device : gpuBackend(device);
}

export function gpuBackend(device: Device): Backend {
  const pace = { search: new Pacer(), descend: new Pacer() };
  return {
    name: 'gpu',
    adapter: device.adapter,
    tolerance: 1e-6,
    search: (batch, starts, keep, delta, options) => searchOnGpu(device, pace.search, batch, starts, keep, delta, options),
    descend: (batch, starts, stages, options) => descendOnGpu(device, pace.descend, batch, starts, stages, options),
    close: () => device.close(),
  };
}
