/** Replicates as the GPU draws them against the CPU: the same integers, and losses to the rounding of exp, log and cos. */
import { describe, expect, it } from 'vitest';
import type { Batch, Draw, DrawGroups } from '../../src/backend/backend.ts';
import { drawReplicate } from '../../src/backend/cpu/draw.ts';
import { uploadBatch } from '../../src/backend/gpu/data.ts';
import type { Device } from '../../src/backend/gpu/device.ts';
import { batchCase } from './cases.ts';
import { openTestDevice } from './gpu.ts';

const POINTS = 101;
const REPLICATES = 70; // more than a workgroup
const device = await openTestDevice();

/** A batch of `replicates` drawn from one sweep whose weights are 1 and 2. */
function drawn(draw: Draw, replicates = REPLICATES): Batch {
  const base = batchCase({ points: POINTS });
  return { ...base, replicates, weight: base.weight.map((w, i) => w + (i % 2)), draw };
}

const fitted = batchCase({ points: POINTS }).logLoss.map((y, i) => y + 0.01 * Math.sin(i));
const group = Uint32Array.from({ length: POINTS }, (_, i) => i);
const pairs = (seed: number, first = 0): Draw => ({ kind: 'groups', seed, first, groups: POINTS, group });
const base = { seed: 5, first: 3, fitted };
const numbers = (of: (i: number) => number) => Uint32Array.from({ length: POINTS }, (_, i) => of(i));
const shared = { sizes: numbers((i) => i % 6), seeds: numbers((i) => i % 5) };
const LOSSES: readonly (readonly [string, Draw])[] = [
  ['residual', { kind: 'residual', ...base }],
  ['residual, of three strata', { kind: 'residual', ...base, stratum: numbers((i) => (i * i) % 3) }],
  ['wild', { kind: 'wild', ...base }],
  ['parametric', { kind: 'parametric', ...base, noise: { sigma: 0.02 } }],
  ['synthetic', { kind: 'synthetic', ...base, noise: { sigma: 0.02 } }],
  ['Student\'s t', { kind: 'synthetic', ...base, noise: { sigma: 0.01, degrees: 3 } }],
  ['Student\'s t that is nearly normal', { kind: 'synthetic', ...base, noise: { sigma: 0.01, degrees: 1000 } }],
  ['outliers', { kind: 'synthetic', ...base, noise: { sigma: 0.01, outliers: { fraction: 0.2, factor: 5 } } }],
  ['parts of size and seed', { kind: 'synthetic', ...base, ...shared, noise: { sigma: 0.001, bySize: 0.02, bySeed: 0.01 } }],
];

describe.skipIf(typeof device === 'string')('replicates drawn on the GPU', () => {
  it.each([
    ['pairs', pairs(1)],
    ['pairs of a seed above 2^32, from replicate 1000 on', pairs(2 ** 40 + 9, 1000)],
    ['all but one', { kind: 'leave-out', seed: 0, first: 20, groups: POINTS, group }],
    ['pairs of three strata', { kind: 'groups', seed: 3, first: 9, groups: POINTS, group, strata: Uint32Array.of(0, 40, 41, POINTS) }],
    ['clusters', { kind: 'groups', seed: 2, first: 0, groups: 7, group: Uint32Array.from({ length: POINTS }, (_, i) => (i * i) % 7) }],
  ] as [string, Draw][])('have the weights of the CPU, exactly: %s', async (_name, draw) => {
    const batch = drawn(draw);
    expect(await onGpu(batch, 'weight')).toEqual(onCpu(batch, 'weight'));
  });

  it('have given weights too, with points that count nowhere', async () => {
    const weight = Float64Array.from({ length: POINTS * REPLICATES }, (_, k) => Math.max(0, (k * 7) % 5 - 2));
    weight.fill(0, REPLICATES * (POINTS - 1)); // the last point
    for (let i = 0; i < POINTS; i++) weight[i * REPLICATES + 3] = 0; // the fourth replicate
    expect(await onGpu({ ...batchCase({ points: POINTS }), replicates: REPLICATES, weight }, 'weight')).toEqual(weight);
  });

  it('have those behind a weight that float32 takes for 0', async () => {
    const weight = Float64Array.from({ length: POINTS }, (_, i) => (i === 2 ? 1e-50 : i === 3 ? 1e-40 : 1 + (i % 2)));
    expect(await onGpu({ ...batchCase({ points: POINTS }), weight }, 'weight')).toEqual(weight.map((value) => (value < 1 ? 0 : value)));
  });

  it('would notice another seed, another first replicate, another grouping', async () => {
    const got = await onGpu(drawn(pairs(1)), 'weight');
    expect(got).not.toEqual(onCpu(drawn(pairs(2)), 'weight'));
    expect(got).not.toEqual(onCpu(drawn(pairs(1, 1)), 'weight'));
  });

  it('are the same whatever chunk they are drawn in', async () => {
    const whole = await onGpu(drawn(pairs(1)), 'weight');
    const later = await onGpu(drawn(pairs(1, 30), 40), 'weight');
    for (let i = 0; i < POINTS; i++) {
      expect(later.slice(i * 40, i * 40 + 40)).toEqual(whole.slice(i * REPLICATES + 30, (i + 1) * REPLICATES));
    }
  });

  it('stay within their strata, and are those of one stratum where there is one', async () => {
    const strata = Uint32Array.of(0, 40, 41, POINTS);
    const got = await onGpu({ ...drawn({ ...pairs(3) as DrawGroups, strata }), weight: new Float64Array(POINTS).fill(1) }, 'weight');
    for (let r = 0; r < REPLICATES; r++) {
      const runs = (from: number, to: number) => Array.from({ length: to - from }, (_, k) => got[(from + k) * REPLICATES + r]!).reduce((sum, count) => sum + count, 0);
      expect([runs(0, 40), runs(40, 41), runs(41, POINTS)]).toEqual([40, 1, 60]);
    }
    const one = drawn({ ...pairs(1) as DrawGroups, strata: Uint32Array.of(0, POINTS) });
    expect(onCpu(one, 'weight')).toEqual(onCpu(drawn(pairs(1)), 'weight'));
    // Of one stratum they take the way of groups, without strata that of points.
    expect(await onGpu(one, 'weight')).toEqual(await onGpu(drawn(pairs(1)), 'weight'));
  });

  it.each(LOSSES)('have the losses of the CPU: %s', async (_name, draw) => {
    const batch = drawn(draw);
    const got = await onGpu(batch, 'inverseLoss');
    const want = onCpu(batch, 'logLoss');
    // 1/L: an ulp or two of exp; what is added is below 0.7 here and good to 1e-6 of itself.
    const worst = got.reduce((most, value, k) => Math.max(most, Math.abs(-Math.log(value) - want[k])), 0);
    expect(worst).toBeLessThan(1e-6);
    const other = onCpu(drawn({ ...draw, seed: 6 }), 'logLoss');
    expect(got.reduce((most, value, k) => Math.max(most, Math.abs(-Math.log(value) - other[k])), 0)).toBeGreaterThan(1e-3);
  });
});

async function onGpu(batch: Batch, name: 'weight' | 'inverseLoss'): Promise<Float64Array> {
  const data = await uploadBatch(device as Device, batch);
  const [bytes] = await (device as Device).read((device as Device).encoder('read'), [data.buffers[name === 'weight' ? 'counted' : name]]);
  data.destroy();
  return name === 'weight' ? weightsOf(bytes!, data.weightColumns) : Float64Array.from(new Float32Array(bytes!));
}

/** Weights [points][columns] of the points that count: shaders/lib/counted.wgsl. */
function weightsOf(bytes: ArrayBuffer, columns: number): Float64Array {
  const [words, floats] = [new Uint32Array(bytes), new Float32Array(bytes)];
  const all = new Float64Array(POINTS * columns);
  for (let r = 0; r < columns; r++) {
    for (let k = 0, before = -1; k < words[r]!; k++) {
      const point = words[(1 + k) * columns + r]!;
      const weight = floats[(1 + POINTS + k) * columns + r]!;
      expect(point).toBeGreaterThan(before);
      expect(weight).toBeGreaterThan(0);
      before = point;
      all[point * columns + r] = weight;
    }
  }
  return all;
}

function onCpu(batch: Batch, name: 'weight' | 'logLoss'): Float64Array {
  const columns = Array.from({ length: batch.replicates }, (_, r) => drawReplicate(batch, r)[name]);
  return Float64Array.from({ length: batch.points * batch.replicates }, (_, k) => columns[k % batch.replicates][Math.floor(k / batch.replicates)]);
}
