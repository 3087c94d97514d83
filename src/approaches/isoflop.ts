/**
 * Approach 2 of Hoffmann et al. 2022, arXiv:2203.15556, §3.2: IsoFLOP profiles.
 *
 * Runs of the same budget C are a slice; a parabola of least squares goes through their losses over log10 N, and its vertex
 * is N_opt, with D_opt = C/(6·N_opt). Power laws of least squares in logs go through the vertices. Weights of the runs
 * count, and are 1 where the table has none, as in the paper. Its bias: shift.ts.
 *
 * The power laws leave out parabolas that open downwards, and vertices beyond the sizes of their slice. Vertices of thin
 * slices are in, with a warning.
 */
import { InputError, optionError } from '../errors.ts';
import { checkBudgets } from '../plan/frontier.ts';
import { isoflopSlices, slicesAt, type IsoflopSlice } from '../plan/slices.ts';
import type { FrontierPoint, Sweep } from '../types.ts';
import type { Approach } from './approach.ts';
import { lawsThrough, showCount, showFlops, type Laws } from './laws.ts';
import { fitParabola, vertexOf, type Parabola } from './parabola.ts';

/** The runs of one budget, and the parabola through them. */
export interface IsoflopProfile {
  /** The budget, training FLOPs. */
  readonly C: number;
  /** Indices of the runs in the sweep, those that carry weight. */
  readonly runs: readonly number[];
  /** Of the loss, nats per token, over x = log10 N. */
  readonly parabola: Parabola;
  /** The lowest point of the parabola; absent where it opens downwards. */
  readonly vertex?: FrontierPoint;
  /** Do the power laws go through the vertex? */
  readonly used: boolean;
  /** Why it has none, or is not to be trusted. */
  readonly warnings: readonly string[];
}

export interface IsoflopApproach extends Approach {
  readonly approach: 2;
  /** By rising budget; of the slices with three sizes or more. */
  readonly profiles: readonly IsoflopProfile[];
}

export interface IsoflopApproachOptions {
  /** Training FLOPs. Default: as they are found in the sweep (src/plan/slices.ts). */
  readonly budgets?: readonly number[];
  /** Only runs within this factor of the budget of their slice, from 1 to 1.2. Default: all of the slice. */
  readonly tolerance?: number;
}

/** Sizes nearer to each other than this factor are one. */
const SAME_SIZE = 1.01;
/** Sizes of a parabola, and of one that something checks. */
const SIZES = 3;
const TRUSTED_SIZES = 4;
/** As far as slices reach: `slicesAt`. */
const WIDEST = 1.2;

/**
 * Parabolas through the slices of a sweep, and power laws through their vertices; NaN where fewer than two can be used.
 * @throws InputError where an option cannot be used, or the runs have no losses.
 */
export function isoflopApproach(sweep: Sweep, options: IsoflopApproachOptions = {}): IsoflopApproach {
  checkLosses(sweep);
  const slices = slicesOf(sweep, options);
  const profiles = slices.flatMap((slice) => profileOf(sweep, slice) ?? []);
  const optima = profiles.flatMap(({ used, vertex }) => (used && vertex ? [vertex] : []));
  const empty = slices.filter(({ C }) => !profiles.some((profile) => profile.C === C));
  return {
    approach: 2, ...lawsThrough(optima), optima, profiles,
    warnings: [
      ...empty.map(({ C }) => `At ${showFlops(C)} there are no three sizes, and so no parabola.`),
      ...profiles.flatMap(({ warnings }) => warnings),
      ...falls(optima), ...few(optima.length),
    ],
  };
}

function checkLosses({ name, loss, weight }: Sweep): void {
  if (loss.every((value, i) => value > 0 || weight[i] === 0)) return;
  throw new InputError(`${name}, loss: expected a positive loss of every run, got a table of planned runs. Give one that has losses.`,
    { place: { role: 'loss' } });
}

/** By rising budget, with the runs that carry weight. */
function slicesOf(sweep: Sweep, { budgets, tolerance = WIDEST }: IsoflopApproachOptions): IsoflopSlice[] {
  const { columns: { C }, weight } = sweep;
  if (!(tolerance >= 1 && tolerance <= WIDEST)) {
    throw optionError('tolerance', `expected a factor from 1 to ${WIDEST} such as 1.1, got ${tolerance}. Write 10 % as 1.1.`);
  }
  checkBudgets(budgets ?? []);
  if (budgets?.length === 0) throw optionError('budgets', 'expected training FLOPs such as 1e19, 1e20, got none. Leave them out to find them.');
  const slices = budgets ? slicesAt(sweep, [...new Set(budgets)].toSorted((a, b) => a - b)) : isoflopSlices(sweep);
  const near = (budget: number, i: number) => Math.max(C[i] / budget, budget / C[i]) <= tolerance * (1 + Number.EPSILON);
  return slices.map((slice) => ({ C: slice.C, runs: slice.runs.filter((i) => weight[i] > 0 && near(slice.C, i)) }));
}

/** Undefined where there are too few sizes for a parabola. */
function profileOf(sweep: Sweep, slice: IsoflopSlice): IsoflopProfile | undefined {
  const fitted = fitSlice(sweep, slice, sweep.weight);
  if (!fitted) return undefined;
  const { parabola, vertex, used, sizes } = fitted;
  const [smallest, largest] = [sizes[0], sizes.at(-1)!];
  const at = `at ${showFlops(slice.C)}`;
  return {
    ...slice, parabola, used, ...(vertex && { vertex }),
    warnings: [
      ...(sizes.length < TRUSTED_SIZES ? [`The slice ${at} is thin: with ${sizes.length} sizes nothing checks its parabola.`] : []),
      ...(vertex ? [] : [`The parabola ${at} opens downwards and has no minimum: it is left out of the power laws.`]),
      ...(vertex && !used ? [`The vertex ${at}, N = ${showCount(vertex.N)}, lies beyond the sizes of its slice, ${showCount(smallest)} to ` +
        `${showCount(largest)}: it is extrapolated, and left out of the power laws.`] : []),
    ],
  };
}

interface FittedSlice {
  readonly parabola: Parabola;
  readonly vertex?: FrontierPoint;
  readonly used: boolean;
  /** Rising; one of those that are the same. */
  readonly sizes: readonly number[];
}

/** `weight`: of every run of the sweep, perhaps that of a resample. Undefined where there are too few sizes. */
function fitSlice({ columns, loss }: Sweep, { C, runs }: IsoflopSlice, weight: Float64Array): FittedSlice | undefined {
  const among = runs.filter((i) => weight[i] > 0);
  const sizes = differentSizes(among.map((i) => columns.N[i]));
  if (sizes.length < SIZES) return undefined;
  const pick = (values: Float64Array) => Float64Array.from(among, (i) => values[i]);
  const parabola = fitParabola(pick(columns.N).map(Math.log10), pick(loss), pick(weight));
  const { x, y } = vertexOf(parabola);
  if (Number.isNaN(x)) return { parabola, used: false, sizes };
  const N = 10 ** x;
  return { parabola, vertex: { C, N, D: C / (6 * N), loss: y }, used: N >= sizes[0] && N <= sizes.at(-1)!, sizes };
}

function differentSizes(N: readonly number[]): number[] {
  const sizes: number[] = [];
  for (const size of N.toSorted((a, b) => a - b)) if (!(size <= SAME_SIZE * (sizes.at(-1) ?? 0))) sizes.push(size);
  return sizes;
}

/** The power laws with other weights of the runs; NaN where fewer than two vertices can be used. */
export function isoflopLaws(sweep: Sweep, profiles: readonly IsoflopProfile[], weight: Float64Array): Laws {
  return lawsThrough(profiles.flatMap((profile) => {
    const { used, vertex } = fitSlice(sweep, profile, weight) ?? {};
    return used && vertex ? [vertex] : [];
  }));
}

/** More compute wants a larger model: where a vertex says otherwise, it or the one before is wrong. */
function falls(optima: readonly FrontierPoint[]): string[] {
  return optima.flatMap((point, k) => (k > 0 && point.N < optima[k - 1].N
    ? [`N_opt falls from ${showCount(optima[k - 1].N)} at ${showFlops(optima[k - 1].C)} to ${showCount(point.N)} at ${showFlops(point.C)}: ` +
      'one of these slices misleads.'] : []));
}

function few(vertices: number): string[] {
  if (vertices > 2) return [];
  if (vertices === 2) return ['The power laws go through two vertices only: nothing checks them.'];
  return [`There is no power law: it needs the vertices of two budgets, and ${vertices === 0 ? 'none' : 'one'} can be used.`];
}
