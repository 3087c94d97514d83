/**
 * Besiroglu et al. 2024: the law of Hoffmann et al. fitted again to the runs in their figure 4. Estimates, standard errors,
 * tests and what follows for training; each section has a file of its own.
 */
import { errorsSection } from './epoch-errors.ts';
import { fitEpoch } from './epoch-fits.ts';
import { minimaSection } from './epoch-minima.ts';
import { testsSection } from './epoch-tests.ts';
import { BUDGETS, outliersSection, tokensSection } from './epoch-tokens.ts';
import { missingSection, type Recipe } from './reproduction.ts';

export const epoch: Recipe = {
  id: 'epoch',
  title: 'Chinchilla refitted by Epoch',
  paper: 'Besiroglu et al. 2024, arXiv:2404.10102',
  needs: ['epoch'],
  async run(context) {
    const { epoch: runs } = context.data;
    if (!runs) return [missingSection('Chinchilla refitted', 'Epoch\'s runs', 'epoch')];
    const fits = await fitEpoch(context, runs, BUDGETS);
    return [minimaSection(fits.kept), errorsSection(fits.kept), testsSection(fits), tokensSection(fits), outliersSection(fits)];
  },
};
