/**
 * What a training takes on so many devices, and the other way round, what time, money or energy allow.
 *
 *   device-hours = done·C/(3600·peak·utilisation·goodput)   hours = device-hours/devices, done = 8/6 with recomputation, else 1
 *   money = device-hours·price                              energy = device-hours·watts·PUE/1000, kWh
 *
 * Goodput is the share of the time that is paid for in which the training gets on, the rest being lost to failures and
 * checkpoints (src/plan/failures.ts). PUE, power usage effectiveness, is what a data centre draws over what its machines do.
 * Watts are those of the devices at their limit, the most they can take; their hosts and network come on top.
 *
 * The model of energy is that of Touvron et al. 2023, arXiv:2302.13971, §6: device-hours × power of a device × PUE.
 */
import { positive, share, whole } from '../check.ts';
import { optionError } from '../errors.ts';
import { computeOf, costOf, type TrainingHardware } from './budget.ts';
import { deviceById } from './devices.ts';

/** What trains, and what it costs to run. */
export type Cluster = TrainingHardware & {
  /** Devices that train together. */
  readonly devices: number;
  /** Share of the time in which the training gets on. Default 1. */
  readonly goodput?: number;
  /** In any currency. */
  readonly pricePerDeviceHour?: number;
  /** Power of one device, with its share of what else is to be counted. Default: that of the device, where its maker prints one. */
  readonly wattsPerDevice?: number;
  /** At least 1. Default 1: the devices alone. */
  readonly pue?: number;
};

export interface TrainingRun {
  /** Hours by the clock. */
  readonly hours: number;
  /** Hours of one device, over all devices. */
  readonly deviceHours: number;
  /** In the currency of the price; absent where there is none. */
  readonly money?: number;
  /** kWh; absent where the power of the device is not known. */
  readonly energy?: number;
}

/** At most so much of each; at least one of them. */
export interface Limits {
  /** By the clock. */
  readonly hours?: number;
  readonly money?: number;
  /** kWh. */
  readonly energy?: number;
}

/** The compute that limits allow, training FLOPs, and which of them is reached first. */
export interface Affordable extends TrainingRun {
  readonly compute: number;
  readonly limit: keyof Limits;
}

/**
 * Time, money and energy of a training compute, FLOPs.
 * @throws InputError where a number is not positive, a share above 1, or the device unknown.
 */
export function trainingRun(compute: number, cluster: Cluster): TrainingRun {
  const { deviceHours } = costOf(compute / goodputOf(cluster), cluster);
  return runOf(deviceHours, cluster);
}

/**
 * The largest training compute within all the limits.
 * @throws InputError as `trainingRun`, without a limit, and where a limit is of money without a price, or of energy without watts.
 */
export function computeWithin(limits: Limits, cluster: Cluster): Affordable {
  const [limit, deviceHours] = tightest(limits, runOf(1, cluster));
  const compute = computeOf({ ...cluster, deviceHours: deviceHours * goodputOf(cluster) });
  return { compute, limit, ...runOf(deviceHours, cluster) };
}

function runOf(deviceHours: number, cluster: Cluster): TrainingRun {
  const { pricePerDeviceHour: price, pue = 1 } = cluster;
  const watts = wattsOf(cluster);
  if (!(pue >= 1 && pue < Infinity)) throw optionError('pue', `expected what a data centre draws over what its machines do, 1 or more, got ${pue}.`);
  return {
    hours: deviceHours / whole('devices', cluster.devices, 'devices'),
    deviceHours,
    ...(price !== undefined && { money: deviceHours * positive('pricePerDeviceHour', price, 'money such as 2.5') }),
    ...(watts !== undefined && { energy: (deviceHours * watts * pue) / 1000 }),
  };
}

function wattsOf(cluster: Cluster): number | undefined {
  if (cluster.wattsPerDevice !== undefined) return positive('wattsPerDevice', cluster.wattsPerDevice, 'watts such as 700');
  return 'device' in cluster ? deviceById(cluster.device).power?.watts : undefined;
}

function goodputOf({ goodput = 1 }: Cluster): number {
  return share('goodput', goodput, 'the time');
}

/** The limit that is reached first, and the device-hours until then; `hour` is what one device-hour takes of each. */
function tightest(limits: Limits, hour: TrainingRun): [limit: keyof Limits, deviceHours: number] {
  const allowed = LIMITS.flatMap(([name, what, lacking]) => {
    const limit = limits[name];
    if (limit === undefined) return [];
    const each = hour[name];
    if (each === undefined) throw optionError(name, `expected ${lacking} beside a limit of ${name}, got none.`);
    return [[name, positive(name, limit, what) / each] as const];
  });
  if (allowed.length === 0) throw optionError('limits', 'expected at least one of hours, money, energy, got none.');
  const [limit, deviceHours] = allowed.reduce((one, other) => (other[1] < one[1] ? other : one));
  return [limit, deviceHours];
}

const LIMITS = [
  ['hours', 'hours such as 720', ''], ['money', 'money such as 1e6', 'pricePerDeviceHour'], ['energy', 'kWh such as 1e6', 'wattsPerDevice'],
] as const;
