/** From the fits of all replicates to standard errors, intervals and covariance. */
import { fittedNames, type Grouping, type Law } from '../laws/law.ts';
import { lawById } from '../laws/registry.ts';
import { inOrder } from '../plan/frontier.ts';
import type { Bootstrap, BootstrapOptions, Fit, GroupSpread, Interval, IntervalKind } from '../types.ts';
import { countFailed, type Replicates } from './fits.ts';
import { bcaInterval, covarianceOf, deviation, intervalOf } from './intervals.ts';
import { acceleration } from './jackknife.ts';
import { columnsOf, finiteFits, hasOptimum, numbersOf, ofGroup, optima, parameters, PLANNED, predictions, type Quantities } from './quantities.ts';
import { reachOf, sandwichWarnings, spreadOf, type Sandwich } from './sandwich-intervals.ts';

/** What the replicates themselves say of a bootstrap. */
export type Summary = Omit<Bootstrap, 'seconds' | 'requested' | 'starts' | 'leftOut'>;

/** What some intervals need beside the replicates: "bca" the fits with each run left out, "sandwich" the covariance of the fit. */
export interface Beside {
  readonly leftOut?: Replicates | undefined;
  readonly sandwich?: Sandwich | undefined;
}

/**
 * Intervals that lack what they need are [NaN, NaN].
 * @throws InputError where a budget is not positive.
 */
export function summarise(fit: Pick<Fit, 'law' | 'params'>, all: Replicates, options: BootstrapOptions, beside?: Beside): Summary {
  return summariser(fit, options, beside)(all);
}

/** The same for replicates that become more: what does not depend on them is computed once. */
export function summariser({ law: id, params }: Pick<Fit, 'law' | 'params'>, options: BootstrapOptions,
                           { leftOut, sandwich }: Beside = {}): (all: Replicates) => Summary {
  const { kind = 'pairs', seed = 0, confidence = 0.95, interval = 'percentile', budgets: asked = [], predict = [] } = options;
  const law = lawById(id);
  const natural = inOrder(law, params);
  const others = leftOut && finiteFits(leftOut);
  const part = partsOf(law, natural, { interval, confidence, others, sandwich });
  const own = part(parameters(law));
  const whole = spreader(law, { budgets: asked, predict: law.groups ? [] : predict }, part);
  const groups = law.groups && groupSpreaders(law.groups, { budgets: asked, predict }, part);
  const warnings = interval === 'sandwich' && sandwich ? sandwichWarnings(law, sandwich) : [];
  return (all) => {
    const fits = finiteFits(all);
    const columns = own.columns(fits);
    return {
      kind, seed, confidence, interval,
      replicates: all.objective.length,
      failed: countFailed(all),
      covariance: law.params.map((_, p) => law.params.map((__, q) => covarianceOf(columns[p], columns[q]))),
      covarianceOf: law.params,
      ...(warnings.length > 0 && { warnings }),
      ...whole(fits),
      ...(groups && { groups: Object.fromEntries(groups.map(([name, spread]) => [name, spread(fits)])) }),
    };
  };
}

type AskedOfLaw = Required<Pick<BootstrapOptions, 'budgets' | 'predict'>>;

/** What finite fits, natural parameters of all groups [fits][P], say of a law. */
type Spreader = (fits: Float64Array) => GroupSpread;

/** Of each group, by name. */
function groupSpreaders({ base, names, places }: Grouping, asked: AskedOfLaw, part: (quantities: Quantities) => Part): [string, Spreader][] {
  return names.map((name, g) => [name, spreader(base, asked, (quantities) => part(ofGroup(quantities, places[g])))]);
}

/** `part` makes parts of numbers of the law. */
function spreader(law: Law, { budgets: asked, predict }: AskedOfLaw, part: (quantities: Quantities) => Part): Spreader {
  const own = part(parameters(law));
  const budgets = law.frontier ? asked : []; // at none has it an optimum
  const planned = optima(law, budgets).map(part);
  const predicted = predictions(law, predict).map(part);
  const estimates = predicted.flatMap((each) => [...each.estimates]);
  const names = fittedNames(law);
  return (fits) => {
    const columns = own.columns(fits);
    const ranges = own.intervals(columns);
    const plans = planned.flatMap(({ columns: of, intervals }) => intervals(of(fits)));
    const losses = predicted.flatMap(({ columns: of, intervals }) => intervals(of(fits)));
    return {
      withoutOptimum: law.frontier ? countWithoutOptimum(law, columns) : 0,
      standardErrors: Object.fromEntries(names.map((name, q) => [name, deviation(columns[q])])),
      intervals: Object.fromEntries(names.map((name, q) => [name, ranges[q]])),
      frontier: budgets.map((C, k) => {
        const [N, D, tokensPerParameter, loss] = plans.slice(PLANNED * k);
        return { C, N, D, tokensPerParameter, loss };
      }),
      predictions: predict.map((model, k) => ({ ...model, loss: estimates[k], interval: losses[k] })),
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
  /** The finite fits that leave something out, for "bca". */
  readonly others?: Float64Array | undefined;
  readonly sandwich?: Sandwich | undefined;
}

/** Makes parts of numbers of the fit, natural parameters of the law. */
export function partsOf(law: Law, natural: Float64Array, making: Making): (quantities: Quantities) => Part {
  const make = makerOf(law, making);
  return (quantities) => {
    const columns = (fits: Float64Array) => columnsOf(quantities, fits, law.params.length);
    const estimates = numbersOf(quantities, natural);
    return { estimates, columns, intervals: make(quantities, estimates, columns) };
  };
}

type Maker = (quantities: Quantities, estimates: Float64Array, columns: Part['columns']) => Part['intervals'];

/** Makes intervals of the values of each number in all replicates; of the sandwich they are the same whatever these are. */
function makerOf(law: Law, { interval, confidence, others = new Float64Array(), sandwich }: Making): Maker {
  if (interval === 'sandwich') {
    if (!sandwich) return (_, estimates) => () => Array.from(estimates, () => [NaN, NaN]);
    const reach = reachOf(sandwich, confidence);
    return (quantities) => {
      const ranges = spreadOf(law, sandwich, quantities).intervals(reach);
      return () => ranges;
    };
  }
  if (interval === 'bca') {
    return (_, estimates, columns) => {
      const skewness = columns(others).map(acceleration);
      return (values) => values.map((each, q) => bcaInterval(each, estimates[q], skewness[q], confidence));
    };
  }
  return (_, estimates) => (values) => values.map((each, q) => intervalOf(each, estimates[q], confidence, interval));
}

/** `columns`: of each parameter its values in all fits. */
function countWithoutOptimum(law: Law, columns: readonly Float64Array[]): number {
  const natural = new Float64Array(law.params.length);
  let count = 0;
  for (let r = 0; r < columns[0].length; r++) {
    for (let j = 0; j < natural.length; j++) natural[j] = columns[j][r];
    if (!hasOptimum(law, natural)) count++;
  }
  return count;
}
