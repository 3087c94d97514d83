/** The power law of one variable: the losses that Kaplan's constants give with E held at 0, and these constants found again. */
import { describe, expect, it } from 'vitest';
import { cpuBackend } from '../../src/backend/cpu/cpu.ts';
import { fitOn } from '../../src/fit/fit.ts';
import { LAWS } from '../../src/paper/kaplan.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import { sweepCase } from '../support/cases.ts';
import { halfDigit } from '../support/published.ts';

/** (x_c/x)^α as A/x^α. */
const paramsOf = ({ scale, exponent }: { readonly scale: number; readonly exponent: number }) =>
  ({ E: 0, A: scale ** exponent, alpha: exponent });

/** Worked out outside the project from Kaplan et al. 2020, Table 5, to the digits printed here. N, tokens, PF-days. */
const POINTS: Readonly<Record<'N' | 'D' | 'Cmin', readonly (readonly [x: number, loss: string])[]>> = {
  N: [[1e6, '4.015880'], [1e8, '2.829963'], [1.5e9, '2.303551'], [1e12, '1.405338']],
  D: [[2.2e7, '4.046199'], [1e9, '2.815642'], [2.3e10, '2.090322']],
  Cmin: [[1e-6, '5.303567'], [1e-3, '3.754638'], [1, '2.658080'], [100, '2.111388']],
};

describe.each(Object.keys(POINTS) as (keyof typeof POINTS)[])('L(%s)', (name) => {
  const params = paramsOf(LAWS[name]);

  it.each(POINTS[name])('of %d is %s', (x, loss) => {
    expect(Math.abs(predictLoss('power', params, { x }) - Number(loss))).toBeLessThanOrEqual(halfDigit(loss));
    expect(Math.abs(predictLoss('power', { ...params, alpha: params.alpha + 0.001 }, { x: 2 * x }) - Number(loss))).toBeGreaterThan(1e-3);
  });

  it('is found again from its losses with E held at 0, to the digits that they have', async () => {
    const sweep = sweepCase({ sizes: POINTS[name].map(([x]) => ({ N: x, D: 1, x })) });
    const printed = { ...sweep, loss: Float64Array.from(POINTS[name], ([, loss]) => Number(loss)) };
    const { params: found, certificate } = await fitOn(cpuBackend(1), printed, { law: 'power', fix: { E: 0 } });
    expect([found['E'], certificate.verdict]).toEqual([0, 'pass']);
    // Half a unit of 1e-6 of losses near 2, over six e-folds of x at least.
    expect(Math.abs(found['alpha']! - LAWS[name].exponent)).toBeLessThan(1e-6);
    expect(Math.abs(found['A']! / params.A - 1)).toBeLessThan(1e-5);
  });
});
