/**
 * Constants of Clark et al. 2022, "Unified scaling laws for routed language models", arXiv:2202.01169: the form as in the
 * authors' code, the numbers as others quote their table; not read in the paper. An example of its authors, of models on 130B
 * tokens: not for reuse without a refit.
 */
import type { RoutingLaw } from '../plan/experts.ts';
import type { Ranges } from '../plan/extrapolation.ts';

/** By how tokens find their experts. Logs are of base 10. */
export const ROUTING: Readonly<Record<'S-BASE' | 'RL-R' | 'HASH', RoutingLaw>> = {
  'S-BASE': { a: -0.082, b: -0.108, c: 0.009, d: 1.104, start: 1.847, most: 314.478 },
  'RL-R': { a: -0.083, b: -0.126, c: 0.012, d: 1.111, start: 1.88, most: 469.982 },
  HASH: { a: -0.087, b: -0.136, c: 0.012, d: 1.157, start: 4.175, most: 477.741 },
};

/** Parameters from which on more experts do not help, as others quote the paper. */
export const CUTOFF = { 'S-BASE': 937e9, 'RL-R': 85e9, HASH: 83e9 } as const;

export const ROUTING_SOURCE = 'Clark et al. 2022, arXiv:2202.01169, S-BASE, as others quote it; an example of its authors, not for reuse without a refit';

/** The constants that a plan takes, and where they are from. */
export const publishedRouting: RoutingLaw & { readonly source: string; readonly covers: Ranges } =
  { ...ROUTING['S-BASE'], source: ROUTING_SOURCE, covers: { D: [130e9, 130e9] } };
