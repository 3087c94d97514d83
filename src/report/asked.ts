/** The law that a command asked, as the rows of a list: its parameters, the runs behind it, and what its intervals are. */
import { lawById } from '../laws/registry.ts';
import type { PlanBasis } from '../stats/plan.ts';
import type { Fit } from '../types.ts';
import { formatCount, formatInteger, formatNumber, formatPower } from '../units.ts';

/** Labels and texts, for `list` in layout.ts. `fit`: where it was fitted. */
export function lawRows({ law, params, ranges = {}, resampling, fit }: PlanBasis & { readonly fit?: Fit }): (readonly [string, string])[] {
  const runs = Object.entries(ranges).map(([name, [low, high]]) => `${name} ${formatRange(name, low, high)}`);
  return [
    ['Law', lawById(law).formula],
    ['Parameters', Object.entries(params).map(([name, value]) => `${name} ${formatNumber(value, 6)}`).join(', ')],
    ...(runs.length > 0 ? [['Runs', runs.join(', ')] as const] : []),
    ['Intervals', resampling ? intervalsText(resampling.bootstrap) : `none: ${fit ? 'add --bootstrap 1000, or --interval sandwich' : 'a law that is given has none'}`],
  ];
}

function formatRange(name: string, low: number, high: number): string {
  return name === 'C' ? `${formatPower(low, 3)} to ${formatPower(high, 3)}` : `${formatCount(low)} to ${formatCount(high)}`;
}

function intervalsText({ replicates, kind, interval }: NonNullable<PlanBasis['resampling']>['bootstrap']): string {
  if (interval === 'sandwich') return 'sandwich, from the covariance of the fit';
  return `${interval} of ${formatInteger(replicates)} resamples (${kind}), of those that have the number`;
}
