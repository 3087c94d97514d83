import { describe, expect, it } from 'vitest';
import { allReduceSeconds, modelledUtilisation, pipelineShare, type Layout } from '../../src/plan/utilisation.ts';
import { refused } from './refusals.ts';
import { off } from './sardana.ts';

const ROUNDING = 32 * 2 ** -53;

/** Time slots of a pipeline, played through: a micro-batch is done by a stage after the stage before, and after the one before it. */
function slots(stages: number, microBatches: number): number {
  const done = new Int32Array(stages);
  for (let batch = 0; batch < microBatches; batch++) {
    for (let stage = 0; stage < stages; stage++) done[stage] = Math.max(done[stage], stage > 0 ? done[stage - 1] : 0) + 1;
  }
  return done[stages - 1];
}

it.each([[1, 1], [4, 4], [8, 32], [16, 1]])('a pipeline of %i stages and %i micro-batches idles (p − 1)/(m + p − 1) of the time', (stages, microBatches) => {
  expect(off(pipelineShare({ stages, microBatches }), microBatches / slots(stages, microBatches))).toBeLessThan(ROUNDING);
  expect(off(1 - pipelineShare({ stages, microBatches }) + 1, 1 + (stages - 1) / (microBatches + stages - 1))).toBeLessThan(ROUNDING);
});

it('interleaving chunks divides the bubble', () => {
  const bubble = (chunks: number) => 1 / pipelineShare({ stages: 8, microBatches: 16, chunks }) - 1;
  expect(off(bubble(1) / bubble(4), 4)).toBeLessThan(ROUNDING);
});

/** Bytes that one device of a ring sends, played through: of n chunks one each step, n − 1 steps to add up and n − 1 to spread. */
it.each([2, 8, 1024])('a ring of %i sends each byte twice, less what a device has', (replicas) => {
  const bytes = 2 * (replicas - 1) * (1e9 / replicas);
  expect(off(allReduceSeconds({ replicas, bytes: 1e9, bandwidth: 5e10 }), bytes / 5e10)).toBeLessThan(ROUNDING);
});

describe('a layout', () => {
  const layout: Layout = { device: 'h100-sxm', N: 7e9, batch: 4e6, replicas: 64, kernel: 0.5 };

  it('without a pipeline, and with a network that costs nothing, is its kernel', () => {
    const { utilisation, pipeline, communication, devices, step } = modelledUtilisation(layout);
    expect([utilisation, pipeline, communication, devices]).toEqual([0.5, 1, 1, 64]);
    expect(off(step, (6 * 7e9 * 4e6) / (64 * 989.4e12 * 0.5))).toBeLessThan(ROUNDING);
  });

  it('does its FLOPs at its utilisation in the time of a step', () => {
    const whole = { ...layout, pipeline: { stages: 4, microBatches: 16, chunks: 2 }, tensorParallel: 8, bandwidth: 1e10, overlap: 0.5 };
    const { utilisation, pipeline, communication, devices, step } = modelledUtilisation(whole);
    expect(devices).toBe(64 * 4 * 8);
    expect(off(utilisation * devices * 989.4e12 * step, 6 * 7e9 * 4e6)).toBeLessThan(ROUNDING);
    expect(off(utilisation, 0.5 * pipeline * communication)).toBeLessThan(ROUNDING);
    expect(pipeline).toBe(pipelineShare(whole.pipeline));
  });

  it('recomputes 8·N for 6·N a token, and waits as long for the gradients', () => {
    const [plain, again] = [false, true].map((recompute) => modelledUtilisation({ ...layout, bandwidth: 1e10, recompute }));
    const compute = modelledUtilisation(layout).step;
    expect(off(again.step - plain.step, compute / 3)).toBeLessThan(1e-12); // a difference of numbers within a factor of ten of it
    expect(off(again.utilisation * again.devices * 989.4e12 * again.step, 8 * 7e9 * 4e6)).toBeLessThan(ROUNDING);
  });

  it('waits for the part of the gradients that is not hidden', () => {
    const compute = modelledUtilisation(layout).step;
    const seconds = allReduceSeconds({ replicas: 64, bytes: 2 * 7e9, bandwidth: 1e10 });
    for (const overlap of [0, 0.25, 1]) {
      const { step, communication } = modelledUtilisation({ ...layout, bandwidth: 1e10, overlap });
      expect(off(step, compute + seconds - Math.min(overlap * seconds, compute))).toBeLessThan(ROUNDING);
      expect(off(communication, compute / step)).toBeLessThan(ROUNDING);
    }
    // Longer than the computation: what does not fit under it is waited for, however much may overlap.
    const slow = allReduceSeconds({ replicas: 64, bytes: 2 * 7e9, bandwidth: 1e9 });
    expect(slow).toBeGreaterThan(2 * compute);
    expect(off(modelledUtilisation({ ...layout, bandwidth: 1e9, overlap: 1 }).step, slow)).toBeLessThan(ROUNDING);
  });

  it('splits gradients among the devices of a replica, and counts their bytes', () => {
    const wait = (change: Partial<Layout>) => {
      const [without, with_] = [{}, { bandwidth: 1e10 }].map((network) => modelledUtilisation({ ...layout, ...change, ...network } as Layout).step);
      return with_ - without;
    };
    // A difference of two steps of about 4 s.
    expect(Math.abs(wait({ tensorParallel: 8 }) / wait({}) - 1 / 8)).toBeLessThan(1e-12);
    expect(Math.abs(wait({ gradientBytes: 4 }) / wait({}) - 2)).toBeLessThan(1e-12);
    expect(wait({ replicas: 1 })).toBe(0);
  });
});

const layout: Layout = { peakFlops: 1e15, N: 7e9, batch: 4e6, replicas: 64, kernel: 0.5, bandwidth: 1e10 };
refused([
  ['stages', () => pipelineShare({ stages: 0, microBatches: 1 }), 'expected a whole number of stages, 1 or more, got 0.'],
  ['microBatches', () => pipelineShare({ stages: 2, microBatches: 0.5 }), 'expected a whole number of micro-batches, 1 or more, got 0.5.'],
  ['chunks', () => pipelineShare({ stages: 2, microBatches: 2, chunks: -1 }), 'expected a whole number of chunks, 1 or more, got -1.'],
  ['replicas', () => modelledUtilisation({ ...layout, replicas: NaN }), 'expected a whole number of replicas, 1 or more, got NaN.'],
  ['bandwidth', () => modelledUtilisation({ ...layout, bandwidth: 0 }), 'expected positive bytes a second such as 5e10, got 0.'],
  ['bytes', () => modelledUtilisation({ ...layout, gradientBytes: 0 }), 'expected positive bytes such as 2e9, got 0.'],
  ['overlap', () => modelledUtilisation({ ...layout, overlap: 1.1 }), 'expected a share of the communication from 0 to 1, got 1.1. Write 40 % as 0.4.'],
  ['kernel', () => modelledUtilisation({ ...layout, kernel: 0 }), 'expected a share of the peak rate above 0 and at most 1, got 0. Write 40 % as 0.4.'],
  ['batch', () => modelledUtilisation({ ...layout, batch: 0 }), 'expected positive tokens of a step such as 4e6, got 0.'],
  ['N', () => modelledUtilisation({ ...layout, N: -1 }), 'expected positive parameters such as 7e9, got -1.'],
  ['tensorParallel', () => modelledUtilisation({ ...layout, tensorParallel: 0 }), 'expected a whole number of devices, 1 or more, got 0.'],
]);
