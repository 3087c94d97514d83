/** The law of precision: the shares of parameters that its published constants leave, its limits, and γ that are held. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { InputError } from '../../src/errors.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { precision as law } from '../../src/laws/precision.ts';
import { uniforms } from '../../src/math/philox.ts';
import { PRECISION_SCALES } from '../../src/paper/kumar.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import { sweepOfLaw, typicalParams } from '../support/laws.ts';
import { halfDigit } from '../support/published.ts';

const U = 2 ** -53;
const { weights, activations, cache } = PRECISION_SCALES;
/** Kumar et al. 2024, as others quote it. */
const PARAMS = { E: 2.7648, A: 4299, B: 18060, alpha: 0.4965, beta: 0.4965, gamma_w: weights, gamma_a: activations, gamma_kv: cache };
const [N, D] = [1e8, 1e10];

/** N_eff/N, from the loss. */
function shareOf(bits: Readonly<Record<string, number>>, params = PARAMS): number {
  const { E, A, B, alpha, beta } = params;
  return ((predictLoss('precision', params, { N, D, ...bits }) - E - B / D ** beta) / A) ** (-1 / alpha) / N;
}

/** 1 − e^(−P/γ), worked out outside the project. */
describe('with the published γ, the effective share of the parameters', () => {
  it.each([[2, '.5266'], [3, '.6743'], [4, '.7759'], [6, '.8939'], [8, '.9498'], [16, '.9975']])('at %d bits of weights is %s', (P_w, share) => {
    expect(Math.abs(shareOf({ P_w }) - Number(share))).toBeLessThanOrEqual(halfDigit(share));
    expect(Math.abs(shareOf({ P_w }, { ...PARAMS, gamma_w: 1.01 * weights }) - Number(share))).toBeGreaterThan(halfDigit(share));
  });

  it.each([[4, '.6389'], [6, '.8331'], [8, '.9241'], [16, '.9968']])('at %d bits of all three is %s', (P, share) => {
    expect(Math.abs(shareOf({ P_w: P, P_a: P, P_kv: P }) - Number(share))).toBeLessThanOrEqual(halfDigit(share));
    expect(Math.abs(shareOf({ P_w: P }) - Number(share))).toBeGreaterThan(halfDigit(share));
  });
});

describe('where no bits are lost', () => {
  const { E, A, B, alpha, beta } = PARAMS;
  const plain = predictLoss('chinchilla', { E, A, B, alpha, beta }, { N, D });

  it.each([{ P_w: 1e4, P_a: 1e4, P_kv: 1e4 }, {}])('is Chinchilla\'s: %j', (bits) => {
    // A table that says no bits has 64, which leave all but e^(−64/2.67) = 4e-11 of the parameters.
    expect(Math.abs(predictLoss('precision', PARAMS, { N, D, ...bits }) / plain - 1)).toBeLessThan(1e-10);
    expect(Math.abs(predictLoss('precision', PARAMS, { N, D, ...bits, P_a: 16 }) / plain - 1)).toBeGreaterThan(1e-5);
  });

  it('has Chinchilla\'s frontier', () => {
    const [ours, theirs] = [law, chinchilla].map(({ frontier }) => frontier.allocate([E, A, B, alpha, beta, weights, activations, cache], 1e21));
    expect(Math.abs(ours!.N / theirs!.N - 1)).toBeLessThan(1e-9);
    expect(law.frontier.exponents([E, A, B, alpha, beta])).toEqual({ a: 0.5, b: 0.5 });
  });
});

it('knows no NaN where a γ is far too small, or far too large', () => {
  const inputs = [0.5, 1, Math.log(4), Math.log(8), Math.log(16)].map((log) => Float64Array.of(log));
  for (const g of [-4000, -200, 200, 4000]) {
    const jacobian = law.params.map(() => new Float64Array(1));
    const prediction = new Float64Array(1);
    const x = [0.5, -1, -1, 0.3, 0.3, g, 3, 3];
    law.predict(x, inputs, prediction, jacobian);
    const hessian = new Float64Array(36);
    law.addCurvature(jacobian, inputs, Float64Array.of(1), hessian, x);
    expect([prediction[0]!, ...jacobian.map(([slope]) => slope!), ...hessian].every(Number.isFinite)).toBe(true);
  }
});

describe('of a table that says only the bits of the weights', () => {
  const { columns: { P_a: _a, P_kv: _kv, ...columns }, loss, ...rest } = sweepOfLaw('precision', 0);
  const truth = { ...typicalParams(law), gamma_a: 1.5, gamma_kv: 1 };
  const weightsOnly = {
    ...rest, columns, loss: loss.map((_, i) => predictLoss('precision', truth, { N: columns.N[i]!, D: columns.D[i]!, P_w: columns.P_w![i]! })),
  };

  it('finds the rest with the other γ held', async () => {
    const { params, certificate } = await fitOn(cpuBackend(1), weightsOnly, { law: 'precision', fix: { gamma_a: 1.5, gamma_kv: 1 } });
    for (const [name, value] of Object.entries(truth)) expect(Math.abs(params[name]! / value - 1), name).toBeLessThan(1e-9);
    expect(certificate).toMatchObject({ verdict: 'pass', startsAgreeing: 32 });
  });

  it('is refused without', async () => {
    await expect(fitOn(cpuBackend(1), weightsOnly, { law: 'precision' })).rejects.toThrow(new InputError(
      'case: expected a column for P_a (bits of the activations), which law precision reads, got none. Name it: --columns P_a=NAME, ' +
      'in code { columns: { P_a: \'NAME\' } }. Or hold what it determines by --fix: then P_a is 64 in every run.'));
  });
});

it('a drawn start has γ from 1 to 4 bits and α from 0.3 to 1', () => {
  const starts = Array.from({ length: 200 }, (_, k) => law.toNatural(law.drawStart(2, uniforms(1, 1, k)), [0, 0, 0, 0, 0]));
  for (const [j, low, high] of [[3, 0.3, 1], [5, 1, 4], [6, 1, 4], [7, 1, 4]] as const) {
    const values = starts.map((start) => start[j]!);
    expect([Math.min(...values) > low * (1 - 8 * U), Math.max(...values) < high * (1 + 8 * U)]).toEqual([true, true]);
    expect([Math.min(...values) < low + 0.1 * (high - low), Math.max(...values) > high - 0.1 * (high - low)]).toEqual([true, true]);
  }
});

it.each([
  [2.6, 1, []], [0, 1, ['gamma_w <= 0']], [NaN, -1, ['gamma_w <= 0', 'gamma_kv <= 0']],
])('gamma_w %d and gamma_kv %d break the bounds %j', (w, kv, broken) => {
  expect(law.brokenBounds([2.7, 4000, 18000, 0.5, 0.5, w, 2, kv])).toEqual(broken);
});
