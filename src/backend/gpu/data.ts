/** A batch on the device, float32: inputs [points][law inputs], weights and 1/L [points][columns]. */
import type { Batch } from '../backend.ts';
import type { Device } from './device.ts';

export interface DeviceData {
  readonly buffers: { readonly inputs: GPUBuffer; readonly weight: GPUBuffer; readonly inverseLoss: GPUBuffer };
  /** Columns of the weights and of the losses: 1 where the replicates share them. */
  readonly weightColumns: number;
  readonly lossColumns: number;
  destroy(): void;
}

export function uploadBatch(device: Device, batch: Batch): DeviceData {
  const width = batch.inputs.length;
  const rows = new Float32Array(batch.points * width);
  batch.inputs.forEach((column, k) => column.forEach((value, i) => { rows[i * width + k] = value; }));
  const buffers = {
    inputs: device.upload('inputs', rows),
    weight: device.upload('weight', new Float32Array(batch.weight)),
    // The residual is log(L̂·(1/L)): near a good fit the ratio is near 1, where its log loses nothing.
    inverseLoss: device.upload('inverseLoss', Float32Array.from(batch.logLoss, (value) => Math.exp(-value))),
  };
  return {
    buffers,
    weightColumns: batch.weight.length / batch.points,
    lossColumns: batch.logLoss.length / batch.points,
    destroy() { for (const buffer of Object.values(buffers)) buffer.destroy(); },
  };
}
