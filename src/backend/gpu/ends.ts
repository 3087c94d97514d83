/** Where the ends of chunks go: all of them to the host, or the best of each replicate, kept on the device by keep_end.wgsl. */
import { d } from 'typegpu';
import { emptyBest, emptyDescents, type Batch, type DescentResult } from '../backend.ts';
import { ROW_SIZE, type Device } from './device.ts';
import { KeepEndRun, type Layouts } from './layouts.ts';

/** Stands for an objective that is not finite; shaders/lib/float.wgsl. */
export const LARGEST = Math.fround(3e38);

export interface Ends {
  /** Takes the ends of fits first..first + count, numbered start·replicates + replicate. */
  take(ends: GPUBuffer, first: number, count: number): Promise<void>;
  result(): Promise<DescentResult>;
  destroy(): void;
}

/** Fits whose ends come, `each` a replicate. */
export interface EndsOf {
  readonly device: Device;
  readonly batch: Batch;
  readonly layouts: Layouts;
  readonly each: number;
  /** Threshold of the last stage, nats. */
  readonly delta: number;
}

/** What is not taken stays "running". */
export function openEnds(of: EndsOf, best: boolean): Promise<Ends> {
  return best ? keptBest(of) : Promise.resolve(allOf(of));
}

function allOf({ device, batch, layouts, each, delta }: EndsOf): Ends {
  const fits = batch.replicates * each;
  const result = emptyDescents(fits, batch.law.params.length);
  return {
    async take(buffer, first, count) {
      const [bytes] = await device.read(device.encoder('ends'), [buffer]);
      const place = (k: number) => ((first + k) % batch.replicates) * each + Math.floor((first + k) / batch.replicates);
      unpack(bytes, d.sizeOf(layouts.End) / 4, delta ** 2, count, place, result);
    },
    result: () => Promise.resolve(result),
    destroy() {},
  };
}

async function keptBest({ device, batch, layouts, each, delta }: EndsOf): Promise<Ends> {
  const { keepEnd: layout, End, Best } = layouts;
  const pipeline = await device.pipeline('keep_end', batch.law, layout, { keepEndLayout: layout, End, Best });
  const best = device.storage('best', d.sizeOf(Best) * batch.replicates); // zero: "running"
  const uniforms = device.root.createBuffer(KeepEndRun).$usage('uniform').$name('run');
  let taken = 0;
  return {
    async take(ends, first, count) {
      uniforms.write({ replicates: batch.replicates, firstFit: first, count, rowSize: ROW_SIZE });
      const encoder = device.encoder('keep_end');
      device.dispatch(encoder, pipeline, device.bind(layout, { run: device.root.unwrap(uniforms), ends, best }), batch.replicates);
      await device.read(encoder, []);
      taken += count;
    },
    async result() {
      const result = emptyBest(batch.replicates, batch.law.params.length);
      const [bytes] = await device.read(device.encoder('best'), [best]);
      const stride = d.sizeOf(Best) / 4;
      unpack(bytes, stride, delta ** 2, batch.replicates, (r) => r, result);
      const words = new Uint32Array(bytes);
      for (let r = 0; r < batch.replicates; r++) (result.agreeing as Uint32Array)[r] = words[r * stride + stride - 1];
      if (taken < batch.replicates * each) result.termination.fill(0); // starts lie outermost: none of the replicates has all of its own
      return result;
    },
    destroy() {
      best.destroy();
      uniforms.destroy();
    },
  };
}

/** Rows of x, objective in units of δ², steps, end, of `stride` words each. */
function unpack(bytes: ArrayBuffer, stride: number, square: number, count: number, place: (row: number) => number, into: DescentResult): void {
  const order = into.x.length / into.objective.length;
  const floats = new Float32Array(bytes);
  const words = new Uint32Array(bytes);
  for (let row = 0; row < count; row++) {
    const fit = place(row);
    const at = row * stride;
    into.x.set(floats.subarray(at, at + order), fit * order);
    into.objective[fit] = floats[at + order] < LARGEST ? floats[at + order] * square : Infinity;
    into.steps[fit] = words[at + order + 1];
    into.termination[fit] = words[at + order + 2];
  }
}
