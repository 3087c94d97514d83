/** The harness itself: a device opens and computes, here and in the browser, and a wrong answer is noticed. */
import { describe, expect, it } from 'vitest';
import { worst } from '../support/close.ts';
import { openDevice } from '../support/device.ts';

const COUNT = 257; // no multiple of a workgroup
const DOUBLE = /* wgsl */ `
  @group(0) @binding(0) var<storage, read_write> x: array<f32>;
  @compute @workgroup_size(64) fn double(@builtin(global_invocation_id) id: vec3u) {
    if (id.x < arrayLength(&x)) { x[id.x] *= 2.0; }
  }
`;
const device = await openDevice();

describe.skipIf(typeof device === 'string')('a WebGPU device', () => {
  const x = Float32Array.from({ length: COUNT }, (_, i) => i + 1);
  const exact = new Float32Array(COUNT);

  it('doubles 257 numbers', async () => {
    const got = await double(device as GPUDevice, x);
    expect(worst(got, x.map((v) => 2 * v), exact).where).toBe('identical');
  });

  it('would be noticed if it left the last number alone', async () => {
    const got = await double(device as GPUDevice, x);
    const left = x.map((v, i) => (i < COUNT - 1 ? 2 * v : v));
    expect(worst(got, left, exact).where).toBe('[256] got 514, want 257, off by Infinity × tolerance');
  });
});

async function double(gpu: GPUDevice, x: Float32Array<ArrayBuffer>): Promise<Float32Array> {
  const size = x.byteLength;
  const data = gpu.createBuffer({
    label: 'x', size, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
  });
  const back = gpu.createBuffer({ label: 'back', size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST });
  gpu.queue.writeBuffer(data, 0, x);
  const encoder = gpu.createCommandEncoder({ label: 'double' });
  encodeDouble(gpu, encoder, data);
  encoder.copyBufferToBuffer(data, 0, back, 0, size);
  gpu.queue.submit([encoder.finish()]);
  await back.mapAsync(GPUMapMode.READ);
  return new Float32Array(back.getMappedRange().slice());
}

function encodeDouble(gpu: GPUDevice, encoder: GPUCommandEncoder, buffer: GPUBuffer): void {
  const module = gpu.createShaderModule({ label: 'double', code: DOUBLE });
  const pipeline = gpu.createComputePipeline({ label: 'double', layout: 'auto', compute: { module } });
  const entries = [{ binding: 0, resource: { buffer } }];
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, gpu.createBindGroup({ label: 'x', layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(Math.ceil(COUNT / 64));
  pass.end();
}
