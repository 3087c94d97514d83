/** Training curves and IsoFLOP sweeps without noise, of a law whose frontier is known in closed form. */
import type { TrainingCurves } from '../../src/data/curves.ts';
import { normals, uniforms } from '../../src/math/philox.ts';
import type { Sweep } from '../../src/types.ts';
import { LAW, lossOf, type Size } from '../support/cases.ts';

/** Hoffmann et al. 2022, Eq. 4, written again. */
const G = ((LAW.alpha * LAW.A) / (LAW.beta * LAW.B)) ** (1 / (LAW.alpha + LAW.beta));
export const a = LAW.beta / (LAW.alpha + LAW.beta);
export const optimalN = (C: number) => G * (C / 6) ** a;

/** `count` numbers from low to high, evenly in the log. */
export function spaced(low: number, high: number, count: number): number[] {
  return Array.from({ length: count }, (_, k) => low * (high / low) ** (k / (count - 1)));
}

interface CurvesCase {
  readonly sizes: readonly number[];
  /** Tokens of the checkpoints of a model. */
  readonly tokens?: (N: number) => readonly number[];
  readonly loss?: (size: Size) => number;
  /** Standard deviation of log loss. */
  readonly noise?: number;
  readonly seed?: number;
}

export function curvesOf({ sizes, tokens = () => spaced(1e8, 3e12, 200), loss = lossOf, noise = 0, seed = 1 }: CurvesCase): TrainingCurves {
  const normal = normals(uniforms(seed, 77, 0));
  const curves = sizes.map((N, k) => {
    const D = Float64Array.from(tokens(N));
    return { name: `run ${k}`, N, D, loss: D.map((d) => loss({ N, D: d }) * Math.exp(noise * normal())), lines: Int32Array.from(D, (_, i) => i + 2) };
  });
  return { name: 'case', curves, mapping: {}, dropped: [], notes: [], warnings: [] };
}

/** Runs of `sizes(C)` at each budget. */
export function isoflopSweep(budgets: readonly number[], sizes: (C: number) => readonly number[],
                             loss: (size: Size, C: number) => number = lossOf): Sweep {
  const runs = budgets.flatMap((C) => sizes(C).map((N) => ({ N, D: C / (6 * N), C })));
  return {
    name: 'case',
    columns: { N: Float64Array.from(runs, ({ N }) => N), D: Float64Array.from(runs, ({ D }) => D), C: Float64Array.from(runs, ({ C }) => C) },
    loss: Float64Array.from(runs, (run) => loss(run, run.C)),
    weight: new Float64Array(runs.length).fill(1),
    lines: Int32Array.from(runs, (_, i) => i + 2),
    mapping: {}, dropped: [], notes: [], warnings: [],
  };
}

/** Sizes within `factor` of the optimal one, and as much beside it as `offset` says. */
export const around = (factor: number, count: number, offset = 1) => (C: number) =>
  spaced((offset * optimalN(C)) / factor, offset * optimalN(C) * factor, count);
