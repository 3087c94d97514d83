/**
 * Intervals of a fit without fitting it again, from its sandwich covariance V (sandwich.ts): standard errors √(∇qᵀV∇q), the
 * delta method in working coordinates, and intervals by sandwich-intervals.ts. Nothing is drawn.
 *
 * A parameter that lies at one of its bounds is taken as held there.
 */
import { inside } from '../check.ts';
import { batchFor, type Made } from '../fit/batch.ts';
import { fittedNames, type Grouping, type Law } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import type { Bootstrap, BootstrapOptions, Fit, Sweep } from '../types.ts';
import type { Replicates } from './fits.ts';
import { ofGroup, parameters } from './quantities.ts';
import { sandwichOf, spreadOf, type Sandwich } from './sandwich-intervals.ts';
import { summarise, type Summary } from './summary.ts';

/** Of the sandwich: nothing is fitted again. */
export const NO_REPLICATES: Replicates = { natural: new Float64Array(0), objective: new Float64Array(0), termination: new Uint8Array(0) };

export type SandwichOptions = Pick<BootstrapOptions, 'confidence' | 'budgets' | 'predict'>;

/**
 * Standard errors and intervals at once, as a bootstrap of kind "sandwich" without replicates. They are NaN where the fit has
 * no covariance, for the runs do not tell the parameters apart, or are no more than those; and of what moves with a parameter
 * that has no effect.
 * @throws InputError for a sweep or an option that cannot be used.
 */
export function sandwichOn(sweep: Sweep, fit: Made & Pick<Fit, 'params'>, options: SandwichOptions = {}): Bootstrap {
  return sandwichMade(sweep, fit, options).bootstrap;
}

/** `sandwichOn`, with the covariance that it is made of. @throws as it does. */
export function sandwichMade(sweep: Sweep, fit: Made & Pick<Fit, 'params'>, options: SandwichOptions): { readonly bootstrap: Bootstrap; readonly sandwich: Sandwich } {
  const since = performance.now();
  const sandwich = sandwichOf(batchFor(sweep, fit), fit.params);
  const summary = sandwichSummary(fit, sandwich, options);
  return { bootstrap: { ...summary, requested: 0, seconds: (performance.now() - since) / 1000 }, sandwich };
}

/** What the sandwich of a fit says. @throws InputError for an option that cannot be used. */
export function sandwichSummary(fit: Pick<Fit, 'law' | 'params'>, sandwich: Sandwich, { confidence = 0.95, budgets = [], predict = [] }: SandwichOptions): Summary {
  inside('confidence', confidence);
  const law = lawById(fit.law);
  const { errors, covariance } = spreadOf(law, sandwich, parameters(law));
  const order = law.params.length;
  const { groups, ...summary } = summarise(fit, NO_REPLICATES, { confidence, budgets, predict, interval: 'sandwich' }, { sandwich });
  return {
    ...summary,
    kind: 'sandwich',
    standardErrors: named(law, errors),
    covariance: covariance().slice(0, order).map((row) => row.slice(0, order)),
    ...(groups && law.groups && { groups: withErrors(groups, law, law.groups, sandwich) }),
  };
}

/** Of each group its standard errors. */
function withErrors(groups: NonNullable<Bootstrap['groups']>, law: Law, { base, names, places }: Grouping, sandwich: Sandwich): NonNullable<Bootstrap['groups']> {
  return Object.fromEntries(names.map((name, g) =>
    [name, { ...groups[name], standardErrors: named(base, spreadOf(law, sandwich, ofGroup(parameters(base), places[g])).errors) }]));
}

function named(law: Law, values: Float64Array): Record<string, number> {
  return Object.fromEntries(fittedNames(law).map((name, q) => [name, values[q]]));
}
