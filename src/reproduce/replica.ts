/**
 * A replica of all runs of Hoffmann et al. 2022, which were never released: the design that is known, losses drawn from
 * the unrounded Eq. 10. One data set for its three approaches.
 */
import { finalRuns, type TrainingCurves } from '../data/curves.ts';
import { paperDesign } from '../paper/design.ts';
import { NOISE as OF_RUNS } from '../paper/replica.ts';
import { paperSchedules } from '../paper/schedules.ts';
import { publishedTruth } from '../paper/truths.ts';
import { syntheticCurves } from '../simulate/curves.ts';
import { syntheticSweep } from '../simulate/recipe.ts';
import type { Sweep } from '../types.ts';

/** Runs of one seed and index. */
export interface Replica {
  readonly curves: TrainingCurves;
  /** The final runs: the IsoFLOP sweep, then the ends of the curves. */
  readonly sweep: Sweep;
}

/** How runs differ from the law. */
export interface ReplicaNoise {
  /** Standard deviation of log loss: of each run, and of each checkpoint of a curve beside it. */
  readonly run: number;
  readonly checkpoint: number;
  /** Of log loss of curves at full learning rate, nats: src/simulate/curves.ts. */
  readonly excess: number;
}

const CHECKPOINTS = 100;

/** Noise of final losses as the bundled sweep has it. The paper tells none of these. */
export const NOISE: ReplicaNoise = { run: OF_RUNS, checkpoint: 0.005, excess: 0.05 };
/** The law, and the excess of curves that have not ended. */
export const NO_NOISE: ReplicaNoise = { ...NOISE, run: 0, checkpoint: 0 };

/** Replica `index` of a seed, a pure function of both. */
export function replicaOf(seed: number, index: number, { run, checkpoint, excess }: ReplicaNoise): Replica {
  const truth = publishedTruth('hoffmann');
  const curves = syntheticCurves({
    truth, schedules: paperSchedules(), checkpoints: CHECKPOINTS, excess, seed, noise: { sigma: checkpoint, bySeed: run },
  }, 2 * index);
  // Another index: the noise of its runs would be that of the first checkpoints of the curves.
  const slices = syntheticSweep({ truth, design: paperDesign(), noise: { sigma: run }, seed }, 2 * index + 1);
  return { curves, sweep: together(slices, finalRuns(curves)) };
}

function together(one: Sweep, other: Sweep): Sweep {
  const join = (of: (sweep: Sweep) => Float64Array) => Float64Array.of(...of(one), ...of(other));
  const loss = join((sweep) => sweep.loss);
  return {
    name: `${one.name}, and ${other.name}`,
    columns: { N: join(({ columns }) => columns.N), D: join(({ columns }) => columns.D), C: join(({ columns }) => columns.C) },
    loss,
    weight: join(({ weight }) => weight),
    lines: Int32Array.from(loss, (_, i) => i + 1),
    mapping: one.mapping,
    dropped: [],
    notes: [],
    warnings: [],
  };
}
