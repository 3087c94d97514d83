/**
 * Which law? Several laws fitted to the same runs by the same loss, and compared by what they say of the runs (AIC, AICc, BIC:
 * compare-likelihood.ts), of runs that they have not seen (out of the bag, and dearer ones: compare-steps.ts), and by how sure
 * the difference is on paired resamples (compare-pairs.ts). All of it is a pure function of sweep, options and backend.
 */
import type { Backend } from '../backend/backend.ts';
import { InputError } from '../errors.ts';
import { lossOf } from '../losses/registry.ts';
import type { Fit, FitOptions, Sweep } from '../types.ts';
import { version } from '../version.ts';
import { residualsOf } from './compare-errors.ts';
import { fitIfPossible, lawsFor } from './compare-fits.ts';
import { akaikeWeights, criteriaOf, likelihoodName, likelihoodOf } from './compare-likelihood.ts';
import { nestedTests } from './compare-nested.ts';
import { overstatement } from './compare-noise.ts';
import { settle, type CompareOptions, type Settled } from './compare-options.ts';
import { bestOf, pairOf, simplestOf } from './compare-pairs.ts';
import type { ComparedLaw, LawComparison } from './compare-result.ts';
import { rollOut, type RolledLaw } from './compare-rollout.ts';
import { rolloutSteps } from './compare-steps.ts';
import { comparisonWarnings } from './compare-warnings.ts';

/** Opens a backend for one comparison, and closes it. */
export async function compareLawsOpening(open: (choice: FitOptions['backend']) => Promise<Backend>, sweep: Sweep,
                                         options: CompareOptions): Promise<LawComparison> {
  const backend = await open(options.backend);
  try {
    return await compareLawsOn(backend, sweep, options);
  } finally {
    backend.close();
  }
}

/**
 * Compares laws on an open backend.
 * @throws InputError for an option that cannot be used, for the loss "lower-log", and where fewer than two laws can be fitted;
 *   the signal's reason where it aborts.
 */
export async function compareLawsOn(backend: Backend, sweep: Sweep, asked: CompareOptions = {}): Promise<LawComparison> {
  const since = performance.now();
  const options = settle(asked);
  const { replicates, confidence, seed } = options;
  const likelihood = likelihoodName(lossOf(options));
  const { fits, missing } = await fitLaws(backend, sweep, options);
  const steps = rolloutSteps(sweep, options.steps);
  const rolled = await rollOut(backend, sweep, fits, steps, options);
  const laws = comparedLaws(sweep, fits, rolled, options);
  const best = bestOf(rolled);
  const pairs = rolled.filter((one) => one !== best).map((one) => pairOf(best, one, confidence));
  const nested = nestedTests(laws);
  return {
    laws, missing, steps, pairs, nested, likelihood, replicates, confidence, seed, version,
    best: best.law,
    simplest: simplestOf(rolled, best, pairs).law,
    points: fits[0].points,
    sweep: sweep.name,
    notes: fits[0].notes,
    warnings: [
      ...comparisonWarnings({ laws, steps, nested, replicates }),
      ...(steps.length === 0 && options.steps !== 0 ? ['There is no rollout: it needs runs whose compute is known and differs.'] : []),
      ...sweep.warnings,
    ],
    seconds: (performance.now() - since) / 1000,
  };
}

/** @throws InputError where there are fewer than two. */
async function fitLaws(backend: Backend, sweep: Sweep, options: Settled): Promise<{ readonly fits: Fit[] } & Pick<LawComparison, 'missing'>> {
  const fits: Fit[] = [];
  const missing: { law: string; why: string }[] = [];
  for (const { id } of lawsFor(sweep, options)) {
    const found = await fitIfPossible(backend, sweep, id, options);
    if (typeof found === 'string') missing.push({ law: id, why: found });
    else fits.push(found);
  }
  if (fits.length >= 2) return { fits, missing };
  const why = missing.map((each) => `${each.law}: ${each.why}`).join(' ');
  throw new InputError(`${sweep.name}: expected runs that at least two laws can be fitted to, got runs for ${fits[0]?.law ?? 'none'}. ` +
    (why || 'Name laws whose columns it has.'));
}

function comparedLaws(sweep: Sweep, fits: readonly Fit[], rolled: readonly RolledLaw[], options: Settled): ComparedLaw[] {
  const used = sweep.weight.filter((weight) => weight > 0);
  const meanWeight = used.reduce((sum, weight) => sum + weight, 0) / used.length;
  const known = fits.map((fit, k) => {
    const likelihood = likelihoodOf(lossOf(options), fit.objective, fit.points, meanWeight);
    const overstated = overstatement(lossOf(options), residualsOf(sweep, fit), likelihood.scale);
    return { ...likelihood, overstatement: overstated, ...criteriaOf(likelihood, rolled[k].parameters, fit.points) };
  });
  const weights = akaikeWeights(known.map(({ aicc }) => aicc));
  const least = Math.min(...known.map(({ aicc }) => aicc));
  return fits.map((fit, k) => {
    const { intervals, values, rollout, failed, parameters } = rolled[k];
    return {
      law: fit.law, fit, parameters, ...known[k], difference: known[k].aicc - least, weight: weights[k],
      outOfBag: { value: values.outOfBag, interval: intervals.outOfBag },
      rolledOut: { value: values.rollout, interval: intervals.rollout },
      rollout, failed,
    };
  });
}
