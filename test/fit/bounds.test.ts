import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { InputError } from '../../src/errors.ts';
import { batchOf, workingOf } from '../../src/fit/batch.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { naturalOf } from '../../src/fit/pins.ts';
import { startsFor } from '../../src/fit/starts.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { lawById, lawIds } from '../../src/laws/registry.ts';
import { descend } from '../../src/optim/descent.ts';
import { bootstrapOn } from '../../src/stats/bootstrap.ts';
import { landscapeOn, profileOn } from '../../src/stats/landscape.ts';
import { sandwichOn } from '../../src/stats/analytic.ts';
import type { LossId } from '../../src/types.ts';
import { sweepCase } from '../support/cases.ts';
import { sweepOfLaw } from '../support/laws.ts';

const backend = cpuBackend(1);
const sweep = sweepCase();
const LOSSES: readonly LossId[] = ['huber-log', 'absolute-log', 'squares-log', 'huber', 'squares', 'lower-log'];

it.each(LOSSES)('%s: an active bound is the fit with the parameter there', async (loss) => {
  const bounded = await fitOn(backend, sweep, { loss, bounds: { beta: [0.32, Infinity] } });
  const fixed = await fitOn(backend, sweep, { loss, fix: { beta: 0.32 } });
  expect(bounded.params.beta).toBe(0.32);
  expect(Math.abs(bounded.objective / fixed.objective - 1)).toBeLessThan(1e-9);
  expect(bounded.certificate.verdict).toBe('pass');
  expect(bounded.certificate.atBounds).toMatchObject([{ param: 'beta', end: 'lower', value: 0.32 }]);
});

/** Of every law every parameter: bounded on the side that the fit would leave, the rest as if held there. */
describe.each(lawIds)('the law %s', (id) => {
  const law = lawById(id);
  const runs = sweepOfLaw(id);
  it.each(law.params)('bounds %s', async (name) => {
    const free = await fitOn(backend, runs, { law: id, starts: 8 });
    const value = free.params[name]!;
    const beyond = value - 0.01 * Math.abs(value);
    const bounded = await fitOn(backend, runs, { law: id, bounds: { [name]: [-Infinity, beyond] } });
    const fixed = await fitOn(backend, runs, { law: id, fix: { [name]: beyond } });
    expect(bounded.params[name]).toBeLessThanOrEqual(beyond);
    expect(bounded.objective).toBeLessThanOrEqual(fixed.objective * (1 + 1e-9)); // beyond the bound another minimum may lie
  });
});

it('a bound that is active in no minimum says so, and one at an edge of the law fails', async () => {
  const { certificate } = await fitOn(backend, sweep, { bounds: { alpha: [0.1, 0.6] } });
  expect(certificate).toMatchObject({ verdict: 'pass', atBounds: [] });
  const rising = sweepCase({ loss: ({ N, D }) => 2 + 400 / N ** -0.02 / 1000 + 400 / D ** 0.3 });
  const edge = await fitOn(backend, rising, { bounds: { alpha: [0, 1] } });
  expect(edge.params.alpha).toBe(0);
  expect(edge.certificate.activeBounds).toContain('alpha <= 0');
  expect(edge.certificate.verdict).toBe('fail');
});

it('starts lie in the box, and a start outside is moved to it', () => {
  const batch = batchOf(sweep, chinchilla, { bounds: { alpha: [0.3, 0.4], E: [1, 1.8] } });
  for (const choice of [40, 'paper'] as const) {
    const starts = startsFor(batch, choice, 0);
    for (let k = 0; k < starts.length; k += 5) {
      expect(starts[k + 3]! >= 0.3 && starts[k + 3]! <= 0.4 && starts[k]! >= 0 && starts[k]! <= Math.log(1.8)).toBe(true);
    }
  }
  const { box, inputs, logLoss, weight, loss, law } = batch;
  const { x } = descend({ law, inputs, logLoss, weight, loss, box: box! }, [9, 0, 0, 7, 0.3], [{ delta: 1, tolerance: 0, steps: 1 }]);
  expect([...x]).toEqual([Math.log(1.8), 0, 0, 0.4, 0.3]);
});

it('natural values at a bound are the bound to the last bit', () => {
  const batch = batchOf(sweep, chinchilla, { bounds: { E: [0.7, 1.5], A: [300, 500] } });
  for (const params of [{ E: 0.7, A: 500 }, { E: 1.5, A: 300 }]) {
    const natural = naturalOf(batch, workingOf(batch, { B: 400, alpha: 0.3, beta: 0.3, ...params }));
    expect([natural[0], natural[1]]).toEqual([params.E, params.A]);
  }
});

describe('beside a fit at a bound', () => {
  const bounds = { alpha: [0, 0.3] } as const;

  it('intervals keep within it', async () => {
    const fit = await fitOn(backend, sweep, { bounds });
    const resampled = await bootstrapOn(backend, sweep, fit, { replicates: 40 });
    expect(resampled.intervals.alpha![1]).toBe(0.3);
    const sandwich = sandwichOn(sweep, fit);
    expect(sandwich.intervals.alpha).toEqual([0.3, 0.3]); // held there
    expect(sandwich.standardErrors.alpha).toBe(0);
    expect(sandwich.standardErrors.beta).toBeGreaterThan(0);
  });

  it('landscapes and profiles lie within it', async () => {
    const fit = await fitOn(backend, sweep, { bounds });
    const { axes: [alpha], objective } = await profileOn(backend, sweep, fit, { over: 'alpha', cells: 5 });
    expect(Math.max(...alpha.values)).toBe(0.3);
    expect(alpha.values[0]).toBeLessThan(0.299);
    expect(objective.every((value) => value >= fit.objective * (1 - 1e-12))).toBe(true);
    const landscape = await landscapeOn(backend, sweep, fit, { over: 'alpha,beta', cells: 3 });
    expect(landscape.bounds).toEqual(bounds);
    expect(landscape.objective.every(Number.isFinite)).toBe(true);
  });
});

describe('mistakes', () => {
  it.each([
    [{ bounds: { gamma: [0, 1] } }, 'bounds: expected parameters of law chinchilla (E, A, B, alpha, beta), got gamma.'],
    [{ bounds: { alpha: [0.6, 0.1] } }, 'bounds: expected a lower and a higher value of alpha, got 0.6 and 0.1.'],
    [{ bounds: { alpha: [0.3, 0.3] } }, 'bounds: expected a lower and a higher value of alpha, got 0.3 and 0.3. Fix it to hold it there.'],
    [{ bounds: { alpha: [NaN, 0.3] } }, 'bounds: expected a lower and a higher value of alpha, got NaN and 0.3.'],
    [{ bounds: { E: [-1, 2] } }, 'bounds: expected values that law chinchilla allows, got E = -1. It is L(N, D) = E + A/N^alpha + B/D^beta.'],
    [{ bounds: { E: [-Infinity, 0] } }, 'bounds: expected values that law chinchilla allows, got E = 0. It is L(N, D) = E + A/N^alpha + B/D^beta.'],
    [{ bounds: { alpha: [0, 1] }, fix: { alpha: 0.3 } }, 'bounds: expected free parameters, got alpha, which is fixed at 0.3. Leave one of the two out.'],
    [{ law: 'kaplan', bounds: { N_c: [1e13, 1e15] } }, 'bounds: expected parameters that law kaplan can bound by themselves, got N_c, whose coordinate ' +
      'moves with alpha_N. Fix alpha_N too, or leave N_c free.'],
  ] as const)('%j', async (options, message) => {
    await expect(fitOn(backend, sweep, options)).rejects.toThrow(new InputError(message));
  });
});
