/** A batch on the device, float32: inputs [points][law inputs], weights and 1/L [points][columns]. */
import { drawsLosses, type Batch, type DrawGroups, type DrawNoise, type DrawResiduals } from '../backend.ts';
import type { Device } from './device.ts';
import { drawLosses, drawWeights } from './draw.ts';

export interface DeviceData {
  readonly buffers: { readonly inputs: GPUBuffer; readonly weight: GPUBuffer; readonly inverseLoss: GPUBuffer };
  /** Columns of the weights and of the losses: 1 where the replicates share them. */
  readonly weightColumns: number;
  readonly lossColumns: number;
  destroy(): void;
}

export async function uploadBatch(device: Device, batch: Batch): Promise<DeviceData> {
  const width = batch.inputs.length;
  const rows = new Float32Array(batch.points * width);
  batch.inputs.forEach((column, k) => column.forEach((value, i) => { rows[i * width + k] = value; }));
  const { weight, loss } = drawnOf(batch);
  const every = 4 * batch.points * batch.replicates;
  const buffers = {
    inputs: device.upload('inputs', rows),
    weight: weight ? device.storage('weight', every) : device.upload('weight', new Float32Array(batch.weight)),
    // The residual is log(L̂·(1/L)): near a good fit the ratio is near 1, where its log loses nothing.
    inverseLoss: loss
      ? device.storage('inverseLoss', every)
      : device.upload('inverseLoss', Float32Array.from(batch.logLoss, (value) => Math.exp(-value))),
  };
  if (weight) await drawWeights(device, batch, weight, buffers.weight);
  if (loss) await drawLosses(device, batch, loss, buffers.inverseLoss);
  return {
    buffers,
    weightColumns: weight ? batch.replicates : batch.weight.length / batch.points,
    lossColumns: loss ? batch.replicates : batch.logLoss.length / batch.points,
    destroy() { for (const buffer of Object.values(buffers)) buffer.destroy(); },
  };
}

/** What is drawn on the device, if anything. */
function drawnOf({ draw }: Batch): { readonly weight?: DrawGroups; readonly loss?: DrawResiduals | DrawNoise } {
  if (!draw) return {};
  return drawsLosses(draw) ? { loss: draw } : { weight: draw };
}
