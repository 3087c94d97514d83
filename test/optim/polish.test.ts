import { describe, expect, it } from 'vitest';
import { schedule } from '../../src/backend/schedule.ts';
import { descend } from '../../src/optim/descent.ts';
import { objective, workspace, type Problem } from '../../src/optim/objective.ts';
import { polish } from '../../src/optim/polish.ts';
import { worst } from '../support/close.ts';
import { drawnStarts, grid, problemCase } from '../support/cases.ts';

const valueAt = (at: Problem, x: ArrayLike<number>) => objective(at, x, workspace(at)) * at.delta ** 2;

/** max over j of |Σ wρ′J| / Σ |wρ′J|, in the words of src/types.ts, by plain sums. */
function relativeGradient(at: Problem, x: ArrayLike<number>): number {
  const { prediction, jacobian } = workspace(at);
  at.law.predict(x, at.inputs, prediction, jacobian);
  const pull = at.logLoss.map((log, i) =>
    at.weight[i] * Math.max(-1, Math.min(1, (Math.log(prediction[i]) - log) / at.delta)));
  return Math.max(...jacobian.map((column) =>
    Math.abs(column.reduce((sum, slope, i) => sum + slope * pull[i], 0))
    / column.reduce((sum, slope, i) => sum + Math.abs(slope * pull[i]), 0)));
}

describe.each([{ delta: 1e-3, seed: 1 }, { delta: 1e-3, seed: 2 }, { delta: 1e-4, seed: 1 }, { delta: 0.1, seed: 3 }])(
  'δ = $delta, noise $seed', ({ delta, seed }) => {
    const { problem } = problemCase({ delta, seed });
    const start = drawnStarts(1)[0];
    // A GPU's end: stopped at 1e-6 of the objective, rounded to float32.
    const rough = descend(problem, start, schedule(delta, 1e-6)).x.map(Math.fround);
    const polished = polish(problem, rough);

    it('balances the pulls of the runs to 1e-12', () => {
      // Residuals err by some u, over δ ≥ 1e-4, on the few points inside that carry the balance: 1e-12 and below.
      expect(polished.gradientNorm).toBeLessThan(1e-12);
      expect(relativeGradient(problem, polished.x)).toBeLessThan(2e-12);
      expect(relativeGradient(problem, rough)).toBeGreaterThan(1e-8);
    });

    it('never raises the objective, and reports that of its x', () => {
      expect(polished.objective).toBe(valueAt(problem, polished.x));
      expect(polished.objective).toBeLessThan(valueAt(problem, rough));
    });

    it('of its own result changes nothing that can be seen', () => {
      const again = polish(problem, polished.x);
      // A Newton step may move f by its last digits: n roundings of terms of one sign.
      expect(again.objective).toBeLessThan(polished.objective * (1 + 100 * 2 ** -53));
      expect(again.gradientNorm).toBeLessThan(1e-12);
    });

    it('ends at one point, whatever end it is given', () => {
      const ends = drawnStarts(4, 8).map((other) => descend(problem, other, schedule(delta, 1e-6)).x);
      const others = ends.map((end) => polish(problem, end).x);
      // Gradient 1e-13 of the pulls over a Hessian that 1e3 conditions, with a few dozen points inside δ.
      for (const x of others) expect(worst(x, polished.x, polished.x.map(() => 1e-9)).ratio).toBeLessThan(1);
      expect(worst(rough, polished.x, polished.x.map(() => 1e-9)).ratio).toBeGreaterThan(1);
    });
  });

it('never raises the objective of a start far away', () => {
  const { problem } = problemCase();
  for (const start of drawnStarts(8, 4)) {
    const { x, objective: value } = polish(problem, start);
    expect(value).toBe(valueAt(problem, x));
    expect(value).toBeLessThan(valueAt(problem, start));
  }
});

it('says how far from balanced its end is, also where Newton cannot balance it: D = 20N', () => {
  const { problem } = problemCase({ sizes: grid().map(({ N }) => ({ N, D: 20 * N })) });
  const { x, gradientNorm } = polish(problem, descend(problem, drawnStarts(1)[0], schedule(1e-3, 1e-12)).x);
  // Far above what the sums of 100 pulls lose to rounding, 1e-14: six digits are left to compare.
  expect(gradientNorm).toBeGreaterThan(1e-8);
  expect(Math.abs(gradientNorm / relativeGradient(problem, x) - 1)).toBeLessThan(1e-4);
});

it('leaves its start as it was', () => {
  const { problem, truth } = problemCase();
  const copy = truth.slice();
  polish(problem, truth);
  expect(truth).toEqual(copy);
});
