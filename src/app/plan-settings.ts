/** What is asked of a plan: settings of the page, most with the keys and the units that the options of `isoloss plan` have. */
import {
  devices, formatPower, InputError, parseCounts, publishedErrors, readCount, type Cluster, type EmergenceOptions, type PlanOptions, type Ruler,
} from '../index.ts';
import { sampleColumns, sampleCounts, verifierShares, type SampleColumns } from './samples-codecs.ts';
import { decimal, names, numbers, oneOf, optional, positive, setting, whole, written, type Codec } from './setting.ts';

/** What can be asked beside the optimum, each a section that folds. */
export const PARTS = ['cost', 'aside', 'models', 'serving', 'repetition', 'shapes', 'precision', 'mixtures', 'emergence'] as const;
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
/** The layers are done again on the way back: the devices do 8ND for a training of 6ND. */
export const recompute = setting<'no' | 'yes'>('recompute', 'no', oneOf(['no', 'yes']));
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

/* Mixtures of experts. */

const fromOne = (what: string) => numbers((value) => value >= 1 && value < Infinity, what);
export const granularities = setting('granularity', '1,4,16', fromOne('granularities from 1 on such as 1,4,16'));
export const sparsities = setting('sparsity', '0,0.5,0.9,0.95', numbers((share) => share >= 0 && share < 1, 'shares from 0 to below 1 such as 0.5,0.95'));
/** Whose best sparsity is sought. */
export const sparseSizes = setting('sparse-size', '', counts('--size'));
export const experts = setting('experts', '8,64', fromOne('experts from 1 on such as 8,64'));

/* Emergence or mirage. */

export const scale = setting('scale', '1e18..1e26:9', written('--budgets', risingCounts));
const isTokens = (value: number) => Number.isInteger(value) && value >= 1 && value <= 1e6;
export const answerTokens = setting('answer-tokens', '5,30', numbers(isTokens, 'whole tokens of an answer such as 5,30'));
export const choices = setting('choices', 4, whole(2, 1e6));
/** Of a test; without them nothing is said of one. */
export const items = setting('items', undefined, optional(whole(1, 1e12)));
/** Nats per token; the law's E where nothing is written. */
export const floor = setting('floor', undefined, optional(decimal(0, Number.MAX_VALUE, 'nats per token from 0 on such as 0')));
export const errorRuler = setting('error', 'none', oneOf(['none', ...publishedErrors.map(({ id }) => id)]));

/* Test-time compute, by a table of samples. */

/** By which the address knows that the section is unfolded: what it shows is of no fit, and of no goal. */
export const SAMPLES = 'samples';
/** Where their names do not tell. */
export const samplesColumns = setting<SampleColumns>('samples-columns', {}, sampleColumns);
/** At which the law is asked, also beyond those that were drawn. */
export const samplesAt = setting('samples-at', '1000', sampleCounts);
export const samplesTargets = setting('samples-target', '0.9', numbers((share) => share > 0 && share < 1, 'shares between 0 and 1 such as 0.5,0.9'));
/** Generated in a sample, of models that have none in the table. */
export const samplesTokens = setting('samples-tokens', undefined, optional(positive('tokens such as 500')));
export const samplesVerifier = setting('samples-verifier', undefined, optional(verifierShares));

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

/** At least three, each above the one before. */
function risingCounts(name: string, text: string): void {
  const budgets = parseCounts(name, text);
  if (budgets.length < 3) throw new InputError(`expected at least three, to have two steps to compare, got ${budgets.length}.`);
  const falls = budgets.findIndex((value, k) => k > 0 && !(value > budgets[k - 1]));
  if (falls > 0) throw new InputError(`expected rising ones, got ${formatPower(budgets[falls], 4)} after ${formatPower(budgets[falls - 1], 4)}. Sort them, each once.`);
}

/** Of a list that was checked. */
export function countsOf(text: string): number[] {
  return text === '' ? [] : parseCounts('counts', text);
}

type Machine = { readonly device: string } | { readonly peakFlops: number };

function machineOf(device: string, peakFlops: number): Machine {
  return device === 'rate' ? { peakFlops } : { device };
}

/** Where the layers are done again; nothing where they are not. */
export function recomputed(): { readonly recompute?: true } {
  return recompute.value === 'yes' ? { recompute: true } : {};
}

/** What trains. */
export function cluster(): Cluster {
  return {
    ...machineOf(hardware.value, peak.value),
    devices: count.value, utilisation: utilisation.value, pricePerDeviceHour: price.value, pue: pue.value,
    ...(watts.value !== undefined && { wattsPerDevice: watts.value }),
    ...recomputed(),
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
    hardware: { train: { ...trains, ...recomputed() }, input: serves(inputUtilisation.value), output: serves(outputUtilisation.value) },
  };
}

/** Numbers of a list that was checked. */
export function numbersOf(text: string): number[] {
  return text === '' ? [] : text.split(',').map(Number);
}

/** The range of budgets and its rulers; `errorSource`: whose constants the downstream error has. */
export function emergence(): EmergenceOptions & { readonly errorSource?: string } {
  const error = publishedErrors.find(({ id }) => id === errorRuler.value);
  return {
    scale: { budgets: countsOf(scale.value) },
    rulers: rulers(error),
    ...(floor.value !== undefined && { floor: floor.value }),
    ...(items.value !== undefined && { items: items.value }),
    ...(error && { errorSource: error.source }),
  };
}

function rulers(error: typeof publishedErrors[number] | undefined): Ruler[] {
  const options = choices.value;
  return [
    { kind: 'loss' }, { kind: 'token-accuracy' },
    ...[...new Set(numbersOf(answerTokens.value))].flatMap((tokens): Ruler[] => [{ kind: 'edit-distance', tokens }, { kind: 'exact-match', tokens }]),
    { kind: 'brier', options }, { kind: 'multiple-choice', options },
    ...(error ? [{ kind: 'error', epsilon: error.epsilon, kappa: error.kappa, gamma: error.gamma } as const] : []),
  ];
}
