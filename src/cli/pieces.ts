/**
 * What `isoloss simulate` writes of its sweeps, piece by piece as they are done.
 *
 *   sweeps  a row a run: sweep, N, D, C, loss, trainingSeed
 *   fits    a row a sweep: sweep, the parameters, the exponents a and b, objective (nats²), termination by name
 */
import type { Batch } from '../backend/backend.ts';
import { drawReplicate } from '../backend/cpu/draw.ts';
import { syntheticSweep, type Recipe, type Replicates } from '../node.ts';
import { fitCells, fitColumns, type Cells } from '../report/csv.ts';
import { openRows, type RowColumn, type RowFile } from './rows.ts';

export interface PieceFile {
  readonly path: string;
  /** Sweeps that are in it. */
  sweeps: number;
  /** Writes the sweeps of `batch`, `first` being the first of them; once stopped no more of them. */
  put(first: number, batch: Batch, fits: Replicates): Promise<void>;
  close(): Promise<void>;
}

/** About so many rows are in memory at a time. */
const ROWS = 1 << 17;

/** The files that were asked for. @throws InputError where one cannot be written. */
export async function openPieces(paths: { readonly sweeps?: string; readonly fits?: string }, recipe: Recipe, signal: AbortSignal): Promise<PieceFile[]> {
  const files: PieceFile[] = [];
  if (paths.fits !== undefined) {
    const { columns, cells } = fitRows(recipe.truth.law);
    files.push(pieceFile(paths.fits, await openRows(paths.fits, columns), ROWS, cells, signal));
  }
  if (paths.sweeps !== undefined) {
    const { columns, cells } = runRows(recipe);
    const sweeps = Math.max(1, Math.floor(ROWS / recipe.design.N.length));
    files.push(pieceFile(paths.sweeps, await openRows(paths.sweeps, columns), sweeps, cells, signal));
  }
  return files;
}

/** Cells of sweeps from..to of a batch. */
type CellsOf = (first: number, batch: Batch, fits: Replicates, from: number, to: number) => Cells;

function pieceFile(path: string, rows: RowFile, sweepsAtOnce: number, cells: CellsOf, signal: AbortSignal): PieceFile {
  return {
    path,
    sweeps: 0,
    async put(first, batch, fits) {
      for (let from = 0; from < batch.replicates && !signal.aborted; from += sweepsAtOnce) {
        const to = Math.min(batch.replicates, from + sweepsAtOnce);
        await rows.write(cells(first, batch, fits, from, to));
        this.sweeps += to - from;
      }
    },
    close: () => rows.close(),
  };
}

interface Rows {
  readonly columns: readonly RowColumn[];
  readonly cells: CellsOf;
}

function double(name: string): RowColumn {
  return { name, type: 'DOUBLE' };
}

function runRows(recipe: Recipe): Rows {
  const { columns: { N, D, C } } = syntheticSweep(recipe, 0);
  const trainingSeed = Int32Array.from(recipe.design.trainingSeed);
  const runs = N.length;
  return {
    columns: [{ name: 'sweep', type: 'INT32' }, ...['N', 'D', 'C', 'loss'].map(double), { name: 'trainingSeed', type: 'INT32' }],
    cells(first, batch, _fits, from, to) {
      const loss = new Float64Array((to - from) * runs);
      for (let r = from; r < to; r++) loss.set(drawReplicate(batch, r).logLoss.map(Math.exp), (r - from) * runs);
      const sweep = new Int32Array(loss.length).map((_, row) => first + from + Math.floor(row / runs));
      const repeated = [N, D, C].map((column) => new Float64Array(loss.length).map((_, row) => column[row % runs]));
      return [sweep, ...repeated, loss, new Int32Array(loss.length).map((_, row) => trainingSeed[row % runs])];
    },
  };
}

function fitRows(law: string): Rows {
  return {
    columns: [{ name: 'sweep', type: 'INT32' }, ...fitColumns(law).map(double), { name: 'termination', type: 'STRING' }],
    cells: (first, _batch, fits, from, to) =>
      [Int32Array.from({ length: to - from }, (_, k) => first + from + k), ...fitCells(law, fits, from, to)],
  };
}
