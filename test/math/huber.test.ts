import { describe, expect, it } from 'vitest';
import { huber, huberSlope } from '../../src/math/huber.ts';
import { worst } from '../support/close.ts';

const U = 2 ** -53;
const RESIDUALS = [-40, -3, -1.001, -0.999, -0.5, -1e-3, 0, 0.25, 0.999, 1.001, 2, 1e3];

it.each([
  [0, 0], [0.5, 0.125], [-0.5, 0.125], [1, 0.5], [-1, 0.5], [2, 1.5], [-3, 2.5], [Infinity, Infinity],
])('ρ(%d) is %d', (r, value) => {
  expect(huber(r)).toBe(value);
});

it.each([[0, 0], [0.5, 0.5], [-0.5, -0.5], [1, 1], [-1, -1], [7, 1], [-7, -1], [-Infinity, -1]])(
  'ρ′(%d) is %d', (r, slope) => {
    expect(huberSlope(r)).toBe(slope);
  });

it('keeps NaN as NaN', () => {
  expect([huber(NaN), huberSlope(NaN)]).toEqual([NaN, NaN]);
});

it('times δ² is the loss of Hoffmann et al., Eq. 3, in nats²', () => {
  const delta = 1e-3;
  const residuals = RESIDUALS.map((r) => r * delta);
  const hoffmann = residuals.map((z) => (Math.abs(z) <= delta ? z * z / 2 : delta * (Math.abs(z) - delta / 2)));
  const got = residuals.map((z) => delta ** 2 * huber(z / delta));
  // Four roundings a side, and |r| − ½ cancels to no less than half of |r|.
  expect(worst(got, hoffmann, hoffmann.map((value) => 16 * U * value)).ratio).toBeLessThan(1);
});

describe('at |r| = 1', () => {
  /** The jump between the two sides; both change by no more than `gap` where value and slope are continuous. */
  const gap = 1e-9;
  const jump = (f: (r: number) => number) => Math.abs(f(1 + gap) - f(1 - gap));

  it('value and slope are continuous', () => {
    expect(jump(huber)).toBeLessThan(2.1 * gap);
    expect(jump(huberSlope)).toBeLessThan(2.1 * gap);
  });

  it('a loss without the ½ would jump', () => {
    expect(jump((r) => (Math.abs(r) <= 1 ? r * r / 2 : Math.abs(r)))).toBeGreaterThan(0.4);
  });
});

describe('the slope', () => {
  const h = 1e-4; // below the distance of every residual to the kink, so that either branch is a polynomial
  const difference = RESIDUALS.map((r) => (huber(r + h) - huber(r - h)) / (2 * h));
  // Central differences are exact on a parabola and on a line: what is left is the rounding of ρ and of r ± h.
  const tolerance = RESIDUALS.map((r) => 4 * U * (huber(r) + Math.abs(r) + 1) / h);

  it('is that of central differences', () => {
    const { ratio, where } = worst(RESIDUALS.map(huberSlope), difference, tolerance);
    expect(ratio, where).toBeLessThan(1);
  });

  it('would not be, without its bounds', () => {
    expect(worst(RESIDUALS, difference, tolerance).ratio).toBeGreaterThan(1);
  });
});
