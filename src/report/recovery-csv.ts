/** How a simulation finds its truth, as a table that other programs read: a row for each quantity. */
import type { Estimate, Recovery } from '../simulate/recovery.ts';
import type { Simulation } from '../simulate/simulation.ts';
import { csvText } from './csv.ts';

const FIGURES = ['bias', 'spread', 'rmse'] as const;

/**
 * Columns: quantity, budget (training FLOPs), truth, mean; bias, spread and rmse, each with its Monte-Carlo error; coverage by
 * each kind of interval, a share, with its error. Quantities are the parameters, a and b, and at each budget log_N and log_D of
 * the optimum (nats) and its loss. A cell is empty where there is no such figure.
 */
export function recoveryCsv({ recovery, frontier, intervals }: Simulation): string {
  const rows = [
    ...Object.entries(recovery).map(([name, found]) => ({ name, C: '', found })),
    ...frontier.flatMap(({ C, N, D, loss }) => Object.entries({ log_N: N, log_D: D, loss }).map(([name, found]) => ({ name, C: String(C), found }))),
  ];
  const column = (cell: (found: Recovery) => number | undefined) => rows.map(({ found }) => written(cell(found)));
  const estimate = (name: string, pick: (found: Recovery) => Estimate | undefined) => [
    [name, column((found) => pick(found)?.value)], [`${name}_error`, column((found) => pick(found)?.error)],
  ] as const;
  const columns = [
    ['quantity', rows.map(({ name }) => name)],
    ['budget', rows.map(({ C }) => C)],
    ['truth', column(({ truth }) => truth)],
    ['mean', column(({ mean }) => mean)],
    ...FIGURES.flatMap((name) => estimate(name, (found) => found[name])),
    ...intervals.flatMap(({ kind }) => estimate(`coverage_${kind}`, ({ coverage }) => coverage[kind])),
  ] as const;
  return csvText(columns.map(([name]) => name), columns.map(([, cells]) => cells));
}

function written(value = NaN): string {
  return Number.isFinite(value) ? String(value) : '';
}
