/** From the fits of all replicates to standard errors, intervals and covariance. */
import { lawById } from '../laws/registry.ts';
import { TERMINATIONS } from '../optim/termination.ts';
import { frontier, frontierExponents, predictLoss, type Params } from '../plan/frontier.ts';
import type { Bootstrap, BootstrapOptions, Fit, Interval } from '../types.ts';
import { isSettled, type Replicates } from './fits.ts';
import { covarianceOf, deviation, intervalOf } from './intervals.ts';

export function summarise(fit: Fit, all: Replicates, options: BootstrapOptions): Omit<Bootstrap, 'seconds'> {
  const { kind = 'pairs', seed = 0, confidence = 0.95, interval = 'percentile', budgets = [], predict = [] } = options;
  const law = lawById(fit.law);
  const rows = finiteRows(all, law.params);
  const optimal = rows.filter((params) => law.brokenBounds(Object.values(params)).length === 0);
  const range = (values: Float64Array, estimate: number): Interval => intervalOf(values, estimate, confidence, interval);
  const quantities = (params: Params): Record<string, number> => ({ ...params, ...frontierExponents(fit.law, params) });
  const estimates = quantities(fit.params);
  const columns = columnsOf(rows.map(quantities), Object.keys(estimates));
  return {
    kind, seed, confidence, interval,
    replicates: all.objective.length,
    failed: countFailed(all),
    withoutOptimum: rows.length - optimal.length,
    standardErrors: mapValues(columns, deviation),
    intervals: mapValues(columns, (values, name) => range(values, estimates[name])),
    covariance: law.params.map((p) => law.params.map((q) => covarianceOf(columns[p], columns[q]))),
    covarianceOf: law.params,
    frontier: budgets.map((C) => {
      const planned = (params: Params) => {
        const { N, D, loss } = frontier(fit.law, params, [C])[0];
        return { N, D, tokensPerParameter: D / N, loss };
      };
      const estimate = planned(fit.params);
      const ends = columnsOf(optimal.map(planned), ['N', 'D', 'tokensPerParameter', 'loss'] as const);
      return { C, ...mapValues(ends, (values, name) => range(values, estimate[name])) };
    }),
    predictions: predict.map((model) => {
      const loss = predictLoss(fit.law, fit.params, model);
      return { ...model, loss, interval: range(Float64Array.from(rows, (params) => predictLoss(fit.law, params, model)), loss) };
    }),
  };
}

/** One array a name, over the rows. */
function columnsOf<K extends string>(rows: readonly Readonly<Record<K, number>>[], names: readonly K[]): Record<K, Float64Array> {
  return Object.fromEntries(names.map((name) => [name, Float64Array.from(rows, (row) => row[name])])) as Record<K, Float64Array>;
}

function mapValues<K extends string, V, W>(record: Readonly<Record<K, V>>, of: (value: V, name: K) => W): Record<K, W> {
  return Object.fromEntries(Object.entries<V>(record).map(([name, value]) => [name, of(value, name as K)])) as Record<K, W>;
}

function countFailed({ termination }: Replicates): Record<string, number> {
  const failed: Record<string, number> = {};
  for (const code of termination) if (!isSettled(code)) failed[TERMINATIONS[code]] = (failed[TERMINATIONS[code]] ?? 0) + 1;
  return failed;
}

/** Parameters by name of every replicate that is finite. A start that is not leaves x where it was: its objective tells. */
function finiteRows({ natural, objective }: Replicates, names: readonly string[]): Params[] {
  const rows: Params[] = [];
  objective.forEach((value, r) => {
    const values = natural.subarray(r * names.length, (r + 1) * names.length);
    if (Number.isFinite(value) && values.every(Number.isFinite)) rows.push(Object.fromEntries(names.map((name, j) => [name, values[j]])));
  });
  return rows;
}
