/** The axes of charts over parameters say what these are in their own law. */
import { expect, it } from 'vitest';
import { axisTitle } from '../../src/figures/parameters.ts';

it.each([
  ['chinchilla', 'alpha', 'α, exponent of N'],
  ['chinchilla', 'E', 'E, nats/token'],
  ['chinchilla', 'a', 'a of N<sub>opt</sub> ∝ C<sup>a</sup>'],
  ['chinchilla-allocation', 'a', 'a of N<sub>opt</sub> ∝ C<sup>a</sup>'],
  ['moe-experts', 'a', 'a, exponent of N'],
])('%s, %s', (law, name, title) => {
  expect(axisTitle(law, name)).toBe(title);
});
