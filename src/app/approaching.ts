/** The paper's three approaches, in the worker; loaded when they are asked for first. */
import {
  approachesOn, readCurves, type Approaches, type ApproachesOptions, type Backend, type FilterOptions, type Progress, type Sweep, type TrainingCurves,
} from '../index.ts';
import { budgetsOf } from './budgets.ts';
import type { Choice } from './devices.ts';
import { runsOf, type AskedGroup } from './groups.ts';
import { tableOf, type Given } from './opening.ts';

export interface ApproachesRequest {
  readonly device: Choice;
  readonly filter: FilterOptions;
  /** Its runs alone. */
  readonly group?: AskedGroup;
  readonly options: Pick<ApproachesOptions, 'replicates' | 'confidence' | 'seed' | 'fit'>;
  /** Training FLOPs to extrapolate to. */
  readonly budget: number;
}

/** What came out, and the runs that it is of, those that the filter left. */
export interface Approached {
  readonly approaches: Approaches;
  readonly sweep: Sweep;
  readonly budget: number;
}

/** `run`: the column that names the run; by its name where it is empty. @throws InputError where they cannot be read. */
export function curvesOf(given: Given, run: string, signal: AbortSignal): Promise<TrainingCurves> {
  const [table, options] = tableOf(given);
  return readCurves(table, { ...options, signal, ...(run.trim() !== '' && { run: run.trim() }) });
}

/** @throws InputError where the filter leaves nothing to compare. */
export async function approachesFor(backend: Backend, table: Sweep, curves: TrainingCurves | undefined, { options, budget, ...asked }: ApproachesRequest,
                                    onProgress: (progress: Progress) => void, signal: AbortSignal): Promise<Approached> {
  const sweep = runsOf(table, asked);
  const [low, high] = sweep.columns.C.reduce(([least, most], C) => [Math.min(least, C), Math.max(most, C)], [Infinity, 0]);
  const budgets = budgetsOf([low, high], budget);
  return { approaches: await approachesOn(backend, { sweep, ...(curves && { curves }) }, { ...options, budgets, onProgress, signal }), sweep, budget };
}
