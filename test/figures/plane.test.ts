import { describe, expect, it } from 'vitest';
import { lawWithNumbers } from '../../src/figures/formula.ts';
import { lossLevels } from '../../src/figures/levels.ts';
import { decades, isoflopEnds, planeOf } from '../../src/figures/plane.ts';
import { sampleSweep } from './sample.ts';

describe('lossLevels', () => {
  it.each([
    [[1.87, 3.1], [2, 2.5, 3], { start: 1.9, end: 3, size: 0.1 }],
    [[0.301], [0.31, 0.32], { start: 0.302, end: 0.32, size: 0.002 }],
    [[40], [100, 200], { start: 40, end: 200, size: 10 }],
  ])('round steps from %j and %j', (predicted, measured, levels) => {
    expect(lossLevels(predicted, measured, 16)).toEqual(levels);
  });

  it('has a step where every loss is the same', () => {
    expect(lossLevels([2], [2, 2], 16)).toEqual({ start: 2, end: 2.01, size: 0.01 });
  });

  it('takes the runs alone where the law predicts nothing', () => {
    expect(lossLevels([], [2, 3], 10)).toEqual({ start: 2, end: 3, size: 0.1 });
  });
});

describe('decades', () => {
  it.each([
    [[6e18, 3e21], [1e19, 1e20, 1e21, 1e22]],
    [[1e20, 1e21], [1e20, 1e21]],
    [[2e20, 3e20], [1e20, 1e21]],
    [[1e20, 1e20], [1e19, 1e20]],
  ] as const)('from %j', (range, want) => {
    expect(decades(range)).toEqual(want);
  });

  it('are at most nine', () => {
    expect(decades([1e10, 1e26])).toEqual([1e10, 1e12, 1e14, 1e16, 1e18, 1e20, 1e22, 1e24, 1e26]);
  });
});

it('an IsoFLOP line that passes by has no ends', () => {
  expect(isoflopEnds({ N: [1e8, 1e9], D: [1e9, 1e10] }, 6e20)).toBeUndefined();
  expect(isoflopEnds({ N: [1e8, 1e9], D: [1e9, 1e10] }, 6e18)).toEqual([[1e8, 1e10], [1e9, 1e9]]);
});

it('a frontier far from the runs does not stretch the plane', () => {
  const sweep = sampleSweep();
  const far = { C: 1e20, N: 1e30, D: 1e-11, loss: 2 };
  expect(planeOf(sweep, [far])).toEqual(planeOf(sweep, []));
  expect(planeOf(sweep, [{ ...far, N: 2e10 }]).N[1]).toBe(3.2e10);
});

it.each([
  [{ E: 0, A: 4.968e6, alpha: 0.30001 }, 'L = 0 + 4.968·10<sup>6</sup>/N<sup>0.3</sup>'],
  [{ E: 1.23456, A: 1e-7, alpha: NaN }, 'L = 1.235 + 10<sup>−7</sup>/N<sup>NaN</sup>'],
])('formula with %j', (params, want) => {
  expect(lawWithNumbers('L = E + A/N^alpha', params)).toBe(want);
});

it.each([
  ['L(N, D) = E + A/N^((1 - a)*s) + B/D^(a*s)', { E: 1.7, A: 400, B: 420, a: 0.45, s: 0.62 },
    'L(N, D) = 1.7 + 400/N<sup>(1 - 0.45)*0.62</sup> + 420/D<sup>0.45*0.62</sup>'],
  ['L(N, D) = E + (A/N^alpha + B/D^beta)^gamma', { E: 1.7, A: 400, B: 420, alpha: 0.4, beta: 0.5, gamma: 0.8 },
    'L(N, D) = 1.7 + (400/N<sup>0.4</sup> + 420/D<sup>0.5</sup>)<sup>0.8</sup>'],
  ['L(N, D) = ((N_c/N)^(alpha_N/alpha_D) + D_c/D)^alpha_D', { N_c: 6.4e13, D_c: 1.8e13, alpha_N: 0.076, alpha_D: 0.103 },
    'L(N, D) = ((6.4·10<sup>13</sup>/N)<sup>0.076/0.103</sup> + 1.8·10<sup>13</sup>/D)<sup>0.103</sup>'],
] as const)('%s with its numbers', (formula, params, want) => {
  expect(lawWithNumbers(formula, params)).toBe(want);
});
