/**
 * Host side of shaders/kernel/begin.wgsl, descend.wgsl and descend_wide.wgsl: cuts the fits into chunks that the device
 * can hold, and each descent into rounds that stay short, until no fit of the chunk is running.
 */
import { d } from 'typegpu';
import { optionError } from '../../errors.ts';
import { startsPerReplicate, type Batch, type DescendOptions, type DescentResult, type Stage, type Starts } from '../backend.ts';
import { atSides, bitsOf, boundedBits, startsInside, uploadBox } from './box.ts';
import { uploadBatch, type DeviceData } from './data.ts';
import { ROW_SIZE, WORKGROUP_SIZE, type Device } from './device.ts';
import { openEnds, type Ends } from './ends.ts';
import { DescendRun, layoutsOf, MAX_STAGES, type Layouts } from './layouts.ts';
import type { Pacer } from './pacer.ts';

/** Fits whose state is on the device at once: 22 MB for five parameters. */
const CHUNK = 1 << 17;
/** Evaluations of a fit in a round: more would leave the lanes of ended fits idle. */
const MOST_ROUNDS = 32;

/** What all chunks of one call share. */
export interface Session {
  readonly device: Device;
  readonly batch: Batch;
  readonly layouts: Layouts;
  readonly data: DeviceData;
  readonly starts: GPUBuffer;
  readonly picks: GPUBuffer;
  /** Uniforms of the bounds. */
  readonly box: GPUBuffer;
  readonly begin: GPUComputePipeline;
  readonly descend: GPUComputePipeline;
  /** Invocations of `descend` that share a fit. */
  readonly lanes: number;
  /** The uniforms that do not change. */
  readonly run: Omit<d.Infer<typeof DescendRun>, 'firstFit' | 'running' | 'rounds'>;
}

export async function descendOnGpu(device: Device, pacer: Pacer, batch: Batch, starts: Starts, stages: readonly Stage[],
                                   options: DescendOptions = {}): Promise<DescentResult> {
  const session = await openSession(device, batch, starts, stages, options);
  const { each } = session.run;
  const total = batch.replicates * each;
  const ends = await openEnds({ device, batch, each, layouts: session.layouts, delta: stages[stages.length - 1].delta }, options.best ?? false);
  try {
    for (let first = 0, count; first < total && !(options.partial && options.signal?.aborted); first += count) {
      count = chunkSize(total - first, pacer, batch);
      await runChunk(session, pacer, ends, first, count, options);
    }
    return atSides(await ends.result(), batch.box);
  } finally {
    ends.destroy();
    closeSession(session);
  }
}

/** As many fits as a dispatch can take four steps of, in whole workgroups. */
function chunkSize(left: number, pacer: Pacer, batch: Batch): number {
  const fits = Math.floor(pacer.budget / (4 * batch.points * WORKGROUP_SIZE)) * WORKGROUP_SIZE;
  return Math.min(left, CHUNK, Math.max(fits, 16 * WORKGROUP_SIZE));
}

/** How a session differs from the plain one; `lanes` overrides the choice by size. */
type SessionOptions = Pick<DescendOptions, 'picks' | 'pinned'> & { readonly lanes?: number };

/** Uploads what every chunk shares and compiles the kernels. */
export async function openSession(device: Device, batch: Batch, starts: Starts, stages: readonly Stage[],
                                  { picks, pinned = [], lanes }: SessionOptions = {}): Promise<Session> {
  if (stages.length > MAX_STAGES) {
    throw optionError('delta', `expected one that takes at most ${MAX_STAGES} stages, got ${stages.length} stages. Use a larger delta.`);
  }
  const layouts = layoutsOf(batch.law);
  const { Descent, End } = layouts;
  const data = await uploadBatch(device, batch);
  const each = startsPerReplicate(batch, starts, picks);
  const isFew = batch.replicates * each < device.wideBelow;
  const shared = lanes ?? (isFew && wideFits(device, batch.law.params.length) ? WORKGROUP_SIZE : 1);
  const kernel = shared > 1 ? 'descend_wide' : 'descend';
  return {
    device, batch, layouts, data,
    starts: device.upload('starts', new Float32Array(startsInside(starts, batch.box, pinned))),
    box: uploadBox(device, layouts, batch),
    picks: device.upload('picks', new Uint32Array(picks ?? [0])),
    begin: await device.pipeline('begin', batch.law, layouts.begin, { beginLayout: layouts.begin, Descent }),
    descend: await device.pipeline(kernel, batch.law, layouts.descend, { descendLayout: layouts.descend, Descent, End }, batch.loss),
    lanes: shared,
    run: {
      points: batch.points,
      replicates: batch.replicates,
      each,
      picked: picks ? 1 : 0,
      stageCount: stages.length,
      weightColumns: data.weightColumns,
      lossColumns: data.lossColumns,
      rowSize: ROW_SIZE,
      pinned: bitsOf(pinned),
      bounded: boundedBits(batch.box, pinned),
      stages: Array.from({ length: MAX_STAGES }, (_, k) => {
        const { delta, tolerance, steps } = stages[Math.min(k, stages.length - 1)];
        return d.vec4f(delta, tolerance, steps, 0);
      }),
    },
  };
}

/** Has a workgroup memory for the models of half its lanes, and a word? With the 16 KiB of every device: up to 14 parameters. */
function wideFits({ gpu }: Device, order: number): boolean {
  const model = 1 + order + (order * (order + 1)) / 2;
  return 4 * (model * (WORKGROUP_SIZE / 2) + 1) <= gpu.limits.maxComputeWorkgroupStorageSize;
}

export function closeSession({ data, starts, picks, box }: Session): void {
  data.destroy();
  box.destroy();
  starts.destroy();
  picks.destroy();
}

/** Descends fits first..first+count to the end, and hands them to `ends`; nothing of them where it is stopped before. */
async function runChunk(session: Session, pacer: Pacer, ends: Ends, first: number, count: number, options: DescendOptions): Promise<void> {
  const { batch } = session;
  const chunk = openChunk(session, first, count);
  try {
    for (let running = count; running > 0;) {
      if (options.partial && options.signal?.aborted) return;
      options.signal?.throwIfAborted();
      const rounds = Math.max(1, Math.min(MOST_ROUNDS, Math.floor(pacer.budget / (running * batch.points))));
      const since = performance.now();
      const left = await chunk.round(running, rounds);
      pacer.note(running * rounds * batch.points, performance.now() - since);
      running = left;
      options.onProgress?.(first + count - running, batch.replicates * session.run.each);
    }
    await ends.take(chunk.buffers.ends, first, count);
  } finally {
    chunk.destroy();
  }
}

/** The descents of one chunk on the device, between rounds. */
export function openChunk(session: Session, first: number, count: number) {
  const { device, layouts, data, box } = session;
  const buffers = chunkBuffers(session, count);
  const { state, running, ends } = buffers;
  const run = device.root.createBuffer(DescendRun).$usage('uniform').$name('run');
  const uniforms = device.root.unwrap(run);
  const group = (fits: GPUBuffer, next: GPUBuffer) =>
    device.bind(layouts.descend, { run: uniforms, box, ...data.buffers, fits, next, state, running, ends });
  const begin = device.bind(layouts.begin, { run: uniforms, starts: session.starts, picks: session.picks, state, fits: buffers.fits });
  let [now, other] = [group(buffers.fits, buffers.next), group(buffers.next, buffers.fits)];
  let begun = false;
  return {
    buffers,
    /** Takes up to `rounds` evaluations of each running fit; returns how many are still running. */
    async round(fits: number, rounds: number): Promise<number> {
      run.write({ ...session.run, firstFit: first, running: fits, rounds });
      const encoder = device.encoder('descend');
      if (!begun) device.dispatch(encoder, session.begin, begin, count);
      begun = true;
      encoder.clearBuffer(running);
      device.dispatch(encoder, session.descend, now, fits * session.lanes);
      [now, other] = [other, now];
      const [left] = await device.read(encoder, [running]);
      return new Uint32Array(left)[0];
    },
    destroy() {
      run.destroy();
      for (const buffer of Object.values(buffers)) buffer.destroy();
    },
  };
}

function chunkBuffers({ device, layouts }: Session, count: number) {
  return {
    fits: device.storage('fits', 4 * count),
    next: device.storage('next', 4 * count),
    running: device.storage('running', 4),
    state: device.storage('state', d.sizeOf(layouts.Descent) * count),
    ends: device.storage('ends', d.sizeOf(layouts.End) * count),
  };
}
