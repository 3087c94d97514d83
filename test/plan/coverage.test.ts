import { describe, expect, it } from 'vitest';
import { coverageAt, fitCoverage, samplesFor } from '../../src/plan/coverage.ts';
import { passOf, sampleCounts } from '../../src/plan/pass.ts';
import { sampleCost, samplingTrade } from '../../src/plan/sampling.ts';
import { refused } from './refusals.ts';

const k = sampleCounts(1000);
/** Problems from all but impossible to easy: no law of exp(a·k^b). */
const problems = Array.from({ length: 100 }, (_, i) => Math.round(1000 * ((i + 0.5) / 100) ** 4));
const coverage = k.map((each) => problems.reduce((sum, c) => sum + passOf(1000, c, each), 0) / problems.length);
const sumAt = (a: number, b: number) => k.reduce((sum, each, i) => sum + (Math.exp(a * each ** b) - coverage[i]!) ** 2, 0);

describe('the law of the coverage', () => {
  it.each([[-1.8, -0.3], [-4, -0.7], [-0.1, -0.05], [-12, -1.4]])('exp(%d k^%d) is found back', (a, b) => {
    const fit = fitCoverage(k, k.map((each) => coverageAt({ a, b }, each)))!;
    // Coverages are rounded to an ulp; a hundredth of them or more tell a and b to a thousand of these.
    expect([Math.abs(fit.a / a - 1) < 1e-11, Math.abs(fit.b / b - 1) < 1e-11, fit.verdict, fit.worst < 1e-14]).toEqual([true, true, 'pass', true]);
  });

  it('of coverages that follow none, is a minimum that nothing near is below, and all starts find it', () => {
    const { a, b, objective, verdict, starts, agreeing, gradientNorm, rms, worst } = fitCoverage(k, coverage)!;
    expect(Math.abs(objective / sumAt(a, b) - 1)).toBeLessThan(1e-10);
    for (const [da, db] of [[1e-5, 0], [-1e-5, 0], [0, 1e-5], [0, -1e-5], [1e-5, 1e-5], [-1e-5, 1e-5]] as const) expect(sumAt(a * (1 + da), b * (1 + db))).toBeGreaterThan(objective);
    expect([verdict, agreeing, gradientNorm < 1e-12]).toEqual(['pass', starts, true]);
    expect(rms).toBeCloseTo(Math.sqrt(objective / k.length), 15);
    expect([worst > rms, worst < 0.05]).toEqual([true, true]);
  });

  it('is lower than the line through the logarithms, which it starts from', () => {
    const line = fitCoverage(k, coverage)!;
    const [xs, ys] = [k.map(Math.log), coverage.map((c) => Math.log(-Math.log(c)))];
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const slope = mean(xs.map((x, i) => (x - mean(xs)) * (ys[i]! - mean(ys)))) / mean(xs.map((x) => (x - mean(xs)) ** 2));
    expect(sumAt(-Math.exp(mean(ys) - slope * mean(xs)), slope)).toBeGreaterThan(1.05 * line.objective);
  });

  it('from a law near, is the same', () => {
    const [all, again] = [fitCoverage(k, coverage)!, fitCoverage(k, coverage, { a: -1, b: -0.2 })!];
    expect([Math.abs(again.a / all.a - 1) < 1e-9, Math.abs(again.b / all.b - 1) < 1e-9, again.starts]).toEqual([true, true, 1]);
  });

  it('is not certified where the coverage does not rise', () => {
    expect(fitCoverage([1, 2, 4, 8], [0.5, 0.5, 0.5, 0.5])!.verdict).toBe('fail');
    expect(fitCoverage([1, 2, 4, 8], [0.6, 0.5, 0.45, 0.4])!.verdict).toBe('fail');
  });

  it('is none of too little', () => {
    expect([fitCoverage([1, 2], [0.1, 0.2]), fitCoverage([1, 2, 4], [0, 0, 0]), fitCoverage([1, 2, 4], [0, 0.5, 1]), fitCoverage([1, 2, 4], [1, 1, 1])]).toEqual(Array(4).fill(undefined));
  });

  it('has the samples for a coverage', () => {
    const law = { a: -1.8, b: -0.3 };
    expect(coverageAt(law, samplesFor(law, 0.9))).toBeCloseTo(0.9, 13);
    expect(samplesFor(law, 0.1)).toBe(1); // one sample has more
    expect(samplesFor({ a: -1, b: 0 }, 0.9)).toBe(Infinity);
  });
});

describe('a larger model or more samples', () => {
  const small = { a: -1.83, b: -0.34, cost: sampleCost(7e9, 400) };
  const large = { a: -1.41, b: -0.55, cost: sampleCost(70e9, 300) };

  it('a sample costs two FLOPs a parameter and token', () => {
    expect([small.cost, large.cost]).toEqual([2 * 7e9 * 400, 2 * 70e9 * 300]);
  });

  it('cover as much where they cross, and either side has the better one', () => {
    const { flops, samples, coverage: both, first, last } = samplingTrade(small, large);
    expect(coverageAt(small, flops / small.cost)).toBeCloseTo(coverageAt(large, flops / large.cost), 12);
    expect([samples[0] * small.cost, samples[1] * large.cost].map((cost) => cost / flops)).toEqual([expect.closeTo(1, 13), expect.closeTo(1, 13)]);
    expect(both).toBeCloseTo(coverageAt(large, samples[1]), 12);
    const at = (cost: number) => (coverageAt(small, cost / small.cost) > coverageAt(large, cost / large.cost) ? 'one' : 'other');
    expect([at(0.9 * flops), at(1.1 * flops)]).toEqual([first, last]);
    expect([first, last]).toEqual(['one', 'other']);
    expect(samplingTrade(large, small)).toMatchObject({ first: 'other', last: 'one' });
  });

  it('do not cross where one is better at every cost', () => {
    expect(samplingTrade(small, { ...small, cost: 10 * small.cost })).toEqual({ flops: NaN, samples: [NaN, NaN], coverage: NaN, first: 'one', last: 'one' });
    expect(samplingTrade(small, { ...large, a: -0.2 })).toMatchObject({ flops: NaN, first: 'other', last: 'other' });
  });
});

refused([
  ['k', () => fitCoverage([0, 1, 2], [0.1, 0.2, 0.3]), 'expected positive samples such as 10, got 0.'],
  ['coverage', () => fitCoverage([1, 2, 3], [0.1, 1.2, 0.3]), 'expected shares from 0 to 1, got 1.2.'],
  ['coverage', () => samplesFor({ a: -1, b: -1 }, 1), 'expected a number between 0 and 1 such as 0.9, got 1. Write 90 % as 0.9.'],
  ['N', () => sampleCost(0, 1), 'expected positive parameters such as 7e9, got 0.'],
  ['tokens', () => sampleCost(1, NaN), 'expected positive tokens of a sample such as 500, got NaN.'],
]);
