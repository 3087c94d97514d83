import { optionError } from '../errors.ts';
import { chinchilla } from './chinchilla.ts';
import { chinchillaAllocation } from './chinchilla-allocation.ts';
import type { Law } from './law.ts';

const LAWS: readonly Law[] = [chinchilla, chinchillaAllocation];

/** Ids of the laws that can be fitted. */
export const lawIds: readonly string[] = LAWS.map((law) => law.id);

export function lawById(id: string): Law {
  const law = LAWS.find((candidate) => candidate.id === id);
  if (law) return law;
  throw optionError('law', `expected one of ${lawIds.join(', ')}, got "${id}".`);
}

/** The formula of a law as text: "L(N, D) = E + A/N^alpha + B/D^beta". @throws InputError where there is no such law. */
export function lawFormula(id: string): string {
  return lawById(id).formula;
}
