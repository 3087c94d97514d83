/** From the fits of all replicates to standard errors, intervals and covariance. */
import { fittedNames, type Law } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import { inOrder } from '../plan/frontier.ts';
import type { Bootstrap, BootstrapOptions, Fit, Interval, IntervalKind } from '../types.ts';
import { countFailed, type Replicates } from './fits.ts';
import { bcaInterval, covarianceOf, deviation, intervalOf } from './intervals.ts';
import { acceleration } from './jackknife.ts';
import { columnsOf, finiteFits, hasOptimum, numbersOf, optima, parameters, PLANNED, predictions, type Quantities } from './quantities.ts';

/** What the replicates themselves say of a bootstrap. */
export type Summary = Omit<Bootstrap, 'seconds' | 'requested' | 'starts' | 'leftOut'>;

/**
 * `beside` is what some intervals need beside the replicates: "bca" the fits with each run left out, "sandwich" the draws
 * that it is made of. Without it they are [NaN, NaN].
 * @throws InputError where a budget is not positive.
 */
export function summarise(fit: Pick<Fit, 'law' | 'params'>, all: Replicates, options: BootstrapOptions, beside?: Replicates): Summary {
  return summariser(fit, options, beside)(all);
}

/** The same for replicates that become more: what does not depend on them is computed once. */
export function summariser({ law: id, params }: Pick<Fit, 'law' | 'params'>, options: BootstrapOptions,
                           beside?: Replicates): (all: Replicates) => Summary {
  const { kind = 'pairs', seed = 0, confidence = 0.95, interval = 'percentile', budgets: asked = [], predict = [] } = options;
  const law = lawById(id);
  const natural = inOrder(law, params);
  const others = beside && finiteFits(beside);
  const part = (quantities: Quantities) => partOf(law, quantities, natural, { interval, confidence, others });
  const own = part(parameters(law));
  const budgets = law.frontier ? asked : []; // at none has it an optimum
  const planned = optima(law, budgets).map(part);
  const predicted = part(predictions(law, predict));
  const names = fittedNames(law);
  return (all) => {
    const fits = finiteFits(all);
    const columns = own.columns(fits);
    const ranges = own.intervals(columns);
    const plans = planned.flatMap(({ columns: of, intervals }) => intervals(of(fits)));
    const losses = predicted.intervals(predicted.columns(fits));
    return {
      kind, seed, confidence, interval,
      replicates: all.objective.length,
      failed: countFailed(all),
      withoutOptimum: law.frontier ? countWithoutOptimum(law, fits) : 0,
      standardErrors: Object.fromEntries(names.map((name, q) => [name, deviation(columns[q])])),
      intervals: Object.fromEntries(names.map((name, q) => [name, ranges[q]])),
      covariance: law.params.map((_, p) => law.params.map((__, q) => covarianceOf(columns[p], columns[q]))),
      covarianceOf: law.params,
      frontier: budgets.map((C, k) => {
        const [N, D, tokensPerParameter, loss] = plans.slice(PLANNED * k);
        return { C, N, D, tokensPerParameter, loss };
      }),
      predictions: predict.map((model, k) => ({ ...model, loss: predicted.estimates[k], interval: losses[k] })),
    };
  };
}

/** Some numbers of the fit, and how their intervals are made. */
export interface Part {
  readonly estimates: Float64Array;
  readonly columns: (fits: Float64Array) => Float64Array[];
  readonly intervals: (columns: readonly Float64Array[]) => Interval[];
}

export interface Making {
  readonly interval: IntervalKind;
  readonly confidence: number;
  /** The finite fits of `beside`. */
  readonly others: Float64Array | undefined;
}

export function partOf(law: Law, quantities: Quantities, natural: Float64Array, { others = new Float64Array(), ...making }: Making): Part {
  const columns = (fits: Float64Array) => columnsOf(quantities, fits, law.params.length);
  const estimates = numbersOf(quantities, natural);
  const besides = columns(others);
  const makers = besides.map((beside, q) => maker(making, estimates[q], beside));
  return { estimates, columns, intervals: (values) => makers.map((make, q) => make(values[q])) };
}

/** Makes the interval of one number of its values in all replicates. */
function maker({ interval, confidence }: Omit<Making, 'others'>, estimate: number, beside: Float64Array): (values: Float64Array) => Interval {
  if (interval === 'bca') {
    const a = acceleration(beside);
    return (values) => bcaInterval(values, estimate, a, confidence);
  }
  if (interval === 'sandwich') {
    const range = intervalOf(beside, estimate, confidence, 'percentile');
    return () => range;
  }
  return (values) => intervalOf(values, estimate, confidence, interval);
}

function countWithoutOptimum(law: Law, fits: Float64Array): number {
  const order = law.params.length;
  let count = 0;
  for (let at = 0; at < fits.length; at += order) if (!hasOptimum(law, fits.subarray(at, at + order))) count++;
  return count;
}
