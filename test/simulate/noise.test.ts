import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { checkNoise, describeNoise } from '../../src/simulate/noise.ts';
import type { Noise } from '../../src/types.ts';

const OUTLIERS = { fraction: 0.05, factor: 10 };
const ALL: Noise = { sigma: 0.01, degrees: 4, outliers: OUTLIERS, bySize: 0.005, bySeed: 0.002 };

describe('a noise', () => {
  it.each<Noise>([ALL, { sigma: 0 }, { sigma: 1, degrees: 0.5 }, { sigma: 0, outliers: { fraction: 0, factor: 10 } }])('%j is usable as it is', (noise) => {
    expect(checkNoise(noise)).toBe(noise);
  });

  const deviation = 'a deviation of log loss from 0 to 1 such as 0.01';
  it.each<[Partial<Noise>, string]>([
    [{ sigma: -0.01 }, `noise.sigma: expected ${deviation}, got -0.01. Write 1 % as 0.01.`],
    [{ sigma: NaN }, `noise.sigma: expected ${deviation}, got NaN. Write 1 % as 0.01.`],
    [{ sigma: 5 }, `noise.sigma: expected ${deviation}, got 5. Write 1 % as 0.01.`],
    [{ degrees: 0 }, 'noise.degrees: expected degrees of freedom above 0 such as 4, got 0. Fewer mean heavier tails.'],
    [{ degrees: Infinity }, 'noise.degrees: expected degrees of freedom above 0 such as 4, got Infinity. Fewer mean heavier tails.'],
    [{ outliers: { fraction: 5, factor: 10 } },
      'noise.outliers.fraction: expected a share of the runs from 0 to 1 such as 0.05, got 5. Write 5 % as 0.05.'],
    [{ outliers: { fraction: 0.05, factor: 0 } },
      'noise.outliers.factor: expected a factor above 0 such as 10, got 0. It multiplies the noise of the run.'],
    [{ bySize: Infinity }, `noise.bySize: expected ${deviation}, got Infinity. Write 1 % as 0.01.`],
    [{ bySeed: NaN }, `noise.bySeed: expected ${deviation}, got NaN. Write 1 % as 0.01.`],
    [{ sigma: 0 }, 'noise.outliers: expected a sigma above 0 beside them, got 0. An outlier is a multiple of it.'],
  ])('with %j is not', (part, message) => {
    expect(() => checkNoise({ ...ALL, ...part })).toThrow(new InputError(message));
  });
});

it.each<[Noise, string]>([
  [{ sigma: 0 }, 'none'],
  [{ sigma: 0.01 }, 'normal, 0.01'],
  [{ sigma: 0.01, degrees: 1 }, "Student's t with 1 degree of freedom, scale 0.01"],
  [{ sigma: 0.01, degrees: 4, outliers: OUTLIERS, bySize: 0.005 },
    "Student's t with 4 degrees of freedom, scale 0.01; 5 % outliers, upward, 10 times as far; 0.005 shared by runs of one size"],
  [{ sigma: 0.02, outliers: { fraction: 0.07, factor: 2.5 } }, 'normal, 0.02; 7 % outliers, upward, 2.5 times as far'],
  [{ sigma: 0.02, outliers: { fraction: 0, factor: 10 }, bySize: 0, bySeed: 0 }, 'normal, 0.02'],
  [{ sigma: 0, bySeed: 0.003 }, '0.003 shared by runs of one training seed'],
  [{ sigma: 0, degrees: 4 }, 'none'],
])('%j is described as: %s', (noise, text) => {
  expect(describeNoise(noise)).toBe(text);
});
