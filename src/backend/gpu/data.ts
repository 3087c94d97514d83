/**
 * A batch on the device, float32: inputs [points][law inputs], 1/L [points][columns], and the points that count in each
 * replicate: see shaders/lib/counted.wgsl.
 */
import { drawsLosses, type Batch, type DrawGroups, type DrawNoise, type DrawResiduals } from '../backend.ts';
import type { Device } from './device.ts';
import { drawLosses, drawWeights } from './draw.ts';

export interface DeviceData {
  readonly buffers: { readonly inputs: GPUBuffer; readonly counted: GPUBuffer; readonly inverseLoss: GPUBuffer };
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
    counted: weight ? device.storage('counted', 4 * wordsOfCounted(batch.points, batch.replicates)) : device.upload('counted', countedOf(batch)),
    // The residual is log(L̂·(1/L)): near a good fit the ratio is near 1, where its log loses nothing.
    inverseLoss: loss
      ? device.storage('inverseLoss', every)
      : device.upload('inverseLoss', Float32Array.from(batch.logLoss, (value) => Math.exp(-value))),
  };
  if (weight) await drawWeights(device, batch, weight, buffers.counted);
  if (loss) await drawLosses(device, batch, loss, buffers.inverseLoss);
  return {
    buffers,
    weightColumns: weight ? batch.replicates : batch.weight.length / batch.points,
    lossColumns: loss ? batch.replicates : batch.logLoss.length / batch.points,
    destroy() { for (const buffer of Object.values(buffers)) buffer.destroy(); },
  };
}

/** The least float32 that is not subnormal: devices may take what is below it for 0, and such a point is left out. */
const LEAST_WEIGHT = 2 ** -126;

/** Of given weights: the draw of weights leaves the same (shaders/kernel/draw_weights.wgsl). */
function countedOf({ weight, points }: Batch): Uint32Array<ArrayBuffer> {
  const columns = weight.length / points;
  const counted = new Uint32Array(wordsOfCounted(points, columns));
  const weights = new Float32Array(counted.buffer).subarray((1 + points) * columns);
  for (let i = 0; i < points; i++) {
    for (let r = 0; r < columns; r++) {
      const value = weight[i * columns + r];
      if (!(value >= LEAST_WEIGHT)) continue;
      const at = counted[r]++ * columns + r;
      counted[columns + at] = i;
      weights[at] = value;
    }
  }
  return counted;
}

/** How many points count in each column, their numbers, and their weights: shaders/lib/counted.wgsl. */
function wordsOfCounted(points: number, columns: number): number {
  return (1 + 2 * points) * columns;
}

/** What is drawn on the device, if anything. */
function drawnOf({ draw }: Batch): { readonly weight?: DrawGroups; readonly loss?: DrawResiduals | DrawNoise } {
  if (!draw) return {};
  return drawsLosses(draw) ? { loss: draw } : { weight: draw };
}
