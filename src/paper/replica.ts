/**
 * A synthetic replica of the paper's sweep, made from published facts only: the design of design.ts, losses from the
 * unrounded Eq. 10 with log-normal noise. The runs themselves were never released. It is what isoloss fits when it is
 * given nothing else, and sweep 0 of `isoloss simulate` with this seed.
 */
import { syntheticSweep } from '../simulate/recipe.ts';
import type { Sweep } from '../types.ts';
import { paperDesign } from './design.ts';
import { publishedTruth } from './truths.ts';

/** Standard deviation of log loss; the paper tells none. */
export const NOISE = 0.01;

export interface ReplicaOptions {
  /** Seed of the noise. Default 2022. */
  readonly seed?: number;
  /** Standard deviation of log loss. Default 0.01. */
  readonly noise?: number;
}

/** The sweep, a pure function of the seed: runs in order of budget, then size. */
export function paperReplica({ seed = 2022, noise = NOISE }: ReplicaOptions = {}): Sweep {
  const sweep = syntheticSweep({ truth: publishedTruth('hoffmann'), design: paperDesign(), noise: { sigma: noise }, seed }, 0);
  return {
    ...sweep,
    name: `synthetic replica of Hoffmann et al. 2022 (${sweep.loss.length} runs, seed ${seed})`,
    mapping: { N: 'Table A9', D: 'C/(6N)', C: 'IsoFLOP budgets', loss: 'Eq. 10 with noise' },
    notes: [`Synthetic: drawn from Eq. 10 of the paper with ${100 * noise} % log-normal noise. Give a file to fit your own runs.`],
  };
}
