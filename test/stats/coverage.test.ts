/** Test-time compute: numbers of a table of samples, and how far resampled problems move them. */
import { describe, expect, it } from 'vitest';
import { uniforms } from '../../src/math/philox.ts';
import { coverageAt } from '../../src/plan/coverage.ts';
import type { ModelSamples } from '../../src/plan/sample-table.ts';
import { coverageOf } from '../../src/stats/coverage.ts';
import { refused } from '../plan/refusals.ts';

const PROBLEMS = 80;

/** Problems of which a sample is right with probability u^power. */
function samplesOf(model: string, power: number, more: Partial<ModelSamples> = {}): ModelSamples {
  const uniform = uniforms(1, 0, 0);
  const problems = Array.from({ length: PROBLEMS }, (_, i) => ({ name: `p${i}`, n: 100, c: Math.round(100 * uniform() ** power) }));
  return { model, problems, ...more };
}

const SMALL = samplesOf('small', 5, { N: 7e9, tokens: 400 });
const LARGE = samplesOf('large', 2.5, { N: 70e9, tokens: 300 });
const shares = SMALL.problems.map(({ n, c }) => c / n);
const mean = shares.reduce((sum, share) => sum + share, 0) / PROBLEMS;

describe('one model', () => {
  const asked = { samples: [10, 1000], targets: [0.5, 0.99], verifier: { truePositive: 0.9, falsePositive: 0.1 }, replicates: 400, seed: 3 };
  const { models: [model], trades } = coverageOf([SMALL], asked);
  const { curve, fit, best, trial } = model!;

  it('pass@1 is the mean share of right samples, with the interval of a mean', () => {
    const { value, interval } = curve[0]!.coverage;
    expect(value).toBeCloseTo(mean, 14);
    const error = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0)) / PROBLEMS;
    // A quantile of 2.5 % of 400 resamples is off by 0.13 standard errors, of either end; what is not normal in them is less.
    expect(Math.abs((interval![1] - interval![0]) / (2 * 1.96 * error) - 1)).toBeLessThan(0.2);
    expect([interval![0] < value, value < interval![1]]).toEqual([true, true]);
  });

  it('coverage rises, to the share of problems with a right sample', () => {
    const values = curve.map(({ coverage }) => coverage.value);
    expect(values).toEqual(values.toSorted((one, other) => one - other));
    expect([model!.solved / PROBLEMS, model!.most, curve.at(-1)!.k]).toEqual([expect.closeTo(values.at(-1)!, 14), 100, 100]);
  });

  it('what is asked of the law has intervals that hold it, and says how far beyond the samples it is', () => {
    expect(model!.asked.map(({ k, beyond }) => [k, beyond])).toEqual([[10, 1], [1000, 10]]);
    for (const { k, coverage: { value, interval } } of model!.asked) {
      expect(value).toBe(coverageAt(fit!, k));
      expect([interval![0] < value, value < interval![1]]).toEqual([true, true]);
    }
    for (const { coverage, samples, flops, beyond } of model!.targets) {
      expect(coverageAt(fit!, samples.value)).toBeCloseTo(coverage, 12);
      expect(flops!.value).toBeCloseTo(samples.value * 2 * 7e9 * 400, -3);
      expect(beyond).toBe(Math.max(1, samples.value / 100));
    }
    expect(fit!.verdict).toBe('pass');
    expect(fit!.intervals.b.interval![0]).toBeLessThan(fit!.b);
  });

  it('a trial carries the first tenth to all', () => {
    expect([trial!.upTo, trial!.k, trial!.measured]).toEqual([10, 100, curve.at(-1)!.coverage.value]);
    expect(Math.abs(trial!.predicted - trial!.measured)).toBeLessThan(0.05);
  });

  it('the best of one sample is any, and a verifier takes it up to its plateau', () => {
    const values = best!.curve.map(({ accuracy }) => accuracy.value);
    expect(values[0]).toBeCloseTo(mean, 13);
    const plateau = shares.reduce((sum, share) => sum + (share * 0.9) / (share * 0.9 + (1 - share) * 0.1), 0) / PROBLEMS;
    expect(best!.plateau.value).toBeCloseTo(plateau, 13);
    expect([values.at(-1)! > values[0]!, values.at(-1)! <= plateau + 1e-12]).toEqual([true, true]);
  });

  it('is the same again, and another seed is not', () => {
    expect(coverageOf([SMALL], asked).models[0]).toEqual(model);
    expect(coverageOf([SMALL], { ...asked, seed: 4 }).models[0]!.curve[0]).not.toEqual(curve[0]);
    expect(trades).toEqual([]);
  });
});

describe('two models', () => {
  const shuffled = { ...LARGE, problems: LARGE.problems.toReversed() };
  const { models, trades: [trade], paired } = coverageOf([LARGE, SMALL], { replicates: 200 });

  it('are traded at equal cost, the smaller first', () => {
    expect([trade!.small, trade!.large, models.map(({ cost }) => cost)]).toEqual(['small', 'large', [2 * 70e9 * 300, 2 * 7e9 * 400]]);
    const [one, other] = trade!.samples;
    expect(coverageAt(models[1]!.fit!, one)).toBeCloseTo(coverageAt(models[0]!.fit!, other), 12);
    const [low, high] = trade!.flops.interval!;
    expect([low < trade!.flops.value, trade!.flops.value < high]).toEqual([true, true]);
  });

  it('of the same problems are resampled together, in whatever order these come', () => {
    const again = coverageOf([shuffled, SMALL], { replicates: 200 });
    const other = coverageOf([{ ...LARGE, problems: LARGE.problems.map((each) => ({ ...each, name: `${each.name}'` })) }, SMALL], { replicates: 200 });
    expect([paired, again.paired, other.paired]).toEqual([true, true, false]);
    const width = ({ trades: [each] }: typeof again) => Math.log(each!.flops.interval![1] / each!.flops.interval![0]);
    // The same problems are hard for both: what they share does not move the crossing.
    expect(width(other)).toBeGreaterThan(1.2 * width(again));
  });

  it('without parameters are not traded; without tokens the option counts', () => {
    const { N, ...bare } = SMALL;
    expect(coverageOf([LARGE, bare], { replicates: 0 }).trades).toEqual([]);
    const { tokens, ...untold } = SMALL;
    expect(coverageOf([untold], { replicates: 0, tokens: 10 }).models[0]!.cost).toBe(2 * 7e9 * 10);
    expect(coverageOf([untold], { replicates: 0 }).models[0]!.cost).toBe(2 * 7e9);
    expect([N, tokens]).toEqual([7e9, 400]);
  });
});

it('where nothing is right, or all, there is no law', () => {
  for (const [c, value] of [[0, 0], [10, 1]] as const) {
    const { models: [model] } = coverageOf([{ model: '', problems: [{ name: 'a', n: 10, c }, { name: 'b', n: 10, c }] }], { samples: [100], targets: [0.5], replicates: 10 });
    expect([model!.fit, model!.asked, model!.targets, model!.trial]).toEqual([undefined, [], [], undefined]);
    expect(model!.curve.at(-1)!.coverage).toEqual({ value, interval: [value, value], unanswered: 0 });
  }
});

refused([
  ['models', () => coverageOf([]), 'expected problems of each model, got none.'],
  ['samples', () => coverageOf([SMALL], { samples: [1.5] }), 'expected a whole number of samples, 1 or more, got 1.5.'],
  ['targets', () => coverageOf([SMALL], { targets: [90] }), 'expected a number between 0 and 1 such as 0.9, got 90. Write 90 % as 0.9.'],
  ['replicates', () => coverageOf([SMALL], { replicates: 1 }), 'expected 0, or a whole number from 2 to 1000000, got 1.'],
  ['tokens', () => coverageOf([SMALL], { tokens: 0 }), 'expected positive tokens of a sample such as 500, got 0.'],
]);
