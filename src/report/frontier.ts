/** The budgets at which a report says what to train. */
import { lawById } from '../laws/registry.ts';
import { frontier } from '../plan/frontier.ts';
import { hasOptimum } from '../stats/quantities.ts';
import type { Fit, FrontierPoint } from '../types.ts';

/** Training FLOPs: 1e18 to 1e26 by decades. */
export const BUDGETS: readonly number[] = [1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25, 1e26];

/** Compute-optimal N, D and loss at each budget; none where the law, or its parameters, has no optimum. */
export function reportFrontier({ law, params }: Pick<Fit, 'law' | 'params'>, budgets: readonly number[] = BUDGETS): FrontierPoint[] {
  const natural = Object.values(params);
  if (!natural.every(Number.isFinite) || !hasOptimum(lawById(law), natural)) return [];
  const points = frontier(law, params, budgets);
  const usable = points.every(({ N, D, loss }) => N > 0 && D > 0 && Number.isFinite(N + D + loss));
  return usable ? points : [];
}
