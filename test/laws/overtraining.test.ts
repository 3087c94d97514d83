/** The over-training law: Chinchilla's with one exponent in other coordinates, and the authors' fits. */
import { expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { C4, REDPAJAMA, REFINEDWEB } from '../../src/paper/gadre.ts';
import { frontier, predictLoss } from '../../src/plan/frontier.ts';
import { sweepCase } from '../support/cases.ts';

const backend = cpuBackend(1);

/** Parameters of this law, by the formulas of its header, written again. */
const inTheirs = ({ E, A, B, alpha }: Readonly<Record<'E' | 'A' | 'B' | 'alpha', number>>) =>
  ({ E, a_M: A * 6 ** (alpha / 2), b_M: B * 6 ** (alpha / 2), eta: alpha / 2 });

/** a, b and η as the reference has them, of their five runs: two decimals, and four. */
it.each([
  [C4, 141.28, 189.52, 0.1212], [REDPAJAMA, 212.24, 366.69, 0.1364], [REFINEDWEB, 157.12, 246.21, 0.1272],
])('a, b and eta of the authors\' fit, a = %d', (law, a, b, eta) => {
  const got = inTheirs(law);
  expect([got.a_M - a, got.b_M - b].map((off) => Math.abs(off) < 6e-3)).toEqual([true, true]);
  expect(Math.abs(got.eta - eta)).toBeLessThan(6e-5);
});

it('is Chinchilla\'s law with one exponent: its losses, its optimum, its minimum', async () => {
  const { E, A, B, alpha } = REDPAJAMA;
  const theirs = inTheirs(REDPAJAMA);
  for (const model of [{ N: 1.4e9, D: 9e11 }, { N: 7e9, D: 1.4e11 }]) {
    const loss = predictLoss('chinchilla-tied', { E, A, B, alpha }, model);
    expect(Math.abs(predictLoss('overtraining', theirs, model) / loss - 1)).toBeLessThan(1e-13);
    expect(Math.abs(predictLoss('overtraining', { ...theirs, b_M: 1.01 * theirs.b_M }, model) / loss - 1)).toBeGreaterThan(1e-4);
  }
  const [[one], [other]] = [frontier('overtraining', theirs, [1e22]), frontier('chinchilla-tied', { E, A, B, alpha }, [1e22])];
  expect(Math.abs(one!.N / other!.N - 1)).toBeLessThan(1e-12);

  const sweep = sweepCase();
  const [got, want] = [await fitOn(backend, sweep, { law: 'overtraining' }), await fitOn(backend, sweep, { law: 'chinchilla-tied' })];
  expect(Math.abs(got.objective / want.objective - 1)).toBeLessThan(1e-9);
  expect(Math.abs(2 * got.params['eta']! / want.params['alpha']! - 1)).toBeLessThan(1e-7);
  expect(Math.abs(got.params['a_M']! / inTheirs(want.params as typeof REDPAJAMA).a_M - 1)).toBeLessThan(1e-5);
});
