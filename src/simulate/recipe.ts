/**
 * Synthetic pilot sweeps: log L = log L̂(truth) + noise at the runs of a design. Sweep `index` is a pure function of
 * (recipe, index): a million of them need no memory, and any single one can be replayed.
 */
import type { Batch } from '../backend/backend.ts';
import { drawReplicate } from '../backend/cpu/draw.ts';
import { fittedLogs } from '../fit/batch.ts';
import { inputOf, INPUTS } from '../laws/inputs.ts';
import { lawById } from '../laws/registry.ts';
import { HUBER_LOG } from '../losses/registry.ts';
import { meanOf } from '../math/mean.ts';
import type { Design, Noise, Sweep, Truth } from '../types.ts';

export interface Recipe {
  readonly truth: Truth;
  readonly design: Design;
  readonly noise: Noise;
  readonly seed: number;
}

/** Sweeps first..first + replicates − 1, to be drawn on the device that fits them. */
export function syntheticBatch({ truth, design, noise, seed }: Recipe, first: number, replicates: number): Batch {
  const law = lawById(truth.law);
  const points = design.N.length;
  const columns = columnsOf(design);
  const logs = law.inputs.map((name) => inputOf(name, columns).map(Math.log));
  const centre = logs.map((column, k) => (INPUTS[law.inputs[k]].centred ? meanOf(column) : 0));
  const inputs = logs.map((column, k) => column.map((value) => value - centre[k]));
  const fitted = fittedLogs({ law, centre, inputs, points }, truth.params);
  return {
    law, points, replicates, inputs, centre,
    logLoss: fitted,
    weight: new Float64Array(points).fill(1),
    loss: HUBER_LOG,
    draw: { kind: 'synthetic', seed, first, fitted, noise, sizes: numbered(design.N), seeds: design.trainingSeed },
  };
}

/** One synthetic sweep, drawn in float64. */
export function syntheticSweep(recipe: Recipe, index: number): Sweep {
  const { truth, design, seed } = recipe;
  const { logLoss } = drawReplicate(syntheticBatch(recipe, index, 1), 0);
  const runs = design.N.length;
  return {
    name: `synthetic sweep ${index} of ${truth.name}, ${design.name} (${runs} runs, seed ${seed})`,
    columns: columnsOf(design),
    loss: logLoss.map(Math.exp),
    weight: new Float64Array(runs).fill(1),
    lines: Int32Array.from(design.N, (_, i) => i + 1),
    mapping: { N: 'design', D: 'design', C: '6·N·D', loss: 'law with noise' },
    dropped: [],
    notes: [],
    warnings: [],
  };
}

/** C to the digits that a budget is given with: 6·N·(C/6N) is not quite C. */
function columnsOf({ N, D }: Design): Sweep['columns'] {
  return { N, D, C: N.map((count, i) => Number((6 * count * D[i]).toPrecision(12))) };
}

/** Equal values get equal numbers, from 0. */
function numbered(values: Float64Array): Uint32Array {
  const numbers = new Map<number, number>();
  return Uint32Array.from(values, (value) => {
    if (!numbers.has(value)) numbers.set(value, numbers.size);
    return numbers.get(value) as number;
  });
}
