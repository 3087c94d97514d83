/** The sums of a local model by the WGSL of src/backend/gpu/gram.ts against src/math/gram.ts. */
import { describe, expect, it } from 'vitest';
import { gramText } from '../../src/backend/gpu/gram.ts';
import { gram } from '../../src/math/gram.ts';
import { packedLength } from '../../src/math/packed.ts';
import { uniforms } from '../../src/math/philox.ts';
import { worst } from '../support/close.ts';
import { openDevice } from '../support/device.ts';

const ORDERS = [1, 2, 3, 5, 8, 10, 13, 16];
const POINTS = 33;
const EPS = 2 ** -24;
const device = await openDevice();

/** Sums the points of `rows` [points][P + 2], whose last two numbers are slope and mass, one after the other. */
const kernel = (order: number, library: string) => /* wgsl */ `
  const PARAMS = ${order}u;
  alias Theta = array<f32, ${order}>;
  alias Packed = array<f32, ${packedLength(order)}>;
  struct Model { value: f32, gradient: Theta, hessian: Packed }
  struct Row { at: Theta, slope: f32, mass: f32 }
  @group(0) @binding(0) var<storage, read> rows: array<Row>;
  @group(0) @binding(1) var<storage, read_write> sum: Model;
  ${library}
  @compute @workgroup_size(1) fn add() {
    var model = Model();
    for (var i = 0u; i < ${POINTS}u; i++) { add_products(&model, rows[i].at, rows[i].slope, rows[i].mass); }
    sum = model;
  }
`;

describe.skipIf(typeof device === 'string').each(ORDERS)('for %i parameters', (order) => {
  const uniform = uniforms(4, 61, order);
  const rows = Float32Array.from({ length: POINTS * (order + 2) }, () => 2 * uniform() - 1);
  const column = (k: number) => Float64Array.from({ length: POINTS }, (_, i) => rows[i * (order + 2) + k]!);
  const jacobian = Array.from({ length: order }, (_, j) => column(j));
  const [slope, mass] = [column(order), column(order + 1)];
  const sums = (by: readonly Float64Array[], of = (column: Float64Array) => column) => {
    const [gradient, hessian] = [new Float64Array(order), new Float64Array(packedLength(order))];
    gram(of(slope), of(mass), by.map(of), gradient, hessian);
    return [...gradient, ...hessian];
  };

  it('has the sums of the CPU; a hundredth more of the first column would be noticed', async () => {
    const got = await summed(device as GPUDevice, kernel(order, gramText(order)), rows, 1 + order + packedLength(order));
    // n additions and two products, in float32, of the absolute terms.
    const tolerance = sums(jacobian, (column) => column.map(Math.abs)).map((size) => (POINTS + 2) * EPS * size);
    const { ratio, where } = worst(got.slice(1), sums(jacobian), tolerance);
    expect(ratio, where).toBeLessThan(1);
    const wrong = jacobian.with(0, jacobian[0]!.map((value) => 1.01 * value));
    expect(worst(got.slice(1), sums(wrong), tolerance).ratio).toBeGreaterThan(1e3);
  });
});

async function summed(gpu: GPUDevice, code: string, rows: Float32Array<ArrayBuffer>, length: number): Promise<Float64Array> {
  const { STORAGE, COPY_DST, COPY_SRC, MAP_READ } = GPUBufferUsage;
  const data = gpu.createBuffer({ label: 'rows', size: rows.byteLength, usage: STORAGE | COPY_DST });
  const sum = gpu.createBuffer({ label: 'sum', size: 4 * length, usage: STORAGE | COPY_SRC });
  const back = gpu.createBuffer({ label: 'back', size: 4 * length, usage: MAP_READ | COPY_DST });
  gpu.queue.writeBuffer(data, 0, rows);
  const pipeline = gpu.createComputePipeline({ label: 'add', layout: 'auto', compute: { module: gpu.createShaderModule({ label: 'add', code }) } });
  const encoder = gpu.createCommandEncoder({ label: 'add' });
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, gpu.createBindGroup({
    label: 'add', layout: pipeline.getBindGroupLayout(0),
    entries: [data, sum].map((buffer, binding) => ({ binding, resource: { buffer } })),
  }));
  pass.dispatchWorkgroups(1);
  pass.end();
  encoder.copyBufferToBuffer(sum, 0, back, 0, back.size);
  gpu.queue.submit([encoder.finish()]);
  await back.mapAsync(GPUMapMode.READ);
  return Float64Array.from(new Float32Array(back.getMappedRange()));
}
