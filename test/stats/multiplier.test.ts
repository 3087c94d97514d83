/** Two sweeps against each other, on pairs whose multipliers are known. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { EQ10 } from '../../src/paper/hoffmann.ts';
import { gridDesign } from '../../src/simulate/design.ts';
import { syntheticSweep } from '../../src/simulate/recipe.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { groupsBy, joined } from '../../src/stats/joined.ts';
import { InputError } from '../../src/errors.ts';
import { multipliersOn, type Multiplier, type MultiplierOptions } from '../../src/stats/multiplier.ts';
import type { Sweep } from '../../src/types.ts';
import { epochRuns } from '../support/recipes.ts';

const backend = cpuBackend(1);
const DESIGN = gridDesign({ sizes: [1e8, 2.5e8, 6e8, 1.5e9, 4e9], tokens: [2e9, 6e9, 2e10, 6e10, 2e11, 6e11] });
const FACTOR = 1.7;

/** Runs whose tokens count as q, and parameters as s. */
function sweepOf({ q = 1, s = 1, sigma = 0, seed = 0, lower = 0 }: { q?: number; s?: number; sigma?: number; seed?: number; lower?: number }): Sweep {
  const { E, A, B, alpha, beta } = EQ10;
  const params = { E: E - lower, A: A * s ** -alpha, B: B * q ** -beta, alpha, beta };
  return syntheticSweep({ truth: { name: 'test', law: 'chinchilla', params }, design: DESIGN, noise: { sigma }, seed }, 0);
}

function compare(base: Sweep, other: Sweep, options: MultiplierOptions = {}): Promise<Multiplier> {
  return multipliersOn(backend, [{ name: 'base', sweep: base }, { name: 'other', sweep: other }], { replicates: 100, tests: 0, ...options }).then(([found]) => found!);
}

describe('without noise', () => {
  it('tokens that are worth 1.7 are found, and save 1.7 of the compute', async () => {
    const { data, at, crossings } = await compare(sweepOf({}), sweepOf({ q: FACTOR }), { replicates: 5, losses: [2.3], budgets: [1e21] });
    expect(Math.abs(data.q.value / FACTOR - 1)).toBeLessThan(1e-6);
    expect(data.certificate.verdict).toBe('pass');
    expect(at).toHaveLength(2);
    for (const { answers: { compute, tokens } } of at) {
      expect(Math.abs(compute.value / FACTOR - 1)).toBeLessThan(1e-6);
      expect(Math.abs(tokens.value / FACTOR - 1)).toBeLessThan(1e-6);
    }
    expect(crossings).toEqual([]);
    expect(data.p).toBeNaN();
  });

  it('so does compute where parameters count as more too, and then q is not all', async () => {
    const { data, at } = await compare(sweepOf({}), sweepOf({ q: Math.sqrt(FACTOR), s: Math.sqrt(FACTOR) }), { replicates: 5 });
    expect(at).toHaveLength(5);
    for (const { answers: { compute } } of at) expect(Math.abs(compute.value / FACTOR - 1)).toBeLessThan(1e-6);
    expect(data.objectives.shared).toBeGreaterThan(1e3 * data.objectives.separate);
    expect(Math.abs(data.q.value / Math.sqrt(FACTOR) - 1)).toBeGreaterThan(0.01);
  });

  it('frontiers that cross are said to', async () => {
    const { E, A, B, alpha, beta } = EQ10;
    const steep = syntheticSweep({
      truth: { name: 'steep', law: 'chinchilla', params: { E: E + 0.15, A: 3 * A, B: 3 * B, alpha: alpha + 0.06, beta: beta + 0.06 } }, design: DESIGN, noise: { sigma: 0 }, seed: 0,
    }, 0);
    const { crossings, at } = await compare(sweepOf({}), steep, { replicates: 5 });
    expect(crossings.length).toBeGreaterThan(0);
    const sides = at.map(({ answers: { compute } }) => compute.value > 1);
    expect(new Set(sides)).toEqual(new Set([true, false]));
    const [{ answers }] = (await compare(sweepOf({}), steep, { replicates: 5, budgets: [crossings[0]!] })).at;
    expect(Math.abs(answers.compute.value - 1)).toBeLessThan(1e-6);
  });

  it('a loss that the base never reaches has no multiplier', async () => {
    const [{ answers }] = (await compare(sweepOf({}), sweepOf({ lower: 0.2 }), { replicates: 5, losses: [EQ10.E - 0.05] })).at;
    expect([answers.compute.value, answers.tokens.value, answers.baseC.value]).toEqual([NaN, NaN, NaN]);
    expect(answers.otherC.value).toBeGreaterThan(0);
  });
});

describe('with noise', () => {
  it('the multiplier is within its interval, and one q says it all', async () => {
    const { data, at, replicates } = await compare(sweepOf({ sigma: 0.003, seed: 1 }), sweepOf({ q: FACTOR, sigma: 0.003, seed: 2 }), { replicates: 200, tests: 50 });
    expect(replicates).toBe(200);
    for (const { value, interval } of [data.q, at[2]!.answers.compute, at[2]!.answers.tokens]) {
      expect(interval![0]).toBeLessThan(FACTOR);
      expect(interval![1]).toBeGreaterThan(FACTOR);
      expect(interval![0]).toBeGreaterThan(1); // and it is told from 1
      expect(value).toBeGreaterThan(interval![0]);
    }
    // The tie of q with the other parameters is of no use to the separate laws: q is known better than what they are read for.
    const width = ([low, high]: readonly [number, number]) => Math.log(high / low);
    expect(width(data.q.interval!)).toBeLessThan(width(at[4]!.answers.tokens.interval!));
    expect(data.tests).toBe(50);
    expect(data.p).toBeGreaterThan(0.05);
  });

  it('of laws that differ in more, one q does not', async () => {
    const { data } = await compare(sweepOf({ sigma: 0.003, seed: 1 }), sweepOf({ q: FACTOR, lower: 0.1, sigma: 0.003, seed: 2 }), { replicates: 10, tests: 50 });
    expect(data.p).toBe(1 / 51);
  });

  it('the same sweep twice gives 1 in an interval that holds it', async () => {
    const sweep = sweepOf({ sigma: 0.003, seed: 3 });
    const { data, at, crossings } = await compare(sweep, sweep, { replicates: 200 });
    expect(crossings).toEqual([]);
    expect(Math.abs(data.q.value - 1)).toBeLessThan(1e-9);
    for (const { compute, tokens } of at.map(({ answers }) => answers)) {
      expect([compute.value, tokens.value].every((value) => Math.abs(value - 1) < 1e-9)).toBe(true);
      expect(compute.interval![0]).toBeLessThan(0.999);
      expect(compute.interval![1]).toBeGreaterThan(1.001);
    }
  });
});

it('no other q, each with the best law for it, is lower', async () => {
  const [base, other] = [sweepOf({ sigma: 0.01, seed: 4 }), sweepOf({ q: FACTOR, sigma: 0.01, seed: 5 })];
  const { data } = await compare(base, other, { replicates: 2 });
  const profile = async (q: number) => {
    const scaled = { ...other, columns: { ...other.columns, D: other.columns.D.map((D) => q * D) } };
    return (await fitOn(backend, joined([base, scaled]))).objective;
  };
  // At the fitted q it is the same minimum: two polishes, each to the rounding of a sum of 60.
  expect(Math.abs((await profile(data.q.value)) / data.objectives.shared - 1)).toBeLessThan(1e-12);
  for (const step of [0.97, 0.999, 1.001, 1.03]) expect(await profile(data.q.value * step)).toBeGreaterThan(data.objectives.shared * (1 + 1e-9));
});

it.each(['chinchilla-tied', 'chinchilla-gamma', 'chinchilla-allocation', 'kaplan'])('by the law %s too', async (law) => {
  const sweep = sweepOf({ sigma: 0.003, seed: 6 });
  const richer = { ...sweep, columns: { ...sweep.columns, D: sweep.columns.D.map((D) => D / FACTOR) } };
  const { data } = await compare(sweep, richer, { replicates: 3, fit: { law } });
  // The same losses at 1/1.7 of the tokens: whatever the law, the two groups are one with q = 1.7.
  expect(Math.abs(data.q.value / FACTOR - 1)).toBeLessThan(1e-6);
});

it('a parameter that is held is held in both', async () => {
  const { data, base, other } = await compare(sweepOf({}), sweepOf({ q: FACTOR }), { replicates: 3, fit: { fix: { alpha: EQ10.alpha } } });
  expect([base.fit.params['alpha'], other.fit.params['alpha'], data.params['alpha']]).toEqual([EQ10.alpha, EQ10.alpha, EQ10.alpha]);
  expect(Math.abs(data.q.value / FACTOR - 1)).toBeLessThan(1e-6);
});

it("two halves of Epoch's runs are worth the same", async (context) => {
  const epoch = await epochRuns();
  if (!epoch) return context.skip('no ../shared/data');
  const half = (k: number): Sweep => {
    const kept = (_: unknown, i: number) => i % 2 === k;
    const { N, D, C } = epoch.columns;
    return { ...epoch, columns: { N: N.filter(kept), D: D.filter(kept), C: C.filter(kept) }, loss: epoch.loss.filter(kept), weight: epoch.weight.filter(kept), lines: epoch.lines.filter(kept) };
  };
  const { data, at } = await compare(half(0), half(1), { replicates: 100, tests: 50 });
  for (const { interval } of [data.q, at[2]!.answers.compute]) {
    expect(interval![0]).toBeLessThan(1);
    expect(interval![1]).toBeGreaterThan(1);
  }
  expect(data.p).toBeGreaterThan(0.05);
});

describe('groups of one table', () => {
  const sweep = { ...sweepOf({}), extra: { data: Array.from({ length: 30 }, (_, i) => (i % 3 === 0 ? 'web' : 'books')), one: Array.from({ length: 30 }, () => 1) } };

  it('are in the order of their first runs', () => {
    const groups = groupsBy(sweep, 'data');
    expect(groups.map(({ name, sweep: { loss } }) => [name, loss.length])).toEqual([['web', 10], ['books', 20]]);
    expect(groups[1]!.sweep.lines.slice(0, 3)).toEqual(Int32Array.of(2, 3, 5));
  });

  it.each([
    ['none', 'expected a column "none" that was kept, got none. Read the table with keep: ["none"].'],
    ['one', 'column "one": expected at least two different values, got "1" in every run. Name a column that tells the groups apart.'],
  ])('%s', (column, message) => {
    expect(() => groupsBy({ ...sweep, name: 't' }, column)).toThrow(new InputError(`t${column === 'one' ? ', ' : ': '}${message}`));
  });
});

it.each([
  [{ budgets: [0] }, 'budget: expected positive training FLOPs such as 1e21, got 0.'],
  [{ replicates: 2 ** 32 - 1 }, 'replicates: expected a whole number from 2 to 10000000, got 4294967295.'],
  [{ tests: -1 }, 'tests: expected a whole number from 0 to 10000000, got -1.'],
  [{ losses: [-1] }, 'losses: expected positive nats per token such as 2.1, got -1.'],
  [{ confidence: 2 }, 'confidence: expected a number between 0 and 1 such as 0.95, got 2. Write 95 % as 0.95.'],
])('%j is refused', async (options, message) => {
  await expect(compare(sweepOf({}), sweepOf({}), options)).rejects.toThrow(message);
});
