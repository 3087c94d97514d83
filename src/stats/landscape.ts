/**
 * Loss landscapes of a fit: the objective over one or two parameters, the others solved at every cell.
 *
 *   f(p) = min over the other free parameters of what the loss sums, Σᵢ wᵢ Huber_δ(log L̂ᵢ − log Lᵢ) say
 *
 * A wide valley is a combination of parameters that the runs do not tell apart. Heights are told as the excess over the
 * fit, f/f_min − 1: the objective is no likelihood, and no excess stands for a level of confidence.
 *
 * A cell is one start on one replicate, with the coordinates of its axes pinned. Every cell is descended through all
 * stages from the optimum, then at δ from the ends of its neighbours, and again from neighbours that became lower until
 * none does: of several minima of a cell, the lowest that is reached stays. The backend finds the ends, float64 on the
 * CPU tells how high they are.
 */
import type { Backend, Stage } from '../backend/backend.ts';
import { stagesOf } from '../backend/schedule.ts';
import { optionError } from '../errors.ts';
import type { Made } from '../fit/batch.ts';
import type { ParameterPair } from '../laws/law.ts';
import { checkOneLaw } from '../laws/grouped.ts';
import { lawAxes, lawById, lawIds, lawPairs } from '../laws/registry.ts';
import { rowAt } from '../math/rows.ts';
import type { Fit, Interval, LossId, Progress, Sweep } from '../types.ts';
import { axesOf, fittedOver, type Axis, type AxisName } from './axes.ts';
import { Cells } from './cells.ts';

export type { Axis, AxisName };

/** What landscapes and profiles can be over, of all laws together: see `lawPairs` and `lawAxes` of src/laws/registry.ts. */
export const landscapePairs: readonly LandscapePair[] = [...new Set(lawIds.flatMap(lawPairs))];
export const profileNames: readonly AxisName[] = [...new Set(lawIds.flatMap(lawAxes))];
export type LandscapePair = ParameterPair;

interface CellOptions {
  /** Cells along each axis, 2 to 501. Default 41. */
  readonly cells?: number;
  /**
   * Lowest and highest value by axis. Default: about the optimum, which is a node, by ± 6 standard errors of the
   * sandwich covariance (src/stats/sandwich.ts), less where that leaves the law's bounds, and at most three times as far
   * to one side as to the other.
   */
  readonly range?: Readonly<Partial<Record<AxisName, Interval>>>;
  readonly onProgress?: (progress: Progress) => void;
  /** Aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

export interface LandscapeOptions extends CellOptions {
  readonly over: LandscapePair;
}

export interface ProfileOptions extends CellOptions {
  readonly over: AxisName;
}

/** A solved grid. Cells are [second axis][first axis]: those along the first axis lie next to each other. */
export interface Solved<Axes extends readonly Axis[]> {
  readonly axes: Axes;
  /** Of each cell, in the unit of the loss; Infinity where no finite fit was found. */
  readonly objective: Float64Array;
  /** The law that was solved, and the names of its parameters. */
  readonly law: string;
  readonly params: readonly string[];
  /** Natural parameters of each cell, those of the axes among them, [cells][P]. */
  readonly natural: Float64Array;
  /** The fit, in the same parameters. A cell below it shows that the fit missed a minimum. */
  readonly minimum: { readonly params: Readonly<Record<string, number>>; readonly objective: number };
  /** Cells by how the descent that they keep ended. Keys: see src/optim/termination.ts. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly loss: LossId;
  /** Huber threshold, nats, as in `Fit`. */
  readonly delta: number;
  /** Of the fit: parameters that are held, as in `Fit`. */
  readonly fixed?: Readonly<Record<string, number>>;
  /** Its bounds, as in `Fit`. */
  readonly bounds?: Fit['bounds'];
  readonly sweep: string;
  readonly seconds: number;
}

export type Landscape = Solved<readonly [Axis, Axis]>;
export type Profile = Solved<readonly [Axis]>;

/** What a landscape needs to know of a fit. */
type FitOf = Made & Pick<Fit, 'params' | 'objective'>;

const CELLS = 41;

/**
 * The objective over two parameters of a fit of `sweep`, on an open backend.
 * @throws InputError for an option that cannot be used, a fit that is not finite, a law without these parameters.
 */
export async function landscapeOn(backend: Backend, sweep: Sweep, fit: FitOf, options: LandscapeOptions): Promise<Landscape> {
  checkOver(options.over, lawPairs(fit.law), fit.law);
  return await solve(backend, sweep, fit, options.over.split(','), options) as Landscape;
}

/** The objective along one parameter: a landscape of one axis. @throws InputError as `landscapeOn` does. */
export async function profileOn(backend: Backend, sweep: Sweep, fit: FitOf, options: ProfileOptions): Promise<Profile> {
  checkOver(options.over, lawAxes(fit.law), fit.law);
  return await solve(backend, sweep, fit, [options.over], options) as Profile;
}

function checkOver(over: string, known: readonly string[], law: string): void {
  if (known.includes(over)) return;
  checkOneLaw(lawById(law));
  throw optionError('over', `expected one of ${known.map((name) => `"${name}"`).join(', ')} of law ${law}, got ${JSON.stringify(over)}.`);
}

/** How far each cell is above the fit, relative to it: objective/minimum − 1. */
export function excessOf({ objective: heights, minimum }: Pick<Landscape, 'objective' | 'minimum'>): Float64Array {
  return heights.map((height) => (height === minimum.objective ? 0 : height / minimum.objective - 1));
}

async function solve(backend: Backend, sweep: Sweep, fit: FitOf, names: readonly AxisName[],
                     options: CellOptions): Promise<Solved<readonly Axis[]>> {
  const since = performance.now();
  const fitted = fittedOver(sweep, fit, names);
  const { batch: { law }, natural } = fitted;
  const axes = axesOf(fitted, names, options.cells ?? CELLS, options.range ?? {});
  const cells = new Cells(fitted, axes);
  await descendCells(backend, cells, options);
  return {
    axes: axes.map(({ name, values }) => ({ name, values })),
    objective: cells.objective,
    law: law.id,
    params: law.params,
    natural: cells.natural(),
    minimum: { params: Object.fromEntries(law.params.map((name, j) => [name, natural[j]])), objective: fit.objective },
    outcomes: cells.outcomes(),
    loss: fit.loss, delta: fit.delta,
    ...(fit.fixed && { fixed: fit.fixed }),
    ...(fit.bounds && { bounds: fit.bounds }),
    sweep: sweep.name,
    seconds: (performance.now() - since) / 1000,
  };
}

/** A descent to make: in a cell, from a point that is moved there. */
interface Job {
  readonly cell: number;
  readonly from: ArrayLike<number>;
}

async function descendCells(backend: Backend, cells: Cells, { onProgress, signal }: CellOptions): Promise<void> {
  const { fitted: { batch, optimum }, pinned } = cells;
  const stages = stagesOf(batch.loss, backend.tolerance);
  const all = Array.from(cells.objective.keys());
  const toNeighbours = (from: readonly number[]): Job[] =>
    from.flatMap((cell) => cells.neighbours(cell).map((to) => ({ cell: to, from: cells.end(cell) })));
  const total = all.length + toNeighbours(all).length; // the passes after these two are small
  let before = 0;
  /** Makes the descents, takes what they found, and returns the cells that became lower. */
  const pass = async (jobs: readonly Job[], through: readonly Stage[]): Promise<number[]> => {
    const starts = Float64Array.from(jobs.flatMap(({ cell, from }) => [...cells.place(from, cell)]));
    const ends = await backend.descend(batch, starts, through, {
      pinned,
      ...(signal && { signal }),
      onProgress: (done) => onProgress?.({ stage: 'descend', done: Math.min(total, before + done), total }),
    });
    before += jobs.length;
    const order = optimum.length;
    const lower = jobs.filter(({ cell }, k) => cells.take(cell, rowAt(ends.x, k, order), ends.termination[k]));
    return [...new Set(lower.map(({ cell }) => cell))];
  };
  let lowered = await pass(all.map((cell) => ({ cell, from: optimum })), stages);
  cells.takeOptimum();
  for (let k = 0; k < cells.longest && lowered.length > 0; k++) lowered = await pass(toNeighbours(lowered), stages.slice(-1));
}
