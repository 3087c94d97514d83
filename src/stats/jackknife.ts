/**
 * The fit again without each run, or without each cluster of runs: n fits in one batch. With θᵢ a quantity without
 * run i, θ̄ their mean,
 *
 *   standard error  √((n − 1)/n·Σ(θᵢ − θ̄)²)
 *   acceleration    Σ(θ̄ − θᵢ)³ / (6·(Σ(θ̄ − θᵢ)²)^(3/2))
 *
 * A run of weight 0 is never left out: nothing would change.
 *
 * Efron and Tibshirani 1993, Eq. 11.5 and 14.15. The standard error needs a smooth estimate: that of a median it does
 * not give, even in the limit (§11.4), and with δ far below the noise a fit is nearly one. On Epoch's 240 runs
 * at δ = 1e-3 it is 1.5 times the bootstrap's for α and 0.8 times for β, at δ = 0.1 within a tenth for both.
 */
import type { Backend, Batch } from '../backend/backend.ts';
import { InputError } from '../errors.ts';
import { freeParams } from '../fit/batch.ts';
import { inputOf } from '../laws/inputs.ts';
import { lawName } from '../laws/law.ts';
import type { BootstrapOptions, Sweep } from '../types.ts';
import { fitReplicates, type Pass, type ReplicateOptions, type Replicates } from './fits.ts';
import { groupsOf, leavingOut, type Groups } from './replicates.ts';

/** What is left out, one after another. */
export interface LeftOutGroups extends Groups {
  /** Runs of each group that carry weight, by index; every group has one. */
  readonly members: readonly (readonly number[])[];
}

/**
 * Every run of weight above 0 by itself, or the clusters of a bootstrap of that kind.
 * @throws InputError where the others do not determine the law.
 */
export function groupsToLeaveOut(sweep: Sweep, base: Batch, options: Pick<BootstrapOptions, 'kind' | 'cluster'>): LeftOutGroups {
  const { group } = groupsOf(base, options);
  const used = [...group.keys()].filter((i) => base.weight[i] > 0);
  const members = new Map<number, number[]>(used.map((i) => [group[i], []]));
  for (const i of used) members.get(group[i])?.push(i);
  const clusters = options.kind === 'cluster' ? options.cluster : undefined;
  members.forEach((runs, g) => {
    const lack = lackOf(sweep, base, used.length - runs.length, (isRun) => used.some((i) => group[i] !== g && isRun(i))) ?? lackInGroup(base, used, runs);
    if (lack === undefined) return;
    const line = sweep.lines[runs[0]];
    throw clusters
      ? new InputError(`cluster ${JSON.stringify(clusters[runs[0]])}: ${lack}`, { place: { option: 'cluster' } })
      : new InputError(`line ${line}: ${lack}`, { place: { line } });
  });
  const numbers = new Map([...members.keys()].map((g, k) => [g, k]));
  return { group: group.map((g) => numbers.get(g) ?? 0), groups: members.size, members: [...members.values()] }; // weight 0: any group
}

/** Why the other runs do not determine the law, in words. `some`: whether a run other than those left out is so. */
function lackOf({ columns }: Sweep, batch: Batch, others: number, some: (isRun: (i: number) => boolean) => boolean): string | undefined {
  const { law, pins } = batch;
  const needed = freeParams(batch).length;
  if (others < needed) {
    return `expected at least ${needed} runs beside it, one for each ${pins ? 'free ' : ''}parameter of ${lawName(law)}, ` +
      `got ${others}. Add runs, so that it can be left out.`;
  }
  if (pins) return undefined;
  for (const [k, name] of law.inputs.entries()) {
    const values = batch.inputs[k];
    let first: number | undefined;
    if (some((i) => values[i] !== values[first ??= i])) continue;
    return `expected at least two different values of ${name} beside it, got ${inputOf(name, columns)[first ?? 0]} in every run. ` +
      `Add runs at another ${name}, so that it can be left out.`;
  }
  return undefined;
}

/** Why the other runs do not determine what each group of a law of groups has of its own. */
function lackInGroup({ law, inputs, pins }: Batch, used: readonly number[], left: readonly number[]): string | undefined {
  if (!law.groups) return undefined;
  const { column, names, own, places } = law.groups;
  const number = inputs[inputs.length - 1];
  for (const [g, name] of names.entries()) {
    const needed = own.filter((j) => !pins?.pinned[places[g][j]]).length;
    const [all, lost] = [used, left].map((runs) => runs.filter((i) => number[i] === g).length);
    if (lost === 0 || all - lost >= needed) continue;
    return `expected at least ${needed} runs of ${column} "${name}" beside it, one for each free parameter of its own, got ${all - lost}. ` +
      'Add runs, so that it can be left out.';
  }
  return undefined;
}

/**
 * The best fit without each group, in order.
 * @throws the signal's reason where it aborts before all are done.
 */
export async function fitLeftOut(backend: Backend, base: Batch, groups: LeftOutGroups, passes: readonly Pass[],
                                 options: ReplicateOptions): Promise<Replicates> {
  const all = await fitReplicates(backend, leavingOut(base, groups), groups.groups, passes, 'influence', options);
  if (all.objective.length < groups.groups) options.signal?.throwIfAborted();
  return all;
}

/** Of a quantity, from its values with each run left out; NaN where there are none. */
export function jackknifeError(values: Float64Array): number {
  const { length } = values;
  return Math.sqrt(((length - 1) / length) * sumOfPowers(values, 2));
}

/** 0 where nothing changes; NaN where there are no values. */
export function acceleration(values: Float64Array): number {
  const squares = sumOfPowers(values, 2);
  return squares === 0 && values.length > 0 ? 0 : sumOfPowers(values, 3) / (6 * squares ** 1.5);
}

/** Σ(mean − value)ᵖ */
function sumOfPowers(values: Float64Array, power: number): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (mean - value) ** power, 0);
}
