/** The three approaches on runs and curves of a known law without noise: 4 budgets of 6 sizes, and 9 training curves. */
import type { Approaches, ApproachesInput } from '../../src/approaches/approaches.ts';
import { approachesOn } from '../../src/approaches/approaches.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import type { TrainingCurve, TrainingCurves } from '../../src/data/curves.ts';
import { lossOf, sampleSweep } from '../figures/sample.ts';

export const BUDGETS = [1e20, 1e22];

/** 60 checkpoints each, from 2 to 200 tokens per parameter. */
function curveOf(N: number): TrainingCurve {
  const D = Float64Array.from({ length: 60 }, (_, k) => 2 * N * 100 ** (k / 59));
  return { name: `<b>${N}</b>`, N, D, loss: D.map((tokens) => lossOf(N, tokens)), lines: Int32Array.from(D, (_, k) => k + 2) };
}

export const CURVES: TrainingCurves = {
  name: '<i>curves</i>.csv',
  curves: Array.from({ length: 9 }, (_, k) => curveOf(5e7 * 2 ** k)),
  mapping: { run: 'run' },
  dropped: [],
  notes: ['A note of the curves.'],
  warnings: ['A warning of the curves.'],
};

export const INPUT: Required<ApproachesInput> = { sweep: sampleSweep({ name: '/data/<b>runs</b>.csv', notes: ['A note of the runs.'] }), curves: CURVES };

/** Times are those of the machine. */
export const APPROACHES: Approaches = await approachesOn(cpuBackend(1), INPUT, { replicates: 20, budgets: BUDGETS, seed: 3, fit: { starts: 8 } });
