import { lawIds } from '../../src/laws/registry.ts';
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { BackendError, InputError } from '../../src/errors.ts';
import { fitOn } from '../../src/fit/fit.ts';
import type { Fit, FitOptions, Progress } from '../../src/types.ts';
import { LAW, lossOf, sweepCase, type Size } from '../support/cases.ts';

const backend = cpuBackend(1);
const sweep = sweepCase();
const fit = (options: FitOptions = {}) => fitOn(backend, sweep, { starts: 8, ...options });
const timeless = (result: Fit): Fit => ({ ...result, timings: {} });

/** Largest relative difference of the parameters. */
const apart = (p: Fit['params'], q: Fit['params']) =>
  Math.max(...Object.keys(q).map((name) => Math.abs(p[name] / q[name] - 1)));

describe('a fit', () => {
  it('finds the law without noise to 1e-9', async () => {
    // As in test/optim/descent.test.ts: 1e-15 of a residual, 1e3 for the design, 15 for the logs of A and B.
    const { params } = await fitOn(backend, sweepCase({ noise: 0 }));
    expect(Object.keys(params)).toEqual(['E', 'A', 'B', 'alpha', 'beta']);
    expect(apart(params, LAW)).toBeLessThan(1e-9);
    expect(apart((await fit()).params, LAW)).toBeGreaterThan(1e-3);
  });

  it('tells where each start ended, the best of them at the minimum', async () => {
    let ends: Float64Array = new Float64Array();
    const { params, certificate } = await fit({ onEnds: (natural) => { ends = natural; } });
    expect(ends).toHaveLength(8 * 5);
    const names = Object.keys(params);
    const atMinimum = Array.from({ length: 8 }, (_, k) => names.every((name, j) => Math.abs(ends[k * 5 + j] / params[name] - 1) < 1e-3));
    expect(atMinimum.filter(Boolean)).toHaveLength(certificate.startsAgreeing);
  });

  it('is a plain value that comes back from JSON', async () => {
    const result = await fit();
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });

  it('says what was fitted, by whom, and from where', async () => {
    const dropped = [{ reason: 'where N>1', lines: [9] }];
    const result = await fitOn(backend, { ...sweep, dropped, notes: ['a note'], warnings: ['a warning'] }, { seed: 5 });
    expect(result).toMatchObject({
      law: 'chinchilla', delta: 1e-3, points: 100, seed: 5, starts: 'auto', sweep: 'case',
      backend: { name: 'cpu', adapter: '1 thread' },
      dropped, notes: ['a note'], warnings: ['a warning'],
    });
    expect(result.certificate.starts).toBe(32);
    expect(result.exponents.a).toBe(result.params.beta / (result.params.alpha + result.params.beta));
    expect(Object.keys(result.timings)).toEqual(['starts', 'descend', 'polish', 'certify']);
  });

  it('reports the objective of its parameters in nats²', async () => {
    const { params: { E, A, B, alpha, beta }, objective } = await fit({ delta: 2e-3 });
    const { N, D } = sweep.columns;
    const value = sweep.loss.reduce((sum, loss, i) => {
      const z = Math.abs(Math.log(E + A / N[i] ** alpha + B / D[i] ** beta) - Math.log(loss));
      return sum + (z <= 2e-3 ? z * z / 2 : 2e-3 * (z - 1e-3));
    }, 0);
    // A residual errs by a hundred roundings, some 1e-14, of its own 1e-2.
    expect(Math.abs(objective / value - 1)).toBeLessThan(1e-11);
  });

  it('is the same bit for bit for a seed, and the same minimum for another', async () => {
    const [first, again, other] = [await fit({ seed: 1 }), await fit({ seed: 1 }), await fit({ seed: 2 })];
    expect(timeless(again)).toEqual(timeless(first));
    expect(other.seed).toBe(2);
    // The polish ends on a gradient of 1e-12 of the pulls; see test/optim/polish.test.ts.
    expect(apart(other.params, first.params)).toBeLessThan(1e-8);
  });

  it('moves with its losses and with δ', async () => {
    const base = await fit();
    expect(apart((await fit({ delta: 0.1 })).params, base.params)).toBeGreaterThan(1e-4);
    const other = await fitOn(backend, sweepCase({ seed: 2 }), { starts: 8 });
    expect(apart(other.params, base.params)).toBeGreaterThan(1e-3);
  });
});

describe('weights', () => {
  const withWeight = (weight: (i: number) => number) => ({ ...sweep, weight: sweep.weight.map((_, i) => weight(i)) });

  it('of 0 leave runs out, whatever their losses', async () => {
    const keep = (_: number, i: number) => i % 10 !== 0;
    const { N, D, C } = sweep.columns;
    const without = {
      ...sweep, columns: { N: N.filter(keep), D: D.filter(keep), C: C.filter(keep) },
      loss: sweep.loss.filter(keep), weight: sweep.weight.filter(keep), lines: sweep.lines.filter(keep),
    };
    const loss = sweep.loss.map((value, i) => (i % 10 === 0 ? 9 * value : value));
    const spoilt = { ...withWeight((i) => (i % 10 === 0 ? 0 : 1)), loss };
    const [zeroed, absent] = [await fitOn(backend, spoilt), await fitOn(backend, without)];
    expect([zeroed.points, absent.points]).toEqual([90, 90]);
    expect(apart(zeroed.params, absent.params)).toBeLessThan(1e-8);
    expect(apart(absent.params, (await fit()).params)).toBeGreaterThan(1e-5);
  });

  it('scale the objective, and leave the minimum', async () => {
    const [single, triple] = [await fit(), await fitOn(backend, withWeight(() => 3), { starts: 8 })];
    expect(Math.abs(triple.objective / single.objective - 3)).toBeLessThan(1e-11);
    expect(apart(triple.params, single.params)).toBeLessThan(1e-8);
  });
});

describe('screening', () => {
  it('descends only the starts of lowest objective, and says how long it took', async () => {
    const all = await fit({ starts: 200 });
    const screened = await fit({ starts: 200, screen: 10 });
    expect(screened.certificate.starts).toBe(10);
    expect(screened.starts).toBe('200');
    expect(Object.keys(screened.timings)).toEqual(['starts', 'search', 'descend', 'polish', 'certify']);
    expect(apart(screened.params, all.params)).toBeLessThan(1e-8);
  });

  it.each([0, -1, 1.5, NaN, 9])('of %d of 8 starts is refused', async (screen) => {
    await expect(fit({ screen })).rejects.toThrow(
      new InputError(`screen: expected a whole number from 1 to the 8 starts, got ${screen}.`),
    );
  });
});

describe('on the way', () => {
  it('reports each stage to its total', async () => {
    const seen: Progress[] = [];
    await fit({ screen: 4, onProgress: (progress) => { seen.push(progress); } });
    expect(seen.map(({ stage }) => stage)).toEqual(['search', 'descend', 'descend']); // the last are those about the lowest end
    expect(seen.map(({ done, total }) => [done, total])).toEqual([[8, 8], [4, 12], [12, 12]]);
  });

  it('rejects with the reason of the signal', async () => {
    const reason = new Error('enough');
    await expect(fit({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await expect(fit({ screen: 2, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('mistakes', () => {
  it.each<[FitOptions, string]>([
    [{ law: 'kaplan9' }, `law: expected one of ${lawIds.join(', ')}, got "kaplan9".`],
    [{ delta: 0 }, 'delta: expected a positive Huber threshold in nats such as 1e-3, got 0.'],
    [{ starts: 0 }, 'starts: expected "auto", "paper" or a positive whole number, got 0.'],
  ])('%j', async (options, message) => {
    await expect(fit(options)).rejects.toThrow(new InputError(message));
  });

  it('are not made of a backend on which no start is finite', async () => {
    const broken: Backend = {
      ...backend,
      descend: async (...args) => {
        const result = await backend.descend(...args);
        return { ...result, objective: result.objective.fill(NaN) };
      },
    };
    await expect(fitOn(broken, sweep, { starts: 2 })).rejects.toThrow(new BackendError(
      'fit: expected a finite objective from at least one start, got none. Check the sweep for extreme values.'));
  });
});

it('does not depend on the units of N and D: only A and B do', async () => {
  const unit = 1e-6;
  const sizes = Array.from(sweep.columns.N, (N, i) => ({ N: N * unit, D: sweep.columns.D[i] * unit }));
  const loss = ({ N, D }: Size) => lossOf({ N: N / unit, D: D / unit });
  const inMillions = await fitOn(backend, sweepCase({ sizes, loss }), { starts: 8 });
  const { params, certificate } = await fit();
  const want = { ...params, A: params.A * unit ** params.alpha, B: params.B * unit ** params.beta };
  expect(apart(inMillions.params, want)).toBeLessThan(1e-8);
  expect(Math.abs(inMillions.certificate.conditionNumber / certificate.conditionNumber - 1)).toBeLessThan(1e-6);
});
