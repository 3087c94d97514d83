import { expect, it } from 'vitest';
import { computeOf, costOf } from '../../src/plan/budget.ts';
import { refused, type Refusal } from './refusals.ts';
import { off } from './sardana.ts';

/** A few products of four numbers. */
const ROUNDING = 8 * 2 ** -53;

it('one A100 at half its peak does 156e12 FLOPs a second', () => {
  expect(off(computeOf({ deviceHours: 1, device: 'a100', utilisation: 0.5 }), 156e12 * 3600)).toBeLessThanOrEqual(ROUNDING);
  expect(off(computeOf({ deviceHours: 1, peakFlops: 312e12, utilisation: 0.5 }), 156e12 * 3600)).toBeLessThanOrEqual(ROUNDING);
  expect(off(computeOf({ deviceHours: 24, device: 'a100', utilisation: 1 }), 2.695_68e19)).toBeLessThanOrEqual(ROUNDING);
});

it('money buys hours at a price', () => {
  expect(off(computeOf({ money: 10, pricePerDeviceHour: 2.5, device: 'a100', utilisation: 0.5 }), 4 * 156e12 * 3600)).toBeLessThanOrEqual(ROUNDING);
});

it('FLOPs are what they are', () => {
  expect(computeOf({ flops: 5.76e23 })).toBe(5.76e23);
});

/**
 * Narayanan et al. 2021, arXiv:2104.04473, §5.1: GPT-3, 175B parameters, on 300B tokens by 1024 A100 at 140 TFLOP/s each
 * takes 34 days, with full recomputation: 8 FLOPs a parameter and token.
 */
it('training GPT-3 takes as long as was published', () => {
  const days = (flops: number) => costOf(flops, { device: 'a100', utilisation: 140 / 312 }).deviceHours / 1024 / 24;
  expect(Math.round(days(8 * 175e9 * 300e9))).toBe(34);
  expect(Math.round(days(6 * 175e9 * 300e9))).not.toBe(34);
});

/** DeepSeek-AI 2024, arXiv:2412.19437, Table 1: 2.788M hours of H800 at 2 dollars an hour are 5.576M dollars. */
it('hours cost what was published', () => {
  const hardware = { peakFlops: 989.4e12, utilisation: 0.3 };
  const flops = computeOf({ deviceHours: 2.788e6, ...hardware });
  expect(off(costOf(flops, { ...hardware, pricePerDeviceHour: 2 }).money, 5.576e6)).toBeLessThanOrEqual(ROUNDING);
});

it.each([0.1, 0.4, 1])('what compute costs at utilisation %d buys it again', (utilisation) => {
  const hardware = { device: 'tpu-v5p', utilisation, pricePerDeviceHour: 4.2 } as const;
  const { deviceHours, money } = costOf(1e24, hardware);
  expect(off(computeOf({ ...hardware, deviceHours }), 1e24)).toBeLessThanOrEqual(ROUNDING);
  expect(off(computeOf({ device: 'tpu-v5p', utilisation, pricePerDeviceHour: 4.2, money: Number(money) }), 1e24)).toBeLessThanOrEqual(ROUNDING);
  expect(off(costOf(2e24, hardware).money, 2 * Number(money))).toBeLessThanOrEqual(ROUNDING);
});

it('has no money without a price', () => {
  expect(Object.keys(costOf(1e24, { device: 'a100', utilisation: 0.4 }))).toEqual(['deviceHours']);
});

const good = { deviceHours: 10, device: 'a100', utilisation: 0.4 };
refused([
  ['flops', () => computeOf({ flops: 0 }), 'expected positive training FLOPs such as 1e21, got 0.'],
  ['deviceHours', () => computeOf({ ...good, deviceHours: -1 }), 'expected positive hours such as 1e5, got -1.'],
  ['deviceHours', () => computeOf({ device: 'a100', utilisation: 0.4 } as never), 'expected positive hours such as 1e5, got undefined.'],
  ['peakFlops', () => computeOf({ deviceHours: 1, peakFlops: Infinity, utilisation: 0.4 }), 'expected positive FLOP/s such as 312e12, got Infinity.'],
  ['money', () => computeOf({ money: NaN, pricePerDeviceHour: 2, device: 'a100', utilisation: 0.4 }), 'expected positive money such as 1e6, got NaN.'],
  ['pricePerDeviceHour', () => computeOf({ money: 1, pricePerDeviceHour: 0, device: 'a100', utilisation: 0.4 }), 'expected positive money such as 2.5, got 0.'],
  ['compute', () => computeOf({ ...good, deviceHours: 1e300 }), 'expected positive training FLOPs such as 1e21, got Infinity.'],
  ['compute', () => costOf(0, good), 'expected positive training FLOPs such as 1e21, got 0.'],
  ['pricePerDeviceHour', () => costOf(1e24, { ...good, pricePerDeviceHour: -2 }), 'expected positive money such as 2.5, got -2.'],
  ...[0, -0.1, 1.0001, 40, NaN].flatMap((utilisation): Refusal[] => [() => computeOf({ ...good, utilisation }), () => costOf(1e24, { ...good, utilisation })].map((tried) =>
    ['utilisation', tried, `expected a share of the peak rate above 0 and at most 1, got ${utilisation}. Write 40 % as 0.4.`])),
]);
