/** Batches of replicates of one sweep: what differs between them, in pieces that a device can hold. */
import type { Batch, Draw } from '../backend/backend.ts';
import { InputError } from '../errors.ts';
import type { BootstrapKind, BootstrapOptions } from '../types.ts';

/** Values of one quantity, points × replicates, in a piece: 64 MB in float32, half the default limit of a binding. */
const PIECE_VALUES = 1 << 24;
const MOST_REPLICATES = 1 << 14;

/** One piece: replicates first..first + batch.replicates. */
export interface Piece {
  readonly first: number;
  readonly batch: Batch;
}

/**
 * Cuts `total` replicates into pieces. Where they are cut changes no result: a replicate depends on its index alone.
 * `fitted` is the fitted log loss of each point.
 * @throws InputError where the kind lacks what it draws from.
 */
export function* pieces(base: Batch, fitted: Float64Array, total: number, options: BootstrapOptions): Generator<Piece> {
  const size = Math.max(1, Math.min(MOST_REPLICATES, Math.floor(PIECE_VALUES / base.points)));
  const make = maker(base, fitted, options);
  for (let first = 0; first < total; first += size) {
    yield { first, batch: make(first, Math.min(size, total - first)) };
  }
}

type Make = (first: number, replicates: number) => Batch;

function maker(base: Batch, fitted: Float64Array, options: BootstrapOptions): Make {
  const kind: BootstrapKind = options.kind ?? 'pairs';
  const seed = options.seed ?? 0;
  const drawn = (draw: (first: number) => Draw): Make => (first, replicates) => ({ ...base, replicates, draw: draw(first) });
  switch (kind) {
    case 'pairs': {
      const group = Uint32Array.from(base.weight.keys());
      return drawn((first) => ({ kind: 'groups', seed, first, group, groups: base.points }));
    }
    case 'cluster': {
      const group = groupsOf(base, options.cluster);
      const groups = group.reduce((most, g) => Math.max(most, g), 0) + 1;
      return drawn((first) => ({ kind: 'groups', seed, first, group, groups }));
    }
    case 'counts': {
      const counts = checkCounts(base, options.counts);
      return (first, replicates) => ({ ...base, replicates, weight: countedWeights(base, counts, first, replicates) });
    }
    default: {
      const noise = { sigma: residualDeviation(base, fitted) };
      return drawn((first) => (kind === 'parametric' ? { kind, seed, first, fitted, noise } : { kind, seed, first, fitted }));
    }
  }
}

function groupsOf(base: Batch, cluster: BootstrapOptions['cluster']): Uint32Array {
  if (cluster?.length !== base.points) {
    throw new InputError(`cluster: expected a value for each of the ${base.points} runs, got ${cluster?.length ?? 'none'}. ` +
      'Name the column that holds them.');
  }
  const ids = new Map<string | number, number>();
  const group = Uint32Array.from(cluster, (value) => {
    if (!ids.has(value)) ids.set(value, ids.size);
    return ids.get(value) as number;
  });
  if (ids.size > 1) return group;
  throw new InputError(`cluster: expected at least two different values, got ${JSON.stringify(cluster[0])} in every run. Use pairs.`);
}

function checkCounts(base: Batch, counts: BootstrapOptions['counts']): ArrayLike<number> {
  if (counts && counts.length > 0 && counts.length % base.points === 0) return counts;
  throw new InputError(`counts: expected one row of ${base.points} counts for each resample, got ${counts?.length ?? 'no'} values. ` +
    'A row has one count for each run that is fitted.');
}

function countedWeights(base: Batch, counts: ArrayLike<number>, first: number, replicates: number): Float64Array {
  const weight = new Float64Array(base.points * replicates);
  for (let i = 0; i < base.points; i++) {
    for (let r = 0; r < replicates; r++) weight[i * replicates + r] = base.weight[i] * counts[(first + r) * base.points + i];
  }
  return weight;
}

/** Of the residuals about the fit, weighted, with the parameters' degrees of freedom taken off. */
function residualDeviation({ logLoss, weight, law }: Batch, fitted: Float64Array): number {
  let sum = 0;
  let used = 0;
  logLoss.forEach((value, i) => {
    sum += weight[i] * (value - fitted[i]) ** 2;
    used += weight[i];
  });
  return Math.sqrt(sum / Math.max(1, used - law.params.length));
}
