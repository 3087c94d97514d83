/**
 * Designs of the bundled replica for approaches 1 and 3 of Hoffmann et al. 2022, arXiv:2203.15556, §3.1 and §3.3: which
 * runs the paper made is not published, but for sizes, budgets, and how horizons are spread.
 */
import { frontier, frontierExponents } from '../plan/frontier.ts';
import type { Schedules } from '../simulate/curves.ts';
import type { Design } from '../types.ts';
import { paperDesign } from './design.ts';
import { TABLE2 } from './hoffmann-table2.ts';
import { EQ10, TABLE_A9_MILLIONS } from './hoffmann.ts';

/**
 * The 50 models of Table A9, each with four horizons at equal factors, which span a factor 16 about the tokens for which a
 * model of its size is optimal; all moved down together where the longest would pass the most tokens of the paper.
 */
export function paperSchedules(): Schedules {
  const { count, span, most } = TABLE2.horizons;
  const runs = TABLE_A9_MILLIONS.flatMap((millions) => {
    const N = millions * 1e6;
    const longest = Math.min(most, tokensFor(N) * Math.sqrt(span));
    return Array.from({ length: count }, (_, k) => ({ N, horizon: longest / span ** (1 - k / (count - 1)) }));
  });
  return {
    name: 'cosine schedules of Hoffmann et al. 2022',
    N: Float64Array.from(runs, ({ N }) => N),
    horizon: Float64Array.from(runs, ({ horizon }) => horizon),
  };
}

/**
 * As many of the final runs of approaches 1 and 2, which approach 3 takes together, as are asked for: at equal steps
 * through all of them in order of C, so that few and many are spread alike.
 */
export function paperRuns(count: number): Design {
  const [ends, slices] = [paperSchedules(), paperDesign()];
  const all = [...runsOf(ends.N, ends.horizon), ...runsOf(slices.N, slices.D)].toSorted((one, other) => one.C - other.C || one.N - other.N);
  const runs = Array.from({ length: count }, (_, k) => all[Math.floor(((k + 0.5) * all.length) / count)]);
  return {
    name: `${count} of the ${all.length} final runs of the schedules and of the IsoFLOP sweep of Hoffmann et al. 2022`,
    N: Float64Array.from(runs, (run) => run.N),
    D: Float64Array.from(runs, (run) => run.D),
    trainingSeed: new Uint32Array(count),
  };
}

/** C to twelve digits: runs of one budget have the same. */
function runsOf(N: Float64Array, D: Float64Array): { N: number; D: number; C: number }[] {
  return Array.from(N, (size, i) => ({ N: size, D: D[i], C: Number((6 * size * D[i]).toPrecision(12)) }));
}

/** Tokens for which N parameters are optimal by Eq. 10: N_opt = N₁·C^a. */
function tokensFor(N: number): number {
  const [{ N: N1 }] = frontier('chinchilla', EQ10, [1]);
  return (N / N1) ** (1 / frontierExponents('chinchilla', EQ10).a) / (6 * N);
}
