/** `isoloss plan` as it is asked for. */
import { readCount } from '../data/counts.ts';
import { devices } from '../plan/devices.ts';
import type { Tensors } from '../plan/precision.ts';
import type { Demand } from '../plan/serving.ts';
import { parseCounts } from '../simulate/spec.ts';
import { ASKED_LAW_OPTIONS } from './asked-options.ts';
import type { Given, Options, Spec } from './command.ts';
import { checkPlan } from './plan-check.ts';
import type { Machine, PlanCommand } from './plan-command.ts';
import { beginTable } from './table-options.ts';
import { suggest } from './usage.ts';
import { readBy, readNumber, refused, whole } from './values.ts';

const MOST_SHAPES = 100;
const LONGEST = 1e9;
const MOST_BITS = 64;

/** Of those that a list can hold all count, of others the last. */
const OPTIONS: Options<PlanCommand> = {
  ...ASKED_LAW_OPTIONS,
  budget: { set({ budgets }, value, where) { budgets.push(...readBy(parseCounts)(value, where)); } },
  'target-loss': { set({ losses }, value, where) { losses.push(...amounts(value, where, 'a loss such as 2.1, nats per token')); } },
  hours: { set({ limits }, value, where) { limits.hours = amount(value, where, 'hours such as 720'); } },
  money: { set({ limits }, value, where) { limits.money = amount(value, where, 'money such as 1e6'); } },
  energy: { set({ limits }, value, where) { limits.energy = amount(value, where, 'kWh such as 1e6'); } },
  ratio: { set({ asides }, value, where) { asides.push(...readBy(parseCounts)(value, where).map((ratio) => ({ ratio }))); } },
  size: { set({ asides }, value, where) { asides.push(...readBy(parseCounts)(value, where).map((N) => ({ N }))); } },
  'unique-tokens': { set({ unique }, value, where) { unique.push(...readBy(parseCounts)(value, where)); } },
  excess: { set(command, value, where) { command.excess = amount(value, where, 'a share of the loss such as 0.001'); } },
  device: { set({ hardware }, value, where) { hardware.device = readMachine(value, where); } },
  count: { set({ hardware }, value, where) { hardware.count = whole(value, where, 1); } },
  utilisation: { set({ hardware }, value, where) { hardware.utilisation = readShare(value, where); } },
  price: { set({ hardware }, value, where) { hardware.price = amount(value, where, 'money an hour of a device such as 2.5'); } },
  watts: { set({ hardware }, value, where) { hardware.watts = amount(value, where, 'watts of a device such as 700'); } },
  pue: { set({ hardware }, value, where) { hardware.pue = readPue(value, where); } },
  recompute: { flag: true, set(command) { command.recompute = true; } },
  batch: { set({ layout }, value, where) { layout.batch = readTokens(value, where); } },
  stages: { set({ layout }, value, where) { layout.stages = whole(value, where, 1); } },
  'micro-batches': { set({ layout }, value, where) { layout.microBatches = whole(value, where, 1); } },
  chunks: { set({ layout }, value, where) { layout.chunks = whole(value, where, 1); } },
  'tensor-parallel': { set({ layout }, value, where) { layout.tensorParallel = whole(value, where, 1); } },
  bandwidth: { set({ layout }, value, where) { layout.bandwidth = amount(value, where, 'bytes a second of one device such as 5e10'); } },
  overlap: { set({ layout }, value, where) { layout.overlap = readShare(value, where); } },
  mtbf: { set({ failures }, value, where) { failures.mtbf = amount(value, where, 'hours of one device such as 50000'); } },
  checkpoint: { set({ failures }, value, where) { failures.checkpoint = amount(value, where, 'hours such as 0.05'); } },
  restart: { set({ failures }, value, where) { failures.restart = amount(value, where, 'hours such as 0.2'); } },
  serve: { set(command, value, where) { command.serve = readDemand(value, where); } },
  'serve-device': { set({ serving }, value, where) { serving.device = readMachine(value, where); } },
  'serve-utilisation': { set({ serving }, value, where) { serving.utilisation = readUtilisations(value, where); } },
  'serve-price': { set({ serving }, value, where) { serving.price = amount(value, where, 'money an hour of a device such as 2.5'); } },
  architectures: { set({ shapes }, value, where) { shapes.count = whole(value, where, 1, MOST_SHAPES); } },
  context: { set({ shapes }, value, where) { shapes.context = whole(value, where, 1, LONGEST); } },
  vocabulary: { set({ shapes }, value, where) { shapes.vocabulary = whole(value, where, 1, LONGEST); } },
  gated: { flag: true, set({ shapes }) { shapes.gated = true; } },
  heads: { set({ shapes }, value, where) { shapes.heads = whole(value, where, 1, LONGEST); } },
  'head-size': { set({ shapes }, value, where) { shapes.headSize = whole(value, where, 1, LONGEST); } },
  'width-multiple': { set({ shapes }, value, where) { shapes.widthMultiple = whole(value, where, 1, LONGEST); } },
  bits: { set({ precision }, value, where) { precision.widths.push(...readWidths(value, where)); } },
  'bit-scales': { set({ precision }, value, where) { precision.scales = readScales(value, where); } },
  quantise: { set({ precision }, value, where) { precision.afterwards.push(...readWidths(value, where)); } },
  granularity: { set({ mixtures }, value, where) { mixtures.granularity.push(...readGranularities(value, where)); } },
  experts: { set({ mixtures }, value, where) { mixtures.experts.push(...readExperts(value, where)); } },
  sparsity: { set({ mixtures }, value, where) { mixtures.sparsity.push(...readSparsities(value, where)); } },
  models: { flag: true, set(command) { command.models = true; } },
};

export const planSpec: Spec<PlanCommand> = {
  options: OPTIONS,
  begin,
  check: checkPlan,
  help: async () => (await import('./plan-help.ts')).PLAN_HELP,
  run: async (command, signal) => (await import('./plan.ts')).runPlan(command, signal),
};

function begin(sources: readonly string[], given: readonly Given[]): PlanCommand {
  return {
    ...beginTable(sources, 'isoloss plan'), name: 'plan', given, bootstrap: {},
    budgets: [], losses: [], limits: {}, asides: [], unique: [], hardware: {}, layout: {}, failures: {}, serving: {}, shapes: {},
    precision: { widths: [], afterwards: [] }, mixtures: { granularity: [], sparsity: [], experts: [] },
  };
}

/** A positive number; `what` completes "expected". */
function amount(value: string, where: string, what: string): number {
  const number = readNumber(value);
  if (number > 0 && number < Infinity) return number;
  throw refused(where, what, value, 'Write a plain positive number.');
}

/** Several, with commas between them. */
function amounts(value: string, where: string, what: string): number[] {
  return value.split(',').map((each) => amount(each.trim(), where, what));
}

/** Plain numbers that all do, with commas between them. */
function numbers(value: string, where: string, accepts: (number: number) => boolean, what: string, remedy: string): number[] {
  const read = value.split(',').map((each) => readNumber(each.trim()));
  if (read.every(accepts)) return read;
  throw refused(where, what, value, remedy);
}

function readWidths(value: string, where: string): number[] {
  return numbers(value, where, (bits) => bits >= 1 && bits <= MOST_BITS, `bits from 1 to ${MOST_BITS} such as 4,8`, 'A mean width, such as 4.5, will do.');
}

function readGranularities(value: string, where: string): number[] {
  return numbers(value, where, (G) => G >= 1 && G < Infinity, 'granularities from 1 on such as 1,8', 'It is the width of a dense layer over that of an expert.');
}

function readExperts(value: string, where: string): number[] {
  return numbers(value, where, (count) => count >= 1 && Number.isSafeInteger(count), 'whole numbers of experts from 1 on such as 8,64', 'They are counted: 1 is a dense model.');
}

function readSparsities(value: string, where: string): number[] {
  return numbers(value, where, (share) => share >= 0 && share < 1, 'shares from 0 to below 1 such as 0,0.95', 'It is the share of the parameters that a token does not pass through.');
}

/** "2.67,2.21,0.96": of weights, activations, and keys and values. */
function readScales(value: string, where: string): Tensors {
  const scales = value.split(',').map((each) => readNumber(each.trim()));
  const [weights, activations, cache] = scales;
  if (scales.length === 3 && scales.every((scale) => scale >= 0 && scale < Infinity)) return { weights, activations, cache };
  throw refused(where, 'three numbers of bits, of weights, activations, and keys and values, such as 2.67,2.21,0.96', value, 'Write 0 for what loses nothing.');
}

function readTokens(value: string, where: string): number {
  const tokens = readCount(value);
  if (tokens > 0 && tokens < Infinity) return tokens;
  throw refused(where, 'tokens of a step such as 4M', value, 'Count them over all devices.');
}

function readShare(value: string, where: string): number {
  const number = readNumber(value);
  if (number > 0 && number <= 1) return number;
  throw refused(where, 'a share above 0 and at most 1 such as 0.4', value, 'Write 40 % as 0.4.');
}

function readPue(value: string, where: string): number {
  const number = readNumber(value);
  if (number >= 1 && number < Infinity) return number;
  throw refused(where, 'a number from 1 on such as 1.2', value, 'It is what a data centre draws over what its machines do.');
}

/** An id of the list, or a rate. */
function readMachine(value: string, where: string): Machine {
  const ids = devices.map(({ id }) => id);
  if (ids.includes(value)) return { device: value };
  const peakFlops = readCount(value);
  if (peakFlops > 0 && peakFlops < Infinity) return { peakFlops };
  const begun = ids.find((id) => value !== '' && id.startsWith(value.toLowerCase()));
  const remedy = begun === undefined ? suggest(value, ids, 'Of another give the dense peak rate.') : `Did you mean ${begun}?`;
  throw refused(where, `one of ${ids.join(', ')}, or FLOP/s such as 989e12`, value, remedy);
}

/** "2T" output tokens, or "1T:2T", input and output. */
function readDemand(value: string, where: string): Demand {
  const counts = value.split(':').map(readCount);
  const [inputTokens, outputTokens] = counts.length === 1 ? [0, ...counts] : counts;
  const usable = counts.length <= 2 && counts.every((count) => count >= 0 && count < Infinity) && inputTokens + outputTokens > 0;
  if (usable) return { inputTokens, outputTokens };
  throw refused(where, 'tokens such as 2T, or INPUT:OUTPUT such as 1T:2T', value, 'Count them over the life of the model.');
}

/** "0.3" of both, or "0.5:0.1", of input and of output tokens. */
function readUtilisations(value: string, where: string): { input: number; output: number } {
  const shares = value.split(':').map(readNumber);
  const [input, output = input] = shares;
  if (shares.length <= 2 && shares.every((share) => share > 0 && share <= 1)) return { input, output };
  throw refused(where, 'a share such as 0.3, or INPUT:OUTPUT such as 0.5:0.1', value, 'Write 30 % as 0.3.');
}
