/** Synthetic training curves: on the law at the end of a horizon, above it before, with the noise that was asked for. */
import { describe, expect, it } from 'vitest';
import { publishedTruth } from '../../src/paper/truths.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import { syntheticCurves, type CurveRecipe } from '../../src/simulate/curves.ts';

const truth = publishedTruth('hoffmann');
const schedules = { name: 'three runs', N: Float64Array.of(1e8, 1e8, 2e9), horizon: Float64Array.of(1e9, 4e9, 8e10) };
const CHECKPOINTS = 40;
const recipe = (change: Partial<CurveRecipe> = {}): CurveRecipe =>
  ({ truth, schedules, checkpoints: CHECKPOINTS, excess: 0.05, noise: { sigma: 0 }, seed: 3, ...change });

/** log L − log L̂(N, D) of every checkpoint of every run, [run][checkpoint]. */
function aboveLaw(change: Partial<CurveRecipe> = {}, index = 0): number[][] {
  return syntheticCurves(recipe(change), index).curves.map(({ N, D, loss }) =>
    Array.from(loss, (value, k) => Math.log(value / predictLoss(truth.law, truth.params, { N, D: D[k]! }))));
}

describe('without noise', () => {
  // Logs of numbers of order one, in a few roundings.
  const ROUNDING = 1e-14;

  it('the end of a run is on the law, and its tokens are the horizon', () => {
    const { curves } = syntheticCurves(recipe(), 0);
    expect(curves.map(({ N }) => N)).toEqual([...schedules.N]);
    expect(curves.map(({ D }) => D.at(-1))).toEqual([...schedules.horizon]);
    for (const run of aboveLaw()) expect(Math.abs(run.at(-1)!)).toBeLessThan(ROUNDING);
  });

  it('before its end it is above by the cosine that is left, wherever the learning rate ends', () => {
    // η falls from 1 to 1/decay; what is left of that, by the definition and not by the formula of the code.
    const left = (share: number, decay: number) => {
      const rate = (s: number) => 1 / decay + ((1 - 1 / decay) * (1 + Math.cos(Math.PI * s))) / 2;
      return (rate(share) - rate(1)) / (rate(0) - rate(1));
    };
    const { curves } = syntheticCurves(recipe(), 0);
    aboveLaw().forEach((run, i) => run.forEach((above, k) => {
      const share = curves[i]!.D[k]! / schedules.horizon[i]!;
      for (const decay of [10, 100]) expect(Math.abs(above - 0.05 * left(share, decay))).toBeLessThan(ROUNDING);
    }));
    // Half way half the excess is left: linear decay would leave it too, but not a quarter of the way.
    expect(Math.abs(aboveLaw()[0]![5]! - 0.05 * (1 - curves[0]!.D[5]! / 1e9))).toBeGreaterThan(1e-3);
  });

  it('without excess it is the law all along', () => {
    for (const above of aboveLaw({ excess: 0 }).flat()) expect(Math.abs(above)).toBeLessThan(ROUNDING);
  });
});

it('checkpoints are at equal steps of D from the tenth on, and numbered through all runs', () => {
  const { curves, name, mapping } = syntheticCurves(recipe(), 0);
  expect(name).toBe('synthetic curves 0 of Hoffmann et al. 2022, Eq. 10, unrounded, three runs (3 runs, seed 3)');
  expect(mapping).toEqual({ N: 'design', D: 'design', C: '6·N·D', loss: 'law with excess and noise', run: 'design' });
  expect(curves.map((curve) => curve.name)).toEqual(['run 1', 'run 2', 'run 3']);
  expect(curves.flatMap(({ lines }) => [...lines])).toEqual(Array.from({ length: 3 * CHECKPOINTS }, (_, i) => i + 1));
  const { D } = curves[1]!;
  const step = (0.9 * 4e9) / CHECKPOINTS;
  D.forEach((tokens, k) => expect(Math.abs(tokens / (4e8 + step * (k + 1)) - 1)).toBeLessThan(1e-14));
});

describe('noise', () => {
  const CURVES = 300;
  const product = (draws: readonly number[][][], [i, k]: readonly [number, number], [j, l]: readonly [number, number]) =>
    draws.reduce((sum, runs) => sum + runs[i]![k]! * runs[j]![l]!, 0) / draws.length;

  it('of a run is shared by its checkpoints, that of a checkpoint by none', () => {
    const draws = Array.from({ length: CURVES }, (_, index) => aboveLaw({ excess: 0, noise: { sigma: 0.02, bySeed: 0.02 } }, index));
    // Five standard errors of a mean product of normals of this variance, at most.
    const slack = 5 * 8e-4 * Math.sqrt(2 / CURVES);
    const close = (got: number, want: number) => expect(Math.abs(got - want)).toBeLessThan(slack);
    close(product(draws, [0, 3], [0, 3]), 8e-4);
    close(product(draws, [0, 3], [0, 4]), 4e-4);
    close(product(draws, [0, 3], [1, 3]), 0); // another run of the same size
    expect(product(draws, [0, 3], [0, 4])).toBeGreaterThan(slack); // it tells them apart
  });

  it('is a pure function of seed and index', () => {
    const noise = { sigma: 0.01, bySeed: 0.01 };
    const losses = (change: Partial<CurveRecipe>, index: number) => syntheticCurves(recipe({ noise, ...change }), index).curves.map(({ loss }) => loss);
    expect(losses({}, 7)).toEqual(losses({}, 7));
    expect(losses({}, 8)).not.toEqual(losses({}, 7));
    expect(losses({ seed: 4 }, 7)).not.toEqual(losses({}, 7));
  });
});

it.each([
  [{ checkpoints: 1 }, 'checkpoints: expected a whole number from 2 on, got 1.'],
  [{ excess: -0.1 }, 'excess: expected nats of log loss from 0 to 1, got -0.1. Write 5 % as 0.05.'],
  [{ excess: NaN }, 'excess: expected nats of log loss from 0 to 1, got NaN. Write 5 % as 0.05.'],
  [{ noise: { sigma: 2 } }, 'noise.sigma: expected a deviation of log loss from 0 to 1 such as 0.01, got 2. Write 1 % as 0.01.'],
] as const)('%j is refused', (change, message) => {
  expect(() => syntheticCurves(recipe(change), 0)).toThrow(message);
});
