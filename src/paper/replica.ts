/**
 * A synthetic replica of the paper's sweep, made from published facts only: the models of Table A9 on the nine
 * IsoFLOP budgets, losses from the unrounded Eq. 10 with log-normal noise. The runs themselves were never
 * released. It is what isoloss fits when it is given nothing else.
 */
import { frontier, predictLoss } from '../plan/frontier.ts';
import { normals, STREAM, uniforms } from '../math/philox.ts';
import type { Sweep } from '../types.ts';
import { EQ10, ISOFLOP_BUDGETS, TABLE_A9_MILLIONS } from './hoffmann.ts';

/** Models of a budget lie within this factor of its optimal size, as the slices of the paper's Fig. 3 do. */
const WIDTH = 8;
/** Standard deviation of log loss. */
const NOISE = 0.01;

export interface ReplicaOptions {
  /** Seed of the noise. Default 2022. */
  readonly seed?: number;
  /** Standard deviation of log loss. Default 0.01. */
  readonly noise?: number;
}

/** The sweep, a pure function of the seed: runs in order of budget, then size. */
export function paperReplica({ seed = 2022, noise = NOISE }: ReplicaOptions = {}): Sweep {
  const runs = ISOFLOP_BUDGETS.flatMap(slice);
  const N = Float64Array.from(runs, (run) => run.N);
  const D = Float64Array.from(runs, (run) => run.C / (6 * run.N));
  const C = Float64Array.from(runs, (run) => run.C);
  const loss = Float64Array.from(runs, (_, i) => {
    const normal = normals(uniforms(seed, STREAM.noise, i));
    return predictLoss('chinchilla', EQ10, { N: N[i], D: D[i] }) * Math.exp(noise * normal());
  });
  return {
    name: `synthetic replica of Hoffmann et al. 2022 (${runs.length} runs, seed ${seed})`,
    columns: { N, D, C },
    loss,
    weight: new Float64Array(runs.length).fill(1),
    lines: Int32Array.from(runs, (_, i) => i + 1),
    mapping: { N: 'Table A9', D: 'C/(6N)', C: 'IsoFLOP budgets', loss: 'Eq. 10 with noise' },
    dropped: [],
    notes: [`Synthetic: drawn from Eq. 10 of the paper with ${100 * noise} % log-normal noise. Give a file to fit your own runs.`],
    warnings: [],
  };
}

function slice(budget: number): { N: number; C: number }[] {
  const [{ N: optimal }] = frontier('chinchilla', EQ10, [budget]);
  return TABLE_A9_MILLIONS.map((millions) => millions * 1e6)
    .filter((N) => N > optimal / WIDTH && N < optimal * WIDTH)
    .map((N) => ({ N, C: budget }));
}
