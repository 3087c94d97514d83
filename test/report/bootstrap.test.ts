import { expect, it } from 'vitest';
import { bootstrapLines } from '../../src/report/bootstrap.ts';
import type { Bootstrap } from '../../src/types.ts';
import { BOOTSTRAP } from './fixture.ts';

const lines = (change: Partial<Bootstrap>) => bootstrapLines({ ...BOOTSTRAP, failed: {}, ...change }).join('\n');

it('bca: says which fits it took beside the resamples', () => {
  expect(lines({ interval: 'bca', leftOut: { fits: 240, failed: {} } })).toBe(`\
  Kind       pairs: runs drawn with replacement, seed 42
  Resamples  4,000 fitted in 1.2 s
  Starts     the optimum: of 32 resamples probed from 2 drawn starts none ended lower
  Failed     none
  Left out   each run once, for the skewness: 240 fits
  Intervals  bca: quantiles of the resamples, corrected for bias and skewness`);
});

it('bca of clusters, some of whose fits failed', () => {
  const text = lines({ kind: 'cluster', interval: 'bca', leftOut: { fits: 12, failed: { iterations: 3 } } });
  expect(text).toContain(`
  Left out   each cluster once, for the skewness: 12 fits
  Failed     3 of 12 (25 %) did not converge; the finite ones are counted
             3 iterations  Reached the step limit before converging.
  Intervals`);
});

it('sandwich beside resamples, and without any', () => {
  expect(lines({ interval: 'sandwich' })).toContain('\n  Failed     none\n  Intervals  sandwich: from the sandwich covariance');
  expect(lines({ kind: 'sandwich', interval: 'sandwich', seconds: 0.03, withoutOptimum: 0 })).toBe(`\
  Kind       sandwich: nothing is resampled; the covariance of an M-estimator at the fit
  Intervals  sandwich: from the sandwich covariance of the fit, which takes the runs as independent`);
});

it('what should be known of the intervals is told below them', () => {
  expect(lines({ kind: 'sandwich', interval: 'sandwich', warnings: ['E has no effect: take resamples.'] })).toMatch(
    /\n {2}Intervals {2}sandwich: .*\n {2}WARNING {4}E has no effect: take resamples\.$/);
});

it('sandwich of a fit without a covariance', () => {
  expect(lines({ kind: 'sandwich', interval: 'sandwich', intervals: { E: [NaN, NaN] } })).toContain(`
  None       the runs do not tell the parameters apart, or there are no more of them than parameters
`);
});
