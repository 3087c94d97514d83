/** Published laws by a short id, as truths behind synthetic sweeps. The constants have one file a paper. */
import { optionError } from '../errors.ts';
import type { Truth } from '../types.ts';
import { BESIROGLU, BESIROGLU_UNROUNDED } from './besiroglu.ts';
import { ASYMMETRIC, SYMMETRIC } from './czech.ts';
import { C4, REDPAJAMA, REFINEDWEB } from './gadre.ts';
import { EQ10, EQ10_ROUNDED } from './hoffmann.ts';
import { C4_ONE_EPOCH } from './muennighoff.ts';

const TRUTHS: ReadonlyMap<string, Truth> = new Map([
  ['hoffmann', truth('Hoffmann et al. 2022, Eq. 10, unrounded', EQ10)],
  ['hoffmann-rounded', truth('Hoffmann et al. 2022, Eq. 10, as printed', EQ10_ROUNDED)],
  ['besiroglu', truth('Besiroglu et al. 2024, Table 1', BESIROGLU)],
  ['besiroglu-unrounded', truth('Besiroglu et al. 2024, notebook, unrounded', BESIROGLU_UNROUNDED)],
  ['muennighoff', truth('Muennighoff et al. 2023, C4, one epoch', C4_ONE_EPOCH)],
  ['gadre-c4', truth('Gadre et al. 2024, C4', C4)],
  ['gadre-redpajama', truth('Gadre et al. 2024, RedPajama', REDPAJAMA)],
  ['gadre-refinedweb', truth('Gadre et al. 2024, RefinedWeb', REFINEDWEB)],
  ['czech-symmetric', truth('Czech et al. 2026, symmetric surface', SYMMETRIC)],
  ['czech-asymmetric', truth('Czech et al. 2026, asymmetric surface', ASYMMETRIC)],
]);

/** What `publishedTruth` knows. */
export const publishedTruthIds: readonly string[] = [...TRUTHS.keys()];

/** @throws InputError `truth: expected one of hoffmann, …, got "kaplan". …` */
export function publishedTruth(id: string): Truth {
  const found = TRUTHS.get(id);
  if (found) return found;
  throw optionError('truth', `expected one of ${publishedTruthIds.join(', ')}, got "${id}".`);
}

function truth(name: string, params: Truth['params']): Truth {
  return { name, law: 'chinchilla', params };
}
