/** Compute-optimal points as charts draw them, and what the hover says of one. */
import { reportFrontier } from '../report/frontier.ts';
import type { Fit, FrontierPoint } from '../types.ts';
import { formatCount, formatNumber } from '../units.ts';
import { formatFlops, formatLoss } from './units.ts';

/** One for each budget (training FLOPs) at which the law has one that is finite. */
export function optimaOf(fit: Pick<Fit, 'law' | 'params'>, budgets: readonly number[]): FrontierPoint[] {
  return budgets.flatMap((C) => reportFrontier(fit, [C]));
}

export function describeOptimum({ C, N, D, loss }: FrontierPoint): string {
  return `<b>best for ${formatFlops(C)}</b><br>N ${formatCount(N)} · D ${formatCount(D)} · D/N ${formatRatio(D / N)}`
    + `<br>loss ${formatLoss(loss)}`;
}

/** Tokens per parameter: 20.5, 1870. */
export function formatRatio(ratio: number): string {
  return formatNumber(ratio, 3);
}
