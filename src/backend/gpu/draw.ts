/** Host side of shaders/kernel/draw_weights.wgsl and draw_losses.wgsl: replicates are drawn where they are fitted. */
import type { Batch, Draw, DrawGroups, DrawLosses } from '../backend.ts';
import { ROW_SIZE, type Device } from './device.ts';
import { DrawRun, drawLossesLayout, drawWeightsLayout } from './layouts.ts';

/** As STREAM.resample of src/math/philox.ts; a test compares what is drawn. */
const STREAM = 3;
const KINDS = { residual: 0, wild: 1, parametric: 2 } as const;

/** The weights of every replicate, [points][replicates], drawn into `drawn`. */
export async function drawWeights(device: Device, batch: Batch, draw: DrawGroups, drawn: GPUBuffer): Promise<void> {
  const begin = new Uint32Array(draw.groups + 1);
  for (const group of draw.group) begin[group + 1]++;
  for (let g = 0; g < draw.groups; g++) begin[g + 1] += begin[g];
  const members = Uint32Array.from(draw.group.keys()).toSorted((i, j) => draw.group[i] - draw.group[j] || i - j);
  await run(device, 'draw_weights', batch, draw, {
    base: device.upload('base', new Float32Array(batch.weight)),
    members: device.upload('members', members),
    begin: device.upload('begin', begin),
  }, drawn, batch.replicates);
}

/** 1/L of every replicate, [points][replicates], drawn into `drawn`. */
export async function drawLosses(device: Device, batch: Batch, draw: DrawLosses, drawn: GPUBuffer): Promise<void> {
  await run(device, 'draw_losses', batch, draw, {
    base: device.upload('base', Float32Array.from(draw.fitted, (value) => Math.exp(-value))),
    residual: device.upload('residual', Float32Array.from(draw.fitted, (value, i) => batch.logLoss[i] - value)),
  }, drawn, batch.points * batch.replicates);
}

async function run(device: Device, kernel: 'draw_weights' | 'draw_losses', batch: Batch, draw: Draw,
                   sources: Readonly<Record<string, GPUBuffer>>, drawn: GPUBuffer, invocations: number): Promise<void> {
  const layout = kernel === 'draw_weights' ? drawWeightsLayout : drawLossesLayout;
  const pipeline = await device.pipeline(kernel, batch.law, layout, { drawLayout: layout });
  const uniforms = device.root.createBuffer(DrawRun).$usage('uniform').$name('run');
  uniforms.write({
    points: batch.points,
    replicates: batch.replicates,
    first: draw.first,
    seedLow: draw.seed >>> 0,
    seedHigh: Math.floor(draw.seed / 2 ** 32) >>> 0,
    stream: STREAM,
    groups: draw.kind === 'groups' ? draw.groups : 0,
    kind: draw.kind === 'groups' ? 0 : KINDS[draw.kind],
    sigma: draw.kind === 'groups' ? 0 : draw.sigma,
    rowSize: ROW_SIZE,
  });
  const encoder = device.encoder(kernel);
  device.dispatch(encoder, pipeline, device.bind(layout, { run: device.root.unwrap(uniforms), ...sources, drawn }), invocations);
  await device.read(encoder, []);
  uniforms.destroy();
  for (const buffer of Object.values(sources)) buffer.destroy();
}
