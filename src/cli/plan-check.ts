/** What options of `isoloss plan` need beside them. */
import { devices } from '../plan/devices.ts';
import { checkAskedLaw } from './asked-options.ts';
import type { PlanCommand } from './plan-command.ts';
import { refusal, type UsageError } from './usage.ts';

const LAYOUT = ['batch', 'stages', 'micro-batches', 'chunks', 'tensor-parallel', 'bandwidth', 'overlap'];
const HARDWARE = ['hours', 'money', 'energy', 'device', 'count', 'utilisation', 'price', 'watts', 'pue', ...LAYOUT, 'mtbf', 'checkpoint', 'restart'];
const OF_BUDGET = ['unique-tokens', 'bits', 'bit-scales', 'quantise', 'granularity', 'experts', 'sparsity'];
const OF_SHAPE = ['context', 'vocabulary', 'gated', 'heads', 'head-size', 'width-multiple'];
const SERVING = ['serve-device', 'serve-utilisation', 'serve-price'];

/** @throws UsageError for options that do not go together, or that are not enough. */
export function checkPlan(command: PlanCommand): void {
  checkAskedLaw('isoloss plan', command);
  const { budgets, losses, limits, shapes } = command;
  const isLimited = Object.keys(limits).length > 0;
  if (budgets.length + losses.length === 0 && !isLimited && !command.models) {
    throw refusal('isoloss plan', '--budget, --target-loss, --hours, --money, --energy or --models', 'none', 'Begin with isoloss plan --budget 1e24.');
  }
  const ofBudget = budgets.length === 0 && !isLimited ? firstOf(command.given, OF_BUDGET) : undefined;
  if (ofBudget !== undefined) throw lacking(ofBudget, '--budget', 'Add --budget 1e24, say.');
  const ofShape = shapes.count === undefined ? firstOf(command.given, OF_SHAPE) : undefined;
  if (ofShape !== undefined) throw lacking(ofShape, '--architectures', 'Add --architectures 3, say.');
  if (command.precision.scales && command.precision.widths.length === 0) throw lacking('bit-scales', '--bits', 'Add --bits 4,8,16, say.');
  if (command.recompute && command.hardware.device === undefined && shapes.count === undefined) {
    throw lacking('recompute', '--device or --architectures', 'Say what trains, or which FLOPs are to be counted.');
  }
  checkHardware(command);
  checkLayout(command);
  checkServing(command);
}

function checkHardware({ given, hardware, limits, failures }: PlanCommand): void {
  const first = firstOf(given, HARDWARE);
  if (first === undefined) return;
  if (hardware.device === undefined) throw lacking(first, '--device', 'Add --device h100-sxm, say.');
  if (hardware.count === undefined) throw lacking(first, '--count', 'Add --count 1024, say.');
  if (hardware.utilisation === undefined) throw lacking(first, '--utilisation', 'Add --utilisation 0.4, say.');
  if (limits.money !== undefined && hardware.price === undefined) throw lacking('money', '--price', 'Add --price 2.5, say, of a device and hour.');
  if (limits.energy !== undefined && !hasWatts(hardware)) throw lacking('energy', '--watts', 'Add --watts 700, say: that of this device is not known.');
  if (failures.mtbf === undefined && failures.checkpoint !== undefined) throw lacking('checkpoint', '--mtbf', 'Add --mtbf 50000, say, hours of one device.');
  if (failures.mtbf === undefined && failures.restart !== undefined) throw lacking('restart', '--mtbf', 'Add --mtbf 50000, say, hours of one device.');
  if (failures.mtbf !== undefined && failures.checkpoint === undefined) throw lacking('mtbf', '--checkpoint', 'Add --checkpoint 0.05, say, hours.');
}

function checkLayout({ given, layout, limits, hardware: { count = NaN } }: PlanCommand): void {
  const first = firstOf(given, LAYOUT);
  if (first === undefined) return;
  const { batch, stages = 1, microBatches, chunks, tensorParallel = 1, bandwidth, overlap } = layout;
  if (batch === undefined) throw lacking(first, '--batch', 'Add --batch 4M, say, tokens of a step.');
  if (stages > 1 && microBatches === undefined) throw lacking('stages', '--micro-batches', 'Add --micro-batches 32, say, of each replica and step.');
  for (const [name, value] of [['micro-batches', microBatches], ['chunks', chunks]] as const) {
    if (value !== undefined && layout.stages === undefined) throw lacking(name, '--stages', 'Add --stages 8, say.');
  }
  if (overlap !== undefined && bandwidth === undefined) throw lacking('overlap', '--bandwidth', 'Add --bandwidth 5e10, say, bytes a second.');
  const limit = Object.keys(limits)[0];
  if (limit !== undefined) throw refusal(`isoloss plan --${limit}`, 'no --batch beside it', 'both', 'How well devices are used depends on the size: give --utilisation alone.');
  if (Number.isInteger(count / (stages * tensorParallel))) return;
  throw refusal('isoloss plan --count', `a multiple of ${stages * tensorParallel}, the devices of one replica`, `"${count}"`, 'It is --stages times --tensor-parallel.');
}

function hasWatts({ device, watts }: PlanCommand['hardware']): boolean {
  if (watts !== undefined || device === undefined || !('device' in device)) return watts !== undefined;
  return devices.some(({ id, power }) => id === device.device && power !== undefined);
}

function checkServing({ given, serve, serving, hardware, layout }: PlanCommand): void {
  const first = firstOf(given, SERVING);
  if (first === undefined) return;
  if (serve === undefined) throw lacking(first, '--serve', 'Add --serve 2T, say.');
  if (serving.utilisation === undefined) throw lacking(first, '--serve-utilisation', 'Add --serve-utilisation 0.3, say.');
  if (hardware.device === undefined || hardware.utilisation === undefined) throw lacking(first, '--device and --utilisation', 'Say what trains too.');
  if (layout.batch !== undefined) {
    throw refusal(`isoloss plan --${first}`, 'no --batch beside it', 'both', 'How well devices are used depends on the size: give --utilisation alone.');
  }
  if (hardware.price === undefined) throw lacking(first, '--price', 'Add --price 2.5, say, of a device and hour.');
}

function firstOf(given: PlanCommand['given'], names: readonly string[]): string | undefined {
  return given.find(({ name }) => names.includes(name))?.name;
}

function lacking(option: string, beside: string, remedy: string): UsageError {
  return refusal(`isoloss plan --${option}`, `${beside} beside it`, 'none', remedy);
}
