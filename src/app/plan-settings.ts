/** What is asked of a plan: settings of the page, most with the keys and the units that the options of `isoloss plan` have. */
import { devices, parseCounts, readCount, type Cluster, type PlanOptions } from '../index.ts';
import { decimal, names, oneOf, optional, positive, setting, whole, written, type Codec } from './setting.ts';

/** What can be asked beside the optimum, each a section that folds. */
export const PARTS = ['cost', 'aside', 'models', 'serving', 'repetition', 'shapes', 'precision'] as const;
export type Part = typeof PARTS[number];

/** Sections that are unfolded; what is folded is not computed. */
export const unfolded = setting<readonly string[]>('plan', ['cost'], names);

/* The goal. */

export const MEANS = ['flops', 'hours', 'clock', 'money', 'energy', 'loss'] as const;
export type Means = typeof MEANS[number];
/** "hours" are of one device, "clock" those that pass. */
export const means = setting<Means>('means', 'flops', oneOf(MEANS));
export const targetLoss = setting('target-loss', 2, above('a loss such as 2.1, nats per token'));
export const hours = setting('hours', 1e6, positive('device-hours such as 1e6'));
export const clock = setting('clock', 720, above('hours such as 720'));
export const money = setting('money', 2e6, positive('money such as 2e6'));
export const energy = setting('energy', 1e6, positive('kWh such as 1e6'));

/* What trains. */

/** A device of the list, or "rate": of another, its peak rate. */
const MACHINES = [...devices.map(({ id }) => id), 'rate'];
const rate = positive('FLOP/s such as 989e12');
const shareOf = 'a share of the peak rate such as 0.4';
export const hardware = setting('hardware', 'h100-sxm', oneOf(MACHINES));
export const peak = setting('peak', 1e15, rate);
export const utilisation = setting('mfu', 0.4, decimal(1e-4, 1, shareOf));
export const count = setting('count', 1024, whole(1, 1e8));
export const price = setting('price', 2, positive('a price of a device-hour such as 2.5'));
/** Of one device; its maker's where nothing is written. */
export const watts = setting('watts', undefined, optional(above('watts of a device such as 700')));
export const pue = setting('pue', 1, decimal(1, 100, 'what a data centre draws over what its machines do, from 1 on, such as 1.2'));

/* How it is laid out, where the utilisation is modelled; and what is lost to failures. */

export const layout = setting<'given' | 'modelled'>('layout', 'given', oneOf(['given', 'modelled']));
export const batch = setting('batch', 4e6, positive('tokens of a step such as 4M'));
export const stages = setting('stages', 1, whole(1, 1e6));
export const microBatches = setting('micro-batches', 32, whole(1, 1e6));
export const chunks = setting('chunks', 1, whole(1, 1e6));
export const tensorParallel = setting('tensor-parallel', 1, whole(1, 1e6));
/** Bytes a second; without it communication takes no time. */
export const bandwidth = setting('bandwidth', undefined, optional(positive('bytes a second of one device such as 5e10')));
export const overlap = setting('overlap', 0, decimal(0, 1, 'a share of the communication such as 0.5'));
/** Hours of one device between failures; without them nothing fails. */
export const mtbf = setting('mtbf', undefined, optional(positive('hours of one device such as 50000')));
export const checkpoint = setting('checkpoint', 0.05, above('hours such as 0.05'));
export const restart = setting('restart', 0.2, decimal(0, 1e6, 'hours such as 0.2'));

/* Models off the frontier, serving, unique tokens, architectures. */

export const ratios = setting('ratio', '200', counts('--ratio'));
export const sizes = setting('size', '', counts('--size'));
export const inputTokens = setting('serve-input', 1e12, tokens('tokens such as 1T'));
export const outputTokens = setting('serve-output', 1e12, tokens('tokens such as 1T'));
/** "same": what trains. */
export const servingHardware = setting('serve-device', 'same', oneOf(['same', ...MACHINES]));
export const servingPeak = setting('serve-peak', 1e15, rate);
export const inputUtilisation = setting('serve-input-mfu', 0.5, decimal(1e-4, 1, shareOf));
export const outputUtilisation = setting('serve-output-mfu', 0.1, decimal(1e-4, 1, shareOf));
/** Of a device-hour; that of training where nothing is written. */
export const servingPrice = setting('serve-price', undefined, optional(positive('a price of a device-hour such as 2.5')));
export const unique = setting('unique', '1T', counts('--unique-tokens'));
export const shapeCount = setting('architectures', 3, whole(1, 20));
export const contexts = setting('context', '4096,131072', counts('--context'));
export const vocabulary = setting('vocabulary', 32_000, whole(1, 1e9));
export const bits = setting('bits', '4,8,16', counts('--bits'));
export const quantised = setting('quantise', '4,8', counts('--quantise'));
export const gated = setting<'no' | 'yes'>('gated', 'no', oneOf(['no', 'yes']));

function above(expected: string): Codec<number> {
  return decimal(Number.MIN_VALUE, Number.MAX_VALUE, expected);
}

function tokens(expected: string): Codec<number> {
  const { write } = positive(expected);
  return { read: (text) => (readCount(text) === 0 ? 0 : positive(expected).read(text)), write };
}

/** Counts as they were written, or nothing. */
function counts(name: string): Codec<string> {
  return written(name, (_, text) => text.trim() === '' || parseCounts(name, text));
}

/** Of a list that was checked. */
export function countsOf(text: string): number[] {
  return text === '' ? [] : parseCounts('counts', text);
}

type Machine = { readonly device: string } | { readonly peakFlops: number };

function machineOf(device: string, peakFlops: number): Machine {
  return device === 'rate' ? { peakFlops } : { device };
}

/** What trains. */
export function cluster(): Cluster {
  return {
    ...machineOf(hardware.value, peak.value),
    devices: count.value, utilisation: utilisation.value, pricePerDeviceHour: price.value, pue: pue.value,
    ...(watts.value !== undefined && { wattsPerDevice: watts.value }),
  };
}

/** Of what is lost to failures; nothing where they are not counted. */
export function failures(): Pick<PlanOptions, 'failures'> {
  return mtbf.value === undefined ? {} : { failures: { ofOneDevice: mtbf.value, checkpoint: checkpoint.value, restart: restart.value } };
}

/** How the training is laid out; nothing where its utilisation is given. */
export function layoutOptions(): Pick<PlanOptions, 'layout'> {
  if (layout.value === 'given') return {};
  return {
    layout: {
      batch: batch.value, tensorParallel: tensorParallel.value, overlap: overlap.value,
      pipeline: { stages: stages.value, microBatches: microBatches.value, chunks: chunks.value },
      ...(bandwidth.value !== undefined && { bandwidth: bandwidth.value }),
    },
  };
}

/** What is served, and on what. */
export function serving(): NonNullable<PlanOptions['serving']> {
  const trains = { ...machineOf(hardware.value, peak.value), utilisation: utilisation.value, pricePerDeviceHour: price.value };
  const machine = servingHardware.value === 'same' ? trains : machineOf(servingHardware.value, servingPeak.value);
  const serves = (share: number) => ({ ...machine, utilisation: share, pricePerDeviceHour: servingPrice.value ?? price.value });
  return {
    demand: { inputTokens: inputTokens.value, outputTokens: outputTokens.value },
    hardware: { train: trains, input: serves(inputUtilisation.value), output: serves(outputUtilisation.value) },
  };
}
