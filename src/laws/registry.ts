import { optionError } from '../errors.ts';
import { broken } from './broken.ts';
import { chinchilla } from './chinchilla.ts';
import { chinchillaAllocation } from './chinchilla-allocation.ts';
import { chinchillaGamma } from './chinchilla-gamma.ts';
import { chinchillaTied } from './chinchilla-tied.ts';
import { dataConstrained } from './data-constrained.ts';
import { groupedOf, isGroupedId } from './grouped.ts';
import { kaplan } from './kaplan.ts';
import type { Law, ParameterPair } from './law.ts';
import { moe } from './moe.ts';
import { moeExperts } from './moe-experts.ts';
import { overtraining } from './overtraining.ts';
import { power } from './power.ts';
import { precision } from './precision.ts';
import { sparsity } from './sparsity.ts';

const LAWS: readonly Law[] = [chinchilla, chinchillaAllocation, chinchillaTied, chinchillaGamma, kaplan, power, broken, precision, moe, moeExperts, sparsity, dataConstrained, overtraining];

/** Ids of the laws that can be fitted. */
export const lawIds: readonly string[] = LAWS.map((law) => law.id);

/** Those of groups that were asked for. */
const GROUPED = new Map<string, Law>();

/** The law of this id, which is one of `lawIds`, or of `groupedId`. @throws InputError where there is none. */
export function lawById(id: string): Law {
  if (isGroupedId(id)) {
    const law = GROUPED.get(id) ?? groupedOf(id, lawById);
    GROUPED.set(id, law);
    return law;
  }
  const law = LAWS.find((candidate) => candidate.id === id);
  if (law) return law;
  throw optionError('law', `expected one of ${lawIds.join(', ')}, got "${id}".`);
}

/** The formula of a law as text: "L(N, D) = E + A/N^alpha + B/D^beta". @throws InputError where there is no such law. */
export function lawFormula(id: string): string {
  return lawById(id).formula;
}

/** Pairs of its parameters that a landscape is drawn over, the one that tells most first. @throws InputError where there is no such law. */
export function lawPairs(id: string): readonly ParameterPair[] {
  return lawById(id).pairs;
}

/** Parameters that a profile can be along. @throws InputError where there is no such law. */
export function lawAxes(id: string): readonly string[] {
  return lawById(id).axes;
}

const OF_THE_OPTIMUM: Readonly<Record<string, string>> = {
  a: 'of the optimum: N grows as this power of C', b: 'of the optimum: D grows as this power of C',
};

/** What a number of a fit is, in a few words: a parameter of the law, or an exponent of its frontier, a or b. */
export function meaningOf(id: string, name: string): string {
  return lawById(id).meanings[name] ?? OF_THE_OPTIMUM[name] ?? '';
}
