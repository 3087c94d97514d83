import { describe, expect, it } from 'vitest';
import { lineSearch, type Trial } from '../../src/optim/line-search.ts';
import { worst } from '../support/close.ts';

type Phi = (t: number) => readonly [value: number, slope: number];

const g = (b: number) => Math.sqrt(1 + b * b) - b;
/** Functions of Moré and Thuente 1994, §5, a kink, and one that turns up again and again. */
const FUNCTIONS = {
  'a long valley': (t) => [-t / (t * t + 2), (t * t - 2) / (t * t + 2) ** 2],
  'a flat start': (t) => [(t + 0.004) ** 5 - 2 * (t + 0.004) ** 4, 5 * (t + 0.004) ** 4 - 8 * (t + 0.004) ** 3],
  'two corners': (t) => [
    g(0.01) * Math.hypot(1 - t, 0.001) + g(0.001) * Math.hypot(t, 0.01),
    (g(0.01) * (t - 1)) / Math.hypot(1 - t, 0.001) + (g(0.001) * t) / Math.hypot(t, 0.01),
  ],
  'a kink': (t) => [Math.abs(t - 1.234) - 1.234, Math.sign(t - 1.234)],
  'waves': (t) => [Math.cos(t + 0.3) + 0.02 * t, -Math.sin(t + 0.3) + 0.02],
} satisfies Record<string, Phi>;

function search(phi: Phi, first: number) {
  const tried: number[] = [];
  const trial = (step: number): Trial => ({ step, value: phi(step)[0], slope: phi(step)[1] });
  const found = lineSearch((step) => { tried.push(step); return trial(step); }, trial(0), first);
  return { tried, found };
}

// Trials of scipy 1.17.1's DCSRCH(ftol 1e-3, gtol 0.9, xtol 0.1), the line search of L-BFGS-B. Each follows from those before
// by cubics whose cancellation costs a few digits: 1e-12 of a step.
it.each<[keyof typeof FUNCTIONS, number[]]>([
  ['a long valley', [0.001, 0.005, 0.021, 0.085, 0.341]],
  ['a long valley', [1]],
  ['a long valley', [1000, 332.83537094698613, 110.78382764820593, 36.88760696396662]],
  ['a flat start', [0.001, 0.005, 0.021, 0.085, 0.341, 1.365, 5.461, 2.1070247668786957, 1.551692634475675, 1.5975830448985595, 1.5975830448985595]],
  ['a flat start', [0.1, 0.5, 2.1, 1.1322375187701137, 1.6024085266778738, 1.5847382834276738, 1.6024085266778738]],
  ['a flat start', [1, 5, 1.8114483590459156, 1.258652747016426, 1.5915767318641247, 1.5961295989208408, 1.5961295989208408]],
  ['two corners', [1, 0.5000605084618034]],
  ['two corners', [10, 0.9948211818775826, 0.33627765766759665]],
  ['two corners', [1000, 89.12122387254462, 8.029114025550726, 0.8223749381397483]],
  ['a kink', [0.001, 0.005, 0.021, 0.085, 0.341, 1.365, 0.853, 1.2442018307527063, 1.1871568238463952, 1.2442018307527063]],
  ['a kink', [10, 1.7450209830464916, 0.8725104915232458, 1.3087657372848687, 1.0906381144040571, 1.2430295390093848, 1.2194822928298552, 1.2430295390093848]],
  ['waves', [0.001, 0.005, 0.021, 0.085, 0.341, 1.365, 5.461, 2.472282193723313, 2.7769954829259156]],
  ['waves', [1000, 101.71019444424763, 10.23476896790795, 2.367235061024754, 6.329463463206078, 2.727117981846508]],
])('tries on %s what scipy tries: %j', (name, want) => {
  const { tried, found } = search(FUNCTIONS[name], want[0]!);
  const { ratio, where } = worst(tried, want, want.map((step) => 1e-12 * step));
  expect(ratio, where).toBeLessThan(1);
  expect(found?.step).toBe(tried.at(-1));
});

describe('what is accepted', () => {
  it.each(Object.entries(FUNCTIONS).filter(([name]) => name !== 'a kink' && name !== 'a flat start'))('is low and flat enough on %s', (_, phi) => {
    const [value, slope] = phi(0);
    for (const first of [1e-3, 0.1, 1, 10, 1000]) {
      const { found } = search(phi, first);
      expect(found!.value).toBeLessThanOrEqual(value + 1e-3 * found!.step * slope);
      expect(Math.abs(found!.slope)).toBeLessThanOrEqual(0.9 * -slope);
    }
  });

  it('is what was tried last, and not whatever is tried first', () => {
    const { tried } = search(FUNCTIONS['two corners'], 1000);
    expect(Math.abs(FUNCTIONS['two corners'](tried[0]!)[1])).toBeGreaterThan(0.9 * -FUNCTIONS['two corners'](0)[1]);
  });
});

describe('there is nothing to accept', () => {
  it('where φ falls for ever: twenty trials, each four times farther', () => {
    const { tried, found } = search((t) => [-t, -1], 1);
    expect(found).toBeUndefined();
    expect(tried.length).toBe(20);
    expect(tried.slice(0, 4)).toEqual([1, 5, 21, 85]);
  });

  it.each([[NaN, -1], [Infinity, -1], [1, NaN]])('where φ is %d and its slope %d', (value, slope) => {
    const { tried, found } = search((t) => (t === 0 ? [0, -1] : [value, slope]), 1);
    expect([tried, found]).toEqual([[1], undefined]);
  });
});
