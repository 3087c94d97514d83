import { expect, it } from 'vitest';
import { dot } from '../../src/math/dot.ts';
import { uniforms } from '../../src/math/philox.ts';

it.each([0, 1, 2, 3, 4, 5, 7, 8, 9])('is exact on whole numbers, length %i', (length) => {
  const a = Float64Array.from({ length }, (_, i) => i + 1);
  const b = Float64Array.from({ length }, (_, i) => 10 ** i);
  // Every term has a decimal place of its own: 1 + 20 + 300 + … tells which terms were added, and how often.
  expect(dot(a, b)).toBe(a.reduce((sum, value, i) => sum + value * 10 ** i, 0));
});

it('rounds no more than one sum after another', () => {
  const uniform = uniforms(1, 50, 0);
  const column = () => Float64Array.from({ length: 1001 }, () => Math.fround(2 * uniform() - 1));
  const [a, b] = [column(), column()];
  // Products of float32s are exact in float64; scaled by 2¹²⁰ they are whole numbers that BigInt adds exactly.
  const exact = Number(a.reduce((sum, value, i) => sum + BigInt(value * b[i] * 2 ** 120), 0n)) / 2 ** 120;
  const size = a.reduce((sum, value, i) => sum + Math.abs(value * b[i]), 0);
  expect(Math.abs(dot(a, b) - exact)).toBeLessThan(a.length * 2 ** -53 * size);
  expect(Math.abs(dot(a, b.with(1000, 0)) - exact)).toBeGreaterThan(a.length * 2 ** -53 * size);
});
