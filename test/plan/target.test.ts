import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { lawById } from '../../src/laws/registry.ts';
import { frontier } from '../../src/plan/frontier.ts';
import { budgetForLoss, budgetSolver } from '../../src/plan/target.ts';
import { optimumReaching } from '../../src/plan/terms.ts';
import { FRONTIERS } from '../support/published.ts';
import { off, POWERS, SARDANA } from './sardana.ts';

const { E, A, B, alpha, beta } = SARDANA;
const ALLOCATION = { E, A, B, a: beta / (alpha + beta), s: alpha + beta };

describe.each(FRONTIERS)('with the constants of $name', ({ params, rows }) => {
  it('the loss of a budget has that budget, in closed form too', () => {
    for (const [C] of rows) {
      const [{ loss }] = frontier('chinchilla', params, [C]);
      const point = budgetForLoss('chinchilla', params, loss);
      // The loss is rounded to a few u; C moves by that over the share of the loss that is reducible, and over 0.15.
      const rounding = (16 * 2 ** -53 * loss) / (loss - params.E) / 0.15;
      expect(off(point?.C, C)).toBeLessThan(rounding + POWERS);
      expect(off(optimumReaching(params, loss)?.C, C)).toBeLessThan(rounding + POWERS);
      expect(off(point?.C, C * (1 + 1e-9))).toBeGreaterThan(rounding + POWERS);
    }
  });
});

it.each([5, 2.1, 1.7, 1.690_000_1])('the model of loss %d is on the frontier and has it', (loss) => {
  const point = budgetForLoss('chinchilla', SARDANA, loss)!;
  const [there] = frontier('chinchilla', SARDANA, [point.C]);
  expect([off(point.N, there.N), off(point.D, there.D), off(point.loss, loss)].every((error) => error < POWERS)).toBe(true);
});

it('is the same by any law with a frontier', () => {
  const [one, other] = [budgetForLoss('chinchilla', SARDANA, 2.1)!, budgetForLoss('chinchilla-allocation', ALLOCATION, 2.1)!];
  expect([off(other.C, one.C), off(other.N, one.N), off(other.D, one.D)].every((error) => error < 100 * POWERS)).toBe(true);
});

it('a lower loss takes more', () => {
  const budgets = [3, 2.5, 2, 1.8].map((loss) => budgetForLoss('chinchilla', SARDANA, loss)!.C);
  expect(budgets).toEqual(budgets.toSorted((a, b) => a - b));
});

it('there is none at the irreducible loss, and below', () => {
  expect([E, E * (1 - 2 ** -52), 1].map((loss) => budgetForLoss('chinchilla', SARDANA, loss))).toEqual([undefined, undefined, undefined]);
  expect(budgetForLoss('chinchilla-allocation', ALLOCATION, E)).toBeUndefined();
  // The law takes E through its log: it may come back a little lower.
  const floors = Array.from({ length: 100 }, (_, k) => 1.5 + k / 150);
  expect(floors.some((floor) => Math.exp(Math.log(floor)) < floor)).toBe(true);
  expect(floors.filter((floor) => budgetForLoss('chinchilla', { ...SARDANA, E: floor }, floor))).toEqual([]);
});

it('there is none where the law has no optimum, or says so', () => {
  expect(budgetForLoss('chinchilla', { ...SARDANA, beta: -0.1 }, 2.1)).toBeUndefined();
  const strict = { ...lawById('chinchilla'), brokenBounds: () => ['alpha <= 0'] };
  expect(budgetSolver(strict)(Float64Array.of(E, A, B, alpha, beta), 2.1)).toBeUndefined();
});

it('many fits are solved one after another, each on its own', () => {
  const solve = budgetSolver(lawById('chinchilla'));
  const [one, two, again] = [A, 2 * A, A].map((size) => solve(Float64Array.of(E, size, B, alpha, beta), 2.1));
  expect(again).toEqual(one);
  expect(two!.C).toBeGreaterThan(one!.C);
});

describe('is refused', () => {
  it.each([0, -2, NaN, Infinity])('a loss of %d', (loss) => {
    expect(() => budgetForLoss('chinchilla', SARDANA, loss)).toThrow(
      new InputError(`loss: expected positive nats per token such as 2.1, got ${loss}.`));
  });

  it('a law that is unknown, and one without a parameter', () => {
    expect(() => budgetForLoss('kaplan9', SARDANA, 2)).toThrow(InputError);
    expect(() => budgetForLoss('chinchilla', { E, A, B, alpha }, 2)).toThrow(
      new InputError('params: expected a finite beta of law chinchilla, got undefined. It has E, A, B, alpha, beta.'));
  });
});
