/** Sweeps whose law is known, and the problem of fitting them. Seeded: a failure repeats. */
import { batchOf } from '../../src/fit/batch.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { normals, uniforms } from '../../src/math/philox.ts';
import type { Problem } from '../../src/optim/objective.ts';
import type { SweepColumns, Model, Sweep } from '../../src/types.ts';

/** The law that draws the losses, written again. */
export const LAW = { E: 1.7, A: 400, B: 420, alpha: 0.34, beta: 0.28 };
export const NATURAL: readonly number[] = [LAW.E, LAW.A, LAW.B, LAW.alpha, LAW.beta];

export function lossOf({ N, D }: Size): number {
  return LAW.E + LAW.A / N ** LAW.alpha + LAW.B / D ** LAW.beta;
}

export interface Size extends Model {
  readonly N: number;
  readonly D: number;
}

/** 10 sizes × 10 token counts, each over two and a quarter decades. */
export function grid(): Size[] {
  const decades = Array.from({ length: 10 }, (_, k) => 10 ** (k / 4));
  return decades.flatMap((n) => decades.map((d) => ({ N: 5e7 * n, D: 1e9 * d })));
}

interface SweepCase {
  /** What the first of them says beside N and D, all do. */
  readonly sizes?: readonly Size[];
  readonly loss?: (size: Size) => number;
  /** Standard deviation of log loss. */
  readonly noise?: number;
  readonly seed?: number;
}

export function sweepCase({ sizes = grid(), loss = lossOf, noise = 0.01, seed = 1 }: SweepCase = {}): Sweep {
  const normal = normals(uniforms(seed, 77, 0));
  return {
    name: 'case',
    columns: {
      ...Object.fromEntries((Object.keys(sizes[0]!) as (keyof Size)[]).map((role) => [role, Float64Array.from(sizes, (size) => size[role]!)])),
      C: Float64Array.from(sizes, ({ N, D }) => 6 * N * D),
    } as SweepColumns,
    loss: Float64Array.from(sizes, (size) => loss(size) * Math.exp(noise * normal())),
    weight: new Float64Array(sizes.length).fill(1),
    lines: Int32Array.from(sizes, (_, i) => i + 2),
    mapping: {},
    dropped: [],
    notes: [],
    warnings: [],
  };
}

export interface ProblemCase {
  readonly problem: Problem;
  /** Mean log N and log D. */
  readonly centre: readonly number[];
  /** Working coordinates of the law that drew the losses. */
  readonly truth: Float64Array;
}

export function problemCase({ delta = 1e-3, ...rest }: SweepCase & { readonly delta?: number } = {}): ProblemCase {
  const { law, inputs, logLoss, weight, loss, centre } = batchOf(sweepCase(rest), chinchilla);
  return { problem: { law, inputs, logLoss, weight, loss, delta }, centre, truth: law.toWorking(NATURAL, centre) };
}

/** Starts drawn as a fit draws them. */
export function drawnStarts(count: number, seed = 3): Float64Array[] {
  return Array.from({ length: count }, (_, k) => chinchilla.drawStart(2, uniforms(seed, 1, k)));
}
