import { Device } from '../../src/backend/gpu/device.ts';
import { openDevice } from '../support/device.ts';

let device: Device | undefined;
let wide: Device | undefined;

/** isoloss's device over the one that the machine has, or the reason there is none. The files of a worker share it, and the kernels that it has compiled. */
export async function openTestDevice(): Promise<Device | string> {
  const gpu = await openDevice();
  return typeof gpu === 'string' ? gpu : (device ??= new Device(gpu, 'test device'));
}

/** The same machine's, which gives every batch below a million fits a workgroup a fit. */
export async function openWideDevice(): Promise<Device | string> {
  const gpu = await openDevice();
  return typeof gpu === 'string' ? gpu : (wide ??= new Device(gpu, 'wide', 1e6));
}
