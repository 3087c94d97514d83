/** Laws compared on sweeps whose law is known, and each number of a comparison against the same worked out in another way. */
import { beforeAll, describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { gpuBackend } from '../../src/backend/gpu/gpu.ts';
import { InputError } from '../../src/errors.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import { fitResamples } from '../../src/stats/bootstrap.ts';
import { compareLawsOn } from '../../src/stats/compare.ts';
import type { CompareOptions } from '../../src/stats/compare-options.ts';
import { winnerOf } from '../../src/stats/compare-pairs.ts';
import { pairedCounts } from '../../src/stats/compare-resamples.ts';
import type { LawComparison } from '../../src/stats/compare-result.ts';
import type { Progress, Sweep } from '../../src/types.ts';
import { openTestDevice } from '../parity/gpu.ts';
import { sweepCase } from '../support/cases.ts';
import { sweepOfLaw } from '../support/laws.ts';

const backend = cpuBackend(1);
const FAMILY = ['chinchilla-tied', 'chinchilla', 'chinchilla-gamma'];
const QUICK: CompareOptions = { replicates: 40, steps: 0, starts: 8, laws: FAMILY };
const compare = (sweep: Sweep, options: CompareOptions = {}) => compareLawsOn(backend, sweep, { ...QUICK, ...options });
const lawOf = ({ laws }: LawComparison, id: string) => laws.find(({ law }) => law === id)!;
const lowest = ({ laws }: LawComparison, by: 'aic' | 'aicc' | 'bic') => laws.reduce((best, next) => (next[by] < best[by] ? next : best)).law;
const pOf = ({ nested }: LawComparison, inner: string, outer: string) => nested.find((test) => test.inner === inner && test.outer === outer)!.probability;

/** All but how long it took; numbers that JSON has not as text. */
function timeless(comparison: LawComparison): unknown {
  const skipped = new Set(['seconds', 'timings']);
  return JSON.parse(JSON.stringify(comparison, (name, value: unknown) => {
    if (skipped.has(name)) return undefined;
    return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  }));
}

describe('the law that drew the losses wins', () => {
  it('Kaplan\'s, against two that lack its bend: by every measure', async () => {
    const found = await compare(sweepOfLaw('kaplan', 0.005), { laws: ['chinchilla-tied', 'chinchilla', 'kaplan'], steps: 1, replicates: 60 });
    expect([found.best, found.simplest, lowest(found, 'aic'), lowest(found, 'aicc'), lowest(found, 'bic')]).toEqual(Array(5).fill('kaplan'));
    for (const { outOfBag, rollout } of found.pairs) {
      expect([winnerOf(outOfBag), winnerOf(rollout)]).toEqual(['first', 'first']);
      expect([outOfBag.wins, rollout.wins]).toEqual([1, 1]);
    }
  });

  it('an exponent on the sum, where there is one; and where there is none, it is not asked for', async () => {
    const [there, absent] = [await compare(sweepOfLaw('chinchilla-gamma', 0.003)), await compare(sweepOfLaw('chinchilla', 0.003, 2))];
    expect([there.best, there.simplest, lowest(there, 'bic')]).toEqual(['chinchilla-gamma', 'chinchilla-gamma', 'chinchilla-gamma']);
    expect(pOf(there, 'chinchilla', 'chinchilla-gamma')).toBeLessThan(1e-10);
    expect([absent.best, absent.simplest, lowest(absent, 'bic')]).toEqual(['chinchilla', 'chinchilla', 'chinchilla']);
    expect(pOf(absent, 'chinchilla', 'chinchilla-gamma')).toBeGreaterThan(0.05);
    expect(pOf(absent, 'chinchilla-tied', 'chinchilla')).toBeLessThan(1e-6);
  });

  it('one exponent is not rejected where there is one', async () => {
    for (const seed of [1, 2]) {
      const found = await compare(sweepOfLaw('chinchilla-tied', 0.01, seed));
      expect([found.simplest, pOf(found, 'chinchilla-tied', 'chinchilla') > 0.05]).toEqual(['chinchilla-tied', true]);
      const beaten = found.pairs.filter(({ outOfBag }) => winnerOf(outOfBag) === 'first').map(({ second }) => second);
      expect(beaten).not.toContain('chinchilla-tied');
    }
  });

  it('in-sample the law of most parameters is ahead all the same', async () => {
    const found = await compare(sweepOfLaw('chinchilla-tied', 0.01, 1));
    const [tied, plain, gamma] = FAMILY.map((id) => lawOf(found, id).fit.objective) as [number, number, number];
    expect(tied).toBeGreaterThan(plain);
    expect(plain).toBeGreaterThan(gamma);
    for (const { ratio } of found.nested) expect(ratio).toBeGreaterThan(0);
  });
});

describe('each number', () => {
  const sweep = sweepOfLaw('chinchilla-gamma', 0.01, 4);
  const laws = ['chinchilla', 'kaplan'];
  const options = { laws, steps: 2, replicates: 30, seed: 7, starts: 8 } as const;
  let found: LawComparison;
  beforeAll(async () => { found = await compareLawsOn(backend, sweep, options); });

  it('the resamples are those that the bootstrap of pairs draws', async () => {
    const [{ first, second, objective: { samples } }] = found.pairs as [LawComparison['pairs'][number]];
    const objectives = async (id: string, seed: number) => (await fitResamples(backend, sweep, lawOf(found, id).fit, { replicates: 30, seed })).objective;
    const [one, other, strange] = [await objectives(first, 7), await objectives(second, 7), await objectives(second, 8)];
    // That bootstrap may start from other minima too: the same minimum to 1e-6 of the objective.
    samples.forEach((value, r) => { expect(Math.abs(value - (other[r]! - one[r]!))).toBeLessThan(1e-6 * other[r]!); });
    expect(Math.abs(samples[0]! - (strange[0]! - one[0]!))).toBeGreaterThan(1e-3 * one[0]!);
  });

  it('out of the bag: each run by the fits that have not seen it', async () => {
    const { fit, outOfBag } = lawOf(found, 'chinchilla');
    const { natural } = await fitResamples(backend, sweep, fit, { replicates: 30, seed: 7 });
    const draw = pairedCounts(sweep, 7);
    const counts = Array.from({ length: 30 }, (_, r) => draw(r));
    const { N, D } = sweep.columns;
    const errors = Array.from(sweep.loss, (loss, i) => {
      const seen = counts.flatMap((drawn, r) => (drawn[i] === 0 ? [r] : []));
      const each = seen.map((r) => {
        const [E, A, B, alpha, beta] = natural.subarray(5 * r, 5 * r + 5) as unknown as [number, number, number, number, number];
        return Math.abs((E + A / N[i]! ** alpha + B / D[i]! ** beta) / loss - 1);
      });
      return each.reduce((sum, e) => sum + e, 0) / each.length;
    });
    const known = errors.filter((e) => !Number.isNaN(e));
    expect(Math.abs(outOfBag.value / (known.reduce((sum, e) => sum + e, 0) / known.length) - 1)).toBeLessThan(1e-5); // minima to 1e-6 or so
    expect(outOfBag.interval[0]).toBeLessThan(outOfBag.value);
    expect(outOfBag.interval[1]).toBeGreaterThan(outOfBag.value);
    expect(counts.every((drawn) => drawn.reduce((sum, count) => sum + count, 0) === 100)).toBe(true);
  });

  it('a step of the rollout: the cheap runs fitted alone, the others predicted', async () => {
    const [step] = found.steps;
    const { C, N, D } = sweep.columns;
    const cheap = await fitOn(backend, { ...sweep, weight: C.map((flops) => Number(flops <= step!.C)) }, { law: 'kaplan', starts: 8, seed: 7 });
    const dear = [...C.keys()].filter((i) => C[i]! > step!.C);
    const errors = dear.map((i) => predictLoss('kaplan', cheap.params, { N: N[i]!, D: D[i]! }) / sweep.loss[i]! - 1);
    const { error, intervals, fit } = lawOf(found, 'kaplan').rollout[0]!;
    expect([fit!.points, dear.length]).toEqual([step!.fitted, step!.heldOut]);
    expect(error.signed).toBeCloseTo(errors.reduce((sum, e) => sum + e, 0) / dear.length, 12);
    expect(error.absolute).toBeCloseTo(errors.reduce((sum, e) => sum + Math.abs(e), 0) / dear.length, 12);
    expect(error.largest).toBeCloseTo(Math.max(...errors.map(Math.abs)), 12);
    expect(intervals.absolute[0]).toBeLessThan(intervals.absolute[1]);
    const { rolledOut, rollout } = lawOf(found, 'kaplan');
    expect(rolledOut.value).toBeCloseTo((rollout[0]!.error.absolute + rollout[1]!.error.absolute) / 2, 12);
  });

  it('is again the same with the same seed, and another with another', async () => {
    expect(timeless(await compareLawsOn(backend, sweep, options))).toEqual(timeless(found));
    const other = await compareLawsOn(backend, sweep, { ...options, seed: 8 });
    expect(other.pairs[0]!.objective.samples).not.toEqual(found.pairs[0]!.objective.samples);
    expect(other.laws.map(({ fit }) => fit.objective.toPrecision(9))).toEqual(found.laws.map(({ fit }) => fit.objective.toPrecision(9)));
  });

  it('a run without weight is as one that is not there', async () => {
    const more = sweepCase({ sizes: [...Array.from(sweep.loss, (_, i) => ({ N: sweep.columns.N[i]!, D: sweep.columns.D[i]! })), { N: 1e8, D: 1e9 }] });
    const padded = { ...more, loss: Float64Array.of(...sweep.loss, 1), weight: Float64Array.of(...sweep.weight, 0) };
    const again = await compareLawsOn(backend, padded, options);
    const numbers = ({ pairs }: LawComparison) => pairs.flatMap(({ outOfBag, rollout }) => [outOfBag.value, ...outOfBag.interval, rollout.value]);
    expect(numbers(again)).toEqual(numbers(found).map((value) => expect.closeTo(value, 9) as number));
    expect(again.laws.map(({ aicc }) => aicc)).toEqual(found.laws.map(({ aicc }) => expect.closeTo(aicc, 6) as number));
  });

  it('tells how far it is, to the end', async () => {
    const told: Progress[] = [];
    await compareLawsOn(backend, sweep, { ...options, onProgress: (progress) => { told.push(progress); } });
    const resampled = told.filter(({ stage }) => stage === 'bootstrap');
    expect(resampled.at(-1)).toEqual({ stage: 'bootstrap', done: 180, total: 180 }); // two laws, the whole and two steps, 30 times
    expect(resampled.every(({ done }, k) => k === 0 || done >= resampled[k - 1]!.done)).toBe(true);
  });
});

const device = await openTestDevice();

it.skipIf(typeof device === 'string')('the GPU says the same, to float32', async () => {
  const sweep = sweepOfLaw('chinchilla', 0.01, 3);
  const options = { laws: ['chinchilla-tied', 'chinchilla'], steps: 1, replicates: 20, starts: 8 };
  const [cpu, gpu] = [await compareLawsOn(backend, sweep, options), await compareLawsOn(gpuBackend(device as Exclude<typeof device, string>), sweep, options)];
  const flat = ({ laws, pairs }: LawComparison) => [
    ...laws.flatMap(({ aic, outOfBag, rolledOut }) => [aic, outOfBag.value, rolledOut.value]), ...pairs.map(({ outOfBag }) => 1 + outOfBag.value),
  ];
  // A minimum of float32 has the objective to 1e-6, and its parameters to a thousandth of their spread.
  flat(cpu).forEach((value, k) => { expect(Math.abs(flat(gpu)[k]! / value - 1)).toBeLessThan(1e-3); });
  expect([gpu.best, gpu.laws[0]!.fit.backend.name]).toEqual([cpu.best, 'gpu']);
});

describe('what cannot be compared', () => {
  const sweep = sweepOfLaw('chinchilla', 0.01, 3);

  it('a step with too few runs for a law is said, and the law is compared all the same', async () => {
    const few = sweepCase({ sizes: [1, 2, 4, 8, 16, 32, 64, 128, 256].map((k) => ({ N: 1e8 * Math.sqrt(k) * (k % 3 + 1), D: 2e9 * Math.sqrt(k) })) });
    const found = await compare(few, { steps: 1, laws: ['chinchilla', 'chinchilla-gamma'], replicates: 10 });
    expect(lawOf(found, 'chinchilla-gamma').rollout[0]!.why).toBe('It has 5 runs, and needs 7.');
    expect(found.warnings).toContain('chinchilla-gamma is not fitted to the 5 cheapest runs: It has 5 runs, and needs 7.');
    expect([found.pairs[0]!.rollout.samples.length, found.pairs[0]!.rollout.value]).toEqual([0, NaN]);
  });

  it('laws that the runs are too few for are named, and fewer than two are an error', async () => {
    const five = sweepCase({ sizes: [1, 2, 4, 8, 16].map((k) => ({ N: 1e8 * k * (k % 3 + 1), D: 1e10 / k })) });
    const { missing, laws } = await compare(five, { replicates: 4 });
    expect([missing.map(({ law }) => law), laws.map(({ law }) => law)]).toEqual([['chinchilla-gamma'], ['chinchilla-tied', 'chinchilla']]);
    expect(missing[0]!.why).toMatch(/^case: expected at least 6 runs, one for each parameter of chinchilla-gamma /);
    await expect(compare(five, { laws: ['chinchilla', 'chinchilla-gamma'] })).rejects
      .toThrow(/^case: expected runs that at least two laws can be fitted to, got runs for chinchilla\. chinchilla-gamma: case: expected at least 6 runs, /);
  });

  it.each<[CompareOptions, string]>([
    [{ laws: ['chinchilla'] }, 'laws: expected at least two laws, each once, got chinchilla. There are '],
    [{ laws: ['kaplan', 'kaplan'] }, 'laws: expected at least two laws, each once, got kaplan,kaplan. There are '],
    [{ laws: ['kaplan', 'newton'] }, 'law: expected one of '],
    [{ replicates: 1 }, 'replicates: expected a whole number from 2 to 10000000, got 1.'],
    [{ replicates: 2 ** 32 - 1 }, 'replicates: expected a whole number from 2 to 10000000, got 4294967295.'],
    [{ confidence: 95 }, 'confidence: expected a number between 0 and 1 such as 0.95, got 95. Write 95 % as 0.95.'],
    [{ seed: -1 }, 'seed: expected a whole number from 0 on, got -1.'],
    [{ loss: 'lower-log' }, 'loss: expected a loss that is a likelihood of the runs, got lower-log, '],
    [{ starts: 0 }, 'starts: expected "auto", "paper" or a positive whole number, got 0.'],
  ])('%j', async (options, message) => {
    const error = await compare(sweep, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as InputError).message.startsWith(message)).toBe(true);
  });

  it('without names, all laws that the columns allow, one of each surface', async () => {
    const { laws } = await compareLawsOn(backend, sweep, { replicates: 2, steps: 0, starts: 4 });
    expect(laws.map(({ law }) => law)).toEqual(expect.arrayContaining(['chinchilla', 'chinchilla-tied', 'chinchilla-gamma', 'kaplan']));
    expect(laws.map(({ law }) => law)).not.toContain('chinchilla-allocation');
    expect(laws.map(({ law }) => law)).not.toContain('power');
  });

  it('stops with the reason of its signal', async () => {
    const stop = new AbortController();
    const work = compare(sweep, { signal: stop.signal, onProgress: ({ stage }) => { if (stage === 'bootstrap') stop.abort(new Error('enough')); } });
    await expect(work).rejects.toThrow('enough');
  });
});
