/** Four laws compared on a hundred runs of a law with an exponent on the sum, which can be told from the others. */
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { compareLawsOn } from '../../src/stats/compare.ts';
import type { LawComparison } from '../../src/stats/compare-result.ts';
import { sweepOfLaw } from '../support/laws.ts';

const sweep = { ...sweepOfLaw('chinchilla-gamma', 0.003, 2), name: '/data/<b>runs</b>.csv', notes: ['A note of the runs.'], warnings: ['A warning of the runs.'] };

/** Times are those of the machine. */
export const COMPARED: LawComparison = await compareLawsOn(cpuBackend(1), sweep, {
  laws: ['chinchilla-tied', 'chinchilla', 'chinchilla-gamma', 'kaplan'], replicates: 20, steps: 2, starts: 8, seed: 3,
});
