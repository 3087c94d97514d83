/**
 * Tables as CSV: a header, and a line a row that ends in a line feed. Numbers are as short as they can be and still be read
 * as the same double. No cell needs quotes: what is written are numbers and names of ours.
 */
import { batchOf, fittedLogs } from '../fit/batch.ts';
import { lawById } from '../laws/registry.ts';
import { TERMINATIONS } from '../optim/termination.ts';
import { naturalAt, type Replicates } from '../stats/fits.ts';
import type { Fit, Sweep } from '../types.ts';

/** Cells of some rows, one array a column: typed, or of texts. */
export type Cells = readonly (Int32Array | Float64Array | readonly string[])[];

export function csvText(names: readonly string[], cells: Cells): string {
  return `${names.join(',')}\n${csvLines(cells, 0, cells[0].length)}`;
}

/** Rows from..to, without a header. */
export function csvLines(cells: Cells, from: number, to: number): string {
  let text = '';
  for (let row = from; row < to; row++) {
    text += cells[0][row];
    for (let column = 1; column < cells.length; column++) text += `,${cells[column][row]}`;
    text += '\n';
  }
  return text;
}

/** Columns of numbers that tell of a fit: the parameters in the order of the law, the exponents a and b, objective (of the loss). */
export function fitColumns(law: string): string[] {
  return [...lawById(law).params, ...exponentColumns(law), 'objective'];
}

/** Those that are no parameters of the law. */
function exponentColumns(law: string): ('a' | 'b')[] {
  const { params, frontier } = lawById(law);
  return frontier ? (['a', 'b'] as const).filter((name) => !params.includes(name)) : [];
}

/** Cells of fits from..to: those of `fitColumns`, and last the termination by name. */
export function fitCells(law: string, fits: Replicates, from: number, to: number): Cells {
  const { frontier } = lawById(law);
  const { objective, termination } = fits;
  const columns = fitColumns(law).map(() => new Float64Array(to - from));
  const wanted = exponentColumns(law);
  for (let r = from; r < to; r++) {
    const fitted = naturalAt(fits, r);
    const exponents = frontier?.exponents(fitted);
    [...fitted, ...wanted.map((name) => exponents?.[name] ?? NaN), objective[r]].forEach((value, k) => { columns[k][r - from] = value; });
  }
  return [...columns, Array.from(termination.subarray(from, to), (code) => TERMINATIONS[code])];
}

/**
 * The fits of all resamples, or sweeps, a row each: its number from 0 (a column that is called `counted`), the parameters, a, b, objective (of the loss), termination by name.
 * Where the objective is not finite, the other numbers mean nothing.
 */
export function replicatesCsv(law: string, replicates: Replicates, counted: 'replicate' | 'sweep' = 'replicate'): string {
  const count = replicates.objective.length;
  const index = Int32Array.from({ length: count }, (_, r) => r);
  return csvText([counted, ...fitColumns(law), 'termination'], [index, ...fitCells(law, replicates, 0, count)]);
}

/**
 * The runs of a sweep and what the law gives them, a row each: line, N, D, C, loss, weight, predicted (nats per token) and
 * residual (log loss − log predicted, nats). Runs of weight 0 too.
 * @throws InputError where the sweep cannot be fitted by the law of `fit`.
 */
export function runsCsv(sweep: Sweep, fit: Pick<Fit, 'law' | 'params' | 'fixed'>): string {
  const { lines, columns: { N, D, C }, loss, weight } = sweep;
  const batch = batchOf(sweep, lawById(fit.law), fit.fixed && { fix: fit.fixed });
  const fitted = fittedLogs(batch, fit.params);
  const residual = batch.logLoss.map((value, i) => value - fitted[i]);
  return csvText(
    ['line', 'N', 'D', 'C', 'loss', 'weight', 'predicted', 'residual'],
    [lines, N, D, C, loss, weight, fitted.map(Math.exp), residual],
  );
}
