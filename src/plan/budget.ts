/**
 * Training compute from what people have, device-hours or money, and what a compute costs.
 *
 *   C = hours·3600·peak·utilisation/done,   hours = money/price
 *
 * C is what the model itself needs, 6·N·D, and done = 1: utilisation is MFU, model FLOPs utilisation, over what the devices could
 * have done at their peak, whatever they recompute. A published MFU counts attention too, which C = 6·N·D leaves out: PaLM's is
 * 46.2 % with it and 45.7 % without. With `recompute` done = 8/6, and utilisation is that of all FLOPs that the devices do, HFU.
 *
 * Chowdhery et al. 2022, arXiv:2204.02311, appendix B; Narayanan et al. 2021, arXiv:2104.04473, §5.1, for 8·N·D.
 */
import { positive, positiveCompute, share } from '../check.ts';
import { deviceById } from './devices.ts';
import { flopsDone } from './flops.ts';

/** What trains: a device of the list by its id, or the peak rate of one device in FLOP/s. */
export type TrainingHardware = ({ readonly device: string } | { readonly peakFlops: number }) & {
  /** Share of the peak rate, above 0 and at most 1: MFU, or with `recompute` that of all FLOPs that the devices do. */
  readonly utilisation: number;
  /** The layers are done again on the way back: 8·N·D on the devices for 6·N·D of the model. Default false. */
  readonly recompute?: boolean;
};

/** What there is to train with. Money is in the currency of the price. */
export type ComputeMeans =
  | { readonly flops: number }
  | (TrainingHardware & { readonly deviceHours: number })
  | (TrainingHardware & { readonly money: number; readonly pricePerDeviceHour: number });

export interface TrainingCost {
  /** Hours of one device, over all devices. */
  readonly deviceHours: number;
  /** In the currency of the price; absent where there is none. */
  readonly money?: number;
}

const SECONDS = 3600;

/**
 * Training FLOPs that the means buy.
 * @throws InputError where a number is not positive, a utilisation is above 1, the device is unknown, or the FLOPs are more
 *   than a number holds.
 */
export function computeOf(means: ComputeMeans): number {
  if ('flops' in means) return positive('flops', means.flops, 'training FLOPs such as 1e21');
  return positiveCompute(flopsAnHour(means) * hoursOf(means));
}

function hoursOf(means: Exclude<ComputeMeans, { flops: number }>): number {
  if (!('money' in means)) return positive('deviceHours', means.deviceHours, 'hours such as 1e5');
  return positive('money', means.money, 'money such as 1e6') / priceOf(means.pricePerDeviceHour);
}

/**
 * What a training compute costs, in device-hours and, at a price, in money.
 * @throws InputError as `computeOf`.
 */
export function costOf(compute: number, hardware: TrainingHardware & { readonly pricePerDeviceHour?: number }): TrainingCost {
  const deviceHours = positiveCompute(compute) / flopsAnHour(hardware);
  const { pricePerDeviceHour: price } = hardware;
  return { deviceHours, ...(price !== undefined && { money: deviceHours * priceOf(price) }) };
}

/** Of the model, on one device. */
function flopsAnHour(hardware: TrainingHardware): number {
  return (SECONDS * peakOf(hardware) * share('utilisation', hardware.utilisation, 'the peak rate')) / flopsDone(hardware);
}

/**
 * Peak rate of one device, FLOP/s.
 * @throws InputError where the device is unknown, or the rate not positive.
 */
export function peakOf(hardware: { readonly device: string } | { readonly peakFlops: number }): number {
  return 'device' in hardware ? deviceById(hardware.device).peakFlops : positive('peakFlops', hardware.peakFlops, 'FLOP/s such as 312e12');
}

function priceOf(price: number): number {
  return positive('pricePerDeviceHour', price, 'money such as 2.5');
}
