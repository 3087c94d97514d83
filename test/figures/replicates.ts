/** Replicates about the law of the sample, and bootstraps of them. */
import type { Replicates } from '../../src/stats/fits.ts';
import type { Interval } from '../../src/types.ts';
import { PARAMS } from './sample.ts';

type Params = Readonly<Record<string, number>>;

/** One fit a row; those whose objective is not finite are no fits. */
export function replicatesOf(rows: readonly Params[], objective: readonly number[] = rows.map(() => 1e-3)): Replicates {
  return {
    natural: Float64Array.from(rows.flatMap((row) => Object.values(row))),
    objective: Float64Array.from(objective),
    termination: new Uint8Array(rows.length).fill(1),
  };
}

/** `count` rows on a golden-angle spiral: alpha and beta fill a disc evenly, E, A and B go with them. */
export function spiral(count: number): Params[] {
  return Array.from({ length: count }, (_, k) => {
    const [radius, turn] = [Math.sqrt((k + 0.5) / count), k * Math.PI * (3 - Math.sqrt(5))];
    const [u, v] = [radius * Math.cos(turn), radius * Math.sin(turn)];
    return { E: PARAMS.E + 0.02 * v, A: PARAMS.A * Math.exp(0.1 * u), B: PARAMS.B * Math.exp(2 * v), alpha: PARAMS.alpha + 0.02 * u, beta: PARAMS.beta + 0.03 * v };
  });
}

/** The same interval about each number, a share of it to either side. */
export function intervalsAbout(values: Params, share: number): Record<string, Interval> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, [value * (1 - share), value * (1 + share)] as const]));
}
