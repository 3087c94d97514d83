/** Synthetic sweeps: the noise that was asked for, the same sweep alone as in a batch, and components that runs share. */
import { describe, expect, it } from 'vitest';
import { drawReplicate } from '../../src/backend/cpu/draw.ts';
import { publishedTruth } from '../../src/paper/truths.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import { gridDesign } from '../../src/simulate/design.ts';
import { syntheticBatch, syntheticSweep, type Recipe } from '../../src/simulate/recipe.ts';
import type { Noise } from '../../src/types.ts';

const truth = publishedTruth('hoffmann');
const design = gridDesign({ sizes: [1e8, 1e9, 1e10], tokens: [1e9, 1e10, 1e11, 1e12], seeds: 2 });
const recipe = (noise: Noise, seed = 5): Recipe => ({ truth, design, noise, seed });
const SWEEPS = 600;
const { N, D } = design;
const exact = N.map((size, i) => Math.log(predictLoss(truth.law, truth.params, { N: size, D: D[i]! })));

/** Noise of every run of every sweep, [sweeps][runs]. */
function noiseOf(noise: Noise): Float64Array[] {
  const batch = syntheticBatch(recipe(noise), 0, SWEEPS);
  return Array.from({ length: SWEEPS }, (_, r) => drawReplicate(batch, r).logLoss.map((value, i) => value - exact[i]!));
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
/** Mean product of runs i and j over the sweeps. */
const product = (draws: readonly Float64Array[], i: number, j: number) => mean(draws.map((run) => run[i]! * run[j]!));
/** Five standard errors of a mean product of normals of these deviations, at most. */
const slack = (variance: number) => 5 * variance * Math.sqrt(2 / SWEEPS);

it('is replayed alone as it is in a batch, bit for bit', () => {
  const noise: Noise = { sigma: 0.02, degrees: 4, outliers: { fraction: 0.1, factor: 8 }, bySize: 0.01, bySeed: 0.005 };
  const batch = syntheticBatch(recipe(noise), 100, 50);
  for (const r of [0, 49]) {
    const alone = syntheticSweep(recipe(noise), 100 + r);
    expect(alone.loss).toEqual(drawReplicate(batch, r).logLoss.map(Math.exp));
    expect(alone.loss).not.toEqual(syntheticSweep(recipe(noise), 101 + r).loss);
    expect(alone.loss).not.toEqual(syntheticSweep(recipe(noise, 6), 100 + r).loss);
  }
  expect(syntheticSweep(recipe(noise), 3).columns).toMatchObject({ N, D });
});

describe('noise', () => {
  it('of a run by itself has its variance, and no company', () => {
    const draws = noiseOf({ sigma: 0.02 });
    expect(Math.abs(product(draws, 4, 4) - 4e-4)).toBeLessThan(slack(4e-4));
    expect(Math.abs(product(draws, 4, 5))).toBeLessThan(slack(4e-4));
    expect(Math.abs(product(draws, 4, 4) - 5.5e-4)).toBeGreaterThan(slack(4e-4)); // it would notice
  });

  it('is shared by the runs of a size, and by those of a training seed', () => {
    const draws = noiseOf({ sigma: 1e-4, bySize: 0.02, bySeed: 0.01 });
    const [first, sameSize, otherSize] = [0, 1, 4]; // four token counts a size; the second half has the other seed
    const half = N.length / 2;
    const close = (got: number, want: number) => expect(Math.abs(got - want)).toBeLessThan(slack(5e-4));
    close(product(draws, first, sameSize), 5e-4);
    close(product(draws, first, otherSize), 1e-4);
    close(product(draws, first, first + half), 4e-4);
    close(product(draws, first, otherSize + half), 0);
  });

  it('of training seeds is one number for all runs of a seed, another for the same size with another seed', () => {
    const half = N.length / 2;
    for (const run of noiseOf({ sigma: 0, bySeed: 0.01 }).slice(0, 5)) {
      // Differences of log losses of order one.
      run.forEach((value, i) => expect(Math.abs(value - run[i < half ? 0 : half]!)).toBeLessThan(1e-14));
      expect(Math.abs(run[0]! - run[half]!)).toBeGreaterThan(1e-5);
    }
  });

  it('of outliers is upward, as often and as far as asked', () => {
    const draws = noiseOf({ sigma: 1e-3, outliers: { fraction: 0.1, factor: 1000 } }).flatMap((run) => [...run]);
    const far = draws.filter((value) => Math.abs(value) > 0.02); // 20 deviations; an outlier is below with p = 0.016
    const share = 0.1 * 0.984;
    expect(Math.abs(far.length / draws.length - share)).toBeLessThan(5 * Math.sqrt(share / draws.length));
    expect(Math.min(...far)).toBeGreaterThan(0);
  });

  it('without any leaves the law', () => {
    const { loss } = syntheticSweep(recipe({ sigma: 0 }), 7);
    loss.forEach((value, i) => expect(Math.abs(Math.log(value) - exact[i]!)).toBeLessThan(1e-12));
  });
});
