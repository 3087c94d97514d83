/** Kaplan et al. 2020: their laws at points that were worked out outside the project, and what is said of their constants. */
import { describe, expect, it } from 'vitest';
import { fitPowerLaw, powerAt } from '../../src/approaches/power.ts';
import { minimise } from '../../src/math/minimise.ts';
import { BESIROGLU } from '../../src/paper/besiroglu.ts';
import { JOINT, LAWS, lossAt, N_OPT } from '../../src/paper/kaplan.ts';
import { CHINCHILLA, OMEGA } from '../../src/paper/pearce.ts';
import { predictLoss } from '../../src/plan/frontier.ts';
import { computeOf, localExponent, simulatedFrontier, totalParameters } from '../../src/reproduce/embeddings.ts';
import { kaplan } from '../../src/reproduce/kaplan.ts';
import { agrees, ours, run, section, verdicts } from '../support/recipes.ts';

const sections = await run(kaplan);

/** By the law that is fitted. */
const jointLoss = (N: number, D: number) => predictLoss('kaplan', {
  N_c: JOINT.N.scale, D_c: JOINT.D.scale, alpha_N: JOINT.N.exponent, alpha_D: JOINT.D.exponent,
}, { N, D });

/** Those that do not agree with what is printed. */
const misses = (values: readonly number[], texts: readonly string[]) => texts.filter((text, k) => !agrees(values[k]!, text));

describe('the laws', () => {
  it('of N, D, compute, and of N and D together', () => {
    expect(misses([1e6, 1e8, 1.5e9, 1e12].map((N) => lossAt(LAWS.N, N)), ['4.015880', '2.829963', '2.303551', '1.405338'])).toEqual([]);
    expect(misses([2.2e7, 1e9, 2.3e10].map((D) => lossAt(LAWS.D, D)), ['4.046199', '2.815642', '2.090322'])).toEqual([]);
    expect(misses([1e-6, 1e-3, 1, 100].map((C) => lossAt(LAWS.Cmin, C)), ['5.303567', '3.754638', '2.658080', '2.111388'])).toEqual([]);
    expect(misses([jointLoss(1e8, 1e9), jointLoss(1e9, 2.3e10), jointLoss(1.5e9, 2.3e10)], ['2.956734', '2.367307', '2.310064'])).toEqual([]);
    expect(agrees(powerAt(N_OPT, 100), '3.749241e10')).toBe(true);
  });

  it('with other constants miss them', () => {
    expect(agrees(lossAt(LAWS.D, 1e8), '2.829963')).toBe(false);
    expect(agrees(lossAt({ ...LAWS.N, exponent: 0.077 }, 1e8), '2.829963')).toBe(false);
    expect(agrees(jointLoss(1e9, 1e8), '2.956734')).toBe(false);
  });
});

describe('parameters without embeddings', () => {
  const laws = [['Besiroglu et al.', BESIROGLU], ['Hoffmann et al.', CHINCHILLA]] as const;
  const sizes = [1e3, 1e5, 3e6, 1e8, 1e10];

  it.each(laws)('%s: the compute for which a size is optimal is the one at which no other has less loss', (_, law) => {
    for (const N of sizes) {
      const C = computeOf(law, N);
      const loss = (log: number) => {
        const size = Math.exp(log);
        return law.A * totalParameters(size) ** -law.alpha + law.B * (C / (6 * size)) ** -law.beta;
      };
      const { x } = minimise(loss, Math.log(N / 10), Math.log(N * 10));
      // A flat minimum is known to the root of the roundoff over its curvature in log N, which is 0.01 of the loss or more.
      expect(Math.abs(x - Math.log(N))).toBeLessThan(1e-6);
    }
  });

  it.each(laws)('%s: the local exponent is the slope of that frontier, and ends at β/(α + β)', (_, law) => {
    for (const N of sizes) {
      const step = 1e-4;
      const slope = (2 * step) / Math.log(computeOf(law, N * Math.exp(step)) / computeOf(law, N * Math.exp(-step)));
      // Central differences: step² of a third derivative of order one, and rounding over the step.
      expect(Math.abs(localExponent(law, N) - slope)).toBeLessThan(1e-7);
    }
    expect(localExponent(law, 1e20)).toBeCloseTo(law.beta / (law.alpha + law.beta), 5);
    expect(localExponent(law, 1)).toBeCloseTo(law.beta / (law.alpha / 3 + law.beta), 3);
    expect(localExponent(law, OMEGA ** 1.5)).toBeGreaterThan(localExponent(law, 1e12) + 0.1);
  });

  it('the simulation finds the power law of the frontier where embeddings do not count', () => {
    // Twenty sizes, a factor of 2.15 apart, and 1000 token counts, a factor of 1.045 apart: the staircase has this much play.
    const { exponent } = simulatedFrontier(CHINCHILLA);
    const smooth = Array.from({ length: 40 }, (_, k) => 10 ** (2.9 + (6.3 * k) / 39));
    const through = fitPowerLaw(smooth.map((N) => computeOf(CHINCHILLA, N)), smooth).exponent;
    expect(Math.abs(exponent - through)).toBeLessThan(0.03);
    expect(Math.abs(exponent - CHINCHILLA.beta / (CHINCHILLA.alpha + CHINCHILLA.beta))).toBeGreaterThan(0.2);
  });
});

describe('the reproduction', () => {
  it('has these sections, which need no data', () => {
    expect(kaplan.needs).toEqual([]);
    expect(sections.map(({ title }) => title)).toEqual([
      'The constants with each other', 'Where L(C_min) meets what its data allow', 'Compute-efficient training, from the learning curves',
      'As Hoffmann et al. quote them', 'Where 0.73 comes from: parameters without embeddings',
    ]);
  });

  it('reproduces all but these', () => {
    expect(sections.flatMap(({ comparisons }) => verdicts(comparisons))).toEqual([
      'Eq. 6.7, exponent of the data: differs',
      'Eq. 6.7, data at 1 PF-day, tokens: differs',
      'Figure 13, loss at 1 PF-day by L(C): differs',
      'Figures 1 and 13, loss at 1 PF-day by L(C_min): differs',
      'Eq. 6.4, α_C^min, derived: differs',
      'Eq. 1.3, α_C^min, measured: differs',
      'Eq. 6.5, exponent of N_opt, derived: differs',
      'Appendix B, B.14, times its compute: differs',
      'Hoffmann et al. 2022, §1, times the parameters for 10 times the compute: differs',
      'Hoffmann et al. 2022, §1, times the data for 10 times the compute: differs',
    ]);
  });

  it('finds the exponent 0.052, and 4.683e9 parameters for half of 1e21 FLOPs', () => {
    expect(agrees(ours(section(sections, 'Compute-efficient').comparisons)[0]!, '0.05199')).toBe(true);
    expect(agrees(ours(section(sections, 'quote').comparisons)[0]!, '4.683132e9')).toBe(true);
    expect(section(sections, 'quote').findings[0]).toContain('7.77e9 instead of 4.68e9');
  });

  it('lets the two laws meet where they are equal', () => {
    const { comparisons, charts: [chart] } = section(sections, 'meets');
    const C = 10 ** comparisons.find(({ quantity }) => quantity === 'log10 of compute, PF-days')!.ours;
    const [, , meeting] = chart!.series;
    expect([meeting!.x[0], meeting!.y[0]]).toEqual([expect.closeTo(C, 3), expect.closeTo(lossAt(LAWS.Cmin, C), 12)]);
  });
});
