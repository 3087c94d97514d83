/** The law of fine-grained mixtures of experts: with its published constants, and where it is Chinchilla's. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { InputError } from '../../src/errors.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { moe as law } from '../../src/laws/moe.ts';
import { GRANULAR } from '../../src/paper/krajewski.ts';
import { activeLaw, totalOverActive } from '../../src/plan/experts.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import { lossOf } from '../../src/plan/terms.ts';
import { sweepOfLaw } from '../support/laws.ts';
import { halfDigit } from '../support/published.ts';

const U = 2 ** -53;
const { E, A, B, alpha, beta, g, gamma } = GRANULAR.experts;
const PARAMS = { E, A, B, alpha, beta, g, gamma };
const NATURAL = [E, A, B, alpha, beta, g, gamma];

/** Worked out outside the project with the constants of Krajewski et al. 2024, as others quote them, to the digits printed here. */
describe.each([[6.4e9, 4.37e9, 1, '3.154052'], [6.4e9, 4.37e9, 8, '3.044405'], [1e9, 1e10, 16, '3.222294']])('%d parameters on %d tokens at G = %d', (N, D, G, loss) => {
  it(`have ${loss} nats`, () => {
    expect(Math.abs(predictLoss('moe', PARAMS, { N, D, G }) - Number(loss))).toBeLessThanOrEqual(halfDigit(loss));
    expect(Math.abs(predictLoss('moe', { ...PARAMS, gamma: 0.55 }, { N, D, G }) - Number(loss)) > 1e-4).toBe(G > 1);
  });

  it('are as src/plan/experts.ts says of active parameters', () => {
    const plan = lossOf(activeLaw(GRANULAR, G), { N: N / totalOverActive(64), D });
    expect(Math.abs(predictLoss('moe', PARAMS, { N, D, G }) / plan - 1)).toBeLessThan(200 * U);
  });
});

it('is Chinchilla\'s at G = 1, with A + g, and nowhere else; and of a model that says no G', () => {
  const plain = predictLoss('chinchilla', { E, A: A + g, B, alpha, beta }, { N: 1e9, D: 1e10 });
  const off = (model: object) => Math.abs(predictLoss('moe', PARAMS, { N: 1e9, D: 1e10, ...model }) / plain - 1);
  // Powers of numbers near exp 23.
  expect([off({ G: 1 }), off({})].every((value) => value < 100 * U)).toBe(true);
  expect(off({ G: 1.01 })).toBeGreaterThan(1e-5);
});

it('has the frontier of that', () => {
  for (const C of [1e18, 1e24]) expect(law.frontier.allocate(NATURAL, C)).toEqual(chinchilla.frontier.allocate([E, A + g, B, alpha, beta], C));
  expect(law.terms!(NATURAL)).toEqual({ E, A: A + g, B, alpha, beta });
});

it('has coordinates that are logs of its four terms at the centre', () => {
  const centre = [20.5, 23.5, 1];
  const [N, D, G] = centre.map(Math.exp) as [number, number, number];
  const { 0: e, 1: a, 2: b, 5: h } = law.toWorking(NATURAL, centre);
  const want = [E, A / N ** alpha, B / D ** beta, g / (G ** gamma * N ** alpha)];
  [e, a, b, h].forEach((value, k) => { expect(Math.abs(Math.exp(value!) / want[k]! - 1)).toBeLessThan(200 * U); });
});

it('refuses a table without granularity', async () => {
  const { columns: { G: _, ...columns }, ...rest } = sweepOfLaw('moe');
  await expect(fitOn(cpuBackend(1), { ...rest, columns }, { law: 'moe' })).rejects.toThrow(new InputError(
    'case: expected a column for G (granularity), which law moe reads, got none. Name it: --columns G=NAME, ' +
    'in code { columns: { G: \'NAME\' } }. Or hold what it determines by --fix: then G is 1 in every run.'));
});

it('a held exponent of G makes A + g of A where G is 1 in every run', async () => {
  const { columns, loss, ...rest } = sweepOfLaw('moe', 0);
  const { G: _, ...others } = columns;
  const dense = { ...rest, columns: others, loss: loss.map((_value, i) => predictLoss('moe', PARAMS, { N: columns.N[i]!, D: columns.D[i]! })) };
  const { params } = await fitOn(cpuBackend(1), dense, { law: 'moe', fix: { g, gamma } });
  expect(Math.abs(params.A! / A - 1)).toBeLessThan(1e-9);
});

it.each([[0.1, 0.5, []], [-0.1, 0, ['alpha <= 0', 'gamma <= 0']], [0.1, NaN, ['gamma <= 0']]])('alpha %d and gamma %d break the bounds %j', (exponent, ofG, broken) => {
  expect(law.brokenBounds(NATURAL.with(3, exponent).with(6, ofG))).toEqual(broken);
});
