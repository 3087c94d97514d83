/**
 * Host side of shaders/kernel/search.wgsl and keep_best.wgsl: evaluates the starts chunk by chunk and carries the
 * best of each replicate from chunk to chunk on the device. Only the best are read back.
 */
import { d } from 'typegpu';
import type { Batch, RunOptions, SearchResult, Starts } from '../backend.ts';
import { uploadBatch } from './data.ts';
import { ROW_SIZE, WORKGROUP_SIZE, type Device } from './device.ts';
import { LARGEST } from './ends.ts';
import { Kept, layoutsOf, SearchRun } from './layouts.ts';
import type { Pacer } from './pacer.ts';

/** Values on the device at once: 64 MB, within the default limit of a binding. */
const MOST_VALUES = 1 << 24;

export async function searchOnGpu(device: Device, pacer: Pacer, batch: Batch, starts: Starts, keep: number, delta: number,
                                  { onProgress, signal }: RunOptions = {}): Promise<SearchResult> {
  const { law, points, replicates } = batch;
  const order = law.params.length;
  const total = starts.length / order;
  const layouts = layoutsOf(law);
  const search = await device.pipeline('search', law, layouts.search, { searchLayout: layouts.search }, batch.loss);
  const keepBest = await device.pipeline('keep_best', law, layouts.keep, { keepLayout: layouts.keep });
  const data = await uploadBatch(device, batch);
  const run = device.root.createBuffer(SearchRun).$usage('uniform').$name('run');
  const runBuffer = device.root.unwrap(run);
  let best = device.upload('best', nothingKept(replicates * keep));
  let before = device.storage('bestBefore', best.size);
  const most = Math.max(1, Math.min(total, Math.floor(MOST_VALUES / replicates)));
  const values = device.storage('values', 4 * most * replicates);
  const chunk = device.storage('starts', 4 * order * most);
  try {
    for (let first = 0, count; first < total; first += count) {
      signal?.throwIfAborted();
      count = Math.min(total - first, most, Math.max(1, Math.floor(pacer.budget / (points * replicates))));
      device.gpu.queue.writeBuffer(chunk, 0, new Float32Array(starts.subarray(first * order, (first + count) * order)));
      run.write({
        points, replicates, keep, delta, starts: count, firstStart: first, rowSize: ROW_SIZE,
        weightColumns: data.weightColumns, lossColumns: data.lossColumns,
      });
      [best, before] = [before, best];
      const encoder = device.encoder('search');
      device.dispatch(encoder, search, device.bind(layouts.search, { run: runBuffer, ...data.buffers, starts: chunk, values }), count * replicates);
      device.dispatch(encoder, keepBest, device.bind(layouts.keep, { run: runBuffer, values, bestBefore: before, best }), replicates * WORKGROUP_SIZE);
      const since = performance.now();
      await device.read(encoder, []);
      pacer.note(count * replicates * points, performance.now() - since);
      onProgress?.((first + count) * replicates, total * replicates);
    }
    const [kept] = await device.read(device.encoder('best'), [best]);
    return unpack(kept, delta);
  } finally {
    data.destroy();
    for (const buffer of [run, best, before, values, chunk]) buffer.destroy();
  }
}

const NONE = 0xffffffff;

function nothingKept(count: number): Uint32Array<ArrayBuffer> {
  const rows = new ArrayBuffer(count * d.sizeOf(Kept));
  const floats = new Float32Array(rows);
  const words = new Uint32Array(rows);
  for (let k = 0; k < count; k++) { floats[2 * k] = LARGEST; words[2 * k + 1] = NONE; }
  return words;
}

function unpack(kept: ArrayBuffer, delta: number): SearchResult {
  const floats = new Float32Array(kept);
  const words = new Uint32Array(kept);
  const count = floats.length / 2;
  return {
    index: Uint32Array.from({ length: count }, (_, k) => (words[2 * k + 1] === NONE ? 0 : words[2 * k + 1])),
    objective: Float64Array.from({ length: count }, (_, k) => (floats[2 * k] < LARGEST ? floats[2 * k] * delta ** 2 : Infinity)),
  };
}
