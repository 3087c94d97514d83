/** From the fits of all replicates to standard errors, intervals and covariance. */
import { lawById } from '../laws/registry.ts';
import { frontier, frontierExponents, predictLoss, type Params } from '../plan/frontier.ts';
import type { Bootstrap, BootstrapOptions, Fit, Interval } from '../types.ts';
import { countFailed, finiteRows, type Replicates } from './fits.ts';
import { bcaInterval, covarianceOf, deviation, intervalOf } from './intervals.ts';
import { acceleration } from './jackknife.ts';

/**
 * `beside` is what some intervals need beside the replicates: "bca" the fits with each run left out, "sandwich" the draws
 * that it is made of. Without it they are [NaN, NaN].
 */
export function summarise(fit: Pick<Fit, 'law' | 'params'>, all: Replicates, options: BootstrapOptions,
                          beside?: Replicates): Omit<Bootstrap, 'seconds' | 'requested' | 'leftOut'> {
  const { kind = 'pairs', seed = 0, confidence = 0.95, interval = 'percentile', budgets = [], predict = [] } = options;
  const law = lawById(fit.law);
  const numbers = (params: Params) => numbersOf(fit.law, params, budgets, predict);
  const rows = finiteRows(all, law);
  const estimates = numbers(fit.params);
  const columns = columnsOf(rows.map(numbers), estimates.length);
  const others = columnsOf(beside ? finiteRows(beside, law).map(numbers) : [], estimates.length);
  const ranges = columns.map((values, q): Interval => {
    switch (interval) {
      case 'bca': return bcaInterval(values, estimates[q], acceleration(others[q]), confidence);
      case 'sandwich': return intervalOf(others[q], estimates[q], confidence, 'percentile');
      default: return intervalOf(values, estimates[q], confidence, interval);
    }
  });
  const names = [...law.params, 'a', 'b'];
  const plans = names.length;
  const losses = plans + PLANNED * budgets.length;
  return {
    kind, seed, confidence, interval,
    replicates: all.objective.length,
    failed: countFailed(all),
    withoutOptimum: rows.filter((params) => !hasOptimum(fit.law, params)).length,
    standardErrors: Object.fromEntries(names.map((name, q) => [name, deviation(columns[q])])),
    intervals: Object.fromEntries(names.map((name, q) => [name, ranges[q]])),
    covariance: law.params.map((_, p) => law.params.map((__, q) => covarianceOf(columns[p], columns[q]))),
    covarianceOf: law.params,
    frontier: budgets.map((C, k) => {
      const [N, D, tokensPerParameter, loss] = ranges.slice(plans + PLANNED * k);
      return { C, N, D, tokensPerParameter, loss };
    }),
    predictions: predict.map((model, k) => ({ ...model, loss: estimates[losses + k], interval: ranges[losses + k] })),
  };
}

/** Numbers of a budget: N, D, D/N and loss. */
const PLANNED = 4;

/** What is estimated, in a row: the parameters, a, b, the numbers of each budget (NaN without an optimum), predicted losses. */
function numbersOf(law: string, params: Params, budgets: readonly number[], predict: NonNullable<BootstrapOptions['predict']>): number[] {
  const { a, b } = frontierExponents(law, params);
  const plans = hasOptimum(law, params) ? frontier(law, params, budgets) : budgets.map(() => ({ N: NaN, D: NaN, loss: NaN }));
  return [
    ...Object.values(params), a, b,
    ...plans.flatMap(({ N, D, loss }) => [N, D, D / N, loss]),
    ...predict.map((model) => predictLoss(law, params, model)),
  ];
}

/** Do the parameters leave the law a compute-optimal size? */
export function hasOptimum(law: string, params: Params): boolean {
  return lawById(law).brokenBounds(Object.values(params)).length === 0;
}

/** One array for each of `count` quantities, over the rows that have it. */
function columnsOf(rows: readonly (readonly number[])[], count: number): Float64Array[] {
  return Array.from({ length: count }, (_, q) => Float64Array.from(rows, (row) => row[q]).filter((value) => !Number.isNaN(value)));
}
