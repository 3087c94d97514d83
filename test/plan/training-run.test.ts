import { describe, expect, it } from 'vitest';
import { computeOf } from '../../src/plan/budget.ts';
import { computeWithin, trainingRun, type Cluster } from '../../src/plan/training-run.ts';
import { refused } from './refusals.ts';
import { off } from './sardana.ts';

const ROUNDING = 32 * 2 ** -53;
const cluster: Cluster = { device: 'a100', utilisation: 0.5, devices: 1024, pricePerDeviceHour: 2 };

/**
 * Narayanan et al. 2021, arXiv:2104.04473, §5.1: GPT-3, 175B parameters on 300B tokens, by 1024 A100 at 140 TFLOP/s each takes 34
 * days, with full recomputation.
 */
it('training GPT-3 takes as long as was published', () => {
  const days = (recompute: boolean) => trainingRun(6 * 175e9 * 300e9, { ...cluster, utilisation: 140 / 312, recompute }).hours / 24;
  expect([true, false].map((recompute) => Math.round(days(recompute)))).toEqual([34, 25]);
});

it('energy is device-hours at the power of the device, and of what the data centre adds', () => {
  const { deviceHours, energy } = trainingRun(1e23, cluster);
  expect(off(energy, deviceHours * 0.4)).toBeLessThan(ROUNDING);
  expect(off(trainingRun(1e23, { ...cluster, pue: 1.1 }).energy, deviceHours * 0.44)).toBeLessThan(ROUNDING);
  expect(off(trainingRun(1e23, { ...cluster, wattsPerDevice: 550 }).energy, deviceHours * 0.55)).toBeLessThan(ROUNDING);
});

it('has no money without a price, and no energy where the power is not known', () => {
  const { pricePerDeviceHour: _, ...free } = cluster;
  expect(Object.keys(trainingRun(1e23, { utilisation: 0.5, devices: 8, peakFlops: 1e14 }))).toEqual(['hours', 'deviceHours']);
  expect(Object.keys(trainingRun(1e23, free))).toEqual(['hours', 'deviceHours', 'energy']);
  expect(Object.keys(trainingRun(1e23, { utilisation: 0.5, devices: 8, device: 'tpu-v5p' }))).toEqual(['hours', 'deviceHours']);
});

it('time that is lost is paid for', () => {
  const [whole, part] = [1, 0.8].map((goodput) => trainingRun(1e23, { ...cluster, goodput }));
  for (const name of ['hours', 'deviceHours', 'money', 'energy'] as const) expect(off(part[name], whole[name]! / 0.8)).toBeLessThan(ROUNDING);
});

it('more devices take less time, and as many device-hours', () => {
  const [one, two] = [1024, 2048].map((devices) => trainingRun(1e23, { ...cluster, devices }));
  expect([off(two.hours, one.hours / 2) < ROUNDING, two.deviceHours === one.deviceHours, two.money === one.money]).toEqual([true, true, true]);
});

describe('the other way round', () => {
  const whole = { ...cluster, goodput: 0.9, pue: 1.2 };
  const run = trainingRun(1e23, whole);

  it.each(['hours', 'money', 'energy'] as const)('what a compute takes of %s buys it again', (limit) => {
    const bought = computeWithin({ [limit]: run[limit]! }, whole);
    expect([off(bought.compute, 1e23) < ROUNDING, bought.limit]).toEqual([true, limit]);
    for (const name of ['hours', 'deviceHours', 'money', 'energy'] as const) expect(off(bought[name], run[name]!)).toBeLessThan(ROUNDING);
  });

  it.each(['hours', 'money', 'energy'] as const)('recomputation takes 8 of what 6 took, so that a limit of %s buys 6 of 8', (limit) => {
    const again = { ...whole, recompute: true };
    for (const name of ['hours', 'deviceHours', 'money', 'energy'] as const) expect(off(trainingRun(1e23, again)[name], (run[name]! * 8) / 6)).toBeLessThan(ROUNDING);
    expect(off(computeWithin({ [limit]: run[limit]! }, again).compute, 0.75e23)).toBeLessThan(ROUNDING);
  });

  it('of several limits the tightest one holds', () => {
    const bought = computeWithin({ hours: 2 * run.hours, money: run.money! / 2, energy: run.energy! }, whole);
    expect([off(bought.compute, 0.5e23) < ROUNDING, bought.limit]).toEqual([true, 'money']);
  });

  it('is what money buys without losses', () => {
    const bought = computeWithin({ money: 1e6 }, cluster);
    expect(off(bought.compute, computeOf({ device: 'a100', utilisation: 0.5, money: 1e6, pricePerDeviceHour: 2 }))).toBeLessThan(ROUNDING);
  });
});

refused([
  ['compute', () => trainingRun(0, cluster), 'expected positive training FLOPs such as 1e21, got 0.'],
  ['devices', () => trainingRun(1e21, { ...cluster, devices: 0 }), 'expected a whole number of devices, 1 or more, got 0.'],
  ['goodput', () => trainingRun(1e21, { ...cluster, goodput: 1.5 }), 'expected a share of the time above 0 and at most 1, got 1.5. Write 40 % as 0.4.'],
  ['pue', () => trainingRun(1e21, { ...cluster, pue: 0.9 }), 'expected what a data centre draws over what its machines do, 1 or more, got 0.9.'],
  ['wattsPerDevice', () => trainingRun(1e21, { ...cluster, wattsPerDevice: 0 }), 'expected positive watts such as 700, got 0.'],
  ['pricePerDeviceHour', () => trainingRun(1e21, { ...cluster, pricePerDeviceHour: -1 }), 'expected positive money such as 2.5, got -1.'],
  ['utilisation', () => computeWithin({ hours: 1 }, { ...cluster, utilisation: 40 }), 'expected a share of the peak rate above 0 and at most 1, got 40. Write 40 % as 0.4.'],
  ['limits', () => computeWithin({}, cluster), 'expected at least one of hours, money, energy, got none.'],
  ['hours', () => computeWithin({ hours: -1 }, cluster), 'expected positive hours such as 720, got -1.'],
  ['money', () => computeWithin({ money: 1e6 }, { device: 'a100', utilisation: 0.5, devices: 8 }), 'expected pricePerDeviceHour beside a limit of money, got none.'],
  ['energy', () => computeWithin({ energy: 1e6 }, { peakFlops: 1e14, utilisation: 0.5, devices: 8 }), 'expected wattsPerDevice beside a limit of energy, got none.'],
]);
