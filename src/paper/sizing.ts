/** Published rules for the size of a model, and what repeated tokens are worth by a published fit: set beside a plan, never refitted. */
import type { Decay } from '../plan/repetition.ts';
import { CHINCHILLA_RATIO, ratioRule, sizeRule } from '../plan/rules.ts';
import type { SizingRule } from '../stats/plan.ts';
import { N_OPT, PF_DAY } from './kaplan.ts';
import { HALF_LIFE } from './muennighoff.ts';

/** Of a real training's FLOPs, what counts as C_min of Kaplan et al.: at the critical batch size it takes twice that (§5.1). */
const COUNTED = 0.5;

export const publishedRules: readonly SizingRule[] = [
  {
    name: '20 tokens a parameter',
    source: 'Chinchilla, Hoffmann et al. 2022, arXiv:2203.15556',
    size: (compute) => ratioRule(compute, CHINCHILLA_RATIO),
  },
  {
    name: "Kaplan's rule",
    source: 'Kaplan et al. 2020, arXiv:2001.08361, Table 6: N without embeddings, half of the FLOPs counted',
    size: (compute) => sizeRule(compute, { ...N_OPT, unit: PF_DAY, share: COUNTED }),
  },
];

/** R_D* and R_N*, of their runs on C4. */
export const publishedDecay: Decay & { readonly source: string } = {
  tokens: HALF_LIFE.data, parameters: HALF_LIFE.parameters, source: 'Muennighoff et al. 2023, arXiv:2305.16264, appendix A',
};
