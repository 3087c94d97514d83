/** One law of groups of runs, on the CPU: what it finds, and what it refuses. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { batchFor } from '../../src/fit/batch.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { fitOfGroup, spreadOfGroup } from '../../src/fit/groups.ts';
import { InputError } from '../../src/errors.ts';
import { frontier, predictLoss } from '../../src/plan/frontier.ts';
import { sandwichOn } from '../../src/stats/analytic.ts';
import { bootstrapOn } from '../../src/stats/bootstrap.ts';
import { influenceOn } from '../../src/stats/influence.ts';
import { groupsBy } from '../../src/stats/joined.ts';
import { landscapeOn } from '../../src/stats/landscape.ts';
import { multipliersOn } from '../../src/stats/multiplier.ts';
import { resampling } from '../../src/stats/replicates.ts';
import type { FitOptions, Sweep } from '../../src/types.ts';
import { grid, LAW, lossOf, sweepCase } from '../support/cases.ts';

const cpu = cpuBackend(1);
const NAMES = ['web', 'books'];
const SECOND = { ...LAW, E: 1.9, A: 460 };

/** A hundred runs, by turns of two groups that differ in E and A. */
function sweepOf(noise: number, second = SECOND): Sweep {
  const sizes = grid();
  let k = 0;
  const loss = ({ N, D }: { N: number; D: number }) => (k++ % 2 === 0 ? lossOf({ N, D }) : second.E + second.A / N ** second.alpha + second.B / D ** second.beta);
  return { ...sweepCase({ sizes, noise, loss }), extra: { corpus: sizes.map((_, i) => NAMES[i % 2]!), one: sizes.map(() => 1), few: sizes.map((_, i) => (i < 2 ? 'a' : 'b')) } };
}

const share = ['alpha', 'beta'];
const groups = { column: 'corpus', share };
const exact = sweepOf(0);
const noisy = sweepOf(0.01);

describe('two groups of one law', () => {
  it('are found again, with what they share', async () => {
    const fit = await fitOn(cpu, exact, { groups });
    expect(fit.law).toBe('chinchilla|corpus|alpha,beta|web|books');
    expect(fit.groups).toEqual({ column: 'corpus', share, names: NAMES, points: [50, 50], computeRanges: [expect.any(Array), expect.any(Array)] });
    // Noise-free: the polish stops at rounding of losses, 1e-16, over a condition number of a few thousand.
    const want = { 'E[web]': LAW.E, 'A[web]': LAW.A, 'B[web]': LAW.B, alpha: LAW.alpha, beta: LAW.beta, 'E[books]': SECOND.E, 'A[books]': SECOND.A, 'B[books]': SECOND.B };
    expect(Object.keys(fit.params)).toEqual(Object.keys(want));
    for (const [name, value] of Object.entries(want)) expect(Math.abs(fit.params[name]! / value - 1), name).toBeLessThan(1e-7);
    expect(fit.certificate.verdict).toBe('pass');
  });

  it('that share nothing are two fits', async () => {
    const fit = await fitOn(cpu, noisy, { groups: { column: 'corpus', share: [] } });
    const alone = await Promise.all(groupsBy(noisy, 'corpus').map(({ sweep }) => fitOn(cpu, sweep)));
    // Sums of a hundred terms in another order.
    expect(Math.abs(fit.objective / (alone[0]!.objective + alone[1]!.objective) - 1)).toBeLessThan(1e-12);
    NAMES.forEach((name, g) => {
      for (const [param, value] of Object.entries(fitOfGroup(fit, name).params)) expect(Math.abs(value / alone[g]!.params[param]! - 1), param).toBeLessThan(1e-9);
    });
  });

  it.each([['A', 'B'], ['A', 'B', 'alpha'], ['E']])('share parameters, not coordinates: %s and %s', async (...names) => {
    const fit = await fitOn(cpu, sweepOf(0, { ...LAW, beta: 0.3, alpha: names.includes('alpha') ? LAW.alpha : 0.36, E: names.includes('E') ? LAW.E : 1.8 }),
      { groups: { column: 'corpus', share: names } });
    expect(fit.objective).toBeLessThan(1e-15);
    expect(Math.abs(fit.params['beta[books]']! / 0.3 - 1)).toBeLessThan(1e-6);
  });

  it('have each the law, the exponents and the compute of one fit', async () => {
    const fit = await fitOn(cpu, noisy, { groups, fix: { 'E[web]': 1.7 }, bounds: { beta: [0.1, 0.6] } });
    const { law, params, exponents, points, fixed, bounds, groups: none } = fitOfGroup(fit, 'web');
    expect([law, points, none]).toEqual(['chinchilla', 50, undefined]);
    expect(params).toEqual({ E: 1.7, A: fit.params['A[web]'], B: fit.params['B[web]'], alpha: fit.params['alpha'], beta: fit.params['beta'] });
    expect(exponents.a).toBeCloseTo(params['beta']! / (params['alpha']! + params['beta']!), 12);
    expect([fixed, bounds]).toEqual([{ E: 1.7 }, { beta: [0.1, 0.6] }]);
    expect(fitOfGroup(fit, 'books').fixed).toEqual({});
    expect(() => fitOfGroup(fit, 'video')).toThrow(new InputError('group: expected one of the groups of the fit (web, books), got "video".'));
  });

  it('of which one has no more runs than parameters of its own is warned of', async () => {
    const of = (runs: number) => ({ ...noisy, extra: { corpus: Array.from(noisy.loss, (_, i) => Number(i >= runs)) } });
    const warned = async (runs: number, shared: readonly string[], fix = {}) =>
      (await fitOn(cpu, of(runs), { groups: { column: 'corpus', share: shared }, fix, starts: 2 })).warnings;
    const said = (runs: string, names: string, them: string) =>
      `0 has ${runs} and as many parameters of its own (${names}): they follow ${them} whatever the noise, and their intervals leave it out. Share more parameters, or add runs.`;
    expect(await warned(3, share)).toEqual([said('3 runs', 'E, A, B', 'them')]);
    expect(await warned(4, share)).toEqual([]);
    expect(await warned(3, share, { 'E[0]': 1.7 })).toEqual([]);
    expect(await warned(1, ['A', 'B', 'alpha', 'beta'])).toEqual([said('1 run', 'E', 'it')]);
  });

  it('are held back by the runs of weight 0 no more than without groups', async () => {
    const weight = noisy.weight.map((_, i) => (i >= 90 ? 0 : 1));
    const corpus = noisy.extra!['corpus']!.map((name, i) => (i >= 95 ? 'other' : name));
    const fit = await fitOn(cpu, { ...noisy, weight, extra: { corpus } }, { groups });
    expect(fit.groups!.names).toEqual(NAMES);
    expect(fit.points).toBe(90);
  });
});

describe('intervals', () => {
  it('are of each group what they are of one law', async () => {
    const fit = await fitOn(cpu, noisy, { groups });
    const model = { N: 1e9, D: 1e11 };
    const spread = await bootstrapOn(cpu, noisy, fit, { replicates: 60, budgets: [1e21], predict: [model] });
    const web = spreadOfGroup(fit, spread, 'web');
    expect([spread.frontier, spread.predictions]).toEqual([[], []]);
    expect(web.intervals['E']).toEqual(spread.intervals['E[web]']);
    expect(web.intervals['alpha']).toEqual(spread.intervals['alpha']);
    expect(web.covarianceOf).toEqual(['E', 'A', 'B', 'alpha', 'beta']);
    expect(web.covariance[0]![0]).toBeCloseTo(spread.standardErrors['E[web]']! ** 2, 12);
    expect(web.predictions[0]!.loss).toBe(predictLoss('chinchilla', fitOfGroup(fit, 'web').params, model));
    for (const [low, high] of [web.frontier[0]!.N, web.predictions[0]!.interval, web.intervals['a']!]) expect(high).toBeGreaterThan(low);
    expect(spreadOfGroup(fit, spread, 'books').predictions[0]!.loss).toBeGreaterThan(web.predictions[0]!.interval[1]);
  });

  it('of the sandwich too', async () => {
    const fit = await fitOn(cpu, noisy, { groups });
    const spread = sandwichOn(noisy, fit, { predict: [{ N: 1e9, D: 1e11 }] });
    const web = spreadOfGroup(fit, spread, 'web');
    expect(web.standardErrors['E']).toBe(spread.standardErrors['E[web]']);
    expect(web.standardErrors['a']).toBeGreaterThan(0);
    expect(web.intervals['beta']).toEqual(spread.intervals['beta']);
    expect(web.predictions[0]!.interval[1]).toBeGreaterThan(web.predictions[0]!.interval[0]);
  });

  it('are of resamples that have as many runs of each group', async () => {
    const fit = await fitOn(cpu, noisy, { groups });
    const base = batchFor(noisy, fit);
    const seed = noisy.lines.map((line) => line % 5);
    const draws = [{ kind: 'pairs' as const }, { kind: 'cluster' as const, cluster: [...seed] }].map((options) => resampling(base, base.logLoss, options)(0, 1).draw!);
    expect(draws).toMatchObject([{ strata: Uint32Array.of(0, 50, 100), groups: 100 }, { strata: Uint32Array.of(0, 5, 10), groups: 10 }]);
    // Numbers of groups: those of the first half of what is drawn are web's, the runs of even index.
    for (const { group, groups: count } of draws as { group: Uint32Array; groups: number }[]) expect([...group].every((number, i) => Number(number >= count / 2) === i % 2)).toBe(true);
    const residual = resampling(base, base.logLoss, { kind: 'residual' })(0, 1).draw;
    expect(residual).toMatchObject({ stratum: Uint32Array.from(base.points === 100 ? grid() : [], (_, i) => i % 2) });
  });

  it('say what each run does to every parameter', async () => {
    const fit = await fitOn(cpu, noisy, { groups, starts: 4 });
    const { left } = await influenceOn(cpu, noisy, fit);
    expect(left).toHaveLength(100);
    expect(Object.keys(left[0]!.change)).toEqual(Object.keys(fit.params));
    expect(Math.abs(left[0]!.change['E[books]']!)).toBeLessThan(Math.abs(left[0]!.change['E[web]']!) + 0.05);
  });
});

describe('refused', () => {
  const CASES: readonly (readonly [string, FitOptions, string])[] = [
    ['a column that was not kept', { groups: { column: 'none', share } }, 'case: expected a column "none" that was kept, got none. Read the table with keep: ["none"].'],
    ['one group', { groups: { column: 'one', share } }, 'case, column "one": expected at least two different values, got "1" in every run. Name a column that tells the groups apart.'],
    ['a group of too few runs', { groups: { column: 'few', share } }, 'case, few "a": expected at least 3 runs, one for each parameter of its own (E, A, B), got 2. Share more parameters, or leave this group out.'],
    ['no parameter of that name', { groups: { column: 'corpus', share: ['gamma'] } }, 'share: expected parameters of law chinchilla (E, A, B, alpha, beta), got gamma.'],
    ['a parameter of every group', { groups, fix: { E: 1.7 } }, 'fix: expected parameters of law chinchilla by corpus (E[web], A[web], B[web], alpha, beta, E[books], A[books], B[books]), got E.'],
    ['what is no parameter by itself', { law: 'kaplan', groups: { column: 'corpus', share: ['N_c'] } }, 'share: expected parameters that groups of law kaplan can share without the rest, got N_c, whose coordinate moves with alpha_N. Share alpha_N too, or let each group have its own N_c.'],
    ['groups of groups', { law: 'chinchilla|corpus|alpha|web|books', groups }, 'groups: expected none beside a law of groups, got corpus.'],
  ];

  it.each(CASES)('%s', async (_what, options, message) => {
    await expect(fitOn(cpu, exact, { starts: 2, ...options })).rejects.toThrow(new InputError(message));
  });

  it('a group that is held needs fewer runs', async () => {
    const fit = await fitOn(cpu, exact, { groups: { column: 'few', share }, fix: { 'B[a]': LAW.B }, starts: 2 });
    expect(fit.params['B[a]']).toBe(LAW.B);
  });

  it('what asks one law', async () => {
    const fit = await fitOn(cpu, exact, { groups, starts: 2 });
    const one = 'law: expected the law of one group of runs, got chinchilla by corpus, of web, books. Take the fit of one of them: fitOfGroup.';
    expect(() => frontier(fit.law, fit.params, [1e21])).toThrow(one);
    expect(() => predictLoss(fit.law, fit.params, { N: 1e9, D: 1e10 })).toThrow(one);
    await expect(landscapeOn(cpu, exact, fit, { over: 'alpha,beta' })).rejects.toThrow(one);
    await expect(multipliersOn(cpu, groupsBy(exact, 'corpus'), { fit: { groups } })).rejects.toThrow('groups: expected none for a multiplier, got corpus. Leave them out, or take the runs of one group.');
  });

  it('a run, or a cluster, without which a group is not determined', async () => {
    const few = exact.lines.map((line) => (line < 5 ? 0 : 1));
    const sweep = { ...exact, extra: { few: [...few] } };
    const fit = await fitOn(cpu, sweep, { groups: { column: 'few', share }, starts: 2 });
    await expect(influenceOn(cpu, sweep, fit)).rejects.toThrow(new InputError(
      'line 2: expected at least 3 runs of few "0" beside it, one for each free parameter of its own, got 2. Add runs, so that it can be left out.'));
  });
});
