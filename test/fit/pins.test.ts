import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { InputError } from '../../src/errors.ts';
import { batchOf, problemOf } from '../../src/fit/batch.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { countGrid, startsFor } from '../../src/fit/starts.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { kaplan } from '../../src/laws/kaplan.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { conditionNumber } from '../../src/optim/conditioning.ts';
import type { Fit, FitOptions, LossId } from '../../src/types.ts';
import { LAWS } from '../../src/paper/kaplan.ts';
import { grid, LAW, sweepCase } from '../support/cases.ts';
import { worst } from '../support/close.ts';
import { formulaOf, runsOfLaw, sweepOfLaw, typical, typicalParams } from '../support/laws.ts';

const backend = cpuBackend(1);
const sweep = sweepCase();
const NAMES = ['E', 'A', 'B', 'alpha', 'beta'] as const;
const LOSSES: readonly LossId[] = ['huber-log', 'absolute-log', 'squares'];

/** Largest relative difference of a parameter. */
function apart(a: Fit['params'], b: Fit['params']): number {
  return Math.max(...Object.keys(a).map((name) => Math.abs(a[name]! / b[name]! - 1)));
}

describe.each(LOSSES)('%s', (loss) => {
  const fit = (options: FitOptions = {}) => fitOn(backend, sweep, { loss, starts: 8, ...options });

  it.each(NAMES)('%s held where it was fitted gives the fit again, and elsewhere a higher objective', async (name) => {
    const free = await fit();
    const value = free.params[name]!;
    const same = await fit({ fix: { [name]: value } });
    expect(same.params[name]).toBe(value);
    expect(Math.abs(same.objective / free.objective - 1)).toBeLessThan(1e-9);
    expect(apart(same.params, free.params)).toBeLessThan(1e-6); // the square root of the rounding of objectives, over their curvature
    expect(same).toMatchObject({ fixed: { [name]: value }, certificate: { verdict: 'pass' } });
    expect(free).not.toHaveProperty('fixed');
    let last = free.objective;
    for (const factor of [1.02, 1.04]) {
      const off = await fit({ fix: { [name]: factor * value } });
      expect(off.params[name]).toBe(factor * value);
      expect(off.certificate).toMatchObject({ verdict: 'pass' });
      expect(off.objective).toBeGreaterThan(last);
      last = off.objective;
    }
  });
});

it('what is found is lowest in the parameters that are free', async () => {
  const fix = { A: 300, beta: 0.3 };
  const { params, objective } = await fitOn(backend, sweep, { fix });
  const { columns: { N, D }, loss } = sweep;
  const huber = (r: number) => (Math.abs(r) <= 1e-3 ? (r * r) / 2 : 1e-3 * (Math.abs(r) - 5e-4));
  const at = ({ E, A, B, alpha, beta }: Record<string, number>) =>
    loss.reduce((sum, L, i) => sum + huber(Math.log(E! + A! / N[i]! ** alpha! + B! / D[i]! ** beta!) - Math.log(L)), 0);
  expect(params).toMatchObject(fix);
  expect(Math.abs(at(params) / objective - 1)).toBeLessThan(1e-10);
  for (const name of ['E', 'B', 'alpha'] as const) for (const factor of [0.9999, 1.0001]) {
    expect(at({ ...params, [name]: factor * params[name]! })).toBeGreaterThan(objective);
  }
  expect(at({ ...params, A: 1.0001 * 300 }) < objective || at({ ...params, A: 0.9999 * 300 }) < objective).toBe(true);
});

/** Of every law every parameter: held, or refused with the others that its coordinate moves with. */
describe.each(lawIds)('the law %s', (id) => {
  const law = lawById(id);
  const runs = sweepOfLaw(id);
  it.each(law.params)('holds %s', async (name) => {
    const free = await fitOn(backend, runs, { law: id, starts: 8 });
    const value = 1.01 * free.params[name]!;
    const held = await fitOn(backend, runs, { law: id, fix: { [name]: value } });
    expect(held.params[name]).toBe(value);
    expect(held.objective).toBeGreaterThan(free.objective);
    expect(held.certificate).toMatchObject({ verdict: 'pass', activeBounds: [] });
    const predicted = (params: Fit['params']) => formulaOf(law)(law.params.map((each) => params[each]!), runsOfLaw(id)[44]!);
    expect(Math.abs(predicted(held.params) / predicted(free.params) - 1)).toBeLessThan(0.01);
  });
});

it('a coordinate that moves with a free parameter is refused with its name', async () => {
  // α of this law is held by the product of its coordinates.
  const mixed = { ...kaplan, id: 'mixed', toWorking: mix, toNatural: unmix };
  expect(() => batchOf(sweep, mixed, { fix: { alpha_N: 0.08 } })).toThrow(new InputError(
    'fix: expected parameters that law mixed can hold by themselves, got alpha_N, whose coordinate moves with alpha_D. Fix alpha_D too, or leave alpha_N free.',
  ));
  expect(batchOf(sweep, mixed, { fix: { alpha_N: 0.08, alpha_D: 0.1 } }).pins?.pinned).toEqual([false, false, true, true]);
});

function mix(natural: ArrayLike<number>, centre: readonly number[]): Float64Array {
  const x = kaplan.toWorking(natural, centre);
  return x.with(2, x[2]! * natural[3]!);
}

function unmix(x: ArrayLike<number>, centre: readonly number[]): Float64Array {
  return kaplan.toNatural(Float64Array.from(x).with(2, x[2]! / Math.exp(x[3]!)), centre);
}

describe('the certificate', () => {
  it('judges the free parameters only', async () => {
    const fix = { alpha: 0.34 };
    const { params, certificate } = await fitOn(backend, sweep, { fix });
    const batch = batchOf(sweep, chinchilla, { fix });
    const x = chinchilla.toWorking(NAMES.map((name) => params[name]!), batch.centre);
    const { pinned: _, ...free } = problemOf(batch);
    expect(Math.abs(conditionNumber(problemOf(batch), x) / certificate.conditionNumber - 1)).toBeLessThan(1e-9);
    expect(conditionNumber(free, x)).toBeGreaterThan(1.1 * certificate.conditionNumber);
    expect(certificate.gradientNorm).toBeLessThan(1e-12);
  });

  it('does not mind that what is held has no effect', async () => {
    const { certificate, params } = await fitOn(backend, sweep, { fix: { E: 1e-9 } });
    expect(certificate).toMatchObject({ verdict: 'pass', activeBounds: [], outcomes: { converged: 32 } });
    expect(params).toMatchObject({ E: 1e-9 });
  });

  it('fails where the runs do not tell the free parameters apart', async () => {
    const oneSize = sweepCase({ sizes: grid().filter(({ N }) => N === grid()[0]!.N) });
    const { certificate } = await fitOn(backend, oneSize, { fix: { beta: 0.28 } });
    expect(certificate.verdict).toBe('fail');
    const told = await fitOn(backend, oneSize, { fix: { A: 400, alpha: 0.34 } }); // N need not vary then
    expect(told.certificate.verdict).toBe('pass');
  });
});

describe('runs', () => {
  const few = (count: number) => sweepCase({ sizes: grid().filter((_, i) => i % 33 === 0).slice(0, count), noise: 0 });

  it('need be no more than the free parameters', async () => {
    const { points, params } = await fitOn(backend, few(3), { fix: { alpha: LAW.alpha, beta: LAW.beta } });
    expect(points).toBe(3);
    expect(apart(params, LAW)).toBeLessThan(1e-6);
  });

  it('that are fewer are refused', async () => {
    await expect(fitOn(backend, few(2), { fix: { alpha: 0.34, beta: 0.28 } })).rejects.toThrow(new InputError(
      'case: expected at least 3 runs, one for each free parameter of chinchilla (E, A, B), got 2. Add runs, or relax the filters.'));
    await expect(fitOn(backend, few(4))).rejects.toThrow(new InputError(
      'case: expected at least 5 runs, one for each parameter of chinchilla (E, A, B, alpha, beta), got 4. Add runs, or relax the filters.'));
  });
});

describe('starts', () => {
  const fix = { B: 500, alpha: 0.5 };
  const batch = batchOf(sweep, chinchilla, { fix });
  const rows = (starts: Float64Array) => Array.from({ length: starts.length / 5 }, (_, k) => starts.slice(5 * k, 5 * k + 5));

  it.each([7, 'paper'] as const)('have what is held: %s', (choice) => {
    for (const start of rows(startsFor(batch, choice, 0))) {
      const natural = chinchilla.toNatural(start, batch.centre);
      expect(Math.abs(natural[2]! / 500 - 1)).toBeLessThan(1e-12);
      expect(natural[3]).toBe(0.5);
    }
  });

  it('of the grid that are then alike are one', () => {
    // E, A and β are left of 5·6·6·5·5.
    expect(startsFor(batch, 'paper', 0).length / 5).toBe(5 * 6 * 5);
    expect([countGrid(chinchilla, fix), countGrid(chinchilla)]).toEqual([150, 4500]);
  });

  it('keep the other terms of the order of one at the centre of the runs', () => {
    const held = batchOf(sweep, chinchilla, { fix: { alpha: 0.34 } });
    const free = batchOf(sweep, chinchilla);
    const [got, want] = [held, free].map((of) => rows(startsFor(of, 5, 0)));
    got!.forEach((start, k) => { expect(worst(start, want![k]!.with(3, 0.34), start.map(() => 1e-12)).ratio).toBeLessThan(1); });
  });
});

describe('mistakes', () => {
  it.each([
    [{ gamma: 1 }, 'fix: expected parameters of law chinchilla (E, A, B, alpha, beta), got gamma.'],
    [{ alpha: NaN }, 'fix: expected a number for alpha, got NaN.'],
    [{ alpha: -0.1 }, 'fix: expected values that law chinchilla allows, got alpha <= 0. It is L(N, D) = E + A/N^alpha + B/D^beta.'],
    [{ E: -1, A: -1 }, 'fix: expected values that law chinchilla allows, got E = -1 and A = -1. It is L(N, D) = E + A/N^alpha + B/D^beta.'],
    [{ A: 0 }, 'fix: expected every free parameter of law chinchilla to matter, got A = 0, which leaves alpha without effect. Fix alpha too.'],
    [{ E: 0, A: 0, B: 0 }, 'fix: expected values that law chinchilla allows, got E = 0 and A = 0 and B = 0. It is L(N, D) = E + A/N^alpha + B/D^beta.'],
    [{ E: 1, A: 400, B: 400, alpha: 0.3, beta: 0.3 }, 'fix: expected at least one free parameter of law chinchilla, got all of them fixed. Leave one out.'],
  ])('%j', async (fix, message) => {
    await expect(fitOn(backend, sweep, { fix })).rejects.toThrow(new InputError(message));
  });
});

it('nothing fixed is the fit as it was', async () => {
  const [plain, empty] = [await fitOn(backend, sweep), await fitOn(backend, sweep, { fix: {} })];
  expect(empty.params).toEqual(plain.params);
  expect(empty).not.toHaveProperty('fixed');
});

describe('held at 0', () => {
  const WITH_E = lawIds.filter((id) => lawById(id).params.includes('E'));

  it.each(WITH_E)('E of %s: 0 to the last bit, and no bound of the law', async (id) => {
    const law = lawById(id);
    const { E } = typicalParams(law);
    const without = law.params.map((name, j) => (name === 'E' ? 0 : typical(law)[j]!));
    const runs = sweepCase({ sizes: runsOfLaw(id), loss: (run) => formulaOf(law)(without, run), noise: 1e-3 });
    const { params, certificate, objective } = await fitOn(backend, runs, { law: id, fix: { E: 0 } });
    expect(params.E).toBe(0);
    expect(certificate).toMatchObject({ verdict: 'pass', activeBounds: [] });
    const off = await fitOn(backend, runs, { law: id, fix: { E: 0.2 * E! } });
    expect(off.objective).toBeGreaterThan(objective);
  });

  it('E of the power law is Kaplan\'s L(N)', async () => {
    const { scale, exponent } = LAWS.N;
    const sizes = Array.from({ length: 24 }, (_, k) => 768 * 10 ** (0.28 * k)).map((N) => ({ N, D: 1e10, x: N }));
    const runs = sweepCase({ sizes, loss: ({ N }) => (scale / N) ** exponent, noise: 0 });
    const { params: { A, alpha }, certificate } = await fitOn(backend, runs, { law: 'power', fix: { E: 0 } });
    expect(certificate.verdict).toBe('pass');
    expect(Math.abs(alpha! / exponent - 1)).toBeLessThan(1e-10);
    // A relative error of 1e-12 in α is one of log(x_c)·1e-12 in the log of x_c: what is left is the polish's rounding.
    expect(Math.abs(A! ** (1 / alpha!) / scale - 1)).toBeLessThan(1e-8);
  });

  it('a term leaves the law without it', async () => {
    const { params, certificate } = await fitOn(backend, sweepCase({ loss: ({ D }) => 2 + 400 / D ** 0.3, noise: 0 }), { fix: { A: 0, alpha: 0.3 } });
    expect(certificate.verdict).toBe('pass');
    expect(params.A).toBe(0);
    expect(apart({ E: params.E!, B: params.B!, beta: params.beta! }, { E: 2, B: 400, beta: 0.3 })).toBeLessThan(1e-9);
  });
});
