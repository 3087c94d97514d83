/** Bounds of a batch on the device, and the coordinates that are held or bounded as bits. Twin: src/optim/box.ts. */
import { d } from 'typegpu';
import type { Batch, DescentResult, Starts } from '../backend.ts';
import type { Device } from './device.ts';
import { LARGEST } from './ends.ts';
import type { Layouts } from './layouts.ts';

type Box = Batch['box'];

/** Bit j of a flag j. */
export function bitsOf(flags: readonly boolean[]): number {
  return flags.reduce((bits, flag, j) => (flag ? bits | (1 << j) : bits), 0) >>> 0;
}

/** Coordinates with a bound that are not pinned, a bit each. */
export function boundedBits(box: Box, pinned: readonly boolean[]): number {
  return box ? bitsOf(box.lower.map((low, j) => !pinned[j] && (low > -Infinity || box.upper[j] < Infinity))) : 0;
}

/** In float32; LARGEST stands for an end that is open. */
export function uploadBox({ gpu }: Device, { Box }: Layouts, { box, law }: Batch): GPUBuffer {
  const buffer = gpu.createBuffer({ label: 'box', size: d.sizeOf(Box), usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST });
  const sides = law.params.flatMap((_, j) => [Math.max(box?.lower[j] ?? -LARGEST, -LARGEST), Math.min(box?.upper[j] ?? LARGEST, LARGEST), 0, 0]);
  gpu.queue.writeBuffer(buffer, 0, new Float32Array(sides));
  return buffer;
}

/** Starts moved into the box; what is pinned stays. */
export function startsInside(starts: Starts, box: Box, pinned: readonly boolean[]): Starts {
  if (!box) return starts;
  const { lower, upper } = box;
  return starts.map((value, k) => {
    const j = k % lower.length;
    return pinned[j] ? value : Math.max(lower[j], Math.min(upper[j], value));
  });
}

/** Ends at a side of the box, which float32 has rounded, at the side itself. */
export function atSides(ends: DescentResult, box: Box): DescentResult {
  if (!box) return ends;
  const [lower, upper] = [box.lower, box.upper].map((side) => side.map(Math.fround));
  return {
    ...ends,
    x: ends.x.map((value, k) => {
      const j = k % lower.length;
      return value === lower[j] ? box.lower[j] : value === upper[j] ? box.upper[j] : value;
    }),
  };
}
