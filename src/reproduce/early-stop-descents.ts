/**
 * Descents by L-BFGS in the coordinates of Hoffmann et al. 2022, (e, a, b, alpha, beta) uncentred, of one loss in three
 * units: the mean of the Huber losses, their sum, and their sum over δ². The minimum is the same, and so are the steps;
 * what differs is when the stopping tests are met (src/optim/lbfgs.ts).
 */
import { schedule } from '../backend/schedule.ts';
import { batchOf } from '../fit/batch.ts';
import { startsFor } from '../fit/starts.ts';
import { chinchilla } from '../laws/chinchilla.ts';
import { HUBER_LOG } from '../losses/registry.ts';
import { lbfgs, type Differentiable, type Lbfgs } from '../optim/lbfgs.ts';
import { assemble, localModel, workspace, type Problem } from '../optim/objective.ts';
import type { Params } from '../plan/frontier.ts';
import type { Sweep } from '../types.ts';
import { DELTA, named } from './epoch-fits.ts';
import { fitIn } from './refits.ts';
import type { Context } from './reproduction.ts';

export const UNITS = ['mean', 'sum', 'sum over δ²'] as const;
export type Unit = (typeof UNITS)[number];

/** Uncentred: working coordinates are then those of the paper. */
const RAW = [0, 0] as const;

/** What a unit makes of the sum, nats². */
export function scaleOf(unit: Unit, runs: number): number {
  return { 'mean': 1 / runs, 'sum': 1, 'sum over δ²': DELTA ** -2 }[unit];
}

/** The loss of a sweep, in one unit. */
export function lossOf({ columns: { N, D }, loss, weight }: Sweep, unit: Unit): Differentiable {
  const problem: Problem = { law: chinchilla, inputs: [N.map(Math.log), D.map(Math.log)], logLoss: loss.map(Math.log), weight, loss: HUBER_LOG, delta: DELTA };
  const scale = scaleOf(unit, loss.length);
  const work = workspace(problem);
  const model = localModel(chinchilla.params.length);
  return (x, gradient) => {
    assemble(problem, x, 1, false, work, model);
    for (let j = 0; j < gradient.length; j++) gradient[j] = scale * DELTA * model.gradient[j];
    return scale * DELTA ** 2 * model.value;
  };
}

/** From natural parameters. */
export function descendFrom(sweep: Sweep, params: Params, unit: Unit): Lbfgs {
  return lbfgs(lossOf(sweep, unit), chinchilla.toWorking(chinchilla.params.map((name) => params[name]), RAW));
}

/** Sum of Huber losses, nats², at each point of a path. */
export function sumsAlong(sweep: Sweep, path: Lbfgs['path']): number[] {
  const sum = lossOf(sweep, 'sum');
  const gradient = new Float64Array(chinchilla.params.length);
  return path.map((x) => sum(x, gradient));
}

/** Where the descents from some starts of the paper's grid end. */
export interface GridEnds {
  readonly runs: number;
  /** Starts, of how many in the grid. */
  readonly starts: number;
  readonly grid: number;
  /** Sum of Huber losses at the minimum that isoloss certifies. */
  readonly lowest: number;
  /** Sums of Huber losses at the ends, ascending: by L-BFGS in each unit, and by isoloss. */
  readonly sums: Readonly<Record<Unit | 'isoloss', Float64Array>>;
  /** Of each unit: mean number of iterations, and starts that end because the gradient is below its limit. */
  readonly iterations: Readonly<Record<Unit, number>>;
  readonly flat: Readonly<Record<Unit, number>>;
  /** Natural parameters of the lowest end in each unit. */
  readonly best: Readonly<Record<Unit, Params>>;
}

/** No divisor of the sides of the grid, so that every value of every coordinate is among the starts. */
const STRIDE = 7;

/** From every start, every 7th, every 49th …: as many as there are to be replicates, at most. */
export async function gridEnds(context: Context, sweep: Sweep): Promise<GridEnds> {
  const { backend, replicates, seed, signal } = context;
  const aborting = signal && { signal };
  const { objective: lowest } = await fitIn(context, sweep);
  const grid = chinchilla.paperStarts(RAW);
  let stride = 1;
  while (grid.length / stride > replicates) stride *= STRIDE;
  const picks = Uint32Array.from({ length: Math.ceil(grid.length / stride) }, (_, k) => k * stride);
  const batch = batchOf(sweep, chinchilla);
  const { objective } = await backend.descend(batch, startsFor(batch, 'paper', seed), schedule(DELTA, backend.tolerance), { picks, ...aborting });
  const ends = await descendFromAll(context, sweep, Array.from(picks, (pick) => grid[pick]));

  const each = <T>(of: (found: readonly Lbfgs[], unit: Unit) => T) =>
    Object.fromEntries(UNITS.map((unit, u) => [unit, of(ends[u], unit)])) as Record<Unit, T>;
  const runs = sweep.loss.length;
  return {
    runs, lowest, starts: picks.length, grid: grid.length,
    sums: { ...each((found, unit) => Float64Array.from(found, ({ value }) => value / scaleOf(unit, runs)).toSorted()), isoloss: Float64Array.from(objective).toSorted() },
    iterations: each((found) => found.reduce((sum, { iterations }) => sum + iterations, 0) / found.length),
    flat: each((found) => found.filter(({ end }) => end === 'gradient').length),
    best: each((found) => named(chinchilla.toNatural(found.reduce((low, next) => (next.value < low.value ? next : low)).x, RAW))),
  };
}

/** Starts between two turns of whatever else waits. */
const BURST = 32;

/** [units][starts] */
async function descendFromAll({ onProgress, signal }: Context, sweep: Sweep, starts: readonly Float64Array[]): Promise<Lbfgs[][]> {
  const ends: Lbfgs[][] = [];
  for (const [u, unit] of UNITS.entries()) {
    const loss = lossOf(sweep, unit);
    const found: Lbfgs[] = [];
    ends.push(found);
    for (const start of starts) {
      found.push(lbfgs(loss, start));
      if (found.length % BURST !== 0) continue;
      onProgress?.({ stage: 'descend', done: u * starts.length + found.length, total: UNITS.length * starts.length });
      await new Promise((resolve) => { setTimeout(resolve); });
      signal?.throwIfAborted();
    }
  }
  return ends;
}
