/** From the fits of all replicates to standard errors, intervals and covariance. */
import { lawById } from '../laws/registry.ts';
import { TERMINATIONS } from '../optim/termination.ts';
import { frontier, frontierExponents, predictLoss, type Params } from '../plan/frontier.ts';
import type { Bootstrap, BootstrapOptions, Fit, Interval } from '../types.ts';
import { isSettled, type Replicates } from './fits.ts';
import { covarianceOf, deviation, intervalOf } from './intervals.ts';

export function summarise(fit: Fit, all: Replicates, options: BootstrapOptions): Omit<Bootstrap, 'seconds'> {
  const { kind = 'pairs', seed = 0, confidence = 0.95, interval = 'percentile', budgets = [], predict = [] } = options;
  const names = lawById(fit.law).params;
  const rows = finiteRows(all, names);
  const column = (of: (params: Params) => number) => Float64Array.from(rows, of);
  const range = (of: (params: Params) => number): Interval => intervalOf(column(of), of(fit.params), confidence, interval);
  const quantities: Record<string, (params: Params) => number> = {
    ...Object.fromEntries(names.map((name) => [name, (params: Params) => params[name]])),
    a: (params) => frontierExponents(fit.law, params).a,
    b: (params) => frontierExponents(fit.law, params).b,
  };
  const columns = names.map((name) => column(quantities[name]));
  const optimal = (C: number) => (params: Params) => frontier(fit.law, params, [C])[0];
  return {
    kind, seed, confidence, interval,
    replicates: all.objective.length,
    failed: countFailed(all),
    standardErrors: Object.fromEntries(Object.entries(quantities).map(([name, of]) => [name, deviation(column(of))])),
    intervals: Object.fromEntries(Object.entries(quantities).map(([name, of]) => [name, range(of)])),
    covariance: columns.map((a) => columns.map((b) => covarianceOf(a, b))),
    covarianceOf: names,
    frontier: budgets.map((C) => ({
      C,
      N: range((params) => optimal(C)(params).N),
      D: range((params) => optimal(C)(params).D),
      tokensPerParameter: range((params) => optimal(C)(params).D / optimal(C)(params).N),
      loss: range((params) => optimal(C)(params).loss),
    })),
    predictions: predict.map((model) => ({
      ...model,
      loss: predictLoss(fit.law, fit.params, model),
      interval: range((params) => predictLoss(fit.law, params, model)),
    })),
  };
}

function countFailed({ termination }: Replicates): Record<string, number> {
  const failed: Record<string, number> = {};
  for (const code of termination) if (!isSettled(code)) failed[TERMINATIONS[code]] = (failed[TERMINATIONS[code]] ?? 0) + 1;
  return failed;
}

/** Parameters by name of every replicate that has finite ones. */
function finiteRows({ natural, objective }: Replicates, names: readonly string[]): Params[] {
  const rows: Params[] = [];
  objective.forEach((_, r) => {
    const values = natural.subarray(r * names.length, (r + 1) * names.length);
    if (values.every(Number.isFinite)) rows.push(Object.fromEntries(names.map((name, j) => [name, values[j]])));
  });
  return rows;
}
