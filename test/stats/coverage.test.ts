/** Sweeps whose truth is known: 95 % intervals must hold it about as often as they say. */
import { expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { bootstrapOn } from '../../src/stats/bootstrap.ts';
import type { Interval } from '../../src/types.ts';
import { LAW, sweepCase } from '../support/cases.ts';

const SWEEPS = 50;
const RESAMPLES = 100;

/** Fewest hits of a binomial that is that low, or lower, less than once in 10⁴. */
function fewest(tries: number, chance: number): number {
  let probability = (1 - chance) ** tries;
  let below = probability;
  let hits = 0;
  while (below < 1e-4) {
    probability *= ((tries - hits) / (hits + 1)) * (chance / (1 - chance));
    hits++;
    below += probability;
  }
  return hits;
}

const half = ([low, high]: Interval): Interval => [0.75 * low + 0.25 * high, 0.25 * low + 0.75 * high];
const holds = ([low, high]: Interval, value: number) => Number(low < value && value < high);

it.each(['percentile', 'bca'] as const)(`%s intervals hold alpha and beta in most of ${SWEEPS} sweeps; half as wide they would not`, async (interval) => {
  const cpu = cpuBackend(1);
  const held = { alpha: 0, beta: 0, alphaOfHalf: 0, betaOfHalf: 0 };
  for (let seed = 1; seed <= SWEEPS; seed++) {
    const sweep = sweepCase({ seed });
    const fit = await fitOn(cpu, sweep, { starts: 4 });
    const { intervals: { alpha, beta } } = await bootstrapOn(cpu, sweep, fit, { replicates: RESAMPLES, seed, interval });
    held.alpha += holds(alpha!, LAW.alpha);
    held.beta += holds(beta!, LAW.beta);
    held.alphaOfHalf += holds(half(alpha!), LAW.alpha);
    held.betaOfHalf += holds(half(beta!), LAW.beta);
  }
  // Of 100 resamples type 7 takes order statistics 3.475 and 97.525: they leave out 2·3.475/101, 7 %.
  const least = fewest(SWEEPS, 0.93);
  expect(Math.min(held.alpha, held.beta)).toBeGreaterThanOrEqual(least);
  expect(Math.max(held.alphaOfHalf, held.betaOfHalf)).toBeLessThan(least);
});
