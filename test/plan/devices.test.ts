import { expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { deviceById, devices } from '../../src/plan/devices.ts';

/** Matrix units, dense FLOPs of one at each tick, and ticks a second: what the peak rates are made of. */
const MADE_OF: Readonly<Record<string, readonly [units: number, flops: number, clock: number]>> = {
  'v100-sxm2': [80, 1024, 1.53e9],
  'a100': [108, 2048, 1.41e9],
  'rtx-4090': [128, 512, 2.52e9],
  'h100-sxm': [132, 4096, 1.83e9],
  'h100-pcie': [114, 4096, 1.62e9],
  'h200-sxm': [132, 4096, 1.83e9],
  'mi250x': [220, 1024, 1.7e9],
  'mi300x': [304, 2048, 2.1e9],
  'mi325x': [304, 2048, 2.1e9],
  'mi355x': [256, 4096, 2.4e9],
  'tpu-v3': [2 * 2, 2 * 128 ** 2, 0.94e9],
  'tpu-v4': [2 * 4, 2 * 128 ** 2, 1.05e9],
  'tpu-v5e': [4, 2 * 128 ** 2, 1.5e9],
  'tpu-v5p': [2 * 4, 2 * 128 ** 2, 1.75e9],
};
/** PFLOP/s with 2:4 sparsity, as data sheets print them. */
const SPARSE: Readonly<Record<string, number>> = {
  'h100-sxm': 1.979, 'h100-pcie': 1.513, 'h100-nvl': 1.671, 'h200-sxm': 1.979, 'b200': 4.5, 'gb200': 5, 'mi300x': 2.6149, 'mi355x': 5.0332,
};
/** Data sheets round to three digits, or the clock. */
const ROUNDING = 3e-3;

it.each(Object.entries(MADE_OF))('%s does what its units do', (id, [units, flops, clock]) => {
  expect(Math.abs((units * flops * clock) / deviceById(id).peakFlops - 1)).toBeLessThan(ROUNDING);
});

it.each(Object.entries(SPARSE))('%s is without sparsity', (id, petaflops) => {
  expect(Math.abs((petaflops * 1e15) / 2 / deviceById(id).peakFlops - 1)).toBeLessThan(ROUNDING);
});

it('every device has an id and a name of its own, and a source', () => {
  expect(new Set(devices.map(({ id }) => id)).size).toBe(devices.length);
  expect(new Set(devices.map(({ name }) => name)).size).toBe(devices.length);
  expect(devices.filter(({ source, peakFlops }) => source === '' || !(peakFlops > 1e14 && peakFlops < 3e15))).toEqual([]);
});

it('the power of a device is that of a device, with a source; where its maker prints none there is none', () => {
  const powers = devices.flatMap(({ power }) => (power ? [power] : []));
  expect(powers.filter(({ watts, source }) => source === '' || !(watts >= 150 && watts <= 1500))).toEqual([]);
  expect(devices.filter(({ power }) => !power).map(({ id }) => id)).toEqual(['tpu-v3', 'tpu-v5e', 'tpu-v5p', 'tpu-v6e', 'trainium', 'trainium2']);
  // A slip of a digit would be far from what others do with a watt.
  expect(devices.filter(({ peakFlops, power }) => power && !(peakFlops / power.watts > 3e11 && peakFlops / power.watts < 3e12)).map(({ id }) => id)).toEqual([]);
});

it('an unknown device is refused', () => {
  const refusal = new InputError(`device: expected one of ${devices.map(({ id }) => id).join(', ')}, got "h100". Of another give peakFlops.`);
  expect(() => deviceById('h100')).toThrow(refusal);
});
