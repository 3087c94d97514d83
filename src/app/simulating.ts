/** A simulation in the worker: the sweeps are drawn and fitted there, and the page is told of them as they are done. */
import { simulateOn, type Backend, type Progress, type Replicates, type SimulateOptions, type Simulation } from '../index.ts';
import type { Choice } from './devices.ts';

export interface SimulateRequest
  extends Pick<SimulateOptions, 'truth' | 'design' | 'noise' | 'sweeps' | 'seed' | 'loss' | 'delta' | 'envelope' | 'confidence' | 'bootstrap' | 'budgets'> {
  readonly device: Choice;
}

/** What a page is told while it waits. */
export interface SimulateEvents {
  /** The fits of sweeps from `first` on; from 0 again where the work is done afresh. The work waits until they are taken, now and then until they are drawn. */
  fitted(first: number, fits: Replicates): Promise<void> | void;
  progressed(progress: Progress): void;
}

/** Stopped, it gives what is done. @throws the signal's reason where fewer than two sweeps are. */
export function simulateFor(backend: Backend, request: SimulateRequest, { fitted, progressed }: SimulateEvents, signal: AbortSignal): Promise<Simulation> {
  return simulateOn(backend, {
    ...request, signal,
    growing: true,
    onProgress: progressed,
    // Copies: a view takes all of its buffer along.
    onPiece: (first, _, { natural, objective, termination }) =>
      fitted(first, { natural: natural.slice(), objective: objective.slice(), termination: termination.slice() }),
  });
}
