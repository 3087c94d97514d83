/**
 * The benchmark, in the worker: GPU against CPU on the runs of the page. A batch is so many resamples of the runs (pairs),
 * each fitted from the optimum of all of them; both devices draw the same resamples. A device takes no larger batches once
 * one has taken longer than `PATIENCE`. Each batch is fitted once to warm up, then a few times by turns.
 */
import { fitResamples, type Backend, type Fit, type Sweep } from '../index.ts';

/** What is measured, and on what. */
export interface Setup {
  readonly sweep: string;
  readonly runs: number;
  readonly law: string;
  /** In words. */
  readonly loss: string;
  /** The adapter in words; absent where there is no WebGPU. */
  readonly gpu?: string;
  /** Why there is none. */
  readonly why?: string;
  /** "8 threads" */
  readonly cpu: string;
}

/** Seconds of a batch: the median of so many repeats. */
export interface Timing {
  readonly seconds: number;
  readonly repeats: number;
}

export interface Row {
  readonly fits: number;
  readonly gpu?: Timing;
  readonly cpu?: Timing;
  /** Largest relative difference of the objectives that the two devices reached; infinite where one of them is not finite. */
  readonly difference?: number;
}

/** What a page is told while it waits. */
export interface BenchEvents {
  began(setup: Setup): void;
  measuring(fits: number): void;
  measured(row: Row): Promise<void> | void;
}

export const SIZES = [1, 4, 16, 64, 256, 1024, 4096, 16_384] as const;
const REPEATS = 3;
/** Seconds of a batch from which on it is measured once only, and from which on the device gets no larger one. */
const SLOW = 1;
const PATIENCE = 2;

interface Lane {
  readonly backend: Backend;
  readonly seconds: number[];
  objective: Float64Array;
}

/** Batches up to `largest`. @throws the signal's reason where it is stopped; what was measured was told. */
export async function measureOn(backends: readonly Backend[], sweep: Sweep, fit: Fit, largest: number,
                                { measuring, measured }: Pick<BenchEvents, 'measuring' | 'measured'>, signal: AbortSignal): Promise<void> {
  const optimum = { ...fit, otherMinima: [] }; // one descent each
  let running = backends;
  for (const fits of SIZES) {
    if (fits > largest || running.length === 0) return;
    measuring(fits);
    const lanes = await measureBatch(running, async (backend) => {
      const since = performance.now();
      const { objective } = await fitResamples(backend, sweep, optimum, { kind: 'pairs', replicates: fits, extraStarts: 0, signal });
      const seconds = (performance.now() - since) / 1000;
      signal.throwIfAborted(); // it gives what is done
      return { seconds, objective };
    });
    await measured(rowOf(fits, lanes));
    running = lanes.filter(({ seconds }) => median(seconds) < PATIENCE).map(({ backend }) => backend);
  }
}

/** By turns, so that what else the machine does troubles both. */
async function measureBatch(backends: readonly Backend[], once: (backend: Backend) => Promise<{ seconds: number; objective: Float64Array }>): Promise<Lane[]> {
  const lanes: (Lane & { readonly repeats: number })[] = [];
  for (const backend of backends) {
    const warm = await once(backend);
    lanes.push({ backend, seconds: [], objective: warm.objective, repeats: warm.seconds < SLOW ? REPEATS : 1 });
  }
  for (let k = 0; k < REPEATS; k++) {
    for (const lane of lanes.filter(({ repeats }) => k < repeats)) {
      const { seconds, objective } = await once(lane.backend);
      lane.seconds.push(seconds);
      lane.objective = objective;
    }
  }
  return lanes;
}

function rowOf(fits: number, lanes: readonly Lane[]): Row {
  const [gpu, cpu] = (['gpu', 'cpu'] as const).map((name) => lanes.find(({ backend }) => backend.name === name));
  return {
    fits,
    ...(gpu && { gpu: timingOf(gpu) }),
    ...(cpu && { cpu: timingOf(cpu) }),
    ...(gpu && cpu && { difference: differenceOf(gpu.objective, cpu.objective) }),
  };
}

function timingOf({ seconds }: Lane): Timing {
  return { seconds: median(seconds), repeats: seconds.length };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function differenceOf(one: Float64Array, other: Float64Array): number {
  return one.reduce((most, value, r) => {
    const off = value === other[r] ? 0 : Math.abs(value - other[r]) / Math.abs(other[r]);
    return Number.isNaN(off) ? Infinity : Math.max(most, off);
  }, 0);
}
