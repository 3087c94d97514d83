/** The three approaches side by side, and their resamples. */
import { describe, expect, it } from 'vitest';
import { approachesOn, type Approaches, type ApproachesOptions } from '../../src/approaches/approaches.ts';
import { envelopeGrid, envelopeLaws } from '../../src/approaches/envelope.ts';
import { isoflopApproach, isoflopLaws } from '../../src/approaches/isoflop.ts';
import { drawCounts, drawRuns } from '../../src/approaches/resample.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { finalRuns } from '../../src/data/curves.ts';
import { quantile } from '../../src/math/quantile.ts';
import { normals, uniforms } from '../../src/math/philox.ts';
import { bootstrapOn } from '../../src/stats/bootstrap.ts';
import type { Interval, Progress, Sweep } from '../../src/types.ts';
import { lossOf } from '../support/cases.ts';
import { a, around, curvesOf, isoflopSweep, optimalN, spaced } from './truth.ts';

const backend = cpuBackend(1);
const REPLICATES = 60;

function noisy(sweep: Sweep, noise = 0.003): Sweep {
  const normal = normals(uniforms(5, 77, 0));
  return { ...sweep, loss: sweep.loss.map((loss) => loss * Math.exp(noise * normal())) };
}

const sweep = noisy(isoflopSweep([1e19, 1e20, 1e21, 1e22], around(8, 9)));
/** Every other model trained four times as long, so that the ends tell N from D. */
const curves = curvesOf({ sizes: spaced(4e7, 1.6e10, 14), tokens: (N) => spaced(1e8, N < 8e8 ? 3e11 : 3e12, 80), noise: 0.002 });

const run = (options: ApproachesOptions = {}, input: Parameters<typeof approachesOn>[1] = { sweep }) =>
  approachesOn(backend, input, { replicates: REPLICATES, budgets: [1e22, 1e24], ...options });

const numbers = ({ results }: Approaches) => results.map(({ N, D, at, intervals }) => ({ N, D, at, intervals }));

/** Percentile interval of numbers, as NumPy's default has it. */
function percentiles(values: readonly number[]): Interval {
  const sorted = values.toSorted((x, y) => x - y);
  return [quantile(sorted, 0.025), quantile(sorted, 0.975)];
}

describe('of a sweep', async () => {
  const found = await run();

  it('there are approaches 2 and 3, and 1 is missing', () => {
    expect(found.results.map(({ approach }) => approach)).toEqual([2, 3]);
    expect(found.missing).toEqual([{ approach: 1, why: 'It needs training curves: the loss at checkpoints of each run.' }]);
    expect(found).not.toHaveProperty('envelope');
    expect(found).not.toHaveProperty('share');
    expect([found.confidence, found.seed]).toEqual([0.95, 0]);
  });

  it('both find the truth within their intervals, about it', () => {
    for (const { N, D, at, intervals, replicates, failed } of found.results) {
      expect([replicates, failed]).toEqual([REPLICATES, 0]);
      expect(intervals.a[0]).toBeLessThan(a);
      expect(intervals.a[1]).toBeGreaterThan(a);
      expect(intervals.a[1] - intervals.a[0]).toBeLessThan(0.1);
      expect(N.exponent + D.exponent).toBeCloseTo(1, 9);
      expect(intervals.a[0] + intervals.b[1]).toBeCloseTo(1, 9);
      expect(at.map(({ C }) => C)).toEqual([1e22, 1e24]);
      for (const { C, N: size, D: tokens, intervals: ranges } of at) {
        expect(6 * size * tokens / C).toBeCloseTo(1, 9);
        expect(size).toBeCloseTo(N.coefficient * C ** N.exponent, -6);
        expect(ranges.N[0]).toBeLessThan(size);
        expect(ranges.N[1]).toBeGreaterThan(size);
        expect(6 * ranges.N[0] * ranges.D[1] / C).toBeCloseTo(1, 2); // but for the line between two resamples
      }
    }
    expect(Math.abs(Math.log(found.results[1].at[0].N / optimalN(1e22)))).toBeLessThan(0.3);
  });

  it('the estimates are of all runs: those of the approaches alone', () => {
    const [second, third] = found.results;
    const alone = isoflopApproach(sweep);
    expect(found.isoflop).toEqual(alone);
    expect(second).toMatchObject({ N: alone.N, D: alone.D, optima: alone.optima, warnings: alone.warnings });
    expect(third.N.exponent).toBe(found.fit!.exponents.a);
    expect(third.optima.map(({ C }) => C)).toEqual(found.fit!.computeRange);
    for (const { C, N } of third.optima) expect(third.N.coefficient * C ** third.N.exponent / N).toBeCloseTo(1, 9);
  });

  it('approach 3 has the intervals of the bootstrap of pairs', async () => {
    const { intervals, frontier } = await bootstrapOn(backend, sweep, found.fit!, { replicates: REPLICATES, budgets: [1e22, 1e24] });
    const [, third] = found.results;
    expect(third.intervals).toEqual({ a: intervals.a, b: intervals.b });
    third.at.forEach(({ intervals: { N } }, k) => N.forEach((end, side) => expect(end / frontier[k].N[side]).toBeCloseTo(1, 9)));
  });

  it('approach 2 sees the same resamples', () => {
    const { profiles } = isoflopApproach(sweep);
    const draw = drawRuns(sweep, 0);
    const laws = Array.from({ length: REPLICATES }, (_, r) => isoflopLaws(sweep, profiles, draw(r)));
    expect(found.results[0].intervals.a).toEqual(percentiles(laws.map(({ N }) => N.exponent)));
  });

  it('the bias is that of the fitted law at the largest budget', () => {
    expect(found.bias!.C).toBe(1e24);
    expect(found.bias!.warning).toMatch(/^Approach 2 takes .* D_opt at 1e24 FLOPs \d(\.\d)? % too low \(Czech et al\. 2026\)\.$/);
  });

  it('the seed decides, and no other seed is the same', async () => {
    expect(numbers(await run())).toEqual(numbers(found));
    const other = await run({ seed: 1 });
    other.results.forEach((result, k) => {
      expect(result.intervals.a).not.toEqual(found.results[k].intervals.a);
      expect(result.N).toEqual(found.results[k].N);
    });
  });

  it('a run of weight 0 changes nothing', async () => {
    const { N, D, C } = sweep.columns;
    const more = (values: Float64Array, value: number) => Float64Array.from([value, ...values]);
    const longer = {
      ...sweep, columns: { N: more(N, 1e9), D: more(D, 1e9), C: more(C, 1e19) },
      loss: more(sweep.loss, 9), weight: more(sweep.weight, 0), lines: Int32Array.from([99, ...sweep.lines]),
    };
    const [second, third] = numbers(await run({}, { sweep: longer }));
    const [before2, before3] = numbers(found);
    expect(second).toEqual(before2);
    expect(third.N.exponent).toBeCloseTo(before3.N.exponent, 9);
    third.intervals.a.forEach((end, side) => expect(end).toBeCloseTo(before3.intervals.a[side], 6));
  });

  it('a share of the runs without replacement spreads less', async () => {
    const [part, whole] = [await run({ share: 0.8, replicates: 600, confidence: 0.8 }), await run({ replicates: 600, confidence: 0.8 })];
    expect(part.share).toBe(0.8);
    part.results.forEach(({ intervals: { a: [low, high] }, N, failed }, k) => {
      const [wholeLow, wholeHigh] = whole.results[k].intervals.a;
      expect(failed).toBe(0);
      expect(N).toEqual(found.results[k].N);
      // √(0.2/0.8) = 0.5 of a statistic that is linear in the runs; of 600 resamples with an error of about 7 % of it.
      expect((high - low) / (wholeHigh - wholeLow)).toBeGreaterThan(0.35);
      expect((high - low) / (wholeHigh - wholeLow)).toBeLessThan(0.75);
    });
  });

  it('progress goes over both, to the end', async () => {
    const told: Progress[] = [];
    await run({ onProgress: (progress) => told.push(progress) });
    const bootstraps = told.filter(({ stage }) => stage === 'bootstrap');
    expect(new Set(told.map(({ stage }) => stage))).toEqual(new Set(['descend', 'bootstrap']));
    expect(bootstraps.every(({ total }) => total === 2 * REPLICATES)).toBe(true);
    expect(bootstraps.map(({ done }) => done)).toEqual(bootstraps.map(({ done }) => done).toSorted((x, y) => x - y));
    expect(bootstraps.at(-1)!.done).toBe(2 * REPLICATES);
  });
});

describe('of curves', async () => {
  const found = await run({}, { curves });

  it('there is approach 1, and the others on their ends', async () => {
    expect(found.results.map(({ approach }) => approach)).toEqual([1, 3]);
    expect(found.missing).toEqual([{ approach: 2, why: 'There is no power law: it needs the vertices of two budgets, and none can be used.' }]);
    const { fit } = await run({}, { sweep: finalRuns(curves) });
    expect(found.fit!.params).toEqual(fit!.params);
    expect(found).not.toHaveProperty('bias');
  });

  it('approach 1 resamples the curves', () => {
    const grid = envelopeGrid(curves);
    const draw = drawCounts(curves.curves.length, 0);
    const laws = Array.from({ length: REPLICATES }, (_, r) => {
      const counts = draw(r);
      return envelopeLaws(grid, [...counts.keys()].filter((k) => counts[k] > 0));
    });
    const [first] = found.results;
    const whole = laws.filter(({ N }) => Number.isFinite(N.exponent));
    expect(first.intervals.a).toEqual(percentiles(whole.map(({ N }) => N.exponent)));
    expect(first.failed).toBe(REPLICATES - whole.length);
    expect(first.N).toEqual(found.envelope!.N);
    expect(first).not.toHaveProperty('points');
  });

  it('with a sweep all three are there', async () => {
    const all = await run({ share: 0.8 }, { sweep, curves });
    expect(all.results.map(({ approach }) => approach)).toEqual([1, 2, 3]);
    expect(all.missing).toEqual([]);
    const [first] = all.results;
    expect(first.intervals.a[0]).toBeLessThan(first.intervals.a[1]);
  });
});

describe('what fails', () => {
  it('is counted: resamples without two vertices', async () => {
    const thin = noisy(isoflopSweep([1e20, 1e21], around(8, 3)));
    const { results, missing } = await run({}, { sweep: thin });
    const [second] = results;
    const draw = drawRuns(thin, 0);
    const without = Array.from({ length: REPLICATES }, (_, r) => {
      const counts = draw(r);
      return [0, 3].some((from) => counts.slice(from, from + 3).includes(0));
    });
    expect(second.failed).toBe(without.filter(Boolean).length);
    expect(second.failed).toBeGreaterThan(REPLICATES / 2);
    expect(missing.map(({ approach }) => approach)).toContain(1);
  });

  it('is said: a sweep of too few runs for approach 3', async () => {
    const { results, missing, bias, fit } = await run({}, { sweep: isoflopSweep([1e20], around(8, 4)) });
    expect(results).toEqual([]);
    expect([bias, fit]).toEqual([undefined, undefined]);
    expect(missing.slice(1)).toEqual([
      { approach: 2, why: 'There is no power law: it needs the vertices of two budgets, and one can be used.' },
      { approach: 3, why: 'case: expected at least 5 runs, one for each parameter of chinchilla (E, A, B, alpha, beta), got 4. Add runs, or relax the filters.' },
    ]);
  });

  it('is said: a law without optimum', async () => {
    const rising = isoflopSweep([1e19, 1e20, 1e21], around(8, 7), ({ N, D }) => lossOf({ N: 1 / N, D }) / 1e6 + 2);
    const { missing } = await run({}, { sweep: rising });
    expect(missing.at(-1)).toEqual({ approach: 3, why: 'The fitted exponents leave no compute-optimal size.' });
  });

  it.each([
    [{ replicates: 1 }, 'replicates: expected a whole number from 2 to 10000000, got 1.'],
    [{ replicates: 2 ** 32 - 1 }, 'replicates: expected a whole number from 2 to 10000000, got 4294967295.'],
    [{ confidence: 95 }, 'confidence: expected a number between 0 and 1 such as 0.95, got 95. Write 95 % as 0.95.'],
    [{ seed: -1 }, 'seed: expected a whole number from 0 on, got -1.'],
    [{ budgets: [0] }, 'budget: expected positive training FLOPs such as 1e21, got 0.'],
    [{ share: 1 }, 'share: expected a share of the runs between 0 and 1 such as 0.8, got 1. Leave it out to draw all with replacement.'],
    [{ tolerance: 2 }, 'tolerance: expected a factor from 1 to 1.2 such as 1.1, got 2. Write 10 % as 1.1.'],
    [{ isoflopBudgets: [] }, 'budgets: expected training FLOPs such as 1e19, 1e20, got none. Leave them out to find them.'],
    [{ fit: { starts: 0 } }, 'starts: expected "auto", "paper" or a positive whole number, got 0.'],
  ])('is refused: %j', async (options, message) => {
    await expect(run(options)).rejects.toThrow(message);
  });

  it('is refused: no input', async () => {
    await expect(run({}, {})).rejects.toThrow('approaches: expected a sweep or training curves, got neither. Read one of them.');
  });

  it.each(['descend', 'bootstrap'])('is stopped: in %s', async (stage) => {
    const stop = new AbortController();
    const onProgress = (progress: Progress) => { if (progress.stage === stage) stop.abort(new Error('enough')); };
    await expect(run({ signal: stop.signal, onProgress })).rejects.toThrow('enough');
    expect(stop.signal.aborted).toBe(true);
  });
});

describe('a resample', () => {
  it('with replacement has as many items, of which 1/e are left out', () => {
    const draw = drawCounts(500, 3);
    const rows = Array.from({ length: 40 }, (_, r) => draw(r));
    for (const row of rows) expect(row.reduce((sum, count) => sum + count, 0)).toBe(500);
    const absent = rows.reduce((sum, row) => sum + row.filter((count) => count === 0).length, 0) / (40 * 500);
    // Standard deviation of the share over 20,000 items: about √(0.1/20000) = 0.0022.
    expect(Math.abs(absent - Math.exp(-1))).toBeLessThan(0.009);
    expect(drawCounts(500, 3)(17)).toEqual(rows[17]);
    expect(drawCounts(500, 4)(17)).not.toEqual(rows[17]);
  });

  it('without has a share of them, each as often as the others', () => {
    const draw = drawCounts(10, 3, 0.8);
    const sums = new Float64Array(10);
    for (let r = 0; r < 2000; r++) {
      const row = draw(r);
      expect(row.reduce((sum, count) => sum + count, 0)).toBe(8);
      expect(row.every((count) => count === 0 || count === 1)).toBe(true);
      row.forEach((count, i) => { sums[i] += count; });
    }
    // Binomial: √(2000·0.8·0.2) = 18.
    for (const sum of sums) expect(Math.abs(sum - 1600)).toBeLessThan(4.5 * 18);
    expect(drawCounts(10, 3, 0.8)(5)).toEqual(draw(5));
    expect(drawCounts(3, 0, 0.99)(0).reduce((sum, count) => sum + count, 0)).toBe(2);
  });

  it('of runs has none of weight 0', () => {
    const some = { ...sweep, weight: sweep.weight.map((_, i) => i % 2) };
    const counts = drawRuns(some, 1)(0);
    expect(counts.filter((_, i) => i % 2 === 0).every((count) => count === 0)).toBe(true);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(sweep.loss.length / 2);
  });
});
