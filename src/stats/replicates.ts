/** Replicates of one sweep: what differs between them, in pieces that a device can hold. */
import type { Batch, Draw, DrawGroups } from '../backend/backend.ts';
import { optionError } from '../errors.ts';
import { freeParams } from '../fit/batch.ts';
import type { Grouping } from '../laws/law.ts';
import type { BootstrapKind, BootstrapOptions } from '../types.ts';

/** In a piece: a GPU holds a number and a weight of each point and how many there are, 128 MiB, the default limit of a binding. */
const PIECE_VALUES = 1 << 24;
const MOST_REPLICATES = 1 << 14;
/** Fits in a piece: so that stopping keeps the pieces before. */
const PIECE_FITS = 1 << 20;
/** Replicates in the first of growing pieces. */
const FIRST_REPLICATES = 128;

/** The batch of replicates first..first + replicates − 1. */
export type MakeBatch = (first: number, replicates: number) => Batch;

/**
 * Cuts `total` replicates, each with so many points and starts, into pieces. Where they are cut changes no
 * replicate: it depends on its index alone. Its fit is the same but for the rounding of float32 where a GPU gives small
 * pieces a workgroup a fit. `growing` pieces start small and double, up to the size that all others have.
 */
export function* cut(total: number, points: number, starts = 1, growing = false): Generator<{ readonly first: number; readonly count: number }> {
  const most = Math.max(1, Math.min(MOST_REPLICATES, Math.floor(PIECE_VALUES / (points + 1)), Math.floor(PIECE_FITS / starts)));
  let size = growing ? Math.min(FIRST_REPLICATES, most) : most;
  for (let first = 0; first < total; first += size, size = Math.min(2 * size, most)) yield { first, count: Math.min(size, total - first) };
}

/**
 * How a bootstrap makes its replicates. `fitted` is the fitted log loss of each point.
 * @throws InputError where the kind lacks what it draws from, or takes for granted what the loss does not give.
 */
export function resampling(base: Batch, fitted: Float64Array, options: BootstrapOptions): MakeBatch {
  const kind: BootstrapKind = options.kind ?? 'pairs';
  const seed = options.seed ?? 0;
  if (kind === 'counts') {
    const counts = checkCounts(base, options.counts);
    return (first, replicates) => ({ ...base, replicates, weight: countedWeights(base, counts, first, replicates) });
  }
  checkSymmetry(base, kind);
  const { batch, pick } = usedPoints(base);
  const drawn = (draw: (first: number) => Draw): MakeBatch => (first, replicates) => ({ ...batch, replicates, draw: draw(first) });
  if (kind === 'pairs' || kind === 'cluster') {
    const groups = inStrata(batch, groupsOf(batch, { ...options, ...(options.cluster && { cluster: usedOf(base, options.cluster) }) }));
    return drawn((first) => ({ kind: 'groups', seed, first, ...groups }));
  }
  const about = pick(fitted);
  const stratum = strataOf(batch);
  if (kind !== 'parametric') return drawn((first) => ({ kind, seed, first, fitted: about, ...(stratum && { stratum }) }));
  const noise = { sigma: residualDeviation(batch, about) };
  return drawn((first) => ({ kind, seed, first, fitted: about, noise }));
}

/** An envelope lies below most of the runs: residuals of either sign, or normal ones, about it would be other data. */
function checkSymmetry({ loss }: Batch, kind: BootstrapKind): void {
  if (loss.shape !== 'lower' || (kind !== 'wild' && kind !== 'parametric')) return;
  throw optionError('kind', `expected pairs, cluster, residual or counts with loss ${loss.id}, got ${kind}, which takes the noise as symmetric ` +
    'about the law. Take pairs.');
}

/** Clusters of the runs that carry weight, as they are where they are not one for each run: groupsOf says so. */
function usedOf({ weight, points }: Batch, cluster: readonly (string | number)[]): readonly (string | number)[] {
  return cluster.length === points ? cluster.filter((_, i) => weight[i] > 0) : cluster;
}

/** Replicate g lacks the points of group g. */
export function leavingOut(base: Batch, { group, groups }: Groups): MakeBatch {
  return (first, replicates) => ({ ...base, replicates, draw: { kind: 'leave-out', seed: 0, first, group, groups } });
}

/** What is drawn, or left out, together: the number of each point's group. */
export interface Groups {
  readonly group: Uint32Array;
  readonly groups: number;
}

/** The clusters of a bootstrap of that kind, else every run by itself. */
export function groupsOf(base: Batch, { kind, cluster }: Pick<BootstrapOptions, 'kind' | 'cluster'>): Groups {
  if (kind !== 'cluster') return { group: Uint32Array.from(base.weight.keys()), groups: base.points };
  const group = clustersOf(base, cluster);
  return { group, groups: group.reduce((most, g) => Math.max(most, g), 0) + 1 };
}

/** The group of runs that a law of groups says each point is of: resamples draw from within it. Davison and Hinkley 1997, §3.2. */
function strataOf({ law, inputs }: Batch): Uint32Array | undefined {
  return law.groups && Uint32Array.from(inputs[inputs.length - 1]);
}

/** What is drawn together, numbered so that what is of one stratum follows each other; of several strata it is one thing in each. */
function inStrata(batch: Batch, all: Groups): Pick<DrawGroups, 'group' | 'groups' | 'strata'> {
  const stratum = strataOf(batch);
  if (!stratum) return all;
  const keys = Array.from(stratum, (s, i) => s * all.groups + all.group[i]);
  const numbers = new Map([...new Set(keys)].toSorted((p, q) => p - q).map((key, k) => [key, k]));
  const sizes = (batch.law.groups as Grouping).names.map((_, s) => [...numbers.keys()].filter((key) => Math.floor(key / all.groups) === s).length);
  const strata = Uint32Array.of(0, ...sizes.map((__, s) => sizes.slice(0, s + 1).reduce((sum, size) => sum + size, 0)));
  return { group: Uint32Array.from(keys, (key) => numbers.get(key) as number), groups: numbers.size, strata };
}

function clustersOf(base: Batch, cluster: BootstrapOptions['cluster']): Uint32Array {
  if (cluster?.length !== base.points) {
    throw optionError('cluster', `expected a value for each of the ${base.points} runs, got ${cluster?.length ?? 'none'}. ` +
      'Name the column that holds them.');
  }
  const ids = new Map<string | number, number>();
  const group = Uint32Array.from(cluster, (value) => {
    if (!ids.has(value)) ids.set(value, ids.size);
    return ids.get(value) as number;
  });
  if (ids.size > 1) return group;
  throw optionError('cluster', `expected at least two different values, got ${JSON.stringify(cluster[0])} in every run. Use pairs.`);
}

function checkCounts(base: Batch, counts: BootstrapOptions['counts']): ArrayLike<number> {
  if (counts && counts.length > 0 && counts.length % base.points === 0) return counts;
  throw optionError('counts', `expected one row of ${base.points} counts for each resample, got ${counts?.length ?? 'no'} values. ` +
    'A row has one count for each run that is fitted.');
}

function countedWeights(base: Batch, counts: ArrayLike<number>, first: number, replicates: number): Float64Array {
  const weight = new Float64Array(base.points * replicates);
  for (let i = 0; i < base.points; i++) {
    for (let r = 0; r < replicates; r++) weight[i * replicates + r] = base.weight[i] * counts[(first + r) * base.points + i];
  }
  return weight;
}

/** Of the residuals about the fit, weighted, with the parameters' degrees of freedom taken off: free of the scale of the weights. */
function residualDeviation(batch: Batch, fitted: Float64Array): number {
  const { logLoss, weight } = batch;
  let sum = 0;
  let weights = 0;
  logLoss.forEach((value, i) => {
    sum += weight[i] * (value - fitted[i]) ** 2;
    weights += weight[i];
  });
  const runs = logLoss.length;
  return Math.sqrt((sum / weights) * (runs / Math.max(1, runs - freeParams(batch).length)));
}

/** The points that carry weight: the others are no runs that could be drawn. */
function usedPoints(base: Batch): { readonly batch: Batch; readonly pick: (values: Float64Array) => Float64Array } {
  const used = Uint32Array.from(base.weight.keys()).filter((i) => base.weight[i] > 0);
  const pick = (values: Float64Array) => Float64Array.from(used, (i) => values[i]);
  const { inputs, logLoss, weight } = base;
  return { pick, batch: { ...base, points: used.length, inputs: inputs.map(pick), logLoss: pick(logLoss), weight: pick(weight) } };
}
