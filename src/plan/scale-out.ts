/**
 * One training on more or fewer devices: what failures and the layout leave of the rate, and what it takes. A job of more devices
 * fails more often (src/plan/failures.ts), and its replicas wait longer for gradients (src/plan/utilisation.ts).
 */
import { betweenFailures, goodputOf } from './failures.ts';
import { trainingRun, type Cluster, type TrainingRun } from './training-run.ts';
import { modelledUtilisation, type Layout } from './utilisation.ts';

/** Of one device, and of the job whatever its size; hours. */
export interface FailureTimes {
  /** Mean time between failures. */
  readonly ofOneDevice: number;
  readonly checkpoint: number;
  /** Default 0. */
  readonly restart?: number;
}

export interface ScaleOut {
  readonly cluster: Cluster;
  /** Default: none, or the goodput of the cluster. */
  readonly failures?: FailureTimes;
  /** How a model of N parameters is laid out; each size is rounded to whole replicas. Default: the utilisation of the cluster. */
  readonly layout?: Pick<Layout, 'N' | 'batch' | 'pipeline' | 'tensorParallel' | 'bandwidth' | 'overlap'>;
}

export interface ScaledRun {
  readonly devices: number;
  /** Of the peak rate. */
  readonly utilisation: number;
  /** Share of the time in which the training gets on. */
  readonly goodput: number;
  readonly training: TrainingRun;
}

/**
 * A training compute, FLOPs, on each number of devices.
 * @throws InputError where a number is not positive or whole, a share above 1, or the device unknown.
 */
export function scaleOut(compute: number, { cluster, failures, layout }: ScaleOut, sizes: readonly number[]): ScaledRun[] {
  const split = (layout?.tensorParallel ?? 1) * (layout?.pipeline?.stages ?? 1);
  return sizes.map((size) => {
    const replicas = Math.max(1, Math.round(size / split));
    const devices = replicas * split;
    const goodput = failures ? goodputOf({ ...failures, between: betweenFailures(failures.ofOneDevice, devices) }).goodput : cluster.goodput ?? 1;
    const utilisation = layout ? modelledUtilisation({ ...cluster, ...layout, replicas, kernel: cluster.utilisation }).utilisation : cluster.utilisation;
    return { devices, utilisation, goodput, training: trainingRun(compute, { ...cluster, devices, goodput, utilisation }) };
  });
}
