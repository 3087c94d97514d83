/**
 * Rules of thumb for C training FLOPs, to set beside a fit: they know nothing of the runs.
 *
 * - So many tokens a parameter: C = 6·N·D with D = r·N, so N = √(C/(6r)). r = 20 is what Chinchilla, 70B parameters on 1.4T
 *   tokens, has (Hoffmann et al. 2022, arXiv:2203.15556).
 * - A power law, N = coefficient·(share·C/unit)^exponent, and the tokens that C leaves, D = C/(6N). Kaplan et al. 2020,
 *   arXiv:2001.08361, Table 6, has 1.3e9·C_min^0.73 with C_min in PF-days of 8.64e19 FLOPs. Their N counts no embeddings, and
 *   C_min is the compute far below the critical batch size: training at that size takes twice as much, so that of the C of a
 *   real run a share 0.5 counts. Hoffmann et al. read it so: 4.68e9 parameters for 1e21 FLOPs.
 */
import { positive, positiveCompute, share } from '../check.ts';
import type { Size } from './terms.ts';

/** Tokens a parameter of Chinchilla. */
export const CHINCHILLA_RATIO = 20;

/** N_opt = coefficient·(share·C/unit)^exponent. */
export interface SizeRule {
  /** Parameters. */
  readonly coefficient: number;
  readonly exponent: number;
  /** FLOPs that its compute is counted in: 8.64e19 for PF-days. Default 1. */
  readonly unit?: number;
  /** Of the training FLOPs, what its compute is. Default 1. */
  readonly share?: number;
}

/**
 * N and D = ratio·N for C FLOPs.
 * @throws InputError where one is not positive.
 */
export function ratioRule(compute: number, ratio = CHINCHILLA_RATIO): Size {
  const N = Math.sqrt(positiveCompute(compute) / (6 * positive('ratio', ratio, 'tokens a parameter such as 20')));
  return { N, D: ratio * N };
}

/**
 * N by a published power law, and the tokens that C leaves.
 * @throws InputError where a number is not positive, or the share above 1.
 */
export function sizeRule(compute: number, { coefficient, exponent, unit = 1, share: part = 1 }: SizeRule): Size {
  const counted = (share('share', part, 'the training FLOPs') * positiveCompute(compute)) / positive('unit', unit, 'FLOPs such as 8.64e19');
  const N = positive('coefficient', coefficient, 'parameters such as 1.3e9') * counted ** exponent;
  return { N, D: compute / (6 * N) };
}
