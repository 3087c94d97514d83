/** A bootstrap by its intervals at some budgets: the law's own optimum times 1 ∓ `width`. */
import { frontier } from '../../src/plan/frontier.ts';
import type { Bootstrap, Interval } from '../../src/types.ts';
import { PARAMS } from './sample.ts';

export function sampleBootstrap(budgets: readonly number[], width = 0.1): Bootstrap {
  const around = (value: number): Interval => [value * (1 - width), value * (1 + width)];
  return {
    kind: 'pairs', replicates: 300, requested: 300, failed: {}, withoutOptimum: 0, seed: 0, confidence: 0.9, interval: 'percentile',
    standardErrors: {}, intervals: {}, covariance: [], covarianceOf: [], predictions: [], seconds: 0,
    frontier: frontier('chinchilla', PARAMS, budgets).map(({ C, N, D, loss }) => ({
      C, N: around(N), D: around(D), tokensPerParameter: around(D / N), loss: around(loss),
    })),
  };
}
