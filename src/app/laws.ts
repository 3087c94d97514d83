/** The laws as the page names them, and why the table that is open cannot be fitted by one. */
import { lawIds } from '../index.ts';
import { laws } from './laws-settings.ts';
import { fix, lawsOfTable } from './state.ts';

const NAMES: Readonly<Record<string, string>> = {
  chinchilla: 'Chinchilla', 'chinchilla-allocation': 'Chinchilla, a as a parameter', 'chinchilla-tied': 'Chinchilla, one exponent',
  'chinchilla-gamma': 'Chinchilla, γ on the sum', kaplan: 'Kaplan',
  power: 'Power law of x', precision: 'Precision of training', moe: 'Mixture of experts, granular', 'moe-experts': 'Mixture of experts, routed',
  sparsity: 'Sparsity', 'data-constrained': 'Repeated tokens', overtraining: 'Over-training', broken: 'Broken power law',
};

export function lawName(id: string): string {
  return NAMES[id] ?? id;
}

/** "no column for S": what the law reads and the table does not say. */
export function lawLacks(id: string): string | undefined {
  const { [id]: lacking = [] } = lawsOfTable.value.lacking;
  return lacking.length > 0 ? `no column for ${lacking.join(', ')}` : undefined;
}

/** For the menu; where parameters are held, a law may do without a column. */
export function lawChoices(): readonly (readonly [id: string, label: string, disabled: boolean])[] {
  const strict = Object.keys(fix.value).length === 0;
  return lawIds.map((id) => {
    const lacks = strict ? lawLacks(id) : undefined;
    return [id, lacks === undefined ? lawName(id) : `${lawName(id)} (${lacks})`, lacks !== undefined] as const;
  });
}

/** Those that are compared: the chosen ones, else all that can be. */
export function comparedLaws(): readonly string[] {
  return laws.value?.filter((id) => lawLacks(id) === undefined) ?? lawsOfTable.value.comparable;
}

/** Takes a law among those, or out of them. */
export function toggleLaw(id: string): void {
  const now = comparedLaws();
  const next = lawIds.filter((one) => now.includes(one) !== (one === id));
  laws.value = String(next) === String(lawsOfTable.value.comparable) ? undefined : next;
}
