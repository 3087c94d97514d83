/**
 * Intervals of a fit without fitting it again: draws from its sandwich covariance V (sandwich.ts, draws.ts), in each of
 * which every quantity is computed as in a resample.
 *
 * The draws are heavy-tailed and A, B and E exponentials of them, so that their moments do not exist: quantiles make the
 * intervals, and standard errors come from V itself, √(∇qᵀV∇q) in working coordinates.
 *
 * A parameter that lies at one of its bounds is taken as held there, and draws that leave the others' bounds as at them.
 */
import type { Batch } from '../backend/backend.ts';
import { batchFor, problemOf, workingOf, type Made } from '../fit/batch.ts';
import { fittedNames, fittedNumbers } from '../laws/law.ts';
import { packedIndex } from '../math/packed.ts';
import { holdingSides } from '../optim/box.ts';
import { TERMINATIONS } from '../optim/termination.ts';
import type { Bootstrap, BootstrapOptions, Fit, Sweep } from '../types.ts';
import { checkConfidence, checkSeed } from './check.ts';
import { sandwichDraws } from './draws.ts';
import type { Replicates } from './fits.ts';
import { sandwichCovariance } from './sandwich.ts';
import { summarise } from './summary.ts';

/** √(p(1 − p)/4000)/φ(Φ⁻¹(p)): an end of a 95 % interval then errs by 2 % of its distance from the estimate. */
const DRAWS = 4000;
/** Of the numerical gradients, in working coordinates, which are of order one. */
const STEP = 1e-5;

type Fitted = Made & Pick<Fit, 'params' | 'objective'>;

export type SandwichOptions = Pick<BootstrapOptions, 'seed' | 'confidence' | 'budgets' | 'predict'>;

/**
 * Standard errors and intervals at once, as a bootstrap of kind "sandwich". They are NaN, and `replicates` 0, where the
 * fit has no covariance: where the runs do not tell the parameters apart, or are no more than those.
 * @throws InputError for a sweep or an option that cannot be used.
 */
export function sandwichOn(sweep: Sweep, fit: Fitted, options: SandwichOptions = {}): Bootstrap {
  const since = performance.now();
  checkConfidence(options.confidence ?? 0.95);
  checkSeed(options.seed ?? 0);
  const base = batchFor(sweep, fit);
  const draws = drawsAt(base, fit, options);
  const summary = summarise(fit, draws, { ...options, interval: 'percentile' });
  const { names, covariance } = naturalCovariance(base, fit);
  const order = base.law.params.length;
  return {
    ...summary,
    kind: 'sandwich',
    interval: 'sandwich',
    requested: DRAWS,
    standardErrors: Object.fromEntries(names.map((name, q) => [name, Math.sqrt(covariance[q][q])])),
    covariance: covariance.slice(0, order).map((row) => row.slice(0, order)),
    seconds: (performance.now() - since) / 1000,
  };
}

/** The draws that `sandwichOn` is made of, as fits: a plan asks them as it asks resamples. @throws InputError as `sandwichOn` does. */
export function sandwichDrawsOn(sweep: Sweep, fit: Fitted, options: Pick<SandwichOptions, 'seed'> = {}): Replicates {
  return drawsAt(batchFor(sweep, fit), fit, options);
}

/** The draws as fits; none where the fit has no covariance. */
export function drawsAt(base: Batch, fit: Fitted, { seed = 0 }: Pick<BootstrapOptions, 'seed'>): Replicates {
  const x = workingOf(base, fit.params);
  const natural = sandwichDraws(holdingSides(problemOf(base), x), x, base.centre, DRAWS, seed);
  const count = Number.isNaN(natural[0]) ? 0 : DRAWS;
  return {
    natural: natural.subarray(0, count * base.law.params.length),
    objective: new Float64Array(count).fill(fit.objective),
    termination: new Uint8Array(count).fill(TERMINATIONS.indexOf('converged')),
  };
}

/** G V Gᵀ of the natural parameters and the exponents a and b, G their gradients. */
function naturalCovariance(base: Batch, fit: Fitted): { names: string[]; covariance: number[][] } {
  const { law, centre } = base;
  const x = workingOf(base, fit.params);
  const V = sandwichCovariance(holdingSides(problemOf(base), x), x);
  const at = (j: number, step: number) => fittedNumbers(law, law.toNatural(x.with(j, x[j] + step), centre));
  const columns = law.params.map((_, j) => {
    const down = at(j, -STEP);
    return at(j, STEP).map((up, q) => (up - down[q]) / (2 * STEP));
  });
  const names = fittedNames(law);
  const covariance = names.map((_, p) => names.map((__, q) => columns.reduce((sum, left, j) =>
    sum + columns.reduce((inner, right, k) => inner + left[p] * V[packedIndex(Math.max(j, k), Math.min(j, k))] * right[q], 0), 0)));
  return { names, covariance };
}
