/**
 * Synthetic training curves: the loss along runs whose learning rate η falls by a cosine, each over a horizon of its own.
 *
 *   log L(D) = log L̂(N, D) + excess·(η(s) − η(1))/(η(0) − η(1)) + noise      s = D/horizon, nats
 *            = log L̂(N, D) + excess·(1 + cos πs)/2 + noise
 *
 * A run that has ended its horizon is on the law; before, it lies above by as much as its learning rate has still to
 * fall. By what factor that falls cancels. The excess is a choice made here, the simplest that vanishes at the end: that
 * a run is worse before its learning rate has decayed is known, a formula for it is not published. Noise is of each
 * checkpoint (`sigma` and what goes with it), of all runs of a size (`bySize`) and of each run (`bySeed`: every run has a
 * training seed of its own).
 *
 * Curves `index` are a pure function of (recipe, index), as sweeps are (recipe.ts). Cosine schedules of several horizons:
 * Hoffmann et al. 2022, arXiv:2203.15556, §3.1.
 */
import { wholeFrom } from '../check.ts';
import { drawReplicate } from '../backend/cpu/draw.ts';
import type { TrainingCurve, TrainingCurves } from '../data/curves.ts';
import { optionError } from '../errors.ts';
import type { Design } from '../types.ts';
import { checkNoise } from './noise.ts';
import { syntheticBatch, type Recipe } from './recipe.ts';

/** Training runs, one entry a run. */
export interface Schedules {
  readonly name: string;
  /** Parameters (count). */
  readonly N: Float64Array;
  /** Training tokens at which the cosine, and the run, ends. */
  readonly horizon: Float64Array;
}

export interface CurveRecipe extends Omit<Recipe, 'design'> {
  readonly schedules: Schedules;
  /** Of each run, at equal steps of D; the last is the end of the run. */
  readonly checkpoints: number;
  /** Of log loss at full learning rate, nats. */
  readonly excess: number;
}

/** Share of a run before its first checkpoint: the warm-up, and the steep fall after it, have no model here. */
const BEFORE = 0.1;

/**
 * The curves of all runs, in the order of the schedules, drawn in float64.
 * @throws InputError where there are fewer than two checkpoints, or the excess or the noise cannot be used.
 */
export function syntheticCurves(recipe: CurveRecipe, index: number): TrainingCurves {
  const { truth, schedules, checkpoints, excess, seed } = recipe;
  wholeFrom('checkpoints', checkpoints, 2);
  if (!(excess >= 0 && excess <= 1)) throw optionError('excess', `expected nats of log loss from 0 to 1, got ${excess}. Write 5 % as 0.05.`);
  const shares = Float64Array.from({ length: checkpoints }, (_, k) => BEFORE + ((1 - BEFORE) * (k + 1)) / checkpoints);
  const design = checkpointsOf(schedules, shares);
  const { logLoss } = drawReplicate(syntheticBatch({ ...recipe, noise: checkNoise(recipe.noise), design }, index, 1), 0);
  const above = shares.map((s) => (excess * (1 + Math.cos(Math.PI * s))) / 2);
  return {
    name: `synthetic curves ${index} of ${truth.name}, ${schedules.name} (${schedules.N.length} runs, seed ${seed})`,
    curves: Array.from(schedules.N, (N, run): TrainingCurve => {
      const [from, to] = [run * checkpoints, (run + 1) * checkpoints];
      return {
        name: `run ${run + 1}`,
        N,
        D: design.D.slice(from, to),
        loss: logLoss.slice(from, to).map((value, k) => Math.exp(value + above[k])),
        lines: Int32Array.from(shares, (_, k) => from + k + 1),
      };
    }),
    mapping: { N: 'design', D: 'design', C: '6·N·D', loss: 'law with excess and noise', run: 'design' },
    dropped: [],
    notes: [],
    warnings: [],
  };
}

/** Every checkpoint as a run of a design, run after run. */
function checkpointsOf({ name, N, horizon }: Schedules, shares: Float64Array): Design {
  const each = shares.length;
  const runOf = (_: unknown, i: number): number => Math.floor(i / each);
  const trainingSeed = Uint32Array.from({ length: N.length * each }, runOf);
  return {
    name,
    N: Float64Array.from(trainingSeed, (run) => N[run]),
    D: Float64Array.from(trainingSeed, (run, i) => horizon[run] * shares[i % each]),
    trainingSeed,
  };
}
