/** A WebGPU device and what every kernel needs of it: pipelines, buffers, dispatches, readback, and its failures. */
import { tgpu, type TgpuBindGroupLayout, type TgpuRoot } from 'typegpu';
import { BackendError, ShaderError } from '../../errors.ts';
import { assembleShader, locate, type LawName, type LossName } from './shaders.ts';

export const WORKGROUP_SIZE = 64;
/** Limits asked for where the adapter has them; the code runs with the defaults. */
const WANTED = ['maxStorageBufferBindingSize', 'maxBufferSize', 'maxComputeWorkgroupStorageSize'] as const;

export class Device {
  readonly root: TgpuRoot;
  readonly gpu: GPUDevice;
  readonly adapter: string;
  /** Batches of fewer fits than this share a workgroup a fit. A number of the device, so that results do not depend on timing. */
  readonly wideBelow: number;
  private failure: string | undefined;
  private readonly pipelines = new Map<string, Promise<GPUComputePipeline>>();

  constructor(gpu: GPUDevice, adapter: string, wideBelow = 0) {
    this.gpu = gpu;
    this.adapter = adapter;
    this.wideBelow = wideBelow;
    this.root = tgpu.initFromDevice({ device: gpu });
    gpu.addEventListener('uncapturederror', ({ error }) => this.fail(error.message));
    void gpu.lost.then(({ message }) => this.fail(`the device was lost: ${message}`));
  }

  /** The first failure is the one that matters: the others follow from it. */
  private fail(message: string): void {
    this.failure ??= message;
  }

  /** Compiles a kernel for a law, and a loss where it has one, once. `externals` name what its WGSL refers to. */
  pipeline(kernel: string, law: LawName, layout: TgpuBindGroupLayout, externals: Record<string, object>, loss?: LossName): Promise<GPUComputePipeline> {
    const key = [kernel, law.id, ...(loss ? [loss.residual, loss.shape, loss.envelope] : [])].join(' ');
    const known = this.pipelines.get(key) ?? this.compile(key, assembleShader(kernel, law, externals, loss), kernel, layout, loss);
    this.pipelines.set(key, known);
    return known;
  }

  private async compile(label: string, code: string, kernel: string, layout: TgpuBindGroupLayout, loss?: LossName) {
    const module = this.gpu.createShaderModule({ label, code });
    const errors = (await module.getCompilationInfo()).messages.filter(({ type }) => type === 'error');
    if (errors.length > 0) throw new ShaderError(locate(code, errors));
    return this.gpu.createComputePipelineAsync({
      label,
      layout: this.gpu.createPipelineLayout({ label, bindGroupLayouts: [this.root.unwrap(layout)] }),
      compute: { module, entryPoint: kernel, constants: { WORKGROUP_SIZE, ...(loss?.shape === 'lower' && { ENVELOPE: loss.envelope }) } },
    });
  }

  /** A storage buffer filled with `data`; an empty one gets room for one word, since a binding cannot be empty. */
  upload(label: string, data: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): GPUBuffer {
    const buffer = this.storage(label, data.byteLength);
    this.gpu.queue.writeBuffer(buffer, 0, data);
    return buffer;
  }

  storage(label: string, bytes: number): GPUBuffer {
    const { STORAGE, COPY_DST, COPY_SRC } = GPUBufferUsage;
    return this.gpu.createBuffer({ label, size: Math.max(4, bytes), usage: STORAGE | COPY_DST | COPY_SRC });
  }

  /** A bind group of raw buffers by the names of the layout. */
  bind(layout: TgpuBindGroupLayout, buffers: Readonly<Record<string, GPUBuffer>>): GPUBindGroup {
    const entries = Object.keys(layout.entries).map((name, binding) => ({ binding, resource: { buffer: buffers[name] } }));
    return this.gpu.createBindGroup({ layout: this.root.unwrap(layout), entries });
  }

  encoder(label: string): GPUCommandEncoder {
    return this.gpu.createCommandEncoder({ label });
  }

  /** Records a dispatch of at least `invocations`, folded into two dimensions: index = x + y·ROW_SIZE. */
  dispatch(encoder: GPUCommandEncoder, pipeline: GPUComputePipeline, group: GPUBindGroup, invocations: number): void {
    const workgroups = Math.ceil(invocations / WORKGROUP_SIZE);
    const across = Math.min(workgroups, ROW);
    const pass = encoder.beginComputePass({ label: pipeline.label });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(across, Math.ceil(workgroups / across));
    pass.end();
  }

  /** Submits, waits, copies the buffers back, and throws what went wrong on the way. */
  async read(encoder: GPUCommandEncoder, sources: readonly GPUBuffer[]): Promise<ArrayBuffer[]> {
    const targets = sources.map((source) => {
      const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
      const target = this.gpu.createBuffer({ label: `read ${source.label}`, size: source.size, usage });
      encoder.copyBufferToBuffer(source, 0, target, 0, source.size);
      return target;
    });
    this.gpu.queue.submit([encoder.finish()]);
    const finished = targets.length > 0
      ? Promise.all(targets.map((target) => target.mapAsync(GPUMapMode.READ)))
      : this.gpu.queue.onSubmittedWorkDone();
    await finished.catch((error: Error) => this.fail(error.message));
    if (this.failure !== undefined) {
      throw new BackendError(`gpu (${this.adapter}): expected the work to finish, got: ${this.failure} ` +
        'Nothing is lost: try again, or use the CPU backend.');
    }
    return targets.map((target) => {
      const copy = target.getMappedRange().slice(0);
      target.destroy();
      return copy;
    });
  }

  close(): void {
    this.gpu.destroy();
  }
}

/** Workgroups a row of a dispatch: the default limit of a dimension. */
const ROW = 65535;
/** Invocations a row: what a kernel multiplies its y by. */
export const ROW_SIZE = ROW * WORKGROUP_SIZE;

/**
 * Fits below which a hardware device gets a workgroup a fit. With one lane a fit so few would leave most of a GPU idle; on
 * a software driver, which has no idle lanes, barriers make it several times slower. `npm run bench lanes` measures where
 * the two cross; no hardware has been measured yet.
 */
const WIDE_BELOW = 2048;

/** A device of the adapter's own limits, or the reason why there is none that is wanted. */
export async function openDevice(gpu: GPU, { software }: { software: boolean }): Promise<Device | string> {
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return 'No adapter: the graphics driver offers neither Vulkan, Metal nor Direct3D 12 to WebGPU.';
  const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
  const name = [...new Set([vendor, architecture, description].filter(Boolean))].join(' ') || 'unnamed adapter';
  const isSoftware = isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(name);
  if (isSoftware && !software) return `The adapter ${name} is software.`;
  const requiredLimits = Object.fromEntries(WANTED.map((limit) => [limit, adapter.limits[limit]]));
  return new Device(await adapter.requestDevice({ label: 'isoloss', requiredLimits }), name, isSoftware ? 0 : WIDE_BELOW);
}
