/**
 * Failures and checkpoints: how often to save, and the share of the time that is left for training. A job of many devices fails
 * at random, M apart on average; a checkpoint takes δ, a restart R; training goes on for τ between checkpoints. All in one unit
 * of time, whichever.
 *
 *   Young     τ = √(2δM)
 *   Daly      τ = √(2δM)·(1 + ⅓·√(δ/(2M)) + ⅑·δ/(2M)) − δ   for δ < 2M, else M
 *   goodput   τ/(M·e^(R/M)·(e^((τ + δ)/M) − 1))
 *
 * Goodput is training time over wall-clock time in Daly's complete model, which allows for failures during checkpoints and
 * restarts. By that model Daly's τ is within 0.2 % of the best goodput for δ up to 3M, Young's within 0.5 % for δ up to M/10.
 *
 * Young 1974, "A first order approximation to the optimum checkpoint interval", Communications of the ACM 17; Daly 2006, "A
 * higher order estimate of the optimum checkpoint interval for restart dumps", Future Generation Computer Systems 22.
 */
import { atLeastZero, positive, whole } from '../check.ts';

export interface Failures {
  /** Mean time between failures of the whole job, M. */
  readonly between: number;
  /** Time of a checkpoint during which training waits, δ. */
  readonly checkpoint: number;
  /** From a failure until training goes on from the last checkpoint, R. Default 0. */
  readonly restart?: number;
  /** Training time between checkpoints, τ. Default Daly's. */
  readonly interval?: number;
}

export interface Goodput {
  /** Training time between checkpoints. */
  readonly interval: number;
  /** Training time over wall-clock time. */
  readonly goodput: number;
}

/**
 * Mean time between failures of a job that stops when any of its devices does, each on its own.
 * @throws InputError where the time is not positive, or the devices not a whole number.
 */
export function betweenFailures(ofOneDevice: number, devices: number): number {
  return positive('ofOneDevice', ofOneDevice, 'time between failures of a device such as 50000 hours') / whole('devices', devices, 'devices');
}

/** @throws InputError where a time is not positive. */
export function youngInterval({ between, checkpoint }: Failures): number {
  return Math.sqrt(2 * checkpointOf(checkpoint) * betweenOf(between));
}

/** @throws InputError where a time is not positive. */
export function dalyInterval(failures: Failures): number {
  const first = youngInterval(failures);
  const { between, checkpoint } = failures;
  const ratio = checkpoint / (2 * between);
  return ratio < 1 ? first * (1 + Math.sqrt(ratio) / 3 + ratio / 9) - checkpoint : between;
}

/** @throws InputError where a time is not positive, or the restart below 0. */
export function goodputOf(failures: Failures): Goodput {
  const { between: M, checkpoint, restart = 0, interval = dalyInterval(failures) } = failures;
  const lost = Math.exp(atLeastZero('restart', restart, 'time') / betweenOf(M));
  const segment = positive('interval', interval, 'time between checkpoints') + checkpointOf(checkpoint);
  return { interval, goodput: interval / (M * lost * Math.expm1(segment / M)) };
}

function betweenOf(between: number): number {
  return positive('between', between, 'time between failures such as 3 hours');
}

function checkpointOf(checkpoint: number): number {
  return positive('checkpoint', checkpoint, 'time of a checkpoint such as 0.05 hours');
}
