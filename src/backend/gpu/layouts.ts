/**
 * Every buffer that a shader sees, typed once: TypeGPU writes the structs and the bindings of the WGSL from these
 * schemas, and sizes the buffers here.
 */
import { d, tgpu } from 'typegpu';
import { columnsRead, type Law } from '../../laws/law.ts';

/** Uniforms of search and keep_best: one chunk of starts on all replicates. */
export const SearchRun = d.struct({
  points: d.u32,
  replicates: d.u32,
  starts: d.u32,
  firstStart: d.u32,
  keep: d.u32,
  weightColumns: d.u32,
  lossColumns: d.u32,
  rowSize: d.u32,
  delta: d.f32,
}).$name('SearchRun');

/** Room for thresholds from one nat to 1e-12 by tens. */
export const MAX_STAGES = 16;

/** Uniforms of begin, descend and descend_wide: one chunk of fits, one round. */
export const DescendRun = d.struct({
  points: d.u32,
  replicates: d.u32,
  each: d.u32,
  picked: d.u32,
  firstFit: d.u32,
  running: d.u32,
  rounds: d.u32,
  stageCount: d.u32,
  weightColumns: d.u32,
  lossColumns: d.u32,
  rowSize: d.u32,
  /** Bit j: coordinate j stays where it is. */
  pinned: d.u32,
  /** Bit j: coordinate j has bounds, in `box`. */
  bounded: d.u32,
  /** Threshold in nats, tolerance, evaluations allowed, unused. */
  stages: d.arrayOf(d.vec4f, MAX_STAGES),
}).$name('DescendRun');

/** Uniforms of keep_end: one chunk of ends. */
export const KeepEndRun = d.struct({ replicates: d.u32, firstFit: d.u32, count: d.u32, rowSize: d.u32 }).$name('KeepEndRun');

/** A start kept by the search: index and objective in units of δ². */
export const Kept = d.struct({ value: d.f32, start: d.u32 }).$name('Kept');

/** Uniforms of draw_weights and draw_losses. */
export const DrawRun = d.struct({
  points: d.u32,
  replicates: d.u32,
  first: d.u32,
  seedLow: d.u32,
  seedHigh: d.u32,
  stream: d.u32,
  groups: d.u32,
  kind: d.u32,
  rowSize: d.u32,
  /** Of the noise: scale, degrees of freedom of Student's t (0: normal), what the points of a size and a seed share. */
  sigma: d.f32,
  degrees: d.f32,
  bySize: d.f32,
  bySeed: d.f32,
  sizeStream: d.u32,
  seedStream: d.u32,
  /** Words below it make an outlier, which is so many times as far off. */
  outlierLimit: d.u32,
  outlierFactor: d.f32,
}).$name('DrawRun');

const floats = d.arrayOf(d.f32);
const integers = d.arrayOf(d.u32);

/** Base weights, the points of each group one after another, where each group begins among them, and where each stratum among the groups. */
export const drawWeightsLayout = tgpu.bindGroupLayout({
  run: { uniform: DrawRun },
  base: { storage: floats, access: 'readonly' },
  members: { storage: integers, access: 'readonly' },
  begin: { storage: integers, access: 'readonly' },
  strata: { storage: integers, access: 'readonly' },
  drawn: { storage: integers, access: 'mutable' },
}).$name('drawWeights');

/**
 * 1/fitted loss of each point, residuals, and two numbers of each point: where the residuals of its stratum begin and how many
 * they are, or its model size and its training seed.
 */
export const drawLossesLayout = tgpu.bindGroupLayout({
  run: { uniform: DrawRun },
  base: { storage: floats, access: 'readonly' },
  residual: { storage: floats, access: 'readonly' },
  numbers: { storage: d.arrayOf(d.vec2u), access: 'readonly' },
  drawn: { storage: floats, access: 'mutable' },
}).$name('drawLosses');

/** The layouts of one law: its numbers of inputs and parameters size the rows. */
export function layoutsOf(law: Law) {
  const order = law.params.length;
  const Theta = d.arrayOf(d.f32, order);
  const Inputs = d.arrayOf(d.f32, columnsRead(law));
  const Packed = d.arrayOf(d.f32, (order * (order + 1)) / 2);
  const Descent = d.struct({
    x: Theta, trial: Theta, gradient: Theta, scale: Theta, hessian: Packed,
    value: d.f32, lambda: d.f32, kappa: d.f32,
    accepted: d.u32, stage: d.u32, stageSteps: d.u32, steps: d.u32,
  }).$name('Descent');
  const End = d.struct({ x: Theta, value: d.f32, steps: d.u32, ended: d.u32 }).$name('End');

  /** Lower and upper side of each coordinate, two words unused. */
  const Box = d.arrayOf(d.vec4f, order);
  const Best = d.struct({ x: Theta, value: d.f32, steps: d.u32, ended: d.u32, agreeing: d.u32 }).$name('Best');

  const readonly = 'readonly' as const;
  const mutable = 'mutable' as const;
  const data = {
    inputs: { storage: d.arrayOf(Inputs), access: readonly },
    counted: { storage: integers, access: readonly },
    inverseLoss: { storage: d.arrayOf(d.f32), access: readonly },
  };
  const starts = { storage: d.arrayOf(Theta), access: readonly };
  const words = d.arrayOf(d.u32);
  return {
    Descent, End, Best, Box,
    search: tgpu.bindGroupLayout({
      run: { uniform: SearchRun }, ...data, starts, values: { storage: d.arrayOf(d.f32), access: mutable },
    }).$name('search'),
    keep: tgpu.bindGroupLayout({
      run: { uniform: SearchRun },
      values: { storage: d.arrayOf(d.f32), access: readonly },
      bestBefore: { storage: d.arrayOf(Kept), access: readonly },
      best: { storage: d.arrayOf(Kept), access: mutable },
    }).$name('keep'),
    begin: tgpu.bindGroupLayout({
      run: { uniform: DescendRun }, starts,
      picks: { storage: words, access: readonly },
      state: { storage: d.arrayOf(Descent), access: mutable },
      fits: { storage: words, access: mutable },
    }).$name('begin'),
    // Eight storage buffers: as many as every device has.
    descend: tgpu.bindGroupLayout({
      run: { uniform: DescendRun },
      box: { uniform: Box },
      ...data,
      fits: { storage: words, access: readonly },
      state: { storage: d.arrayOf(Descent), access: mutable },
      next: { storage: words, access: mutable },
      running: { storage: d.atomic(d.u32), access: mutable },
      ends: { storage: d.arrayOf(End), access: mutable },
    }).$name('descend'),
    keepEnd: tgpu.bindGroupLayout({
      run: { uniform: KeepEndRun },
      ends: { storage: d.arrayOf(End), access: readonly },
      best: { storage: d.arrayOf(Best), access: mutable },
    }).$name('keepEnd'),
  };
}

export type Layouts = ReturnType<typeof layoutsOf>;
