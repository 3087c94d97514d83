import { expect, it } from 'vitest';
import { extrapolation, rangesOf } from '../../src/plan/extrapolation.ts';
import { sweepCase } from '../support/cases.ts';

const sweep = sweepCase({ sizes: [{ N: 1e8, D: 1e9 }, { N: 4e8, D: 2e9 }, { N: 2e8, D: 8e9 }, { N: 1e12, D: 1 }] });

it('the ranges are those of the runs that carry weight', () => {
  const weighted = { ...sweep, weight: Float64Array.of(1, 0.5, 1, 0) };
  expect(rangesOf(weighted)).toEqual({ N: [1e8, 4e8], D: [1e9, 8e9], C: [6e17, 9.6e18] });
  expect(rangesOf(sweep).N).toEqual([1e8, 1e12]);
});

it('a plan is so many times beyond the nearer end, on either side', () => {
  const ranges = { N: [1e8, 4e8], D: [1e9, 8e9], C: [6e17, 9.6e18] } as const;
  expect(extrapolation(ranges, { N: 2e9, D: 2e8, C: 2.4e18 })).toEqual({ N: 5, D: 5, C: 1 });
  expect(extrapolation(ranges, { N: 1e8, D: 8e9, C: 9.6e18 })).toEqual({ N: 1, D: 1, C: 1 });
});
