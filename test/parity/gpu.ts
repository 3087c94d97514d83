import { Device } from '../../src/backend/gpu/device.ts';
import { openDevice } from '../support/device.ts';

/** isoloss's device over the one that the machine has, or the reason there is none. */
export async function openTestDevice(): Promise<Device | string> {
  const gpu = await openDevice();
  return typeof gpu === 'string' ? gpu : new Device(gpu, 'test device');
}
