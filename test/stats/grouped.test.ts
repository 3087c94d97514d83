/** A law of groups is a law: its slopes and curvature, against differences. */
import { expect, it } from 'vitest';
import { kaplan } from '../../src/laws/kaplan.ts';
import { chinchilla } from '../../src/laws/chinchilla.ts';
import { packedIndex, packedLength } from '../../src/math/packed.ts';
import { groupedLaw } from '../../src/stats/grouped.ts';
import { worst } from '../support/close.ts';

const U = Float64Array.of(-1.2, 0.3, 0.9, -0.7, 0.1, 1.4);
const V = Float64Array.of(0.4, -1.1, 0.6, 1.3, -0.2, -0.9);
const GROUP = Float64Array.of(0, 0, 1, 1, 1, 2);
const STEP = 1e-6;

/** Own coordinates of three groups: those of D, and a second one. */
const CASES = [
  [chinchilla, [2], Float64Array.of(0.5, -0.7, -0.4, 0.34, 0.29, -0.6, -0.1)],
  [chinchilla, [2, 4], Float64Array.of(0.5, -0.7, -0.4, 0.34, 0.29, -0.6, 0.2, -0.1, 0.4)],
  [kaplan, [1], Float64Array.of(0.6, 0.5, 0.1, -2, 0.2, 0.9)],
] as const;

it.each(CASES)('%# slopes and curvature', (law, own, x) => {
  const grouped = groupedLaw(law, 3, own);
  const [n, P] = [U.length, x.length];
  expect(grouped.params).toHaveLength(P);
  const at = (place: Float64Array) => {
    const jacobian = Array.from({ length: P }, () => new Float64Array(n).fill(NaN));
    const prediction = new Float64Array(n);
    grouped.predict(place, [U, V, GROUP], prediction, jacobian, 0, 4); // as the objective does, in blocks
    grouped.predict(place, [U, V, GROUP], prediction, jacobian, 4, n);
    return { prediction, jacobian };
  };
  const here = at(x);
  const along = (j: number) => [-1, 1].map((side) => at(x.with(j, x[j]! + side * STEP)));
  const scale = Float64Array.of(0.3, -1, 0.5, 2, -0.4, 1);
  const hessian = new Float64Array(packedLength(P));
  grouped.addCurvature(here.jacobian, [U, V, GROUP], scale, hessian, x);
  for (let j = 0; j < P; j++) {
    const [down, up] = along(j) as [typeof here, typeof here];
    const slope = here.prediction.map((_, i) => Math.log(up.prediction[i]! / down.prediction[i]!) / (2 * STEP));
    // Central differences: rounding 1e-16/1e-6 and a bend of 1e-12, with room for sums of a few terms.
    expect(worst(here.jacobian[j]!, slope, slope.map(() => 2e-9)).ratio).toBeLessThan(1);
    for (let k = 0; k <= j; k++) {
      // Σ scale·(∂²log L̂ + ∂log L̂ ∂log L̂) is Σ scale·∇²L̂/L̂
      let want = 0;
      for (let i = 0; i < n; i++) {
        const second = (up.jacobian[k]![i]! - down.jacobian[k]![i]!) / (2 * STEP);
        want += scale[i]! * (second + here.jacobian[j]![i]! * here.jacobian[k]![i]!);
      }
      expect(Math.abs(hessian[packedIndex(j, k)]! - want), `${j},${k}`).toBeLessThan(1e-8);
    }
  }
});

it('goes to natural parameters and back, each group by its own', () => {
  const grouped = groupedLaw(chinchilla, 2, [2]);
  const centre = [20, 23];
  const natural = Float64Array.of(1.7, 400, 410, 0.34, 0.28, 350);
  const x = grouped.toWorking(natural, centre);
  expect(worst(grouped.toNatural(x, centre), natural, natural.map((value) => 1e-13 * value)).ratio).toBeLessThan(1);
  expect(Array.from(chinchilla.toWorking(natural.slice(0, 5).with(2, 350), centre))[2]).toBe(x[5]);
  expect(grouped.brokenBounds(natural.with(4, -1))).toEqual(['beta <= 0']);
});
