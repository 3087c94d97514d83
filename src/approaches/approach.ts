/** What an approach to the compute-optimal frontier finds, by whichever way: the value that all three share. */
import type { PowerLaw } from './power.ts';
import type { FrontierPoint } from '../types.ts';

/** Numbered as in Hoffmann et al. 2022, arXiv:2203.15556, §3. */
export type ApproachNumber = 1 | 2 | 3;

export interface Approach {
  readonly approach: ApproachNumber;
  /** N_opt = coefficient·C^a, parameters. */
  readonly N: PowerLaw;
  /** D_opt = coefficient·C^b, training tokens. */
  readonly D: PowerLaw;
  /** The points that the power laws go through; of approach 3, the frontier at the ends of the runs. */
  readonly optima: readonly FrontierPoint[];
  /** What looks wrong with it, a sentence each. */
  readonly warnings: readonly string[];
}
