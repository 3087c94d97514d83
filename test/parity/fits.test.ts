/**
 * Whole fits, GPU (float32) against CPU (float64) from the same starts, before any polish.
 *
 * The objective is compared relatively: a residual near log L̂ = 1 is off by some 1e-7 nats, 1e-4 of δ, of random sign,
 * so that a sum of n residuals of size r̄·δ is off by about 1e-4/(r̄ √n), here 1e-6: 1e-5 holds with room. Parameters
 * are compared in units of their standard errors, which are those of the noise that was drawn.
 */
import { describe, expect, it } from 'vitest';
import type { Batch, DescentResult } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import type { Device } from '../../src/backend/gpu/device.ts';
import { gpuBackend } from '../../src/backend/gpu/gpu.ts';
import { schedule } from '../../src/backend/schedule.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { dot } from '../../src/math/dot.ts';
import { choleskyDamped, choleskySolve } from '../../src/math/packed.ts';
import { TERMINATIONS } from '../../src/optim/termination.ts';
import { batchCase, NOISE, startsCase, truth } from './cases.ts';
import { openTestDevice } from './gpu.ts';

const device = await openTestDevice();

describe.skipIf(typeof device === 'string')('descents to the end on the GPU', () => {
  const gpu = typeof device === 'string' ? undefined : gpuBackend(device as Device);
  const cpu = cpuBackend(1);

  it.each([
    { name: 'one replicate', points: 240, replicates: 1, delta: 1e-3, errors: 0.02 },
    { name: 'three replicates with their own weights and losses', points: 101, replicates: 3, delta: 1e-3, errors: 0.02 },
    { name: 'δ = 1e-4', points: 240, replicates: 1, delta: 1e-4, errors: 0.2 }, // the same rounding is ten times larger in units of δ
  ])('end where those of the CPU end: $name', async ({ points, replicates, delta, errors }) => {
    const batch = batchCase({ points, replicates });
    const starts = startsCase(14);
    const got = await gpu!.descend(batch, starts, schedule(delta, gpu!.tolerance));
    const want = await cpu.descend(batch, starts, schedule(delta, cpu.tolerance));
    const { objective, parameters, fits } = compare(batch, got, want);
    expect(fits).toBe(16 * replicates); // all but the one that overflows: the dead one comes back
    expect(objective).toBeLessThan(1e-5);
    expect(parameters).toBeLessThan(errors);
  });

  it.each(lawIds)('end where those of the CPU end: the law %s, with replicates of their own', async (id) => {
    const batch = batchCase({ points: 101, replicates: 3, law: lawById(id) });
    const starts = startsCase(6, batch.law);
    const got = await gpu!.descend(batch, starts, schedule(1e-3, gpu!.tolerance));
    const [want, wide] = [await cpu.descend(batch, starts, schedule(1e-3, cpu.tolerance)), await cpu.descend(batch, starts, schedule(2e-3, cpu.tolerance))];
    const { objective, parameters, fits } = compare(batch, got, want);
    expect(fits).toBe(8 * 3); // all but the one that overflows: the dead one comes back
    expect(objective).toBeLessThan(1e-5);
    expect(parameters).toBeLessThan(0.02);
    expect(compare(batch, got, wide).objective).toBeGreaterThan(1e-5);
  });

  it('would notice replicates in another order, and another δ', async () => {
    const batch = batchCase({ points: 101, replicates: 3 });
    const starts = startsCase(3);
    const got = await gpu!.descend(batch, starts, schedule(1e-3, gpu!.tolerance));
    const each = starts.length / batch.law.params.length;
    const rotated = await cpu.descend(rotate(batch), starts, schedule(1e-3, cpu.tolerance));
    expect(compare(batch, got, rotated).parameters).toBeGreaterThan(0.02);
    const wide = await cpu.descend(batch, starts, schedule(2e-3, cpu.tolerance));
    expect(compare(batch, got, wide).objective).toBeGreaterThan(1e-5);
    expect(got.objective.length).toBe(3 * each);
  });

  it('tell how each start ended', async () => {
    const got = await gpu!.descend(batchCase({ points: 101 }), startsCase(3), schedule(1e-3, gpu!.tolerance));
    const ends = Array.from(got.termination, (code) => TERMINATIONS[code]);
    expect(ends.slice(0, 4).every((end) => end === 'converged' || end === 'stalled')).toBe(true);
    expect(ends.at(-1)).toBe('nonfinite');
    expect(got.objective.at(-1)).toBe(Infinity);
  });

  it('say that a term has vanished where no step can find it again', async () => {
    const batch = batchCase({ points: 101 });
    const gone = Float64Array.from([...truth().with(1, -1000), ...truth()]);
    const got = await gpu!.descend(batch, gone, schedule(1e-3, gpu!.tolerance));
    const want = await cpu.descend(batch, gone, schedule(1e-3, cpu.tolerance));
    expect(Array.from(got.termination, (code) => TERMINATIONS[code])).toEqual(['vanished', 'converged']);
    expect(got.termination).toEqual(want.termination);
  });

  it('take the picked starts of each replicate, and only those', async () => {
    const batch = batchCase({ points: 101, replicates: 2 });
    const starts = startsCase(6);
    const stages = [{ delta: 1e-3, tolerance: 0, steps: 2 }]; // one step: the ends still show where they began
    const all = await gpu!.descend(batch, starts, stages);
    const some = await gpu!.descend(batch, starts, stages, { picks: Uint32Array.of(4, 1, 0, 5) });
    const each = starts.length / batch.law.params.length;
    expect(some.objective).toEqual(Float64Array.of(4, 1, each + 0, each + 5).map((fit) => all.objective[fit]));
  });

  it('give the same bits again, in chunks of any size', async () => {
    const batch = batchCase({ points: 33, replicates: 50 });
    const starts = startsCase(30);
    const stages = schedule(1e-3, gpu!.tolerance);
    const first = await gpu!.descend(batch, starts, stages);
    const again = await gpuBackend(device as Device).descend(batch, starts, stages); // begins with smaller chunks
    expect(again).toEqual(first);
  });

  it('stop when aborted, between rounds', async () => {
    const abort = new AbortController();
    const run = gpu!.descend(batchCase({ points: 101 }), startsCase(), schedule(1e-3, 1e-6), {
      signal: abort.signal, onProgress: () => abort.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow('enough');
  });
});

/** Largest relative difference of objectives, and of parameters in standard errors, over the fits that both converged. */
function compare(batch: Batch, got: DescentResult, want: DescentResult) {
  const settled = (code: number) => TERMINATIONS[code] === 'converged' || TERMINATIONS[code] === 'stalled';
  let objective = 0, parameters = 0, fits = 0;
  const order = batch.law.params.length;
  const each = want.objective.length / batch.replicates;
  for (let f = 0; f < want.objective.length; f++) {
    if (!settled(got.termination[f]) || !settled(want.termination[f])) continue;
    fits++;
    const x = want.x.subarray(f * order, (f + 1) * order);
    const errors = standardErrors(batch, Math.floor(f / each), x);
    objective = Math.max(objective, Math.abs(got.objective[f] / want.objective[f] - 1));
    for (let j = 0; j < order; j++) parameters = Math.max(parameters, Math.abs(got.x[f * order + j] - x[j]) / errors[j]);
  }
  return { objective, parameters, fits };
}

/** NOISE·√diag (JᵀWJ)⁻¹: least squares, which Huber's loss does not beat under this noise. */
function standardErrors(batch: Batch, replicate: number, x: Float64Array): number[] {
  const prediction = new Float64Array(batch.points);
  const jacobian = batch.law.params.map(() => new Float64Array(batch.points));
  batch.law.predict(x, batch.inputs, prediction, jacobian);
  const weight = Float64Array.from({ length: batch.points }, (_, i) => batch.weight[i * batch.replicates + replicate]);
  const gram = Float64Array.from(jacobian.flatMap((row, j) =>
    jacobian.slice(0, j + 1).map((column) => dot(row.map((value, i) => value * weight[i]), column))));
  const factor = new Float64Array(gram.length);
  const order = x.length;
  if (!choleskyDamped(gram, new Float64Array(order).fill(1), 0, 0, factor)) throw new Error('singular design');
  return Array.from({ length: order }, (_, j) => {
    const unit = new Float64Array(order);
    unit[j] = 1;
    choleskySolve(factor, unit, unit);
    return NOISE * Math.sqrt(unit[j]);
  });
}

function rotate(batch: Batch): Batch {
  const turn = (values: Float64Array) => values.map((_, k) => {
    const r = k % batch.replicates;
    return values[k - r + ((r + 1) % batch.replicates)];
  });
  return { ...batch, weight: turn(batch.weight), logLoss: turn(batch.logLoss) };
}
